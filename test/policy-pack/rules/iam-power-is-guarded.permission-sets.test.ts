import type { Declared } from "../pack";
import { unknownText } from "../pack";
import {
  allow,
  deny,
  document,
  everything,
  json,
  readsBuckets,
} from "./documents";
import { changesIam } from "./found";
import { resource } from "./resources";
import { testRows } from "./rows";

const rule = "iam-power-is-guarded";

const sso = (type: string, name: string, inputs: object, more: object = {}) =>
  resource(
    `aws:ssoadmin/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`,
    name,
    { ...inputs },
    more,
  );
const arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const ofSet = { permissionSetArn: arn };
/** As an exported state has it: with its ARN. */
const set = (name: string): Declared =>
  sso("PermissionSet", "set", { name }, { outputs: { name, arn } });
const inline = (policy: unknown) =>
  sso("PermissionSetInlinePolicy", "inline", {
    ...ofSet,
    inlinePolicy: policy,
  });
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attached = (name: string) =>
  sso("ManagedPolicyAttachment", "attached", {
    ...ofSet,
    managedPolicyArn: aws(name),
  });
const native = (name: string, inputs: object) =>
  resource("aws-native:sso:PermissionSet", name, { name, ...inputs });

describe(`${rule}, of permission sets`, () => {
  testRows(rule, [
    {
      title:
        "finds power in an inline policy, also where the name is an administrator's",
      resources: [set("OpsSudo"), inline(json(everything))],
      finds: [
        {
          resource: "set",
          kind: "wrong",
          source: "inline inlinePolicy",
          witness: changesIam,
          says: ["The permission set OpsSudo"],
        },
      ],
    },
    {
      title: "finds power in a policy of AWS's",
      resources: [set("admins"), attached("AdministratorAccess")],
      finds: [{ resource: "set", kind: "wrong", witness: changesIam }],
    },
    {
      title: "finds power that another stack's permission set is given",
      resources: [inline(json(everything))],
      finds: [{ resource: "inline", kind: "wrong", says: [arn] }],
    },
    {
      title: "finds it before the permission set has an ARN",
      resources: [
        sso("PermissionSet", "set", { name: "admins" }),
        sso(
          "PermissionSetInlinePolicy",
          "inline",
          { permissionSetArn: unknownText, inlinePolicy: json(everything) },
          { from: { permissionSetArn: ["set"] } },
        ),
      ],
      finds: [{ resource: "set", kind: "wrong", witness: changesIam }],
    },
    {
      title: "finds power in aws-native's form",
      resources: [
        native("inline", { inlinePolicy: document(everything) }),
        native("attached", { managedPolicies: [aws("IAMFullAccess")] }),
      ],
      finds: [
        { resource: "inline", kind: "wrong", source: "inline inlinePolicy" },
        { resource: "attached", kind: "wrong" },
      ],
    },
    {
      title: "can't read a policy that each account has for itself",
      resources: [
        set("operators"),
        sso("CustomerManagedPolicyAttachment", "own", {
          ...ofSet,
          customerManagedPolicyReference: { name: "operations", path: "/" },
        }),
        native("native", {
          customerManagedPolicyReferences: [{ name: "operations" }],
        }),
      ],
      finds: [
        {
          resource: "set",
          kind: "undecided",
          unread: ["the customer managed policy operations"],
        },
        { resource: "native", kind: "undecided" },
      ],
    },
    {
      title: "takes a Deny and a boundary into account",
      resources: [
        set("builders"),
        inline(
          json(
            allow("*"),
            deny(["iam:*", "sts:*", "sso:*", "organizations:*"]),
          ),
        ),
        native("bounded", {
          inlinePolicy: document(everything),
          permissionsBoundary: { managedPolicyArn: aws("ReadOnlyAccess") },
        }),
      ],
    },
    {
      title: "takes a boundary that is attached into account",
      resources: [
        set("builders"),
        inline(json(everything)),
        sso("PermissionsBoundaryAttachment", "boundary", {
          ...ofSet,
          permissionsBoundary: { managedPolicyArn: aws("ReadOnlyAccess") },
        }),
      ],
    },
    {
      title: "lets be what changes nothing",
      resources: [
        set("readers"),
        inline(json(readsBuckets)),
        attached("ReadOnlyAccess"),
      ],
    },
  ]);
});
