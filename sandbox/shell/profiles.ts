import type { StackFile } from "../project";
import type { Credentials } from "../signed-request";
import { assignmentsOf, isGranted, type Assignment } from "../tour/expected";

/** A name in the AWS CLI's files, and the key that goes with it. */
export interface KeyHolder {
  readonly name: string;
  readonly key: Credentials;
}

/** The profile that `npm run client-config` has every other one start from. */
const baseProfile = "bastion";

/** An AWS CLI's two files, as text. */
export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
}

/**
 * A profile for each manager and each user, and for each role that a user may take. The user who works
 * with the files has their key under the name, too, that client-config gives it: it comes before the
 * keychain that is asked otherwise.
 */
export function awsFiles(
  stackFile: StackFile,
  managers: readonly KeyHolder[],
  users: readonly KeyHolder[],
  self: KeyHolder | undefined,
): AwsFiles {
  const config = [
    ...[...managers, ...users].map(({ name }) => profile(name, [])),
    ...users.flatMap(({ name }) =>
      grantedTo(stackFile, name).map((assignment) =>
        roleProfile(stackFile, name, assignment),
      ),
    ),
  ];
  const base = self === undefined ? [] : [{ ...self, name: baseProfile }];
  return {
    config: config.join("\n"),
    credentials: [...managers, ...users, ...base].map(keyOf).join("\n"),
  };
}

/** The roles that the user may take, as client-config names their profiles. */
export const profilesOf = (
  stackFile: StackFile,
  user: string,
): readonly string[] => grantedTo(stackFile, user).map(profileName);

const grantedTo = (stackFile: StackFile, user: string): readonly Assignment[] =>
  assignmentsOf(stackFile).filter((one) => isGranted(stackFile, user, one));

const profileName = ({ account, role }: Assignment): string =>
  `${account}-${role}`.toLowerCase();

const roleProfile = (
  { bastionAccountId }: StackFile,
  user: string,
  assignment: Assignment,
): string =>
  profile(`${user}-${profileName(assignment)}`, [
    `source_profile = ${user}`,
    `role_arn = arn:aws:iam::${assignment.accountId}:role/${assignment.role}`,
    `role_session_name = ${user}`,
    `mfa_serial = arn:aws:iam::${bastionAccountId}:mfa/${user}`,
  ]);

const profile = (name: string, lines: readonly string[]): string =>
  [`[profile ${name}]`, "region = us-east-1", ...lines, ""].join("\n");

const keyOf = ({ name, key }: KeyHolder): string =>
  [
    `[${name}]`,
    `aws_access_key_id = ${key.accessKeyId}`,
    `aws_secret_access_key = ${key.secretAccessKey}`,
    "",
  ].join("\n");
