import type { BastionConfig, RoleDefinition, UserFacts } from "../config";
import { quotas } from "../documents/quotas";
import { iamArn } from "../partition";
import { assignmentsOf, type Assignment } from "../assignments";

/** Says why a client can't be set up, to the person who asked for it. */
export class SetUpError extends Error {
  override readonly name = "SetUpError";
}

/** What a person may choose about their own set-up. */
export interface ClientChoices {
  /** The MFA device's name, or its ARN; left out: the user's name. */
  readonly mfaDevice?: string | undefined;
  /** How long role sessions last; left out: as long as the config lets them, an hour by default. */
  readonly sessionSeconds?: number | undefined;
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
  const { sessionSeconds } = choices;
  return {
    user: user.name,
    region: config.organisation.region,
    mfaSerial: mfaSerial(
      config,
      deviceNameOf(config, choices.mfaDevice ?? user.name),
    ),
    profiles: named(assignmentsOf(config, user)).map(
      (profile): RoleProfile => ({
        ...profile,
        durationSeconds: Math.min(
          sessionSeconds ?? profile.role.maxSessionSeconds,
          profile.role.maxSessionSeconds,
        ),
      }),
    ),
  };
}

/** IAM's alphabet for the name of a device. */
const deviceName = /^[\w+=,.@-]{1,226}$/;

/**
 * The name of a device, given as that or as an ARN.
 *
 * @throws SetUpError when it is neither, or the ARN is of another account.
 */
export function deviceNameOf(config: BastionConfig, device: string): string {
  const prefix = mfaSerial(config, "");
  const name = device.startsWith(prefix) ? device.slice(prefix.length) : device;
  if (deviceName.test(name)) return name;
  throw new SetUpError(
    `${JSON.stringify(device)} is no MFA device of the bastion: give its name, as shown under Security ` +
      `credentials, or its ARN, ${prefix}<name>. The AWS CLI takes codes of an authenticator app; ` +
      "it can't use a passkey or security key.",
  );
}

const mfaSerial = (
  { organisation, accountId }: BastionConfig,
  device: string,
): string => iamArn(organisation.partition, accountId, `mfa/${device}`);

/**
 * `prod-poweruser`. Two assignments can come to the same name (account `a` with role `b-C`, account `a-b`
 * with role `c`); each then has a slash in it, which neither name can have.
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
      count.get(short) === 1 ? short : `${one.account}/${one.role.name}`;
    return { ...one, name };
  });
}
