import { unknownFinding, wrong, type Finding } from "../findings/finding";
import { peopleTypes } from "../identities/people-types";
import type { Organisation } from "../organisation/organisation";
import { accountAtOnce, accountOf } from "../resources/account";
import { stackOf, type Resource } from "../resources/resource";
import { isBastionStack, type Rule } from "./rule";

export const peopleOnlyInTheBastion: Rule = {
  name: "people-only-in-the-bastion",
  title: "People only in the bastion",
  description:
    "People have IAM users in the bastion account and nowhere else, and its own stack alone puts them into groups.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Put people into the bastion stack and let them take a role here; give programs a role.",
  judgeResource(resource: Resource, organisation): readonly Finding[] {
    const what = peopleTypes.get(resource.type);
    if (what === undefined) return [];
    const stack = stackOf(resource.urn);
    if (isBastionStack(stack, organisation)) {
      return inAnotherAccount(resource, what, organisation);
    }
    return [
      wrong(
        resource,
        `This is ${what}, and ${stack} is no bastion stack.`,
        "put the person into the bastion stack and let them take a role in this account; " +
          "give a program a role for its service, or one for its OIDC provider.",
      ),
    ];
  },
  judgeStack({ name, identities }, organisation) {
    if (isBastionStack(name, organisation)) return [];
    return [
      ...identities.membershipsOfOthers.map((resource) =>
        wrong(
          resource,
          `This says who is in a group of another stack, or which groups its users are in, and ${name} is no bastion stack.`,
          "put it into the bastion stack, which makes users and groups and says who is in which.",
        ),
      ),
      ...identities.unknownMembers.map(unknownFinding),
    ];
  },
};

/** A stack of that name alone makes no bastion: people sign in to an account. */
function inAnotherAccount(
  resource: Resource,
  what: string,
  { bastionAccountId }: Organisation,
): readonly Finding[] {
  const account = [accountAtOnce(resource), accountOf(resource)].find(
    (one) => one !== undefined && one !== bastionAccountId,
  );
  return account === undefined
    ? []
    : [
        wrong(
          resource,
          `This is ${what} in account ${account}, and the bastion is account ${bastionAccountId}.`,
          `deploy the bastion stack by a provider of account ${bastionAccountId}; or correct the config's bastionAccountId.`,
        ),
      ];
}
