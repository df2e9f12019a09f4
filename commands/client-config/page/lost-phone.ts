import { given } from "../../formats/aws-command";
import type { BastionConfig, UserFacts } from "../../../infra/config";
import { helpersOf } from "../../../infra/config/help-desk";
import { iamArn } from "../../../infra/partition";
import {
  blocks,
  code,
  codeBlock,
  commonmark,
  steps,
  type Markdown,
} from "../../formats/markdown";

/** What the user does, and then what those do who help. */
export function lostPhone(
  config: BastionConfig,
  user: UserFacts,
  device: string,
): Markdown {
  const { organisation, accountId } = config;
  const desk = helpersOf(config, user);
  const serial = iamArn(organisation.partition, accountId, `mfa/${device}`);
  return blocks(
    commonmark`## Your phone is lost, or new`,
    whatTheUserDoes(user, helpersName(config, user)),
    desk === undefined
      ? commonmark`For the administrator of the bastion:`
      : commonmark`For the help desk, in the role ${code(desk.role.name)} of the bastion:`,
    codeBlock(helpersCommands(user, serial)),
  );
}

/** Whom the user turns to, as a sentence goes on with it. */
export function helpersName(config: BastionConfig, user: UserFacts): string {
  const desk = helpersOf(config, user);
  return desk === undefined
    ? "whoever administers the bastion"
    : `the help desk of the team ${desk.team}`;
}

function whatTheUserDoes(
  { consoleAccess, programmaticAccess }: UserFacts,
  helpers: string,
): Markdown {
  const otherName = programmaticAccess
    ? commonmark` Its name must be another one then; run the command above again with it: \`--mfa-device <name>\``
    : "";
  const isGone = programmaticAccess
    ? "your computer, with its access key, is gone."
    : "somebody may know your password.";
  return steps(
    consoleAccess &&
      commonmark`A new phone, and the old one still at hand: sign in with the old one and add the new one under **Security credentials** before you give the old one away.${otherName}`,
    consoleAccess &&
      commonmark`A second device is registered: sign in with it, and remove the lost one there.`,
    commonmark`Otherwise tell ${helpers} at once, by voice or in person, so that they know it is you. Say too if ${isGone}`,
    consoleAccess
      ? commonmark`When they have removed the old device, add the new one as on your first day, under the same name. Do it at once: until then the password alone protects your user.`
      : commonmark`When they have removed the old device, add the new one together with them, as on your first day, under the same name.`,
  );
}

const helpersCommands = (
  { name, consoleAccess, programmaticAccess }: UserFacts,
  serial: string,
): string =>
  `
aws iam deactivate-mfa-device ${given("user-name", name)} --serial-number ${serial}
aws iam delete-virtual-mfa-device --serial-number ${serial}
${
  programmaticAccess
    ? `# If the access key may be in other hands as well:
aws iam list-access-keys ${given("user-name", name)}
aws iam update-access-key ${given("user-name", name)} --status Inactive --access-key-id <key>
`
    : ""
}${
    consoleAccess
      ? `# If the password may be known (read keeps the new one out of the shell's history):
read -rs password
aws iam update-login-profile ${given("user-name", name)} --password-reset-required --password "$password"
`
      : ""
  }`.trim();
