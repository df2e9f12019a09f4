import type { BastionConfig, UserFacts } from "../../../infra/config";
import { signInUrl, switchRoleUrl } from "../../../infra/partition";
import { assignmentsOf, type Assignment } from "../../../infra/assignments";
import { duration } from "../../../infra/profiles/section";
import {
  heading,
  list,
  paragraph,
  steps,
  type Block,
  type Page,
  type Text,
} from "./blocks";
import { commandLine } from "./command-line";
import { lostPhone } from "./lost-phone";
import {
  deviceNameOf,
  type ClientChoices,
} from "../../../infra/profiles/profiles";

/** What a new colleague needs to know in order to get in, and nothing that is secret. */
export function newcomersPage(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices = {},
): Page {
  const device = deviceNameOf(config, choices.mfaDevice ?? user.name);
  const assignments = assignmentsOf(config, user);
  return {
    title: `AWS for ${user.name}`,
    blocks: [
      paragraph(
        "You have one user, in an account that holds users and nothing else: the bastion. Everything " +
          "that you work on is in other accounts. You get there by stepping into a role, which takes an " +
          "MFA code from your phone.",
      ),
      ...(user.consoleAccess
        ? [
            ...firstSignIn(config, user),
            ...enrolMfa(user, device),
            ...switchRoles(config, assignments),
          ]
        : enrolTogether(user, device)),
      ...(user.programmaticAccess ? commandLine(config, user, choices) : []),
      ...lostPhone(config, user, device),
    ],
  };
}

const signIn = ({ organisation, accountAlias, accountId }: BastionConfig) =>
  signInUrl(organisation.partition, accountAlias ?? accountId);

function firstSignIn(config: BastionConfig, user: UserFacts): readonly Block[] {
  const url = signIn(config);
  const { minimumLength, maxAgeDays, rememberedPasswords } =
    config.passwordPolicy;
  return [
    heading("Sign in for the first time"),
    steps(
      ["Open ", { link: url, text: url }, "."],
      ["IAM user name: ", { code: user.name }],
      ["First password: ", ...firstPassword(user.pgpKey)],
      [
        `AWS asks for a password of your own at once: at least ${minimumLength} characters, among them ` +
          "a capital, a small letter, a number and a symbol, and none of your last " +
          `${rememberedPasswords}.` +
          (maxAgeDays === 0
            ? ""
            : ` It expires after ${maxAgeDays} days; AWS then asks for a new one when you sign in.`),
      ],
    ),
  ];
}

/** Never the password itself: it is given on another way. */
const firstPassword = (pgpKey: string | undefined): Text =>
  pgpKey === undefined
    ? ["whoever administers the bastion gives it to you."]
    : pgpKey.startsWith("keybase:")
      ? [
          "you get it encrypted for your Keybase key. Paste it into ",
          { code: "base64 -d | keybase pgp decrypt" },
        ]
      : [
          "you get it encrypted for your PGP key. Paste it into ",
          { code: "base64 -d | gpg --decrypt" },
        ];

const enrolMfa = (
  { programmaticAccess }: UserFacts,
  device: string,
): readonly Block[] => [
  heading("Add your phone as MFA device"),
  paragraph(
    "Until that is done nearly everything else says that you are not allowed to.",
  ),
  steps(
    [
      "In the console, open the menu with your name (top right), then ",
      { strong: "Security credentials" },
      ", ",
      { strong: "Assign MFA device" },
      ".",
    ],
    [
      "Device name: ",
      { code: device },
      programmaticAccess
        ? ", exactly so: the profiles of your command line name it."
        : ".",
    ],
    [
      { strong: "Authenticator app" },
      ". Scan the code with the app, and give two codes in a row. (A passkey or security key works in " +
        "the console alone; it can be a second device.)",
    ],
    [
      { strong: "Sign out, and in again" },
      " with an MFA code. The session that you were in knows nothing of it, and stays shut.",
    ],
    [
      "Better have two: add a second device, of any other name, on something that you don't carry with " +
        "the phone.",
    ],
  ),
];

const enrolTogether = (
  { name }: UserFacts,
  device: string,
): readonly Block[] => [
  heading("Your MFA device and access key"),
  paragraph(
    "Your user ",
    { code: name },
    " does not sign in to the console, and a device can be added from there alone. Whoever administers " +
      "the bastion does that together with you, once: an authenticator app on your phone, under the name ",
    { code: device },
    ", and your access key.",
  ),
];

function switchRoles(
  { organisation }: BastionConfig,
  assignments: readonly Assignment[],
): readonly Block[] {
  if (assignments.length === 0) {
    return [
      heading("Your roles"),
      paragraph("So far you may take no role in any account."),
    ];
  }
  const fresh = assignments.find(
    ({ role }) => role.mfaMaxAgeSeconds !== undefined,
  );
  return [
    heading("Your roles, in the console"),
    paragraph(
      "Signed in with MFA, follow a link and confirm. The menu with your name leads back.",
    ),
    {
      kind: "table",
      head: ["Account", "Role"],
      rows: assignments.map(({ account, accountId, role }) => [
        [account, " ", { code: accountId }],
        [
          {
            link: switchRoleUrl(organisation.partition, {
              account: accountId,
              role: role.name,
              label: `${account} ${role.name}`,
            }),
            text: role.name,
          },
          role.mfaMaxAgeSeconds === undefined
            ? ""
            : ` (MFA within ${duration(role.mfaMaxAgeSeconds)})`,
        ],
      ]),
    },
    ...(fresh
      ? [
          list([
            `${fresh.role.name} asks for MFA given not long ago. Refused? Sign out, and in again.`,
          ]),
        ]
      : []),
  ];
}
