import { parseArgs } from "node:util";

export const usage = `Usage: npm run sandbox -- [options]

Keeps an AWS on this machine, with both stacks deployed, until Ctrl-C, and prints what to paste into a
shell, to use the AWS CLI and the project's commands on it.

  --messy   keeps an account instead that has grown for years, for npm run adopt
  --help    this text
`;

/** What the sandbox is asked for; or, as text, why that is not understood. */
export function shellOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        messy: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${why}\n\n${usage}`;
  }
}
