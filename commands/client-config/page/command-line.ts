import type { BastionConfig, UserFacts } from "../../../infra/config";
import {
  baseProfile,
  clientSetUp,
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
  inARow,
  list,
  markdown,
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
    markdown`
## Command line
    `,
    steps(preparation(user)),
    codeBlock(sectionText(clientSection(clients))),
    markdown`
Only then give the key to aws-vault, and keep it nowhere else. It asks for the MFA device too: leave that empty.
    `,
    codeBlock(`aws-vault add ${baseProfile}`),
    ...(first === undefined ? [] : [use(clients.profiles, first.name)]),
  );
}

const use = (profiles: readonly RoleProfile[], example: string): Markdown =>
  blocks(
    markdown`
For one command, for a shell, and for the console in that role:
    `,
    codeBlock(
      `aws-vault exec ${example} -- aws sts get-caller-identity\naws-vault exec ${example}\naws-vault login ${example}`,
    ),
    list([
      markdown`
aws-vault asks for one MFA code, and takes all of your roles with that session: for 8 hours, or as long as \`AWS_CHAINED_SESSION_TOKEN_TTL\` says.
      `,
      markdown`The AWS CLI alone works as well: ${code(`aws --profile ${example} …`)} gets the key from aws-vault, and asks for a code once for each role until its session ends. Each code works once: for the next role, wait for the next code.`,
      ...freshMfa(profiles),
      ...longSessions(profiles),
    ]),
  );

const preparation = ({
  name,
  consoleAccess,
}: UserFacts): readonly Markdown[] => [
  markdown`
Install the [AWS CLI](https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html) and [aws-vault](https://github.com/ByteNess/aws-vault), which keeps your access key in the keychain of your computer.
  `,
  ...(consoleAccess
    ? [
        markdown`
Signed in with MFA, make an access key: **Security credentials**, **Create access key**.
        `,
      ]
    : []),
  markdown`Add what follows to \`~/.aws/config\`. With a copy of this project, ${code(`npm run client-config -- ${name}`)} does that, now and whenever your roles change. There is no secret in it.`,
];

const freshMfa = (profiles: readonly RoleProfile[]): readonly Markdown[] =>
  profiles
    .flatMap(({ name, role }) =>
      role.mfaMaxAgeSeconds === undefined
        ? []
        : [
            markdown`${role.name} asks for MFA given within ${duration(role.mfaMaxAgeSeconds)}. Refused with an older session? This asks for a code of its own: ${code(`aws-vault exec --no-session ${name}`)}`,
          ],
    )
    .slice(0, 1);

function longSessions(profiles: readonly RoleProfile[]): readonly Markdown[] {
  const long = profiles.filter(
    ({ durationSeconds }) => durationSeconds > longestChainedSession,
  );
  return long.length === 0
    ? []
    : [
        markdown`Sessions of more than an hour cost an MFA code for each of these profiles: ${inARow(long.map(({ name }) => code(name)))}`,
      ];
}
