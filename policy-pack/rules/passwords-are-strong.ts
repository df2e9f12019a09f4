import { unknownFinding, wrong, type Finding } from "../findings/finding";
import type { Limits } from "../organisation/organisation";
import type { Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import { isBastionStack, type Rule } from "./rule";

/** Source: CIS AWS Foundations Benchmark v3.0.0, 1.8 and 1.9. */
export const passwordsAreStrong: Rule = {
  name: "passwords-are-strong",
  title: "Passwords are strong",
  description:
    "A password policy asks for long passwords that do not come back, and the bastion has one.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Set the field of the password policy that the finding names.",
  judgeResource: (resource, { limits }) =>
    passwordPolicyFindings(resource, limits),
  judgeStack: ({ name, resources }, organisation) =>
    !isBastionStack(name, organisation) || resources.some(isPasswordPolicy)
      ? []
      : [
          wrong(
            undefined,
            "The bastion has no password policy: AWS's own asks for 8 characters.",
            "add an aws.iam.AccountPasswordPolicy to the stack.",
          ),
        ],
};

const isPasswordPolicy = ({ type }: Resource): boolean =>
  type === "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

/** What a field may hold; `found` is what AWS does where it is left out. */
interface Demand {
  readonly field: string;
  readonly found: number | boolean;
  readonly isMet: (value: unknown) => boolean;
  readonly expected: string;
}

const atLeast = (field: string, least: number, found: number): Demand => ({
  field,
  found,
  isMet: (value) => isNumeric(value) && Number(value) >= least,
  expected: `${least} or more`,
});

const must = (field: string, wanted: boolean, found: boolean): Demand => ({
  field,
  found,
  isMet: (value) => value === wanted || value === String(wanted),
  expected: String(wanted),
});

/** Programs in YAML may have written a number as text. */
const isNumeric = (value: unknown): boolean =>
  typeof value === "number" ||
  (typeof value === "string" && /^\d+$/.test(value));

/**
 * Source: CIS AWS Foundations Benchmark v3.0.0, 1.8 (length) and 1.9 (reuse); AWS documentation, "Set an
 * account password policy", what a hard expiry does to whoever is late.
 */
const demands = (limits: Limits): readonly Demand[] => [
  atLeast("minimumPasswordLength", limits.passwordLength, 6),
  atLeast("passwordReusePrevention", limits.rememberedPasswords, 0),
  must("allowUsersToChangePassword", true, true),
  must("hardExpiry", false, false),
];

function passwordPolicyFindings(
  resource: Resource,
  limits: Limits,
): readonly Finding[] {
  if (!isPasswordPolicy(resource)) return [];
  return demands(limits).flatMap((demand): readonly Finding[] => {
    const { field, found, isMet, expected } = demand;
    const value = resource.inputs[field] ?? found;
    const unknown = pathToUnknown(value);
    if (unknown !== undefined) {
      return [unknownFinding({ resource, path: [field, ...unknown] })];
    }
    if (isMet(value)) return [];
    return [
      wrong(
        resource,
        `${field} is ${JSON.stringify(value)}, expected ${expected}.`,
        `set ${field} to ${expected}.`,
        { field },
      ),
    ];
  });
}
