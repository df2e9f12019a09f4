import type { BastionConfig, UserFacts } from "../../../infra/config";
import {
  baseProfile,
  clientSetUp,
  longestChainedSession,
  type ClientChoices,
  type ClientSetUp,
  type RoleProfile,
} from "../../../infra/profiles/profiles";
import {
  clientSection,
  duration,
  sectionText,
} from "../../../infra/profiles/section";
import {
  codeBlock,
  heading,
  list,
  paragraph,
  steps,
  type Block,
  type Text,
} from "./blocks";

/** How to work with the AWS CLI and aws-vault, with the access key in the keychain alone. */
export function commandLine(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices,
): readonly Block[] {
  const clients = clientSetUp(config, user, choices);
  const example = clients.profiles[0]?.name ?? baseProfile;
  return [
    heading("Command line"),
    steps(...preparation(user)),
    codeBlock(sectionText(clientSection(clients))),
    paragraph(
      "Only then give the key to aws-vault, and keep it nowhere else. It asks for the MFA device too: leave that empty.",
    ),
    codeBlock(`aws-vault add ${baseProfile}\n`),
    ...(clients.profiles.length === 0 ? [] : use(clients, example)),
  ];
}

const use = ({ profiles }: ClientSetUp, example: string): readonly Block[] => [
  paragraph("For one command, for a shell, and for the console in that role:"),
  codeBlock(
    `aws-vault exec ${example} -- aws sts get-caller-identity\naws-vault exec ${example}\naws-vault login ${example}\n`,
  ),
  list(
    [
      "aws-vault asks for one MFA code, and takes all of your roles with that session: for 8 hours, or as " +
        "long as ",
      { code: "AWS_CHAINED_SESSION_TOKEN_TTL" },
      " says.",
    ],
    [
      "The AWS CLI alone works as well: ",
      { code: `aws --profile ${example} …` },
      " gets the key from aws-vault, and asks for a code once for each role until its session ends. Each " +
        "code works once: for the next role, wait for the next code.",
    ],
    ...freshMfa(profiles),
    ...longSessions(profiles),
  ),
];

const preparation = ({ name, consoleAccess }: UserFacts): readonly Text[] => [
  [
    "Install the ",
    {
      link: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
      text: "AWS CLI",
    },
    " and ",
    {
      link: "https://github.com/ByteNess/aws-vault",
      text: "aws-vault",
    },
    ", which keeps your access key in the keychain of your computer.",
  ],
  ...(consoleAccess
    ? [
        [
          "Signed in with MFA, make an access key: ",
          { strong: "Security credentials" },
          ", ",
          { strong: "Create access key" },
          ".",
        ],
      ]
    : []),
  [
    "Add what follows to ",
    { code: "~/.aws/config" },
    ". With a copy of this project, ",
    { code: `npm run client-config -- ${name}` },
    " does that, now and whenever your roles change. There is no secret in it.",
  ],
];

function freshMfa(profiles: readonly RoleProfile[]): readonly Text[] {
  const [first] = profiles.filter(
    ({ role }) => role.mfaMaxAgeSeconds !== undefined,
  );
  return first?.role.mfaMaxAgeSeconds === undefined
    ? []
    : [
        [
          `${first.role.name} asks for MFA given within ${duration(first.role.mfaMaxAgeSeconds)}. Refused ` +
            "with an older session? This asks for a code of its own: ",
          { code: `aws-vault exec --no-session ${first.name}` },
        ],
      ];
}

function longSessions(profiles: readonly RoleProfile[]): readonly Text[] {
  const long = profiles.filter(
    ({ durationSeconds }) => durationSeconds > longestChainedSession,
  );
  return long.length === 0
    ? []
    : [
        [
          "Sessions of more than an hour cost an MFA code for each of these profiles: ",
          ...long.flatMap(({ name }, index) => [
            ...(index === 0 ? [] : [", "]),
            { code: name },
          ]),
        ],
      ];
}
