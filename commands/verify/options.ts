import { accountIdPattern } from "../../infra/partition";
import { keyAgeRange } from "../accounts/key-age";
import { defaultAccountsAtOnce } from "../accounts/organisation";
import {
  fromCaller,
  parseOptions,
  UsageError,
  wholeNumber,
} from "../command-line/options";
import { defaultSettings, type VerificationSettings } from "./facts";
import { readKnown } from "./known";

export type Options = Exclude<ReturnType<typeof readOptions>, "help">;

export const usage = `Usage: npm run verify -- [options]

Reads what really stands in the bastion and every workload account, and compares
it with the config.

  --stack <name>           the bastion's stack (default: bastion)
  --expected <file>        what the config says, from a file that
                           --print-expected has written, so that the project is
                           not needed; - reads it from the input
  --print-expected         only prints what the config says, as JSON, and reads
                           no account
  --json                   the whole report as JSON
  --sarif                  the findings as SARIF 2.1.0
  --html <file>            also writes the report as one HTML page
  --key-age <days>         the greatest age of an access key (default: ${defaultSettings.keyAgeDays})
  --key-unused <days>      how long a key may lie unused (default: ${defaultSettings.keyUnusedDays})
  --known-account <id>     an account that roles may trust, beside the config's;
                           may be repeated
  --role <name>            reads by this role of each account, as Auditor, in
                           place of the deployment role; a user's key alone is
                           asked for an MFA code
  --token-file <file>      takes that role with the OIDC token in the file, as a
                           workflow does
  --known-role <arn>       a role that is known to have power, or to lead to it;
                           may be repeated
  --known <file>           whose tokens are ours, and findings that are
                           accepted, as JSON: see docs/proof.md
  --accounts-at-once <n>   accounts to read at the same time (default: ${defaultAccountsAtOnce})
  --help                   this text

Ends with 0 when all is as the config has it, 1 when it is not, 2 when not
everything could be read.
`;

const atLeastOne = { least: 1, most: 99_999 };

/** @throws UsageError */
export function readOptions(args: readonly string[]) {
  const values = parse(args);
  if (values.help) return "help" as const;
  const forms = (["json", "sarif", "print-expected"] as const).filter(
    (form) => values[form],
  );
  if (forms.length > 1) {
    throw new UsageError(
      `${forms.map((form) => `--${form}`).join(" and ")} both want standard output`,
    );
  }
  const knownAccounts = values["known-account"];
  const wrong = knownAccounts.find((id) => !accountIdPattern.test(id));
  if (wrong !== undefined) {
    throw new UsageError(`--known-account takes 12 digits, and not ${wrong}`);
  }
  if (values["token-file"] !== undefined && values.role === undefined) {
    throw new UsageError("--token-file is for --role: say which it takes");
  }
  const knownRoles = values["known-role"];
  const noRole = knownRoles.find((arn) => !roleArn.test(arn));
  if (noRole !== undefined) {
    throw new UsageError(`--known-role takes a role's ARN, and not ${noRole}`);
  }
  const { expected, html } = values;
  const form = forms[0] ?? ("table" as const);
  const number = (
    option: "key-age" | "key-unused" | "accounts-at-once",
    range: Parameters<typeof wholeNumber>[2],
  ) => wholeNumber(option, values[option], range);
  const settings: VerificationSettings = {
    keyAgeDays: number("key-age", keyAgeRange),
    keyUnusedDays: number("key-unused", keyAgeRange),
    knownAccounts,
    knownRoles,
    ...readKnown(fromCallerIf(values.known)),
  };
  return {
    stack: values.stack,
    /** A file with what the config says (`-`: the input); undefined: the project's own files. */
    expectedFile: expected === "-" ? expected : fromCallerIf(expected),
    /** What standard output holds. */
    form,
    htmlFile: fromCallerIf(html),
    role: values.role,
    tokenFile: fromCallerIf(values["token-file"]),
    settings,
    accountsAtOnce: number("accounts-at-once", atLeastOne),
  };
}

const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

const fromCallerIf = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : fromCaller(path);

const parse = (args: readonly string[]) =>
  parseOptions({
    args: [...args],
    options: {
      stack: { type: "string", default: "bastion" },
      expected: { type: "string" },
      "print-expected": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      sarif: { type: "boolean", default: false },
      html: { type: "string" },
      "key-age": {
        type: "string",
        default: String(defaultSettings.keyAgeDays),
      },
      "key-unused": {
        type: "string",
        default: String(defaultSettings.keyUnusedDays),
      },
      "known-account": { type: "string", multiple: true, default: [] },
      role: { type: "string" },
      "token-file": { type: "string" },
      "known-role": { type: "string", multiple: true, default: [] },
      known: { type: "string" },
      "accounts-at-once": {
        type: "string",
        default: String(defaultAccountsAtOnce),
      },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
