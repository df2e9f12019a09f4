import { iamArn, type AccountId, type Partition } from "../partition";
import { trustDocument, type TrustPolicy } from "./policy-document";

/** Who takes a role that no person takes. */
export type MachineTrust = VendorTrust | TokenTrust | RoleTrust;

/** Another company's account, which gives the external id that it keeps for us. */
export interface VendorTrust {
  readonly kind: "vendor";
  readonly accountId: AccountId;
  readonly externalId: string;
}

/** Whoever holds a token of an OIDC issuer. */
export interface TokenTrust {
  readonly kind: "oidc";
  /** Host and path, as in the provider's ARN. */
  readonly issuer: string;
  readonly audience: string;
  /** In full, or with `*` at the end. */
  readonly subjects: readonly string[];
  /** The account has the identity provider already, which another stack made. */
  readonly existingProvider: boolean;
}

/** One role, of another account as a rule. */
export interface RoleTrust {
  readonly kind: "role";
  readonly accountId: AccountId;
  /** With its path, but for the first slash. */
  readonly name: string;
}

/** Who takes the role, however the trust says so; not which of their tokens. */
export function takerOf(trust: MachineTrust): string {
  switch (trust.kind) {
    case "vendor":
      return trust.accountId;
    case "oidc":
      return trust.issuer;
    case "role":
      return `${trust.accountId}:role/${trust.name}`;
  }
}

export const providerArn = (
  partition: Partition,
  accountId: AccountId,
  issuer: string,
): string => iamArn(partition, accountId, `oidc-provider/${issuer}`);

/**
 * The trust policy of a role that no person takes, and so none that asks for MFA: each pins who comes.
 *
 * - A vendor's account, with the external id: without it the vendor could be led here by another of
 *   its customers. Source: AWS documentation, "The confused deputy problem".
 * - Tokens for this audience and of these subjects. Source: AWS documentation, "Create a role for
 *   OpenID Connect federation".
 * - A role by its ARN, in a condition. Named as the principal it would be stored as its unique id, and
 *   shut out when it is made anew. That account's own policies have to allow it to take the role.
 */
export function machineTrust(
  partition: Partition,
  /** Of the role. */
  accountId: AccountId,
  trust: MachineTrust,
): TrustPolicy {
  switch (trust.kind) {
    case "vendor":
      return trustDocument({
        sid: "VendorWithExternalId",
        principal: { AWS: [iamArn(partition, trust.accountId, "root")] },
        condition: { StringEquals: { "sts:ExternalId": trust.externalId } },
      });
    case "oidc":
      return trustDocument({
        sid: "TokensOfTheSubject",
        principal: {
          Federated: [providerArn(partition, accountId, trust.issuer)],
        },
        condition: tokenCondition(trust),
      });
    case "role":
      return trustDocument({
        sid: "OneRole",
        principal: { AWS: [iamArn(partition, trust.accountId, "root")] },
        condition: {
          StringEquals: {
            "aws:PrincipalArn": iamArn(
              partition,
              trust.accountId,
              `role/${trust.name}`,
            ),
          },
        },
      });
  }
}

/** `StringEquals` knows no wildcards. */
function tokenCondition({ issuer, audience, subjects }: TokenTrust) {
  const aud = { [`${issuer}:aud`]: audience };
  const sub = { [`${issuer}:sub`]: subjects };
  return subjects.some((one) => one.includes("*"))
    ? { StringEquals: aud, StringLike: sub }
    : { StringEquals: { ...aud, ...sub } };
}
