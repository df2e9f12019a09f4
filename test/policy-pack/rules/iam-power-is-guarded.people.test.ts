import { unknownText } from "../pack";
import {
  allow,
  bastion,
  dev,
  everything,
  freshMfa,
  json,
  people,
  root,
  trusts,
} from "./documents";
import { group, iam, member, role, user } from "./resources";
import { bastionStack, testRows, unknown, type Row } from "./rows";

const rule = "iam-power-is-guarded";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

const opsSudo = (condition: object, inputs: object = {}) =>
  role("OpsSudo", {
    assumeRolePolicy: json(people(condition)),
    managedPolicyArns: [administrator],
    ...inputs,
  });

const administratorRows: readonly Row[] = [
  {
    title: "takes a named administrator with fresh MFA",
    resources: [opsSudo(freshMfa)],
  },
  {
    title: "finds a named administrator with MFA of any age",
    resources: [opsSudo({ Bool: freshMfa.Bool })],
    finds: [["OpsSudo", "older than 3600 seconds", "NumericLessThan"]],
  },
  {
    title: "holds the age to the config",
    organisation: { administratorMfaAge: 900 },
    resources: [opsSudo(freshMfa)],
    finds: [["OpsSudo", "older than 900 seconds"]],
  },
  {
    title:
      "waits for the name, where the MFA would be too old for an administrator",
    resources: [
      role("R", { name: unknownText, assumeRolePolicy: json(people()) }),
      role("S", { name: unknownText }),
    ],
    finds: [["R", unknown, ".name"]],
  },
];

const selfService = (resource: string) =>
  iam("GroupPolicy", "self", {
    group: "bastion-users",
    policy: json(
      allow(["iam:CreateAccessKey", "iam:ChangePassword"], resource),
      allow("iam:CreateVirtualMFADevice", "arn:aws:iam::*:mfa/*"),
    ),
  });
const inBastion = (...more: Row["resources"]): Row["resources"] =>
  [
    user("ada"),
    group("bastion-users"),
    member("ada", "bastion-users"),
    ...more,
  ].map((one) => ({ ...one, provider: bastion }));

const groupRows: readonly Row[] = [
  {
    title:
      "takes the administrators that the config names, by their names in AWS",
    organisation: { administratorRoles: ["Root"] },
    resources: [
      { ...opsSudo(freshMfa, { name: "Root" }), name: "a" },
      { ...opsSudo(freshMfa), name: "b" },
    ],
    finds: [["b", "role OpsSudo can change IAM"]],
  },
  ...["user/${aws:username}", "user/people/${aws:username}"].map(
    (own): Row => ({
      title: `takes what users do for themselves, at ${own}`,
      stack: bastionStack,
      resources: inBastion(selfService(`arn:aws:iam::${bastion}:${own}`)),
    }),
  ),
  ...[
    "iam:AttachUserPolicy",
    "iam:PutUserPolicy",
    "iam:DeleteUserPermissionsBoundary",
  ].map((action): Row => ({
    title: `finds users who may make themselves more, by ${action}`,
    stack: bastionStack,
    resources: inBastion(
      iam("GroupPolicy", "self", {
        group: "bastion-users",
        policy: json(allow(action, "arn:aws:iam::*:user/${aws:username}")),
      }),
    ),
    finds: [["bastion-users", "can change IAM", action]],
  })),
  {
    title: "finds what they could do for others, once and at the group",
    stack: bastionStack,
    resources: inBastion(selfService(`arn:aws:iam::${bastion}:user/*`)),
    finds: [
      [
        "bastion-users",
        "Members of the group bastion-users",
        "iam:CreateAccessKey",
      ],
    ],
  },
  {
    title: "finds administrators inside of the bastion",
    stack: bastionStack,
    resources: inBastion(
      iam("GroupPolicyAttachment", "p", {
        group: "bastion-users",
        policyArn: administrator,
      }),
    ),
    finds: [["bastion-users", "can change IAM"]],
  },
  {
    title: "finds power on a user, with a trust that is none of its concern",
    resources: [
      user("ada"),
      iam("UserPolicy", "p", { user: "ada", policy: json(everything) }),
      role("Support", { assumeRolePolicy: json(trusts({ AWS: root(dev) })) }),
    ],
    finds: [["ada", "user ada can change IAM", "of p (policy)"]],
  },
];

describe(rule, () => {
  describe("of named administrators", () => {
    testRows("administrators-need-fresh-mfa", administratorRows);
  });
  describe("of groups and users", () => {
    testRows(rule, groupRows);
  });
});
