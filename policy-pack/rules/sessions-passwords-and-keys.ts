import type { Finding } from "../findings/finding";
import { holderForms } from "../identities/forms";
import type { Organisation } from "../organisation/organisation";
import { factOf, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { credentialFindings } from "./credentials";
import { isPasswordPolicy, passwordPolicyFindings } from "./password-policy";
import { isBastionStack, type Rule } from "./rule";

/** Source: CIS AWS Foundations Benchmark 1.8 and 1.9 for passwords. */
export const sessionsPasswordsAndKeys: Rule = {
  name: "sessions-passwords-and-keys",
  title: "Sessions, passwords and keys",
  description:
    "Sessions are capped, the password policy is strong, nothing is named like root, and no password or key stands in the state.",
  severity: "high",
  remedy: "Mend the field that the finding names.",
  judgeResource: (resource, organisation) => [
    ...nameFindings(resource),
    ...sessionFindings(resource, organisation),
    ...passwordPolicyFindings(resource, organisation.limits),
    ...credentialFindings(resource),
  ],
  judgeStack({ name, resources }, organisation): readonly Finding[] {
    if (!isBastionStack(name, organisation)) return [];
    return resources.some(isPasswordPolicy)
      ? []
      : [
          {
            kind: "wrong",
            resource: undefined,
            problem:
              "The bastion has no password policy: AWS's own asks for 8 characters.",
            witness: [],
            remedy: "add an aws.iam.AccountPasswordPolicy to the stack.",
          },
        ];
  },
  repair(resource, organisation) {
    const session = sessionOf(resource);
    if (session === undefined) return undefined;
    const most = longestSession(resource, organisation);
    return session.seconds > most ? { [session.field]: most } : undefined;
  },
};

/** Names that tell whoever reads a log, or guesses, where the power is. */
const rootLike = /^(root|admin|administrator|superuser|sudo)$/i;

function nameFindings(resource: Resource): readonly Finding[] {
  const form = holderForms.get(resource.type);
  if (form === undefined) return [];
  const name = factOf(resource, form.name);
  if (typeof name !== "string" || !rootLike.test(name)) return [];
  return [
    {
      kind: "wrong",
      resource,
      problem: `${form.name} is ${JSON.stringify(name)}, which reads like the root user.`,
      witness: [],
      remedy: `name the ${form.kind} after whom or what it is for.`,
    },
  ];
}

function sessionFindings(
  resource: Resource,
  organisation: Organisation,
): readonly Finding[] {
  const session = sessionOf(resource);
  if (session === undefined) return [];
  const most = longestSession(resource, organisation);
  if (session.seconds <= most) return [];
  return [
    {
      kind: "wrong",
      resource,
      problem: `${session.field} is ${session.seconds} seconds, and this role's sessions may last ${most} at most.`,
      witness: [],
      remedy: `set ${session.field} to ${most} or less.`,
    },
  ];
}

function sessionOf(
  resource: Resource,
): { readonly field: string; readonly seconds: number } | undefined {
  const field = holderForms.get(resource.type)?.session;
  if (field === undefined) return undefined;
  const seconds = resource.inputs[field];
  return typeof seconds === "number" ? { field, seconds } : undefined;
}

function longestSession(
  resource: Resource,
  { administratorRoles, limits }: Organisation,
): number {
  const form = holderForms.get(resource.type);
  const name = form === undefined ? undefined : factOf(resource, form.name);
  return typeof name === "string" &&
    !isUnknown(name) &&
    administratorRoles.includes(name)
    ? limits.administratorSession
    : limits.session;
}
