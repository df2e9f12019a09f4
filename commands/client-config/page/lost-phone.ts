import type { BastionConfig, UserFacts } from "../../../infra/config";
import { iamArn } from "../../../infra/partition";
import {
  blocks,
  codeBlock,
  markdown,
  steps,
  type Markdown,
} from "../../formats/markdown";

/** What the user does, and then what an administrator does. */
export function lostPhone(
  { organisation, accountId }: BastionConfig,
  { name, consoleAccess, programmaticAccess }: UserFacts,
  device: string,
): Markdown {
  const serial = iamArn(organisation.partition, accountId, `mfa/${device}`);
  return blocks(
    markdown`
## Your phone is lost, or new
    `,
    steps([
      ...(consoleAccess ? withConsole(programmaticAccess) : []),
      markdown`Otherwise tell whoever administers the bastion at once, by voice or in person, so that they know it is you. ${
        programmaticAccess
          ? markdown`
Say too if your computer, with its access key, is gone.
            `
          : markdown`
Say too if somebody may know your password.
            `
      }`,
      markdown`When they have removed the old device, add the new one ${
        consoleAccess
          ? markdown`
as on your first day, under the same name. Do it at once: until then the password alone protects your user.
            `
          : markdown`
together with them, as on your first day, under the same name.
            `
      }`,
    ]),
    markdown`
For the administrator of the bastion:
    `,
    codeBlock(
      [
        `aws iam deactivate-mfa-device --user-name ${name} --serial-number ${serial}`,
        `aws iam delete-virtual-mfa-device --serial-number ${serial}`,
        ...(programmaticAccess
          ? [
              "# If the access key may be in other hands as well:",
              `aws iam list-access-keys --user-name ${name}`,
              `aws iam update-access-key --user-name ${name} --status Inactive --access-key-id <key>`,
            ]
          : []),
        ...(consoleAccess
          ? [
              "# If the password may be known (read keeps the new one out of the shell's history):",
              "read -rs password",
              `aws iam update-login-profile --user-name ${name} --password-reset-required --password "$password"`,
            ]
          : []),
      ].join("\n"),
    ),
  );
}

const withConsole = (programmaticAccess: boolean): readonly Markdown[] => [
  markdown`A new phone, and the old one still at hand: sign in with the old one and add the new one under **Security credentials** before you give the old one away.${
    programmaticAccess
      ? markdown`
          Its name must be another one then; run the command above again with it: \`--mfa-device <name>\`
        `
      : ""
  }`,
  markdown`
A second device is registered: sign in with it, and remove the lost one there.
  `,
];
