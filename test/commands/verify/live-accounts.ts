import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import type { LiveOrganisation } from "../../../commands/accounts/organisation";
import awsPolicies from "../../../policy-pack/data/aws-managed-policies.json";
import { bastionId, devId, prodId } from "./accounts";

/** Of the organisation: whoever verifies comes from there. */
export const managementId = "999999999999";

/** Read in order: the bastion, dev and prod of the committed config. */
export const names = new Map([
  [bastionId, "bastion"],
  [devId, "dev"],
  [prodId, "prod"],
]);

export const documentOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const trusting = (principal: object | string, condition?: object) =>
  documentOf({
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition === undefined ? {} : { Condition: condition }),
  });

export const root = (account: string) => ({
  AWS: `arn:aws:iam::${account}:root`,
});
export const service = (name: string) => ({
  Service: `${name}.amazonaws.com`,
});

/** Tokens of GitHub's workflows, of one subject; left out: of any. */
export function trustingWorkflows(
  account: string,
  subject: string | undefined,
): string {
  const issuer = "token.actions.githubusercontent.com";
  return documentOf({
    Effect: "Allow",
    Principal: {
      Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        ...(subject !== undefined && { [`${issuer}:sub`]: subject }),
      },
    },
  });
}

/** A policy of AWS's by its name, or the statements of an inline one. */
export type Held = string | readonly object[];

interface Holding {
  readonly holds?: readonly Held[];
}

const held = ({ holds = [] }: Holding) => ({
  inlinePolicies: holds.flatMap((one, index) =>
    typeof one === "string"
      ? []
      : [{ name: `inline-${index + 1}`, text: documentOf(...one) }],
  ),
  attachedPolicies: holds.flatMap((one) =>
    typeof one === "string"
      ? [
          {
            name: one.slice(one.lastIndexOf("/") + 1),
            arn: one.startsWith("arn:")
              ? one
              : `arn:aws:iam::aws:policy/${one}`,
          },
        ]
      : [],
  ),
});

type Role = Holding &
  Pick<LiveRole, "name" | "trust"> &
  Partial<
    Pick<
      LiveRole,
      "path" | "boundary" | "tags" | "instanceProfiles" | "lastUsedAt"
    >
  >;
type User = Holding & Pick<LiveUser, "name"> & Partial<LiveUser>;
type Group = Holding & Pick<LiveGroup, "name">;

/** What stands in one account. */
export interface Standing {
  readonly roles?: readonly Role[];
  readonly users?: readonly User[];
  readonly groups?: readonly Group[];
  readonly policies?: Readonly<Record<string, string>>;
}

const awsManaged = Object.entries(awsPolicies.policies).map(
  ([name, document]) =>
    [`arn:aws:iam::aws:policy/${name}`, JSON.stringify(document)] as const,
);

export function liveAccount(id: string, standing: Standing): LiveAccount {
  const { roles = [], users = [], groups = [], policies = {} } = standing;
  const arn = (kind: string, path: string, name: string) =>
    `arn:aws:iam::${id}:${kind}${path}${name}`;
  return {
    accountId: id,
    partition: "aws",
    alias: undefined,
    users: users.map(({ holds = [], path = "/", ...user }) => ({
      id: "AIDAEXAMPLEEXAMPLE234",
      groups: [],
      boundary: undefined,
      tags: {},
      hasPassword: false,
      accessKeys: [],
      devices: [],
      path,
      arn: arn("user", path, user.name),
      ...held({ holds }),
      ...user,
    })),
    groups: groups.map(({ name, holds = [] }) => ({
      id: "AGPAEXAMPLEEXAMPLE234",
      name,
      path: "/",
      arn: arn("group", "/", name),
      ...held({ holds }),
    })),
    roles: roles.map(({ holds = [], path = "/", boundary, ...role }) => ({
      id: "AROAEXAMPLEEXAMPLE234",
      tags: {},
      maxSessionSeconds: 3_600,
      createdAt: undefined,
      lastUsedAt: undefined,
      instanceProfiles: [],
      path,
      boundary,
      arn: arn("role", path, role.name),
      ...held({ holds }),
      ...role,
    })),
    managedPolicies: new Map([...awsManaged, ...Object.entries(policies)]),
    passwordPolicy: undefined,
    rootHasVirtualMfa: false,
    identityProviders: [],
    externalAccessAnalyzer: "on",
    summary: {},
  };
}

/** By account id; an account that is left out has nothing. */
export const organisationOf = (
  standing: Readonly<Record<string, Standing>>,
): LiveOrganisation => ({
  callerAccountId: managementId,
  accounts: [...names].map(([id, name]) => ({
    id,
    name,
    live: liveAccount(id, standing[id] ?? {}),
  })),
  unread: [],
  centralRootAccess: "on",
});
