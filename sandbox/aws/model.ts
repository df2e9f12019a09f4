import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { Reason } from "./reason";

/**
 * What the sandbox's AWS remembers: plain data, one tree per account.
 *
 * Ids and ARNs are those of AWS (`AIDA…` users, `AROA…` roles, `AGPA…` groups, `ANPA…` policies);
 * documents are kept as the JSON text that the caller sent.
 */

/** As AWS tells it. */
export type Tag = Readonly<Record<"Key" | "Value", string>>;

/** A policy document as stored: its text, and its parsed form for the decision. */
export interface StoredDocument {
  readonly text: string;
  readonly parsed: unknown;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly createdAt: Date;
  status: "Active" | "Inactive";
  /** When its status was set. */
  changedAt?: Date;
  lastUsed?: { at: Date; service: string; region: string };
}

export interface LoginProfile {
  password: string;
  passwordResetRequired: boolean;
  readonly earlierPasswords: readonly string[];
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface MfaDevice {
  readonly serial: string;
  readonly seed: string;
  tags: Tag[];
  readonly createdAt: Date;
  /** The user it is enabled for; unset while it is only created. */
  enabledFor?: string;
  enabledAt?: Date;
  /** The last time step whose code was used: each code works once. */
  lastUsedStep?: number;
}

/** With which a user signs requests to services that know no access keys. */
export interface SigningCertificate {
  readonly id: string;
  /** As PEM. */
  readonly body: string;
  readonly uploadedAt: Date;
  status: "Active" | "Inactive";
  /** When its status was set. */
  changedAt?: Date;
}

/** A public key for CodeCommit. */
export interface SshKey {
  readonly id: string;
  /** As it was sent. */
  readonly body: string;
  readonly fingerprint: string;
  readonly uploadedAt: Date;
  status: "Active" | "Inactive";
}

/** A password, or API key, for one service alone. */
export interface ServiceCredential {
  readonly id: string;
  readonly service: string;
  /** What goes with the secret: the service's user name, or the alias of its API key. */
  readonly name: string;
  secret: string;
  createdAt: Date;
  readonly expiresAt?: Date | undefined;
  status: "Active" | "Inactive";
}

/** When and from where something was last done. */
export interface LastUse {
  readonly at: Date;
  readonly region: string;
}

/** The last call to a service, allowed or not, and the last one of each action. */
export interface ServiceUse extends LastUse {
  readonly actions: ReadonlyMap<string, LastUse>;
}

interface Identity {
  name: string;
  readonly id: string;
  path: string;
  readonly createdAt: Date;
  readonly inlinePolicies: Map<string, StoredDocument>;
  /** ARNs of attached managed policies, in the order of attachment. */
  readonly attachedPolicies: Set<string>;
  /** By the service's prefix in policies; a group, which calls nothing, has none. */
  readonly serviceUses: Map<string, ServiceUse>;
}

export interface User extends Identity {
  tags: Tag[];
  readonly groups: Set<string>;
  readonly accessKeys: Map<string, AccessKey>;
  readonly signingCertificates: Map<string, SigningCertificate>;
  readonly sshKeys: Map<string, SshKey>;
  readonly serviceCredentials: Map<string, ServiceCredential>;
  permissionsBoundary?: string | undefined;
  loginProfile?: LoginProfile;
  passwordLastUsed?: Date;
}

export type Group = Identity;

export interface Role extends Identity {
  tags: Tag[];
  trustPolicy: StoredDocument;
  description?: string | undefined;
  /** Seconds, 3,600 to 43,200. */
  maxSessionDuration: number;
  permissionsBoundary?: string | undefined;
  lastUsed?: { at: Date; region: string };
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: StoredDocument;
  readonly createdAt: Date;
}

/** A managed policy: the customer's own, or one of AWS's (then its ARN has the account `aws`). */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: Date;
  updatedAt: Date;
  description?: string | undefined;
  tags: Tag[];
  versions: PolicyVersion[];
  defaultVersionId: string;
}

/** What hands a role to EC2's instances. */
export interface InstanceProfile {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: Date;
  /** The name of its role; AWS lets it have one. */
  role?: string;
  tags: Tag[];
}

/** A certificate for TLS; its private key is not kept, since IAM gives it to nobody. */
export interface ServerCertificate {
  name: string;
  readonly id: string;
  path: string;
  /** As PEM. */
  readonly body: string;
  readonly chain?: string | undefined;
  readonly uploadedAt: Date;
  readonly expiresAt: Date;
  tags: Tag[];
}

/** An issuer of OIDC tokens that the account's roles may trust. */
export interface IdentityProvider {
  readonly arn: string;
  /** Its address without `https://`. */
  readonly host: string;
  readonly createdAt: Date;
  readonly audiences: Set<string>;
  thumbprints: readonly string[];
  tags: Tag[];
}

/** An issuer of SAML assertions that the account's roles may trust. */
export interface SamlProvider {
  readonly arn: string;
  readonly id: string;
  /** Its metadata, as XML. */
  document: string;
  readonly createdAt: Date;
  validUntil: Date;
  /** Whether its assertions have to be encrypted. */
  encryption?: "Required" | "Allowed";
  /** When each was added, by id; what they are is not kept. */
  readonly privateKeys: Map<string, Date>;
  tags: Tag[];
}

