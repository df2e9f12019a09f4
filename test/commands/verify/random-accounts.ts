import fc from "fast-check";
import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import type { LiveOrganisation } from "../../../commands/accounts/organisation";

/** Accounts with documents that speak of names, tags and accounts, in every way that IAM has. */

export const bastionId = "111111111111";
const workloads = ["222222222222", "033333333333"];

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(values: readonly T[], least = 1) =>
  fc.subarray([...values], {
    minLength: least,
    maxLength: Math.min(2, values.length),
  });

/** Of users: one too short for a session's name, and some that differ by little. */
const userNames = ["a", "ada", "adam", "bashir", "PowerUser"];
const roleNames = ["PowerUser", "ReadOnly", "ada"];
const tags = fc.dictionary(one("team", "Owner"), one("blue", "ada", "b*"), {
  maxKeys: 2,
});

const ofMfa: readonly object[] = [
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } },
];

/** Of texts that whoever asks chooses: they say more together than each by itself. */
const ofSessions: readonly object[] = [
  { StringEquals: { "sts:RoleSessionName": "${aws:username}" } },
  { StringNotEquals: { "sts:RoleSessionName": "${aws:username}" } },
  { StringLike: { "sts:RoleSessionName": ["a*", "2*"] } },
  { StringLike: { "sts:RoleSessionName": "${aws:username}-*" } },
  { StringEquals: { "sts:SourceIdentity": "${aws:username}" } },
  { StringEquals: { "sts:RoleSessionName": "${sts:SourceIdentity}" } },
  { StringEquals: { "sts:RoleSessionName": "${aws:ResourceAccount}" } },
];

const conditions: readonly object[] = [
  ...ofMfa,
  ...ofSessions,
  { StringEquals: { "aws:ResourceAccount": workloads } },
  { StringNotEquals: { "aws:ResourceAccount": "222222222222" } },
  { StringLike: { "aws:ResourceAccount": "2*" } },
  { NumericLessThan: { "aws:ResourceAccount": "111111111111" } },
  { StringEquals: { "aws:username": ["ada", "bashir"] } },
  { StringNotLike: { "aws:username": "ad*" } },
  { StringEqualsIgnoreCase: { "aws:username": "poweruser" } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${bastionId}:user/*` } },
  { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/ops/*" } },
  { StringLike: { "aws:userid": "AIDA*" } },
  { StringEquals: { "aws:PrincipalTag/team": "blue" } },
  { StringNotEquals: { "aws:PrincipalTag/team": "blue" } },
  { Null: { "aws:PrincipalTag/owner": "true" } },
  { StringEquals: { "aws:PrincipalTag/team": "${aws:ResourceTag/team}" } },
  { StringLike: { "aws:ResourceTag/owner": "${aws:username, 'ada'}" } },
  { StringNotEquals: { "aws:ResourceTag/owner": "${aws:PrincipalTag/owner}" } },
  { StringEqualsIfExists: { "aws:ResourceTag/team": "blue" } },
  { "ForAnyValue:StringEquals": { "aws:ResourceTag/team": ["blue", "ada"] } },
  { "ForAllValues:StringLike": { "aws:PrincipalTag/team": "b${*}" } },
  { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
  { StringEquals: { "aws:SourceIp": "${aws:username}" } },
];

const condition = fc
  .oneof(
    fc.constant([]),
    fc.array(one(...conditions), { maxLength: 2 }),
    one(...ofMfa).map((mfa) => [mfa]),
    one(...ofSessions).map((session) => [session]),
  )
  .map((all) => ({ Condition: Object.assign({}, ...all) as object }));

const effect = one(...[1, 2, 3, 4, 5].map(() => "Allow"), "Deny");
const actions = ["sts:AssumeRole", "sts:*", "*", "sts:Assume*", "iam:Get*"];
const resources = [
  "*",
  "arn:aws:iam::222222222222:role/PowerUser",
  "arn:aws:iam::*:role/PowerUser",
  "arn:aws:iam::*:role/Re?dOnly",
  "arn:aws:iam::0*:role/*",
  "arn:aws:iam::*:role/*/D*",
  "arn:aws:iam::*:role/${aws:username}",
  "arn:aws:iam::*:role/${aws:PrincipalTag/owner}",
  "arn:aws:iam::${aws:ResourceAccount}:role/path/*",
  `arn:aws:iam::${bastionId}:role/*`,
];

const document = (statement: fc.Arbitrary<object>, most: number) =>
  fc
    .array(statement, { minLength: 1, maxLength: most })
    .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));

