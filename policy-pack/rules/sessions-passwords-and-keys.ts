import { unknownFinding, type Finding } from "../findings/finding";
import { holderForms } from "../identities/forms";
import { unknownName } from "../identities/name";
import type { Organisation } from "../organisation/organisation";
import { knownText, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { credentialFindings } from "./credentials";
import { isPasswordPolicy, passwordPolicyFindings } from "./password-policy";
import { isBastionStack, type Rule } from "./rule";

/** Source: CIS AWS Foundations Benchmark v3.0.0, 1.8 and 1.9 for passwords. */
export const sessionsPasswordsAndKeys: Rule = {
  name: "sessions-passwords-and-keys",
  title: "Sessions, passwords and keys",
  description:
    "Sessions are capped, the password policy is strong, nothing is named like root, and no password or key stands in the state.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Mend the field that the finding names.",
  judgeResource: (resource, organisation) => [
    ...nameFindings(resource),
    ...sessionFindings(resource, organisation),
    ...passwordPolicyFindings(resource, organisation.limits),
    ...credentialFindings(resource),
    ...unknownName(resource).map(unknownFinding),
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
    if (session?.seconds === undefined) return undefined;
    const most = longestSession(resource, organisation);
    return session.seconds > most ? { [session.field]: most } : undefined;
  },
};

/** Names that tell whoever reads a log, or guesses, where the power is. */
const rootLike = /^(root|admin|administrator|superuser|sudo)$/i;

function nameFindings(resource: Resource): readonly Finding[] {
  const form = holderForms.get(resource.type);
  if (form === undefined) return [];
  const name = knownText(resource, form.name);
  if (name === undefined || !rootLike.test(name)) return [];
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
  if (session.seconds === undefined) {
    return [unknownFinding({ resource, path: [session.field] })];
  }
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

interface Session {
  readonly field: string;
  /** undefined: not known before the deployment. */
  readonly seconds: number | undefined;
}

function sessionOf(resource: Resource): Session | undefined {
  const field = holderForms.get(resource.type)?.session;
  if (field === undefined) return undefined;
  const value = resource.inputs[field];
  if (isUnknown(value)) return { field, seconds: undefined };
  // Programs in YAML may have written the number as text.
  const seconds = typeof value === "string" ? Number(value) : value;
  return typeof seconds === "number" ? { field, seconds } : undefined;
}

function longestSession(
  resource: Resource,
  { administratorRoles, limits }: Organisation,
): number {
  const form = holderForms.get(resource.type);
  const name = form === undefined ? undefined : knownText(resource, form.name);
  return name !== undefined && administratorRoles.includes(name)
    ? limits.administratorSession
    : limits.session;
}
