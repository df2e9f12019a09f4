import type { BastionConfig, UserFacts } from "../../../infra/config";
import { quotas } from "../../../infra/documents/quotas";
import {
  baseProfile,
  clientSetUp,
  freshMfaOf,
  longestChainedSession,
  sessionProfile,
  type ClientChoices,
  type ClientSetUp,
  type RoleProfile,
} from "../../../infra/profiles/profiles";
import {
  clientSection,
  duration,
  mfaLogin,
  sectionText,
} from "../../../infra/profiles/section";
import {
  blocks,
  code,
  codeBlock,
  commonmark,
  inARow,
  list,
  steps,
  type Markdown,
} from "../../formats/markdown";

/** How to work with the AWS CLI and aws-vault, with the access key in the keychain alone; or without. */
export function commandLine(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices,
): Markdown {
  const clients = clientSetUp(config, user, choices);
  const [first] = clients.profiles;
  const byMfaLogin = clients.from === sessionProfile;
  return blocks(
    commonmark`## Command line`,
    preparation(user, byMfaLogin),
    codeBlock(sectionText(clientSection(clients))),
    ...(byMfaLogin ? keyInAFile : keyInTheKeychain),
    first && byMfaLogin && useByMfaLogin(clients, first.name),
    first && !byMfaLogin && use(clients, first.name),
    first && !byMfaLogin && withoutAwsVault(user, first.name),
  );
}

const preparation = (
  { name, consoleAccess }: UserFacts,
  byMfaLogin: boolean,
): Markdown =>
  steps(
    byMfaLogin
      ? commonmark`Install the [AWS CLI](${awsCli}), 2.30.3 or newer.`
      : commonmark`Install the [AWS CLI](${awsCli}) and [aws-vault](https://github.com/ByteNess/aws-vault), which keeps your access key in the keychain of your computer.`,
    consoleAccess &&
      commonmark`Signed in with MFA not long ago, make an access key: **Security credentials**, **Create access key**.`,
    commonmark`Add what follows to \`~/.aws/config\`. With a copy of this project, ${code(commandFor(name, byMfaLogin))} does that, now and whenever your roles change. There is no secret in it.`,
  );

const awsCli = commonmark`https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html`;

const commandFor = (name: string, byMfaLogin: boolean): string =>
  `npm run client-config -- ${name}${byMfaLogin ? " --mfa-login" : ""}`;

const keyInTheKeychain = [
  commonmark`Only then give the key to aws-vault, and keep it nowhere else. It asks for the MFA device too: leave that empty.`,
  codeBlock(`aws-vault add ${baseProfile}`),
];

const keyInAFile = [
  commonmark`Only then give the key to the AWS CLI. It keeps it in \`~/.aws/credentials\`, where every program of yours can read it: without a code it opens no role.`,
  codeBlock(`aws configure --profile ${baseProfile}`),
];

/** How long a session is of use, where each of the roles has an age of its own for MFA. */
function endOfSessions(profiles: readonly RoleProfile[]): string {
  const ages = profiles.map(
    ({ role }) => role.mfaMaxAgeSeconds ?? quotas.userSession.most,
  );
  const longest = Math.max(...ages);
  return longest < quotas.userSession.most
    ? ` A session of more than ${duration(longest)} is of no use: no role takes MFA that is older.`
    : "";
}

function use({ user, profiles }: ClientSetUp, example: string): Markdown {
  const fresh = freshest(profiles);
  const long = profiles.filter(
    ({ durationSeconds }) => durationSeconds > longestChainedSession,
  );
  return blocks(
    commonmark`For one command, for a shell, and for the console in that role:`,
    codeBlock(
      `aws-vault exec ${example} -- aws sts get-caller-identity\naws-vault exec ${example}\naws-vault login ${example}`,
    ),
    list(
      commonmark`aws-vault asks for one MFA code, and takes all of your roles with that session: for 8 hours, or as long as \`AWS_CHAINED_SESSION_TOKEN_TTL\` says.${endOfSessions(profiles)}`,
      commonmark`The AWS CLI alone works as well: ${code(`aws --profile ${example} …`)} gets the key from aws-vault, and asks for a code once for each role until its session ends. Each code works once: for the next role, wait for the next code.`,
      fresh &&
        commonmark`${fresh.role} asks for MFA given within ${duration(fresh.age)}. Refused with an older session? This asks for a code of its own: ${code(`aws-vault exec --no-session ${fresh.name}`)}`,
      long.length > 0 &&
        commonmark`Sessions of more than an hour cost an MFA code for each of these profiles: ${inARow(...long.map(({ name }) => code(name)))}`,
      ownSessionName(user, example),
    ),
  );
}

/** The first profile of a role that a session of the usual length outlives. */
const freshest = (profiles: readonly RoleProfile[]) =>
  profiles.flatMap(({ name, role }) => {
    const age = freshMfaOf(role);
    return age === undefined ? [] : [{ name, role: role.name, age }];
  })[0];

/** Every trust policy for people asks for it: infra/documents/trust.ts. */
const ownSessionName = (user: string, example: string): Markdown =>
  commonmark`A client that makes up a name for its session, as \`botocore-session-1764\` or \`aws-go-sdk-1764\`, is denied: each role opens for the session name ${code(user)} alone, so that CloudTrail says in every account that it was you. Let the client use a profile from above, as by ${code(`AWS_PROFILE=${example}`)}, or tell it the name: \`role_session_name\` in a profile of your own, \`session_name\` in Terraform's \`assume_role\`, \`sessionName\` in Pulumi's \`assumeRoles\`, \`--role-session-name\` of ${code("aws sts assume-role")}.`;

function useByMfaLogin(
  { user, profiles }: ClientSetUp,
  example: string,
): Markdown {
  const fresh = freshest(profiles);
  return blocks(
    commonmark`Once a day, this asks for one MFA code, for all of your roles:`,
    codeBlock(mfaLogin),
    commonmark`For 12 hours each command then goes without:`,
    codeBlock(`aws --profile ${example} sts get-caller-identity`),
    list(
      fresh &&
        commonmark`${fresh.role} asks for MFA given within ${duration(fresh.age)}. Refused with an older session? Open a new one, by the same command.`,
      ownSessionName(user, example),
    ),
  );
}

/** The two ways that ask for one code, and not for one a role, with the key in a file. */
const withoutAwsVault = ({ name }: UserFacts, example: string): Markdown =>
  blocks(
    commonmark`### Without aws-vault

Two other ways ask for one code for all of your roles as well. The key is then in \`~/.aws/credentials\`, where every program of yours can read it; without a code it opens no role. ${code(`aws configure --profile ${baseProfile}`)} puts it there.`,
    list(
      commonmark`**The AWS CLI alone, 2.30.3 or newer.** Its profiles are written in another way, by ${code(commandFor(name, true))}; by hand, each role has ${code(`source_profile = ${sessionProfile}`)} and no \`mfa_serial\`. Once a day ${code(mfaLogin)} asks for a code. For 12 hours each command then goes without: ${code(`aws --profile ${example} …`)}`,
      commonmark`**[awsume](https://awsu.me)**, with the profiles as they are above: ${code(`awsume ${example}`)} asks for a code, and takes this role, and any other that you name next, with that session.`,
    ),
  );
