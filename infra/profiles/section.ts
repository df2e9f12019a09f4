import type { BastionConfig } from "../config";
import {
  baseProfile,
  clientSetUp,
  freshMfaOf,
  longestChainedSession,
  sessionProfile,
  type ClientSetUp,
  type RoleProfile,
} from "./profiles";

/** What stands between the markers in a config file, markers included. ASCII alone. */
export interface Section {
  readonly user: string;
  readonly lines: readonly string[];
  readonly profileNames: readonly string[];
}

const beginMarker = (user: string): string => `# >>> bastion-account: ${user}`;
const endMarker = (user: string): string => `# <<< bastion-account: ${user}`;

/**
 * The user's part of `~/.aws/config`.
 *
 * - `mfa_serial` stands in the base profile as well: aws-vault opens one session with MFA for every
 *   role only where both profiles name the same device.
 * - The access key is nowhere. aws-vault finds it in its keychain, and `credential_process` lets the
 *   AWS CLI and the SDKs ask for it there, without a session, so that they can give the MFA code
 *   themselves. A key in `~/.aws/credentials` would come first.
 *
 * Source: aws-vault, `vault/vault.go`; botocore, `credentials.py`.
 */
export function clientSection(setUp: ClientSetUp): Section {
  const { user, region, device, from, profiles } = setUp;
  return {
    user,
    profileNames: [baseProfile, ...profiles.map(({ name }) => name)],
    lines: [
      beginMarker(user),
      `# Made by: npm run client-config -- ${user}${from === sessionProfile ? " --mfa-login" : ""}`,
      "# What stands between these two marks is overwritten; the rest of the file is not touched.",
      `[profile ${baseProfile}]`,
      `region = ${region}`,
      `mfa_serial = ${device.serial}`,
      ...(from === sessionProfile ? openedByMfaLogin : keptByAwsVault),
      ...profiles.flatMap((profile) => profileLines(setUp, profile)),
      endMarker(user),
    ],
  };
}

const keptByAwsVault = [
  `# The access key is kept by aws-vault (once: aws-vault add ${baseProfile}), not in this file.`,
  `credential_process = aws-vault export --no-session --format=json ${baseProfile}`,
];

/** What opens the session that the profiles of the other form take their roles from. */
export const mfaLogin = `aws configure mfa-login --profile ${baseProfile} --update-profile ${sessionProfile}`;

const openedByMfaLogin = [
  `# The access key is kept in the credentials file (once: aws configure --profile ${baseProfile}), not in this one.`,
  "# Opens a session with MFA for all of these profiles, for 12 hours:",
  `# ${mfaLogin}`,
];

const profileLines = (
  { user, region, device, from }: ClientSetUp,
  { name, role, roleArn, durationSeconds }: RoleProfile,
): readonly string[] => [
  "",
  ...freshMfaLines(
    freshMfaOf(role),
    from === sessionProfile ? mfaLogin : `aws-vault exec --no-session ${name}`,
  ),
  ...(durationSeconds <= longestChainedSession
    ? []
    : [
        `# Longer than an hour, which costs an MFA code for this profile alone: no shared session can open it.`,
      ]),
  `[profile ${name}]`,
  `role_arn = ${roleArn}`,
  `source_profile = ${from}`,
  // With it, a code would be asked for although the session has MFA.
  ...(from === sessionProfile ? [] : [`mfa_serial = ${device.serial}`]),
  `role_session_name = ${user}`,
  `duration_seconds = ${durationSeconds}`,
  `region = ${region}`,
];

const freshMfaLines = (
  age: number | undefined,
  remedy: string,
): readonly string[] =>
  age === undefined
    ? []
    : [
        `# Asks for MFA given within ${duration(age)}. Refused with an older session?`,
        `# ${remedy}`,
      ];

/** As a person says it. */
export function duration(seconds: number): string {
  const units = [
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ] as const;
  const [size, unit] =
    units.find(([length]) => seconds % length === 0) ?? units[2];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

export const sectionText = ({ lines }: Section): string =>
  `${lines.join("\n")}\n`;

/** Characters; what a stack's outputs may cost its state, every time that it is written. */
const outputCharacters = 1_000_000;

/**
 * The section of each user who may have an access key, for a stack output. Hundreds of users with
 * thousands of roles would fill the state: each then gets the command that makes it.
 */
export function clientSections(
  config: BastionConfig,
): Readonly<Record<string, string>> {
  const texts = config.users
    .filter(({ programmaticAccess }) => programmaticAccess)
    .map((user): readonly [string, string] => {
      const section = clientSection(clientSetUp(config, user));
      return [user.name, sectionText(section)];
    });
  const size = texts.reduce((sum, [, text]) => sum + text.length, 0);
  return Object.fromEntries(
    size <= outputCharacters
      ? texts
      : texts.map(([user]) => [
          user,
          `# Too long for an output: npm run client-config -- ${user}\n`,
        ]),
  );
}
