import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "../../../commands/accounts/live-account";
import { checkBastion } from "../../../commands/verify/checks/bastion";
import { checkRoles } from "../../../commands/verify/checks/roles";
import type { AccountFinding } from "../../../commands/verify/findings";
import { bastionId, committedExpectation, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";
import { documentOf } from "./live-accounts";

const expected = committedExpectation();

const changed = <One extends { readonly name: string }>(
  all: readonly One[],
  name: string,
  change: (one: One) => Partial<One>,
): readonly One[] =>
  all.map((one) => (one.name === name ? { ...one, ...change(one) } : one));

export const inProd =
  (name: string, change: (role: LiveRole) => Partial<LiveRole>) =>
  (live: LiveAccount): LiveAccount =>
    live.accountId === prodId
      ? { ...live, roles: changed(live.roles, name, change) }
      : live;

export const inBastion =
  (change: (live: LiveAccount) => Partial<LiveAccount>) =>
  (live: LiveAccount): LiveAccount =>
    live.accountId === bastionId ? { ...live, ...change(live) } : live;

export const group = (
  name: string,
  change: (one: LiveGroup) => Partial<LiveGroup>,
) => inBastion(({ groups }) => ({ groups: changed(groups, name, change) }));

export const user = (
  name: string,
  change: (one: LiveUser) => Partial<LiveUser>,
) => inBastion(({ users }) => ({ users: changed(users, name, change) }));

export function findings(
  change: (live: LiveAccount) => LiveAccount,
): readonly AccountFinding[] {
  const organisation = deployedBut(expected, change);
  const facts = { organisation, expected };
  return [...checkRoles(facts), ...checkBastion(facts)];
}

export const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
export const viewOnly = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
export const allow = (Action: unknown, Resource: unknown = "*") => ({
  Effect: "Allow",
  Action,
  Resource,
});
export const inline = (name: string, ...statements: readonly object[]) => ({
  name,
  text: documentOf(...statements),
});

export const statementsOf = ({ text = "" }: { readonly text?: string }) =>
  (JSON.parse(text) as { readonly Statement: readonly object[] }).Statement;
