import {
  withMfaOfAge,
  withMfaOlderThan,
  type MfaState,
} from "../../policy-pack/decide/mfa";
import { isServiceLinked } from "../accounts/made-by-aws";
import type { LiveRole } from "../accounts/live-account";
import type { LiveOrganisation, NamedAccount } from "../accounts/organisation";
import { roleIn, type ExpectedAccess } from "./expected";
import type { Standing } from "./standing";
import type { Decision } from "./user-requests";

/** Users who stand alike before every role, and one role, in the accounts where they stand so. */
export interface Assignment extends Standing {
  readonly users: readonly string[];
  readonly role: string;
  /** By name. */
  readonly accounts: readonly string[];
}

/** One user before one role, that is not as the config has it. */
export interface WrongAssignment extends Standing, AccountRole {
  readonly user: string;
  /** By which statements it opens, or why that is not known. */
  readonly why: Answers;
}

/** By what MFA came with the request. */
export type Answers = Readonly<
  Record<"withoutMfa" | "freshMfa" | "oldMfa", Decision>
>;

/** Pairs of a user and a role, of all accounts that were read. */
export interface PairCounts {
  readonly decided: number;
  readonly granted: number;
  readonly open: number;
  /** Not as the config has them. */
  readonly wrong: number;
}

export interface DecidedAssignments {
  readonly pairs: PairCounts;
  /** How many questions the pairs come down to. */
  readonly questions: number;
  /** Those that open, or may open, or should. */
  readonly reported: readonly Assignment[];
  /** One by one, as they are asked for: there may be millions. */
  readonly wrong: () => Iterable<WrongAssignment>;
}

export const oldFrom = (seconds: number): readonly MfaState[] => [
  withMfaOfAge(seconds),
  withMfaOlderThan(seconds),
];

export const ownRoles = ({ live }: NamedAccount): readonly LiveRole[] =>
  live.roles.filter((role) => !isServiceLinked(role));

/** The config may name it with a path. */
export const isDeploymentRole = (
  { deploymentRole }: ExpectedAccess,
  { arn }: LiveRole,
): boolean =>
  deploymentRole !== null && arn.endsWith(`:role/${deploymentRole}`);

export const bastionOf = (
  organisation: LiveOrganisation,
  { bastion }: ExpectedAccess,
): NamedAccount | undefined =>
  organisation.accounts.find(({ id }) => id === bastion.id);

/** Seconds; null: the config lets MFA of any age into the role, or does not know it. */
export const mfaLimit = (
  expected: ExpectedAccess,
  account: NamedAccount,
  role: LiveRole,
): number | null => roleIn(expected, account, role)?.mfaMaxAgeSeconds ?? null;

/** A role that users may stand before. */
export interface AccountRole {
  readonly account: NamedAccount;
  readonly role: LiveRole;
  /** Seconds; null: the config lets MFA of any age in, or does not know the role. */
  readonly limit: number | null;
}
