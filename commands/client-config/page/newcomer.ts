import { assignmentsOf, type Assignment } from "../../../infra/assignments";
import type { BastionConfig, UserFacts } from "../../../infra/config";
import { signInUrl, switchRoleUrl } from "../../../infra/partition";
import {
  mfaDeviceOf,
  type MfaDevice,
} from "../../../infra/profiles/mfa-device";
import {
  freshMfaOf,
  type ClientChoices,
} from "../../../infra/profiles/profiles";
import { duration } from "../../../infra/profiles/section";
import {
  blocks,
  code,
  commonmark,
  link,
  table,
  type Markdown,
} from "../../formats/markdown";
import { carrierOf } from "./carrier";
import { commandLine } from "./command-line";
import type { Page } from "./html";
import { helpersName, lostPhone } from "./lost-phone";

/** What a new colleague needs to know in order to get in, and nothing that is secret. */
export function newcomersPage(
  config: BastionConfig,
  user: UserFacts,
  choices: ClientChoices = {},
): Page {
  const device = mfaDeviceOf(config, user.name, choices);
  return {
    title: `AWS for ${user.name}`,
    body: blocks(
      commonmark`You have one user, in an account that holds users and nothing else: the bastion. Everything that you work on is in other accounts. You get there by stepping into a role, which takes an MFA code from your ${carrierOf(device)}.`,
      ...(user.consoleAccess
        ? [
            firstSignIn(config, user),
            enrolMfa(config, user, device),
            switchRoles(config, assignmentsOf(config, user)),
          ]
        : [enrolTogether(user, device)]),
      user.programmaticAccess && commandLine(config, user, choices),
      lostPhone(config, user, device),
    ),
  };
}

function firstSignIn(config: BastionConfig, user: UserFacts): Markdown {
  const { organisation, accountAlias, accountId, passwordPolicy } = config;
  const url = signInUrl(organisation.partition, accountAlias ?? accountId);
  const { minimumLength, maxAgeDays, rememberedPasswords } = passwordPolicy;
  const expires =
    maxAgeDays === 0
      ? ""
      : ` It expires after ${maxAgeDays} days; AWS then asks for a new one when you sign in.`;
  return commonmark`## Sign in for the first time

1. Open ${link(url, url)}.
2. IAM user name: ${code(user.name)}
3. First password: ${firstPassword(user.pgpKey, helpersName(config, user))}
4. AWS asks for a password of your own at once: at least ${minimumLength} characters, among them a capital, a small letter, a number and a symbol, and none of your last ${rememberedPasswords}.${expires}`;
}

/** Never the password itself: it is given on another way. */
function firstPassword(pgpKey: string | undefined, helpers: string): Markdown {
  if (pgpKey === undefined) {
    return commonmark`${helpers} gives it to you.`;
  }
  return pgpKey.startsWith("keybase:")
    ? commonmark`you get it encrypted for your Keybase key. Paste it into \`base64 -d | keybase pgp decrypt\``
    : commonmark`you get it encrypted for your PGP key. Paste it into \`base64 -d | gpg --decrypt\``;
}

const enrolMfa = (
  { selfService }: BastionConfig,
  { programmaticAccess }: UserFacts,
  device: MfaDevice,
): Markdown =>
  commonmark`## Add your ${carrierOf(device)} as MFA device

Until that is done nearly everything else says that you are not allowed to.

1. In the console, open the menu with your name (top right), then **Security credentials**, **Assign MFA device**.
${choiceOfDevice(device, programmaticAccess)}
4. **Sign out, and in again** with an MFA code. The session that you were in was opened without one, and is refused.
5. Better have two: add a second device, of any other name, on something that you don't carry with the ${carrierOf(device)}.

Devices and keys are changed with MFA given within ${duration(selfService.mfaMaxAgeSeconds)}. Refused? Sign out, and in again.`;

const choiceOfDevice = (
  { kind, name }: MfaDevice,
  hasProfiles: boolean,
): Markdown =>
  kind === "hardware"
    ? commonmark`2. Device name: any.
3. **Hardware TOTP token**. Give its serial number, ${code(name)}${hasProfiles ? ", which the profiles of your command line name," : ""} and two codes in a row. ${ofTheConsoleAlone}`
    : commonmark`2. Device name: ${code(name)}${hasProfiles ? ", exactly so: the profiles of your command line name it." : "."}
3. **Authenticator app**. Scan the code with the app, and give two codes in a row. ${ofTheConsoleAlone}`;

const ofTheConsoleAlone = commonmark`(A passkey or security key works in the console alone; it can be a second device.)`;

const enrolTogether = ({ name }: UserFacts, device: MfaDevice): Markdown =>
  commonmark`## Your MFA device and access key

Your user ${code(name)} does not sign in to the console, and a device can be added from there alone. Whoever administers the bastion does that together with you, once: ${device.kind === "hardware" ? commonmark`your token, by its serial number ${code(device.name)},` : commonmark`an authenticator app on your phone, under the name ${code(device.name)},`} and your access key.`;

function switchRoles(
  { organisation: { partition } }: BastionConfig,
  assignments: readonly Assignment[],
): Markdown {
  if (assignments.length === 0) {
    return commonmark`## Your roles

So far you may take no role in any account.`;
  }
  const rows = assignments.map(({ account, accountId, role }) => {
    const { name } = role;
    const age = freshMfaOf(role);
    const target = { name: account, id: accountId };
    const taken = link(switchRoleUrl(partition, target, name), name);
    return [
      commonmark`${account} ${code(accountId)}`,
      age === undefined
        ? taken
        : commonmark`${taken} (MFA within ${duration(age)})`,
    ];
  });
  const fresh = assignments.find(({ role }) => freshMfaOf(role) !== undefined);
  return blocks(
    commonmark`## Your roles, in the console

Signed in with MFA, follow a link and confirm. The menu with your name leads back.`,
    table(["Account", "Role"], rows),
    fresh &&
      commonmark`${fresh.role.name} asks for MFA given not long ago. Refused? Sign out, and in again.`,
  );
}
