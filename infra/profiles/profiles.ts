import type { BastionConfig, RoleDefinition, UserFacts } from "../config";
import { quotas } from "../documents/quotas";
import { assignmentsOf, type Assignment } from "../assignments";
import { mfaDeviceOf, type DeviceChoice } from "./mfa-device";
import { SetUpError } from "./set-up-error";

/** What a person may choose about their own set-up. */
export interface ClientChoices extends DeviceChoice {
  /** How long role sessions last; left out: as long as the config lets them, an hour by default. */
  readonly sessionSeconds?: number | undefined;
  /** Every role from the one session that `aws configure mfa-login` opens, and no code asked for. */
  readonly mfaLogin?: boolean | undefined;
}

/** A profile of the AWS CLI that takes a role. */
export interface RoleProfile extends Assignment {
  readonly name: string;
  readonly durationSeconds: number;
}

/** All that the client's config file says about a user. */
export type ClientSetUp = ReturnType<typeof clientSetUp>;

/** The profile that has the access key; every other one takes its role from there. */
export const baseProfile = "bastion";

/**
 * The profile that `aws configure mfa-login` writes the session to. No role's profile is called so:
 * each has a `-` or a `/` in its name.
 */
export const sessionProfile = "bastion_mfa";

/**
 * The longest role session that a session with MFA may open: AWS refuses more, since taking a role
 * from a session counts as chaining. A longer one takes an MFA code for itself.
 *
 * Source: AWS documentation, "AssumeRole", DurationSeconds.
 */
export const longestChainedSession = 3_600;

/** Seconds that AWS takes for a role session. */
export const sessionLimits = {
  least: 900,
  most: quotas.roleSession.most,
} as const;

/**
 * Seconds, where the role asks for MFA that is younger than a session of the usual length can have:
 * whoever works on with such a session will be refused.
 */
export const freshMfaOf = ({
  mfaMaxAgeSeconds: age,
}: RoleDefinition): number | undefined =>
  age !== undefined && age < quotas.userSession.usual ? age : undefined;

/** @throws SetUpError when the user may have no access key, or a choice can't be met. */
export function clientSetUp(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices = {},
) {
  if (!user.programmaticAccess) {
    throw new SetUpError(
      `${user.name} works in the console alone (programmaticAccess: false) and can have no access key: ` +
        "there is nothing to configure. --page writes what they need to know.",
    );
  }
  const profiles = named(assignmentsOf(config, user));
  return {
    user: user.name,
    region: config.organisation.region,
    device: mfaDeviceOf(config, user.name, choices),
    /** Where the profiles of roles take their roles from, and whether each asks for a code. */
    from: choices.mfaLogin === true ? sessionProfile : baseProfile,
    profiles: profiles.map((profile): RoleProfile => ({
      ...profile,
      durationSeconds: durationOf(profile.role, user.name, profiles, choices),
    })),
  };
}

/** @throws SetUpError where it is asked to be longer than any of the user's roles allows. */
function durationOf(
  role: RoleDefinition,
  user: string,
  profiles: readonly Assignment[],
  { sessionSeconds, mfaLogin = false }: ClientChoices,
): number {
  const longestOf = ({ maxSessionSeconds }: RoleDefinition): number =>
    mfaLogin
      ? Math.min(maxSessionSeconds, longestChainedSession)
      : maxSessionSeconds;
  const asked = sessionSeconds ?? longestOf(role);
  if (asked <= longestOf(role)) return asked;
  const least = Math.min(...profiles.map((one) => longestOf(one.role)));
  const tooShort = profiles
    .filter((one) => asked > longestOf(one.role))
    .map((one) => one.role.name);
  throw new SetUpError(
    `${user}'s sessions of ${asked} seconds would be longer than AWS opens for ${[...new Set(tooShort)].join(", ")}. ` +
      (mfaLogin && asked > longestChainedSession
        ? `From the session of aws configure mfa-login none lasts longer than ${longestChainedSession}. `
        : "A role's sessions last as long as its maxSessionSeconds in the config, an hour unless it says more. ") +
      `Fix: give --session-seconds ${least} at most, or leave it out, and each profile has what its role allows.`,
  );
}

/**
 * `prod-poweruser`. Two assignments can come to the same name (account `a` with role `b-C`, account `a-b`
 * with role `c`); each then has a slash in it, which neither name can have, and others for the characters
 * that a client can't read.
 */
function named(assignments: readonly Assignment[]) {
  const shortName = ({ account, role }: Assignment): string =>
    `${account}-${role.name}`
      .toLowerCase()
      // The AWS SDK for JavaScript reads no profile with these in its name.
      .replace(/[=,]/g, "-");
  const count = new Map<string, number>();
  for (const name of assignments.map(shortName)) {
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  return assignments.map((one) => {
    const short = shortName(one);
    const name =
      count.get(short) === 1
        ? short
        : `${one.account}/${one.role.name}`
            .replaceAll("=", "/e/")
            .replaceAll(",", "/c/");
    return { ...one, name };
  });
}
