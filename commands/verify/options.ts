import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { defaultLimits, type Limits } from "./facts";

export interface Options {
  readonly stack: string;
  /** Where what the config says comes from: a command that prints it, or a file (`-`: the input). */
  readonly expected:
    | { readonly kind: "command"; readonly command: string }
    | { readonly kind: "file"; readonly file: string };
  /** What standard output holds. */
  readonly form: "table" | "json" | "sarif";
  readonly htmlFile: string | undefined;
  readonly limits: Limits;
  readonly accountsAtOnce: number;
}

export const usage = `Usage: npm run verify -- [options]

Reads what really stands in the bastion and every workload account, and compares it with the config.

  --stack <name>           the bastion's stack (default: bastion)
  --expected <file>        what the config says, as JSON; - reads it from the input
  --json                   the whole report as JSON
  --sarif                  the findings as SARIF 2.1.0
  --html <file>            also writes the report as one HTML page
  --key-age <days>         the greatest age of an access key (default: ${defaultLimits.keyAgeDays})
  --key-unused <days>      how long a key may lie unused (default: ${defaultLimits.keyUnusedDays})
  --known-account <id>     an account that roles may trust, beside the config's; may be repeated
  --accounts-at-once <n>   accounts to read at the same time (default: 4)
  --help                   this text

Ends with 0 when all is as the config has it, 1 when it is not, 2 when not everything could be read.
`;

/** npm runs a script in the project's folder; a path is meant from where it was typed. */
const fromCaller = (path: string): string =>
  resolve(process.env["INIT_CWD"] ?? "", path);

/** What was typed makes no sense: nothing was read. */
export class UsageError extends Error {}

export function readOptions(args: readonly string[]): Options | "help" {
  const values = parse(args);
  if (values.help === true) return "help";
  if (values.json === true && values.sarif === true) {
    throw new UsageError("--json and --sarif both want standard output");
  }
  const knownAccounts = values["known-account"] ?? [];
  const wrong = knownAccounts.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) {
    throw new UsageError(`--known-account takes 12 digits, and not ${wrong}`);
  }
  return {
    stack: values.stack ?? "bastion",
    expected: expectedIn(values),
    form: values.json ? "json" : values.sarif ? "sarif" : "table",
    htmlFile: values.html === undefined ? undefined : fromCaller(values.html),
    limits: {
      keyAgeDays: count("key-age", values["key-age"], defaultLimits.keyAgeDays),
      keyUnusedDays: count(
        "key-unused",
        values["key-unused"],
        defaultLimits.keyUnusedDays,
      ),
      knownAccounts,
    },
    accountsAtOnce: count("accounts-at-once", values["accounts-at-once"], 4),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stack: { type: "string" },
        expected: { type: "string" },
        "expected-from": { type: "string" },
        json: { type: "boolean" },
        sarif: { type: "boolean" },
        html: { type: "string" },
        "key-age": { type: "string" },
        "key-unused": { type: "string" },
        "known-account": { type: "string", multiple: true },
        "accounts-at-once": { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "?");
  }
}

function expectedIn(values: ReturnType<typeof parse>): Options["expected"] {
  if (values.expected !== undefined) {
    const { expected } = values;
    return {
      kind: "file",
      file: expected === "-" ? "-" : fromCaller(expected),
    };
  }
  const command = values["expected-from"];
  if (command !== undefined) return { kind: "command", command };
  throw new UsageError(
    "--expected <file> or --expected-from <command>: what the config says",
  );
}

function count(
  name: string,
  text: string | undefined,
  otherwise: number,
): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UsageError(
    `--${name} takes a whole number from 1 on, and not ${text}`,
  );
}
