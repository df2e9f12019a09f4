import type { IdentityProvider } from "../decide/federation/identity-provider";

/** What a company's accounts are: all that the rules know beside the resources. */
export interface Organisation {
  readonly bastionAccountId: string;
  /** Workload accounts: with the bastion, all that may be trusted. */
  readonly accounts: readonly string[];
  /** Ids of AWS Organizations whose members count as known where a document asks for them. */
  readonly organisations: readonly string[];
  /** `project/stack` of the stacks that build a bastion account. */
  readonly bastionStacks: readonly string[];
  readonly mfaGroup: string;
  /** Roles that may be administrators: of people with fresh MFA, or of a pinned pipeline. */
  readonly administratorRoles: readonly string[];
  /** Roles that people hold in every account, whichever stack builds them. */
  readonly powerRoles: readonly string[];
  /**
   * Roles whose sessions, which carry no MFA, may take other roles: by name in their own account, by
   * ARN in all.
   */
  readonly chainingRoles: readonly string[];
  readonly vendors: readonly Vendor[];
  /** Whose tokens are ours: any other's are a stranger's. */
  readonly identityProviders: readonly IdentityProvider[];
  readonly limits: Limits;
  readonly exemptions: readonly Exemption[];
}

/** Somebody else's account that may take roles here, with an external id. */
export interface Vendor {
  readonly account: string;
  /** undefined: any, as long as the role asks for one. */
  readonly externalIds: readonly string[] | undefined;
  /** Whether policies of resources may let it in as well, which can ask for no external id. */
  readonly resources: boolean;
}

export interface Limits {
  /** Seconds since the MFA code, for a role that is administrator. */
  readonly administratorMfaAge: number;
  /** Seconds that a session of such a role may last. */
  readonly administratorSession: number;
  /** Seconds that a session of any other role may last. */
  readonly session: number;
  /** Characters. */
  readonly passwordLength: number;
  /** Passwords that may not come back. */
  readonly rememberedPasswords: number;
}

/** A finding that is known, and accepted until a day. */
export interface Exemption {
  /** A rule's name; undefined: every rule. */
  readonly rule: string | undefined;
  /** `project/stack`, for a resource that is named; undefined: a URN names its stack itself. */
  readonly stack: string | undefined;
  /** A URN, or a resource's name in that stack. */
  readonly resource: string;
  readonly reason: string;
  /** The last day that it holds, as YYYY-MM-DD. */
  readonly until: string;
}

/** Whether the bastion's own account is a workload account as well: its users and roles stand side by side. */
export const isSingleAccount = ({
  bastionAccountId,
  accounts,
}: Organisation): boolean => accounts.includes(bastionAccountId);

/** All accounts that a document of an account may name. */
export const knownAccounts = (
  { bastionAccountId, accounts }: Organisation,
  own: string | undefined,
): readonly string[] => [
  ...new Set([
    bastionAccountId,
    ...accounts,
    ...(own === undefined ? [] : [own]),
  ]),
];
