import { unknownFinding, wrong, type Finding } from "../findings/finding";
import { isPlainObject } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { isUnknown, pathToUnknown } from "../resources/unknown";
import type { Rule } from "./rule";

export const noSecretsInTheState: Rule = {
  name: "no-secrets-in-the-state",
  title: "No secrets in the state",
  description:
    "No password or key of a person stands readable in the stack's state.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Encrypt it with a PGP key, or have the user make it by hand.",
  judgeResource: (resource) => credentialFindings(resource),
};

const withKey = new Map([
  ["aws:iam/userLoginProfile:UserLoginProfile", "first password"],
  ["aws:iam/accessKey:AccessKey", "secret key"],
]);

/** Made by AWS and told to the provider: nothing can encrypt it. */
const alwaysReadable = new Map([
  ["aws:iam/virtualMfaDevice:VirtualMfaDevice", "seed of the MFA device"],
  [
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "credential's password",
  ],
]);

/** Whoever can read the state can read a password or a key that no PGP key encrypts. */
function credentialFindings(resource: Resource): readonly Finding[] {
  const { type, inputs } = resource;
  const what = withKey.get(type);
  if (what !== undefined) {
    const { pgpKey } = inputs;
    const path = pathToUnknown(pgpKey);
    if (path !== undefined) {
      return [unknownFinding({ resource, path: ["pgpKey", ...path] })];
    }
    return typeof pgpKey === "string" && pgpKey !== ""
      ? []
      : [
          wrong(
            resource,
            `pgpKey is missing: the ${what} stands in the stack's state for all who can read it.`,
            `set pgpKey to the user's public PGP key, or have the user make the ${what.replace("first ", "").replace("secret ", "access ")} by hand.`,
            { field: "pgpKey" },
          ),
        ];
  }
  const always = alwaysReadable.get(type);
  if (always !== undefined) {
    return [
      wrong(
        resource,
        `The ${always} stands in the stack's state for all who can read it.`,
        "take the resource out, and have the user make it by hand.",
      ),
    ];
  }
  const { loginProfile } = inputs;
  if (type !== "aws-native:iam:User") return [];
  if (isUnknown(loginProfile)) {
    return [unknownFinding({ resource, path: ["loginProfile"] })];
  }
  if (!isPlainObject(loginProfile)) return [];
  return [
    wrong(
      resource,
      "loginProfile holds the user's password: it stands in the stack's state for all who can read it.",
      "leave loginProfile out, and make the password with aws.iam.UserLoginProfile and a pgpKey.",
      { field: "loginProfile" },
    ),
  ];
}
