import type { BastionConfig, UserFacts } from "../../../infra/config";
import { quotas } from "../../../infra/documents/quotas";
import {
  baseProfile,
  clientSetUp,
  freshMfaOf,
  longestChainedSession,
  type ClientChoices,
  type RoleProfile,
} from "../../../infra/profiles/profiles";
import {
  clientSection,
  duration,
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

/** How to work with the AWS CLI and aws-vault, with the access key in the keychain alone. */
export function commandLine(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices,
): Markdown {
  const clients = clientSetUp(config, user, choices);
  const [first] = clients.profiles;
  return blocks(
    commonmark`## Command line`,
    preparation(user),
    codeBlock(sectionText(clientSection(clients))),
    commonmark`Only then give the key to aws-vault, and keep it nowhere else. It asks for the MFA device too: leave that empty.`,
    codeBlock(`aws-vault add ${baseProfile}`),
    first && use(clients.profiles, first.name),
  );
}

const preparation = ({ name, consoleAccess }: UserFacts): Markdown =>
  steps(
    commonmark`Install the [AWS CLI](https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html) and [aws-vault](https://github.com/ByteNess/aws-vault), which keeps your access key in the keychain of your computer.`,
    consoleAccess &&
      commonmark`Signed in with MFA not long ago, make an access key: **Security credentials**, **Create access key**.`,
    commonmark`Add what follows to \`~/.aws/config\`. With a copy of this project, ${code(`npm run client-config -- ${name}`)} does that, now and whenever your roles change. There is no secret in it.`,
  );

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

function use(profiles: readonly RoleProfile[], example: string): Markdown {
  const [fresh] = profiles.flatMap(({ name, role }) => {
    const age = freshMfaOf(role);
    return age === undefined ? [] : [{ name, role: role.name, age }];
  });
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
    ),
  );
}
