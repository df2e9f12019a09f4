import { factOf, type Resource } from "../resources/resource";

const types = new Set([
  "aws:lambda/permission:Permission",
  "aws-native:lambda:Permission",
]);

/** Lambda takes a function's policy apart, one statement a resource: this puts one together. */
export function lambdaPermission(
  resource: Resource,
): Readonly<Record<string, unknown>> | undefined {
  if (!types.has(resource.type)) return undefined;
  const { action, principal } = resource.inputs;
  const organisation = factOf(resource, "principalOrgId");
  return {
    Statement: {
      Effect: "Allow",
      Action: action ?? "lambda:InvokeFunction",
      Resource: "*",
      Principal: isService(principal)
        ? { Service: principal }
        : principal === "*"
          ? "*"
          : { AWS: principal },
      ...(organisation === undefined || organisation === ""
        ? {}
        : {
            Condition: { StringEquals: { "aws:PrincipalOrgID": organisation } },
          }),
    },
  };
}

/** `events.amazonaws.com`, and Alexa's skills, which are a service as well. */
const isService = (principal: unknown): boolean =>
  typeof principal === "string" && /\.(com|cn|eu|gov)$/.test(principal);