/** Root, as far as others can see it: nobody signs in as root here. */
export interface Root {
  hasPassword: boolean;
  hasMfa: boolean;
  /** Whether its device is an app; any other has a token of its own. */
  hasVirtualMfa?: boolean;
  accessKeys: number;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly root: Root;
  alias?: string;
  /** Of tokens that STS's global endpoint gives; AWS's default is 1. */
  globalTokenVersion?: 1 | 2;
  /** As AWS tells it. */
  passwordPolicy?: PasswordPolicy;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly roles: Map<string, Role>;
  /** The customer's managed policies by ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** Virtual MFA devices by serial number (ARN). */
  readonly mfaDevices: Map<string, MfaDevice>;
  /** By ARN. */
  readonly identityProviders: Map<string, IdentityProvider>;
  /** By ARN. */
  readonly samlProviders: Map<string, SamlProvider>;
  /** By name. */
  readonly serverCertificates: Map<string, ServerCertificate>;
  /** By name. */
  readonly instanceProfiles: Map<string, InstanceProfile>;
}

/** Temporary credentials that the sandbox has handed out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
  readonly accountId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly origin: UserSessionOrigin | RoleSessionOrigin;
}

/** What bounds a session beside the rights of the identity that it is of. */
export interface SessionPolicies {
  readonly inline?: StoredDocument | undefined;
  /** Managed policies, as they are at the time of a call. */
  readonly arns: readonly string[];
}

/** From `GetSessionToken`, `GetFederationToken`, or from a sign-in to the console. */
export interface UserSessionOrigin {
  readonly kind: "user";
  /** The user's. */
  readonly name: string;
  readonly through: "GetSessionToken" | "GetFederationToken" | "console";
  /** When MFA was given; unset when it was not. */
  readonly mfaAt?: Date | undefined;
  /** Whether requests tell of MFA, given or not; unset: they do. */
  readonly tellsMfa?: false;
  /** Whom `GetFederationToken` opened the session for. */
  readonly federated?: FederatedUser;
}

/** Somebody that a user vouches for: the user's rights, as far as the session's policies go. */
export interface FederatedUser {
  readonly name: string;
  readonly sessionPolicies: SessionPolicies;
  readonly tags: readonly Tag[];
}

export interface RoleSessionOrigin {
  readonly kind: "role";
  /** The role's. */
  readonly name: string;
  readonly sessionName: string;
  /** Unset where the session has all rights of its role. */
  readonly sessionPolicies?: SessionPolicies | undefined;
  /** The session's own, which come before the role's. */
  readonly tags: readonly Tag[];
  /** The keys of those that a session of the next role gets, too. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string | undefined;
  /** The ARN of the identity provider whose token the role was taken with. */
  readonly federatedProvider?: string | undefined;
  /** Unset where the role was taken with long-term credentials, or with a token. */
  readonly chained?: RoleChain | undefined;
}

/** What is known of a role that was taken with temporary credentials. */
export interface RoleChain {
  /** Whether its session was asked to last for a time. */
  readonly askedDuration: boolean;
}

export type RootFeature = "RootCredentialsManagement" | "RootSessions";

/** A service control policy; `isAws` of the one that every target has at first. */
export interface ControlPolicy {
  readonly id: string;
  name: string;
  description: string;
  document: StoredDocument;
  readonly isAws: boolean;
}

/** An organisational unit: a part of the organisation that accounts are in. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

/** What AWS Organizations keeps about the cloud's accounts. */
export interface Organization {
  readonly id: string;
  readonly rootId: string;
  /** By id. */
  readonly policies: Map<string, ControlPolicy>;
  readonly units: Map<string, Unit>;
  /** The unit of an account; one that is not here is in the root. */
  readonly parents: Map<string, string>;
  /** Ids of policies by target; a target that is not here has `FullAWSAccess` alone. */
  readonly attachments: Map<string, Set<string>>;
}

/** The whole of it: every account, every session, and AWS's own managed policies. */
export interface Cloud {
  readonly partition: "aws" | "aws-us-gov" | "aws-cn";
  readonly managementAccountId: string;
  /** Whether the sign-in page, when it changes a password, tells of MFA: AWS's pages don't say. */
  readonly passwordChangeTellsMfa: boolean;
  readonly organization: Organization;
  /** What of centralised root access is switched on. */
  readonly rootFeatures: Set<RootFeature>;
  readonly accounts: Map<string, Account>;
  /** Temporary credentials by access key id. */
  readonly sessions: Map<string, Session>;
  /** AWS managed policies by ARN. */
  readonly awsPolicies: ReadonlyMap<string, ManagedPolicy>;
  /** The sandbox's clock: real time, unless a test or the tour has moved it. */
  readonly now: () => Date;
  /** Told of each call that was done, before anybody else's is and before it is answered. */
  readonly onDone?: ((call: DoneCall) => void) | undefined;
  /** Told of each decision: a call may take several. */
  readonly onDecided?: ((call: DecidedCall) => void) | undefined;
}

/** A call that was let through and did what it asks for. */
export interface DoneCall {
  /** The account that it was made in. */
  readonly accountId: string;
  /** As `iam:CreateUser`. */
  readonly operation: string;
}

/** One decision on a call. */
export interface DecidedCall {
  readonly at: Date;
  /** The ARN of whoever called; of a token, the identity provider and the subject. */
  readonly caller: string;
  /** As in a policy, `iam:CreateUser`. */
  readonly action: string;
  readonly resource: string;
  readonly reason: Reason | NotNeeded | Refused | TrustAlone;
}

/** The call takes no right, but that no policy denies it; or nothing at all. */
export interface NotNeeded {
  readonly decided: "not denied" | "not asked";
}

/** It was refused before a policy was asked, as for a wrong MFA code; or it can't be decided. */
export interface Refused {
  readonly decided: "refused";
  readonly message: string;
}

/** A role's trust policy let a token in, or not: which of its statements is not told. */
export interface TrustAlone {
  readonly decided: "trusted" | "not trusted";
}
