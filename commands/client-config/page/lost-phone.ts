import { carrierOf } from "./carrier";
import { given } from "../../formats/aws-command";
import type { BastionConfig, UserFacts } from "../../../infra/config";
import { helpersOf } from "../../../infra/config/help-desk";
import type { MfaDevice } from "../../../infra/profiles/mfa-device";
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
  device: MfaDevice,
): Markdown {
  const desk = helpersOf(config, user);
  return blocks(
    commonmark`## Your ${carrierOf(device)} is lost, or new`,
    whatTheUserDoes(user, helpersName(config, user), device),
    desk === undefined
      ? commonmark`For the administrator of the bastion:`
      : commonmark`For the help desk, in the role ${code(desk.role.name)} of the bastion:`,
    codeBlock(helpersCommands(user, device)),
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
  device: MfaDevice,
): Markdown {
  const carrier = carrierOf(device);
  const otherName = programmaticAccess ? otherDevice(device) : "";
  const isGone = programmaticAccess
    ? "your computer, with its access key, is gone."
    : "somebody may know your password.";
  return steps(
    consoleAccess &&
      commonmark`A new ${carrier}, and the old one still at hand: sign in with the old one and add the new one under **Security credentials** before you give the old one away.${otherName}`,
    consoleAccess &&
      commonmark`A second device is registered: sign in with it, and remove the lost one there.`,
    commonmark`Otherwise tell ${helpers} at once, by voice or in person, so that they know it is you. Say too if ${isGone}`,
    consoleAccess
      ? commonmark`When they have removed the old device, add the new one as on your first day${sameName(device)}. Do it at once: until then the password alone protects your user.`
      : commonmark`When they have removed the old device, add the new one together with them, as on your first day${sameName(device)}.`,
  );
}

/** A virtual device's name is free again once it is deleted; each token has a number of its own. */
const sameName = ({ kind }: MfaDevice): string =>
  kind === "hardware" ? "" : ", under the same name";

const otherDevice = ({ kind }: MfaDevice): Markdown =>
  kind === "hardware"
    ? commonmark` Run the command above again with its serial number: \`--hardware-token <serial>\``
    : commonmark` Its name must be another one then; run the command above again with it: \`--mfa-device <name>\``;

const helpersCommands = (
  { name, consoleAccess, programmaticAccess }: UserFacts,
  { kind, serial }: MfaDevice,
): string =>
  `
aws iam deactivate-mfa-device ${given("user-name", name)} ${given("serial-number", serial)}
${
  kind === "hardware"
    ? ""
    : `aws iam delete-virtual-mfa-device ${given("serial-number", serial)}
`
}${
    programmaticAccess
      ? `# If the access key may be in other hands as well:
aws iam list-access-keys ${given("user-name", name)}
aws iam update-access-key ${given("user-name", name)} --status Inactive --access-key-id <key>
`
      : ""
  }${
    consoleAccess
      ? `# If the password may be known (read and file:// keep the new one out of the shell's history and the list of processes):
read -rs password
aws iam update-login-profile ${given("user-name", name)} --password-reset-required --password "file://"<(printf %s "$password")
`
      : ""
  }`.trim();
