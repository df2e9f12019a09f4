/** What really stands in an account, as IAM describes it. */
export interface LiveAccount {
  readonly accountId: string;
  readonly partition: string;
  readonly alias: string | undefined;
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  /** By ARN: the account's own, and of AWS's those that are attached or a boundary. */
  readonly managedPolicies: ReadonlyMap<string, ManagedPolicy>;
  /** undefined: none was set, and AWS's own applies. */
  readonly passwordPolicy: LivePasswordPolicy | undefined;
  /** `GetAccountSummary`: counts and flags by their name in the API. */
  readonly summary: Readonly<Record<string, number>>;
}

/** What users, groups and roles have in common: IAM calls all three identities. */
export interface LiveIdentity {
  readonly name: string;
  readonly arn: string;
  /** The unique id: `AIDA…`, `AGPA…` or `AROA…`. */
  readonly id: string;
  readonly path: string;
  readonly createdAt: Date;
  readonly inlinePolicies: readonly NamedDocument[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

export interface NamedDocument {
  readonly name: string;
  /** JSON, as it was written. */
  readonly text: string;
}

export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** JSON of the version that applies. */
  readonly text: string;
}

export interface LiveUser extends LiveIdentity {
  /** Names of groups. */
  readonly groups: readonly string[];
  /** The ARN of a managed policy. */
  readonly boundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** undefined: the user has no password. */
  readonly loginProfile: LoginProfile | undefined;
  readonly passwordLastUsed: Date | undefined;
  readonly accessKeys: readonly LiveKey[];
  readonly devices: readonly MfaDevice[];
}

export interface LoginProfile {
  readonly createdAt: Date;
  readonly resetRequired: boolean;
}

export interface LiveKey {
  readonly id: string;
  readonly isActive: boolean;
  readonly createdAt: Date;
  /** undefined: never, as far back as AWS remembers. */
  readonly lastUsedAt: Date | undefined;
  readonly lastUsedService: string | undefined;
}

export interface MfaDevice {
  readonly serial: string;
  readonly enabledAt: Date;
}

export type LiveGroup = LiveIdentity;

export interface LiveRole extends LiveIdentity {
  /** JSON of the trust policy. */
  readonly trust: string;
  readonly boundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastUsedAt: Date | undefined;
}

export interface LivePasswordPolicy {
  readonly minimumLength: number;
  readonly requiresLowercase: boolean;
  readonly requiresUppercase: boolean;
  readonly requiresNumbers: boolean;
  readonly requiresSymbols: boolean;
  readonly usersMayChange: boolean;
  readonly hardExpiry: boolean;
  /** Days; undefined: passwords do not expire. */
  readonly maxAgeDays: number | undefined;
  readonly rememberedPasswords: number | undefined;
}

/** Told while a long read goes on. */
export type Progress = (line: string) => void;

export interface ReadOptions {
  readonly progress?: Progress;
  /** Entities to a page; left out: as many as AWS gives. */
  readonly pageSize?: number;
}
