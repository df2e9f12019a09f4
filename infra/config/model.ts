import type { MachineTrust } from "../documents/machine-trust";
import type { PolicyDocument } from "../documents/policy-document";
import type { RevokedSessions } from "../documents/revoked-sessions";
import type { AccountId, Partition } from "../partition";

/** What a stack is to build: config that was found to be right, with its defaults filled in. */
export type StackConfig = BastionConfig | WorkloadConfig;

/** The facts that both kinds of stack share. */
export interface Organisation {
  readonly partition: Partition;
  readonly region: string;
  /** Every workload account, in the order of the config. */
  readonly accounts: readonly WorkloadAccountFacts[];
  /** Those that people take. */
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  /** Those that no person takes: nobody is granted them. */
  readonly machineRoles: ReadonlyMap<string, MachineRole>;
  /** Whether every account, the bastion included, has the auditor's role. */
  readonly auditor: boolean;
  /** Unset: no roles for a pipeline, and nothing that bounds what it makes. */
  readonly pipeline: PipelineFacts | undefined;
  /** The role that a deployment takes in each account; unset: the caller's own credentials. */
  readonly deploymentRole: string | undefined;
  /** A file with an OIDC token, with which that role is taken; unset: with the caller's credentials. */
  readonly webIdentityTokenFile: string | undefined;
  /** Whose sessions are worth nothing, as long as some of those may still run. */
  readonly revokedSessions: readonly RevokedFacts[];
  /** On every resource that can carry tags. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface RevokedFacts extends RevokedSessions {
  /** When the config was read. */
  readonly secondsAgo: number;
}

/** An account that has roles for people. */
export interface WorkloadAccountFacts {
  readonly name: string;
  readonly id: AccountId;
  /** The roles that the account has, of those that people take. */
  readonly roles: readonly string[];
  /** And of those that no person takes. */
  readonly machineRoles: readonly string[];
  readonly production: boolean;
}

/** What a role may do, whoever takes it. */
export interface RolePermissions {
  readonly name: string;
  readonly description: string;
  /** Names of AWS's managed policies, or whole ARNs. */
  readonly managedPolicies: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, InlinePolicy>>;
  /** The name of a managed policy in the role's account, or a whole ARN. */
  readonly permissionsBoundary?: string | undefined;
  /** Seconds, 3,600 to 43,200. */
  readonly maxSessionSeconds: number;
}

/** A role that no person takes, the same in each account that has it. */
export interface MachineRole extends RolePermissions {
  readonly trust: MachineTrust;
}

/** A role that people take, the same in each account that has it. */
export interface RoleDefinition extends RolePermissions {
  /** What differs in accounts that are production. */
  readonly inProduction?: Pick<
    RoleDefinition,
    "description" | "managedPolicies"
  >;
  /** Other roles of its account that PowerUser may take: names, with wildcards, or paths. */
  readonly assumableRoles?: readonly string[];
  /** The path of the roles that PowerUser may pass to services; unset: none. */
  readonly passRolePath?: string | undefined;
  /** Whether users whom the help desk may help are kept from it; unset: nobody is by that. */
  readonly isClosedToHelped?: boolean;
  /** Seconds; unset: MFA of any age will do. */
  readonly mfaMaxAgeSeconds?: number | undefined;
  readonly requireTls: boolean;
}

/** A document, or how to make it for an account. */
export type InlinePolicy =
  | { readonly kind: "written"; readonly document: unknown }
  | {
      readonly kind: "built";
      readonly build: (
        partition: Partition,
        accountId: AccountId,
      ) => PolicyDocument;
    };

export interface BastionConfig {
  readonly stack: "bastion";
  readonly organisation: Organisation;
  readonly accountId: AccountId;
  readonly accountAlias: string | undefined;
  readonly users: readonly UserFacts[];
  readonly teams: readonly TeamFacts[];
  readonly everybody: readonly Grant[];
  /** Names of users and groups whose policies beside the program's stay for now. */
  readonly keepPoliciesOf: readonly string[];
  readonly passwordPolicy: PasswordPolicy;
  readonly selfService: SelfService;
  /** Unset: no role for a help desk. */
  readonly helpDesk: HelpDeskFacts | undefined;
  /** Unset: no alarm. Its accounts are the workload stacks' matter. */
  readonly breakGlassAlarm: BreakGlassFacts | undefined;
}

export interface WorkloadConfig {
  readonly stack: "workload";
  readonly organisation: Organisation;
  /** The bastion's account id, or the stack that knows it. */
  readonly bastion:
    | { readonly accountId: AccountId }
    | {
        readonly stack: string;
        /** What the config says beside it: the stack has to say the same. */
        readonly saidToBe?: AccountId | undefined;
      };
  /** The accounts that this stack builds. */
  readonly accounts: readonly WorkloadAccountFacts[];
  /** Unset: no alarm. */
  readonly breakGlassAlarm: BreakGlassFacts | undefined;
}

/** The GitHub repository whose workflows preview and deploy these stacks. */
export interface PipelineFacts {
  /** `owner/name`, or `owner@id/name@id` where its tokens carry the ids. */
  readonly repository: string;
  readonly deploysFrom:
    { readonly branch: string } | { readonly environment: string };
  /** The account has an identity provider for GitHub, which another stack made. */
  readonly existingProvider: boolean;
}

/** Who gets a mail when somebody takes a break-glass role or is root, and where. */
export interface BreakGlassFacts {
  /** Names of the workload accounts with an alarm. */
  readonly accounts: readonly string[];
  readonly roles: readonly string[];
  readonly emails: readonly string[];
  readonly regions: readonly string[];
  /** Roles, with their paths, whose changes are expected. */
  readonly deployers: readonly string[];
}

export interface UserFacts {
  readonly name: string;
  readonly teams: readonly string[];
  readonly consoleAccess: boolean;
  readonly programmaticAccess: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** A base64 public key, or `keybase:<name>`: who may read the first password. */
  readonly pgpKey?: string | undefined;
}

export interface TeamFacts {
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** Each of the roles, in each of the accounts (or in all that have it). */
export interface Grant {
  readonly roles: readonly string[];
  readonly accounts: "all" | readonly string[];
}

/** Who helps users that lost a phone or a password, and whom. */
export interface HelpDeskFacts {
  readonly team: string;
  /** Users are helped who are granted no other role than these. */
  readonly roles: readonly string[];
  /** The role in the bastion by which the team helps. */
  readonly role: RoleDefinition;
}

/** What users do for themselves. */
export interface SelfService {
  /** Seconds; with older MFA nobody changes devices, keys or certificates, not even their own. */
  readonly mfaMaxAgeSeconds: number;
  /** Whether they see the names of all others, as the console's page of users asks for. */
  readonly listUsers: boolean;
  readonly signingCertificates: boolean;
  readonly sshKeys: boolean;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  /** Days; 0 means passwords do not expire. */
  readonly maxAgeDays: number;
  readonly rememberedPasswords: number;
}