const identityPolicy = document(
  fc
    .tuple(
      effect,
      one("Action", "Action", "Action", "NotAction"),
      some(actions),
      one("Resource", "Resource", "Resource", "NotResource"),
      some(resources),
      condition,
    )
    .map(([Effect, action, named, resource, of, when]) => ({
      Effect,
      [action]: named,
      [resource]: of,
      ...when,
    })),
  3,
);

const root = { AWS: `arn:aws:iam::${bastionId}:root` };
const principals = [
  ...[root, root, root, root],
  { AWS: [bastionId, "arn:aws:iam::444444444444:root"] },
  { AWS: "*" },
  { AWS: `arn:aws:iam::${bastionId}:user/ada` },
  { AWS: `arn:aws:iam::${bastionId}:user/ops/bashir` },
  { Service: "ec2.amazonaws.com" },
];

const trustPolicy = fc.oneof(
  {
    weight: 9,
    arbitrary: document(
      fc
        .tuple(
          effect,
          one("Principal", "Principal", "Principal", "NotPrincipal"),
          one(...principals),
          one("sts:AssumeRole", "sts:AssumeRole", "*", "sts:TagSession"),
          condition,
        )
        .map(([Effect, principal, who, Action, when]) => ({
          Effect,
          [Effect === "Allow" ? "Principal" : principal]: who,
          Action,
          ...when,
        })),
      2,
    ),
  },
  { weight: 1, arbitrary: fc.constant("{") },
);

const managed = "arn:aws:iam::aws:policy/Managed";

const identity = (arn: string) => {
  const name = arn.split("/").at(-1) ?? "";
  return {
    name: fc.constant(name),
    id: fc.constant(`AIDA${name.toUpperCase().padEnd(16, "Q")}`),
    arn: fc.constant(arn),
    path: fc.constant("/"),
    attachedPolicies: some([{ name: "Managed", arn: managed }], 0),
  };
};

const inline = (name: string, most: number) => ({
  inlinePolicies: fc
    .array(identityPolicy, { maxLength: most })
    .map((all) =>
      all.map((text, index) => ({ name: `${name}-${index}`, text })),
    ),
});

const principal = {
  boundary: one(undefined, undefined, managed),
  tags,
};

const group = (name: string): fc.Arbitrary<LiveGroup> =>
  fc.record({
    ...identity(`arn:aws:iam::${bastionId}:group/${name}`),
    ...inline(name, 2),
  });

const user = (name: string): fc.Arbitrary<LiveUser> => {
  const path = name === "bashir" ? "ops/" : "";
  return fc.record({
    ...identity(`arn:aws:iam::${bastionId}:user/${path}${name}`),
    ...inline(name, name === "adam" ? 1 : 0),
    ...principal,
    id: one(`AIDA${name.toUpperCase().padEnd(16, "Q")}`, "not known"),
    groups: some(["red", "green", "blue"], 0),
    hasPassword: fc.constant(true),
    accessKeys: fc.constant([]),
    devices: fc.constant([]),
  });
};

const role = (account: string, name: string): fc.Arbitrary<LiveRole> =>
  fc.record({
    ...identity(`arn:aws:iam::${account}:role/${name}`),
    ...inline(name, 0),
    ...principal,
    trust: trustPolicy,
    createdAt: fc.constant(undefined),
    lastUsedAt: fc.constant(undefined),
    instanceProfiles: fc.constant([]),
    maxSessionSeconds: fc.constant(3_600),
  });

const account = (
  id: string,
  users: readonly string[],
): fc.Arbitrary<LiveAccount> =>
  fc.record({
    accountId: fc.constant(id),
    partition: fc.constant("aws"),
    alias: fc.constant(undefined),
    users: fc.tuple(...users.map(user)),
    groups: fc.tuple(
      ...(users.length === 0 ? [] : ["red", "green", "blue"]).map(group),
    ),
    roles: fc.tuple(
      ...[...roleNames, "path/Deep"].map((name) => role(id, name)),
    ),
    managedPolicies: identityPolicy.map((text) => new Map([[managed, text]])),
    passwordPolicy: fc.constant(undefined),
    summary: fc.constant({}),
    rootHasVirtualMfa: fc.constant(false),
    identityProviders: fc.constant([]),
    externalAccessAnalyzer: fc.constant("on" as const),
  });

export const randomAccounts: fc.Arbitrary<LiveOrganisation> = fc
  .tuple(
    account(bastionId, userNames),
    ...workloads.map((id) => account(id, [])),
  )
  .map((all) => ({
    callerAccountId: bastionId,
    accounts: all.map((live, index) => ({
      id: live.accountId,
      name: ["bastion", "dev", "prod"][index] ?? "",
      live,
    })),
    unread: [],
    centralRootAccess: "not known",
  }));
