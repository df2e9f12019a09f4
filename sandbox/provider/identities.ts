import type { IAM } from "@aws-sdk/client-iam";
import { allItems } from "./lists";
import { arn } from "./problems";
import { optionalText } from "./properties";
import type { Input } from "./resource";

/** Who can hold policies, by the name of the input that says which one. */
export type IdentityKind = "user" | "group" | "role";

export const identityKinds: readonly IdentityKind[] = ["user", "group", "role"];

/** As IAM writes the kind in the names of its calls and their parameters. */
export const kindInCalls = {
  user: "User",
  group: "Group",
  role: "Role",
} as const;

/** What of their answers is looked at. */
interface Answer {
  readonly PolicyDocument?: string;
  readonly PolicyNames?: readonly string[];
  readonly AttachedPolicies?: readonly { readonly PolicyArn?: string }[];
}

/** The SDK has a type for each call and kind; they differ in the names alone. */
const call = (
  iam: IAM,
  name: keyof IAM,
  input: Readonly<Record<string, string | undefined>>,
): Promise<Answer> =>
  (iam[name] as (given: typeof input) => Promise<Answer>).call(iam, input);

/** The calls about the policies of one user, group or role. */
export function policiesOf(iam: IAM, kind: IdentityKind, identity: string) {
  const Kind = kindInCalls[kind];
  const parameters = { [`${Kind}Name`]: identity };
  const pages = (name: keyof IAM): AsyncIterable<Answer> =>
    (iam[name] as (at: typeof parameters) => AsyncIterable<Answer>).call(
      iam,
      parameters,
    );
  return {
    /** As messages name it. */
    holder: `${kind} ${identity}`,
    put: (PolicyName: string, PolicyDocument: string) =>
      call(iam, `put${Kind}Policy`, {
        ...parameters,
        PolicyName,
        PolicyDocument,
      }),
    /** The document, as it was put. */
    get: async (PolicyName: string): Promise<string> => {
      const found = await call(iam, `get${Kind}Policy`, {
        ...parameters,
        PolicyName,
      });
      return decodeURIComponent(found.PolicyDocument ?? "");
    },
    remove: (PolicyName: string) =>
      call(iam, `delete${Kind}Policy`, { ...parameters, PolicyName }),
    names: () =>
      allItems(
        pages(`paginateList${Kind}Policies`),
        (page) => page.PolicyNames,
      ),
    attach: (PolicyArn: string) =>
      call(iam, `attach${Kind}Policy`, { ...parameters, PolicyArn }),
    detach: (PolicyArn: string) =>
      call(iam, `detach${Kind}Policy`, { ...parameters, PolicyArn }),
    attached: () =>
      allItems(pages(`paginateListAttached${Kind}Policies`), (page) =>
        page.AttachedPolicies?.map(({ PolicyArn = "" }) => PolicyArn),
      ),
  };
}

export type Policies = ReturnType<typeof policiesOf>;

export async function detachAll({ attached, detach }: Policies): Promise<void> {
  for (const policyArn of await attached()) await detach(policyArn);
}

export async function removeInline({ names, remove }: Policies): Promise<void> {
  for (const name of await names()) await remove(name);
}

/** The permissions boundary of a user or a role: groups have none. */
export const boundaryInput = (kind: "user" | "role"): Input => ({
  problem: arn,
  update: ({ iam }, id, news) => {
    const Kind = kindInCalls[kind];
    const PermissionsBoundary = optionalText(news, "permissionsBoundary");
    const change = PermissionsBoundary === undefined ? "delete" : "put";
    return call(iam, `${change}${Kind}PermissionsBoundary`, {
      [`${Kind}Name`]: id,
      PermissionsBoundary,
    });
  },
});

/** The longest name that IAM gives each. */
export const longestName: Readonly<Record<IdentityKind, number>> = {
  user: 64,
  group: 128,
  role: 64,
};
