import { isPlainObject, type Properties } from "../resources/plain-object";
import { factOf, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";

/** A resource that lets somebody in without a document: the one that AWS makes of it. */
export interface Permission {
  /** Who is let in. */
  readonly field: string;
  /** All that the document depends on, and that must be known for it. */
  readonly asks: readonly string[];
  readonly document: Properties;
}

type Form = (resource: Resource) => Permission;

/** Of a function. Source: AWS Lambda API reference, "AddPermission". */
const ofFunction: Form = (resource) => {
  const { action, principal } = resource.inputs;
  const account = factOf(resource, "sourceAccount");
  const arn = factOf(resource, "sourceArn");
  // A known account says enough: the ARN of something new is known after its update alone.
  const isTold = isGiven(account) && !isUnknown(account) && isUnknown(arn);
  return {
    field: "principal",
    asks: [
      ...["principal", "principalOrgId", "sourceAccount"],
      ...(isTold ? [] : ["sourceArn"]),
    ],
    document: allow(principal, action ?? "lambda:InvokeFunction", {
      StringEquals: {
        ...given("aws:SourceAccount", account),
        ...given("aws:PrincipalOrgID", factOf(resource, "principalOrgId")),
      },
      ArnLike: isTold ? {} : given("aws:SourceArn", arn),
    }),
  };
};

/** Of a version of a layer. Source: AWS Lambda API reference, "AddLayerVersionPermission". */
const ofLayer: Form = (resource) => ({
  field: "principal",
  asks: ["principal", "organizationId"],
  document: allow(resource.inputs["principal"], "lambda:GetLayerVersion", {
    StringEquals: given(
      "aws:PrincipalOrgID",
      factOf(resource, "organizationId"),
    ),
  }),
});

/** Of an event bus. Source: Amazon EventBridge API reference, "PutPermission". */
const ofEventBus: Form = ({ inputs }) => {
  const { condition } = inputs;
  const { type, key, value } = isPlainObject(condition) ? condition : {};
  return {
    field: "principal",
    asks: ["principal", "condition"],
    document: allow(
      inputs["principal"],
      "events:PutEvents",
      typeof type === "string" && typeof key === "string"
        ? { [type]: { [key]: value } }
        : {},
    ),
  };
};

/** Of a key. Source: AWS KMS API reference, "CreateGrant". */
const ofKey: Form = ({ inputs }) => ({
  field: "granteePrincipal",
  asks: ["granteePrincipal"],
  document: allow(inputs["granteePrincipal"], "kms:*", {}),
});

const forms: ReadonlyMap<string, Form> = new Map([
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
  return (isOlder ? ofEventBus : forms.get(type))?.(resource);
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
