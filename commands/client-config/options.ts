import { homedir } from "node:os";
import { join, resolve } from "node:path";
import {
  sessionLimits,
  type ClientChoices,
} from "../../infra/profiles/profiles";
import { parseOptions, UsageError, wholeNumber } from "../command-line/options";

export const usage = `Usage: npm run client-config -- <user> [options]

Puts the user's AWS profiles into ~/.aws/config, between two marks; the rest of
the file stays as it is. Shows what would change, and asks.

  --yes, --write          don't ask
  --file <path>           another file than AWS_CONFIG_FILE or ~/.aws/config
  --print                 only print the profiles
  --page <folder>         only write what a new colleague has to know, as
                          <user>.md and <user>.html; without <user>: for
                          everybody
  --mfa-device <device>   the MFA device, if it is not named after the user: a
                          virtual one's name or ARN, or a hardware token's
                          serial number, if it is like GAHT12345678
  --hardware-token <n>    a hardware token's serial number, of any form
  --mfa-login             profiles for those without aws-vault: they ask for no
                          code, and take the roles from the session that "aws
                          configure mfa-login" opens
  --session-seconds <n>   how long a role session lasts: ${sessionLimits.least} to ${sessionLimits.most}, and no
                          longer than each of the roles allows (its
                          maxSessionSeconds, an hour unless configured, is the
                          default). Beyond 3600 each such profile costs an MFA
                          code of its own, since AWS refuses it to a session
                          that was opened with MFA
  --stack <name>          the bastion's stack: reads Pulumi.<name>.yaml
                          (default: bastion)
  --help                  this text
`;

/** What the command is asked to do. */
export type Options = ReturnType<typeof readOptions>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `folder` is what relative paths start from.
 *
 * @throws UsageError
 */
export function readOptions(
  args: readonly string[],
  folder: string,
  environment: Environment,
) {
  const { values, positionals } = parse(args);
  const { help, print, page, "session-seconds": seconds } = values;
  const [user, ...more] = positionals;
  if (more.length > 0) {
    throw new UsageError(`one user at a time, not also ${more.join(", ")}`);
  }
  if (print && page !== undefined) {
    throw new UsageError("--print or --page, not both");
  }
  if (user === undefined && !help && page === undefined) {
    throw new UsageError("which user?");
  }
  const ofOneUser = (["mfa-device", "hardware-token"] as const).filter(
    (option) => values[option] !== undefined,
  );
  const [first] = ofOneUser;
  if (user === undefined && first !== undefined) {
    throw new UsageError(`--${first} is one user's: which user?`);
  }
  if (ofOneUser.length > 1) {
    throw new UsageError("--mfa-device or --hardware-token, not both");
  }
  const file = values.file ?? environment["AWS_CONFIG_FILE"] ?? "";
  const choices: ClientChoices = {
    mfaDevice: values["mfa-device"],
    hardwareToken: values["hardware-token"],
    mfaLogin: values["mfa-login"],
    sessionSeconds:
      seconds === undefined
        ? undefined
        : wholeNumber("session-seconds", seconds, sessionLimits),
  };
  return {
    help,
    print,
    /** The folder that pages are written to. */
    pages: page === undefined ? undefined : resolve(folder, page),
    user,
    stack: values.stack,
    choices,
    // Set but empty is as good as not set.
    file: resolve(folder, fromHome(file === "" ? "~/.aws/config" : file)),
    isAgreed: values.yes || values.write,
  };
}

const parse = (args: readonly string[]) =>
  parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      yes: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      print: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      file: { type: "string" },
      page: { type: "string" },
      "mfa-device": { type: "string" },
      "hardware-token": { type: "string" },
      "mfa-login": { type: "boolean", default: false },
      "session-seconds": { type: "string" },
      stack: { type: "string", default: "bastion" },
    },
  });

/** The AWS CLI expands it in AWS_CONFIG_FILE too. */
const fromHome = (path: string): string =>
  path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
