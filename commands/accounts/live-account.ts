import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { ExternalAccessAnalyzer } from "./access-analyzer";

/** What really stands in an account, as IAM describes it. */
export interface LiveAccount {
  readonly accountId: string;
  readonly partition: string;
  readonly alias: string | undefined;
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  /**
   * JSON of the version that applies, by ARN: the account's own policies, and of AWS's those that are
   * attached, a boundary, or asked for.
   */
  readonly managedPolicies: ReadonlyMap<string, string>;
  /** undefined: none was set, and AWS's own applies. */
  readonly passwordPolicy: PasswordPolicy | undefined;
  /** Whether root's MFA device is an app, and no device of its own. */
  readonly rootHasVirtualMfa: boolean;
  /** Of OIDC tokens, and of SAML. */
  readonly identityProviders: readonly LiveIdentityProvider[];
  readonly externalAccessAnalyzer: ExternalAccessAnalyzer;
  /** What of it could not be read, and stands here as if there were none; left out: all was read. */
  readonly unreadParts?: ReadonlySet<AccountPart>;
  /** `GetAccountSummary`: counts and flags by their name in the API. */
  readonly summary: Readonly<Record<string, number>>;
}

/** What is read by calls of its own, and judged by itself. */
export type AccountPart =
  "root" | "the alias" | "the password policy" | "the identity providers";

/**
 * One whose tokens the account's roles may trust. Thumbprints of OIDC providers are not read: AWS takes
 * its own list of certificate authorities before them, and that has those of any public issuer.
 * Source: IAM API reference, "UpdateOpenIDConnectProviderThumbprint".
 */
export interface LiveIdentityProvider {
  readonly arn: string;
  /** For whom its OIDC tokens may be: IAM calls them client ids. */
  readonly audiences: readonly string[];
}

/** What users, groups and roles have in common: IAM calls all three identities. */
export interface LiveIdentity {
  readonly name: string;
  /** The unique id: `AIDA…`, `AGPA…`, `AROA…`. One that is made anew under a name has another. */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly inlinePolicies: readonly NamedDocument[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

export interface NamedDocument {
  /** Of the policy; or what a person would call the document. */
  readonly name: string;
  /** JSON, as it was written. */
  readonly text: string;
}

export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}

export type LiveGroup = LiveIdentity;

/** An identity that acts. */
interface LivePrincipal extends LiveIdentity {
  /** The ARN of a managed policy. */
  readonly boundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LiveUser extends LivePrincipal {
  /** Names of groups. */
  readonly groups: readonly string[];
  readonly hasPassword: boolean;
  /** When the password was last used, or made where it never was; left out: there is none. */
  readonly passwordUsedAt?: Date | undefined;
  readonly accessKeys: readonly LiveKey[];
  /** Serial numbers of MFA devices. */
  readonly devices: readonly string[];
}

export interface LiveKey {
  readonly id: string;
  readonly isActive: boolean;
  readonly createdAt: Date;
  /** undefined: never, as far back as AWS remembers. */
  readonly lastUsedAt: Date | undefined;
}

export interface LiveRole extends LivePrincipal {
  /** JSON of the trust policy. */
  readonly trust: string;
  /** Names of those that hand it to instances. */
  readonly instanceProfiles: readonly string[];
  /** The longest that a session of it may be; undefined: AWS did not say. */
  readonly maxSessionSeconds: number | undefined;
  /** undefined: AWS did not say. */
  readonly createdAt: Date | undefined;
  /** Of the last 400 days, as far back as AWS remembers; undefined: not in these. */
  readonly lastUsedAt: Date | undefined;
}

/** Told while a long read goes on. */
export type Progress = (line: string) => void;
