import type { UnknownValue } from "../resources/unknown-value";
import { isPlainObject, type Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { isUnknown, pathToUnknown } from "../resources/unknown";

/** A resource that lets somebody in without a document: the one that AWS makes of it. */
export type Permission =
  | {
      readonly kind: "permission";
      /** Who is let in. */
      readonly field: string;
      readonly document: Properties;
    }
  | { readonly kind: "unknown"; readonly value: UnknownValue };

interface Form {
  readonly field: string;
  /** @param ask gives a property that must be known, at any depth, for the document */
  readonly document: (ask: (property: string) => unknown) => Properties;
}

/** Of a function. Source: AWS Lambda API reference, "AddPermission". */
const ofFunction = ({ inputs }: Resource): Form => ({
  field: "principal",
  document: (ask) => {
    const principal = ask("principal");
    const action = ask("action");
    const organisation = ask("principalOrgId");
    const account = ask("sourceAccount");
    // A known account says enough: the ARN of something new is known after its update alone.
    const isTold = isGiven(account) && isUnknown(inputs["sourceArn"]);
    const arn = isTold ? undefined : ask("sourceArn");
    return allow(principal, action ?? "lambda:InvokeFunction", {
      StringEquals: {
        ...given("aws:SourceAccount", account),
        ...given("aws:PrincipalOrgID", organisation),
      },
      ArnLike: given("aws:SourceArn", arn),
    });
  },
});

/** Of a version of a layer. Source: AWS Lambda API reference, "AddLayerVersionPermission". */
const ofLayer = (): Form => ({
  field: "principal",
  document: (ask) =>
    allow(ask("principal"), "lambda:GetLayerVersion", {
      StringEquals: given("aws:PrincipalOrgID", ask("organizationId")),
    }),
});

/** Of an event bus. Source: Amazon EventBridge API reference, "PutPermission". */
const ofEventBus = (): Form => ({
  field: "principal",
  document: (ask) => {
    const condition = ask("condition");
    const { type, key, value } = isPlainObject(condition) ? condition : {};
    return allow(
      ask("principal"),
      "events:PutEvents",
      typeof type === "string" && typeof key === "string"
        ? { [type]: { [key]: value } }
        : {},
    );
  },
});

/** Of a key. Source: AWS KMS API reference, "CreateGrant". */
const ofKey = (): Form => ({
  field: "granteePrincipal",
  document: (ask) => allow(ask("granteePrincipal"), "kms:*", {}),
});

const forms: ReadonlyMap<string, (resource: Resource) => Form> = new Map([
  ["aws:lambda/permission:Permission", ofFunction],
  ["aws-native:lambda:Permission", ofFunction],
  ["aws:lambda/layerVersionPermission:LayerVersionPermission", ofLayer],
  ["aws-native:lambda:LayerVersionPermission", ofLayer],
  ["aws:cloudwatch/eventPermission:EventPermission", ofEventBus],
  ["aws:kms/grant:Grant", ofKey],
]);

/** Services take some policies apart, one statement a resource: this puts one together. */
export function permissionOf(resource: Resource): Permission | undefined {
  const { type, inputs } = resource;
  // The older form of a bus's policy: the newer one has a statement.
  const isOlder =
    type === "aws-native:events:EventBusPolicy" &&
    !isGiven(inputs["statement"]) &&
    isGiven(inputs["principal"]);
  const form = (isOlder ? ofEventBus : forms.get(type))?.(resource);
  if (form === undefined) return undefined;
  const unknown: UnknownValue[] = [];
  const document = form.document((property) => {
    const path = pathToUnknown(inputs[property]);
    if (path === undefined) return inputs[property];
    unknown.push({ resource, path: [property, ...path] });
    return undefined;
  });
  const [value] = unknown;
  return value === undefined
    ? { kind: "permission", field: form.field, document }
    : { kind: "unknown", value };
}

const allow = (
  principal: unknown,
  action: unknown,
  conditions: Readonly<Record<string, Properties>>,
): Properties => ({
  Statement: {
    Effect: "Allow",
    Action: action,
    Resource: "*",
    Principal: isService(principal)
      ? { Service: principal }
      : principal === "*"
        ? "*"
        : { AWS: principal },
    Condition: conditions,
  },
});

/** AWS leaves a condition out that nothing is given for. */
const given = (key: string, value: unknown): Properties =>
  isGiven(value) ? { [key]: value } : {};

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "";

/** `events.amazonaws.com`, and Alexa's skills, which are a service as well. */
const isService = (principal: unknown): boolean =>
  typeof principal === "string" && /\.(com|cn|eu|gov)$/.test(principal);
