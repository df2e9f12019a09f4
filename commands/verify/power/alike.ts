import type { LiveIdentity, LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import type { Normalised } from "./normalised";

/** A role, and what makes it like others of the organisation. */
export interface RoleHere {
  readonly account: NamedAccount;
  readonly role: LiveRole;
  /** Of all its documents, with the trust policy as the first. */
  readonly documents: readonly number[];
  /** The same for roles of one name whose documents say the same, each in its own account. */
  readonly likeness: string;
}

export function roleHere(
  account: NamedAccount,
  role: LiveRole,
  normalised: Normalised,
): RoleHere {
  const numberOf = (text: string) => normalised.numberOf(text, account.id);
  const documents = [
    role.trust,
    ...textsOf(account, role),
    ...boundaryOf(account, role),
  ].map(numberOf);
  const { name, path, inlinePolicies, attachedPolicies } = role;
  // Which of the documents is what, and whether AWS wrote it.
  const arns = attachedPolicies.map(({ arn }) => numberOf(arn));
  const shape = [inlinePolicies.length, role.boundary === undefined];
  const likeness = JSON.stringify([path, name, documents, arns, shape]);
  return { account, role, documents, likeness };
}

const textsOf = (
  { live: { managedPolicies } }: NamedAccount,
  { inlinePolicies, attachedPolicies }: LiveIdentity,
): readonly string[] => [
  ...inlinePolicies.map(({ text }) => text),
  ...attachedPolicies.map(({ arn }) => managedPolicies.get(arn) ?? ""),
];

/** Its own, and those within which it may make others. */
function boundaryOf(account: NamedAccount, role: LiveRole): readonly string[] {
  const { managedPolicies } = account.live;
  const own = role.boundary === undefined ? [] : [role.boundary];
  const delegating = textsOf(account, role).filter((text) =>
    /:permissionsboundary/i.test(text),
  );
  const named =
    delegating.length === 0
      ? []
      : [...managedPolicies.keys()].filter((arn) =>
          delegating.some((text) => text.includes(arn)),
        );
  return [...own, ...named].map((arn) => managedPolicies.get(arn) ?? "");
}
