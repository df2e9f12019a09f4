import type { AttachedPermissionsBoundary, IAM } from "@aws-sdk/client-iam";
import { unlessMissing } from "./errors";
import { allItems } from "./lists";
import { arn } from "./problems";
import { optionalText } from "./properties";
import type { Input } from "./resource";

/** As IAM writes who can hold policies, by the name of the input that says which one. */
export const kindInCalls = {
  user: "User",
  group: "Group",
  role: "Role",
} as const;

export type IdentityKind = keyof typeof kindInCalls;
type Kind = (typeof kindInCalls)[IdentityKind];

export const identityKinds: readonly IdentityKind[] = ["user", "group", "role"];

/** One identity under the name of every kind: each call takes that of its own, and sends no other. */
type Names = Readonly<Record<`${Kind}Name`, string>>;

const namesOf = (identity: string): Names => ({
  UserName: identity,
  GroupName: identity,
  RoleName: identity,
});

/** A call that each of the kinds has: with its input, and what of its answer is looked at. */
type Calls<Name extends string, Input, Answer = Promise<unknown>> = Readonly<
  Record<Name, (input: Names & Input) => Answer>
>;

type PolicyCalls = Calls<
  `put${Kind}Policy`,
  { readonly PolicyName: string; readonly PolicyDocument: string }
> &
  Calls<
    `get${Kind}Policy`,
    { readonly PolicyName: string },
    Promise<{ readonly PolicyDocument?: string | undefined }>
  > &
  Calls<`delete${Kind}Policy`, { readonly PolicyName: string }> &
  Calls<`${"attach" | "detach"}${Kind}Policy`, { readonly PolicyArn: string }> &
  Calls<
    `paginateList${Kind}Policies`,
    unknown,
    AsyncIterable<{ readonly PolicyNames?: readonly string[] | undefined }>
  > &
  Calls<
    `paginateListAttached${Kind}Policies`,
    unknown,
    AsyncIterable<{
      readonly AttachedPolicies?:
        readonly { readonly PolicyArn?: string | undefined }[] | undefined;
    }>
  >;

/** The calls about the policies of one user, group or role. */
export function policiesOf(iam: IAM, kind: IdentityKind, identity: string) {
  const calls: PolicyCalls = iam;
  const Kind = kindInCalls[kind];
  const names = namesOf(identity);
  return {
    /** As messages name it. */
    holder: `${kind} ${identity}`,
    put: (PolicyName: string, PolicyDocument: string) =>
      calls[`put${Kind}Policy`]({ ...names, PolicyName, PolicyDocument }),
    /** The document, as it was put. */
    get: async (PolicyName: string): Promise<string> => {
      const found = await calls[`get${Kind}Policy`]({ ...names, PolicyName });
      return decodeURIComponent(found.PolicyDocument ?? "");
    },
    remove: (PolicyName: string) =>
      calls[`delete${Kind}Policy`]({ ...names, PolicyName }),
    names: () =>
      allItems(
        calls[`paginateList${Kind}Policies`](names),
        (page) => page.PolicyNames,
      ),
    attach: (PolicyArn: string) =>
      calls[`attach${Kind}Policy`]({ ...names, PolicyArn }),
    detach: (PolicyArn: string) =>
      calls[`detach${Kind}Policy`]({ ...names, PolicyArn }),
    attached: () =>
      allItems(calls[`paginateListAttached${Kind}Policies`](names), (page) =>
        page.AttachedPolicies?.map(({ PolicyArn = "" }) => PolicyArn),
      ),
  };
}

export type Policies = ReturnType<typeof policiesOf>;

/** A policy that is gone already keeps nothing from being removed. */
export async function detachAll({ attached, detach }: Policies): Promise<void> {
  for (const policyArn of await attached()) {
    await unlessMissing(detach(policyArn));
  }
}

export async function removeInline({ names, remove }: Policies): Promise<void> {
  for (const name of await names()) await unlessMissing(remove(name));
}

/** The permissions boundary of a user or a role: groups have none. */
export const boundaryInput = (kind: "user" | "role"): Input => ({
  problem: arn,
  aws: "PermissionsBoundary",
  told: (live?: AttachedPermissionsBoundary) => live?.PermissionsBoundaryArn,
  update: ({ iam, id, properties }) => {
    const calls: Calls<
      `${"put" | "delete"}${"User" | "Role"}PermissionsBoundary`,
      { readonly PermissionsBoundary: string }
    > = iam;
    const PermissionsBoundary = optionalText(properties, "permissionsBoundary");
    const change = PermissionsBoundary === undefined ? "delete" : "put";
    return calls[`${change}${kindInCalls[kind]}PermissionsBoundary`]({
      ...namesOf(id),
      PermissionsBoundary: PermissionsBoundary ?? "",
    });
  },
});

/** The longest name that IAM gives each. */
export const longestName: Readonly<Record<IdentityKind, number>> = {
  user: 64,
  group: 128,
  role: 64,
};
