import { isPlainObject, type Properties } from "../resources/plain-object";
import { placesOf, type Place } from "../resources/places";
import type { Resource } from "../resources/resource";
import { isUnknown, pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import { accessListForms } from "./access-lists";
import {
  allow,
  given,
  isGiven,
  type Form,
  type FormOf,
  type KeyProperties,
} from "./permission-form";
import { sharedWith } from "./shared-with";
import { sharingForms, type SharingForm } from "./sharing-forms";

/** A resource that lets somebody in without a document: the one that AWS makes of it. */
export type Permission =
  | {
      readonly kind: "permission";
      /** Who is let in. */
      readonly field: string;
      readonly document: Properties;
      readonly properties: KeyProperties;
    }
  | { readonly kind: "unknown"; readonly value: UnknownValue };

/** Of a function. Source: AWS Lambda API reference, "AddPermission". */
const ofFunction = ({ inputs }: Resource): Form => ({
  field: "principal",
  properties: {
    "aws:SourceAccount": "sourceAccount",
    "aws:PrincipalOrgID": "principalOrgId",
    "lambda:EventSourceToken": "eventSourceToken",
  },
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
        ...given("lambda:EventSourceToken", ask("eventSourceToken")),
      },
      ArnLike: given("aws:SourceArn", arn),
    });
  },
});

/** Of a version of a layer. Source: AWS Lambda API reference, "AddLayerVersionPermission". */
const ofLayer = (): Form => ({
  field: "principal",
  properties: { "aws:PrincipalOrgID": "organizationId" },
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

/** Of AWS Entity Resolution. Source: its API reference, "AddPolicyStatement". */
const ofMatching = (): Form => ({
  field: "principal",
  document: (ask) =>
    allow(ask("principal"), ask("action"), {}).map((statement) => ({
      ...statement,
      Effect: ask("effect") ?? "Allow",
    })),
});

/**
 * Of a cluster. Source: Amazon EKS user guide, "Grant IAM users access to Kubernetes with a
 * ConfigMap". The texts are YAML with ARNs, or accounts: each account in them is let in.
 */
const ofClusterMap = (): Form => ({
  field: "data",
  document: (ask) => {
    const texts =
      ask("metadata.name") === "aws-auth"
        ? ["mapRoles", "mapUsers", "mapAccounts"].map((one) =>
            ask(`data.${one}`),
          )
        : [];
    return [...new Set(texts.flatMap(accountsIn))].flatMap((account) =>
      allow(account, "eks:AccessKubernetesApi", {}),
    );
  },
});

const accountsIn = (text: unknown): readonly string[] =>
  typeof text === "string" ? (text.match(/\b\d{12}\b/g) ?? []) : [];

const forms: ReadonlyMap<string, FormOf> = new Map([
  ["aws:lambda/permission:Permission", ofFunction],
  ["aws-native:lambda:Permission", ofFunction],
  ["aws:lambda/layerVersionPermission:LayerVersionPermission", ofLayer],
  ["aws-native:lambda:LayerVersionPermission", ofLayer],
  ["aws:cloudwatch/eventPermission:EventPermission", ofEventBus],
  ["aws-native:entityresolution:PolicyStatement", ofMatching],
  ...accessListForms,
  ["kubernetes:core/v1:ConfigMap", ofClusterMap],
  ["kubernetes:core/v1:ConfigMapPatch", ofClusterMap],
]);

export const permissionTypes = [...forms.keys()] as const;

/** Services take some policies apart, one statement a resource: this puts one together. */
export function permissionOf(resource: Resource): Permission | undefined {
  const { type, inputs } = resource;
  // The older form of a bus's policy: the newer one has a statement.
  const isOlder =
    type === "aws-native:events:EventBusPolicy" &&
    !isGiven(inputs["statement"]) &&
    isGiven(inputs["principal"]);
  const sharing = sharingForms.get(type);
  const form =
    sharing === undefined
      ? (isOlder ? ofEventBus : forms.get(type))?.(resource)
      : ofSharing(resource, sharing);
  if (form === undefined) return undefined;
  const unknown: UnknownValue[] = [];
  const statements = form.document((property) => {
    const places = placesOf(property, inputs);
    for (const { path, value } of places) {
      const inside = pathToUnknown(value);
      if (inside === undefined) continue;
      unknown.push({ resource, path: [...path, ...inside] });
      return undefined;
    }
    return places.length === 1 ? places[0]?.value : places.map(valueOf).flat();
  });
  const [value] = unknown;
  if (value !== undefined) return { kind: "unknown", value };
  return statements.length === 0
    ? undefined
    : {
        kind: "permission",
        field: form.field,
        document: { Statement: statements },
        properties: form.properties ?? {},
      };
}

/** Of a type of which properties name all who are let in. */
const ofSharing = (
  { inputs }: Resource,
  { principals, action, source }: SharingForm,
): Form => ({
  field:
    principals.find((one) =>
      placesOf(one, inputs).map(valueOf).some(isGiven),
    ) ?? "",
  properties: source === undefined ? {} : { "aws:SourceAccount": source },
  document: (ask) => {
    const account = source === undefined ? undefined : ask(source);
    const ofAccount = { StringEquals: given("aws:SourceAccount", account) };
    return principals
      .flatMap((property) => sharedWith(ask(property)))
      .flatMap(({ principal, organisation }) =>
        allow(principal, action, {
          ...ofAccount,
          StringLike: given("aws:PrincipalOrgID", organisation),
        }),
      );
  },
});

const valueOf = ({ value }: Place): unknown => value;
