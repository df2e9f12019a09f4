import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  fromCaller,
  parseOptions,
  UsageError,
  wholeNumber,
} from "../command-line/options";
import { usualBastion } from "./bastion-stack";
import type { Setting } from "./config-copy";
import { mostJobs } from "./matrix";

const common = `  --only <names>          accounts or stacks, with commas between (default: all)
  --parallel <n>          stacks side by side (default: by memory and cores)
  --refresh               looks first what was changed by hand, which is drift
  --config <key=value>    config of every stack, over that of the files; may be
                          repeated. Text alone: maps and lists belong into the
                          files
  --rules <file>          the policy pack's config (default: .github/rules.json)
  --no-policy-pack        without the policy pack
  --secrets-provider <p>  of the stacks that are made, as \`pulumi stack init\`
                          takes it
  --logs <folder>         where what Pulumi prints goes, a file a stack
                          (default: .logs)
  --stack <name>          the bastion's stack (default: bastion)
  --project <folder>      where Pulumi.yaml is (default: here)
  --help                  this text
`;

export const usages = {
  deploy: `Usage: npm run deploy -- [options]

Deploys the bastion, and then the workload stacks side by side: those that have
a file, and for each other account workload-<account>. Each is previewed under
the policy pack first, and deployed if that finds nothing. It asks nothing: npm
run preview shows before what would change. A stack that is missing is made.

If the bastion fails, no account is begun (but with --only); if another stack
fails, the others go on. What was done stays, so run it again.

  --changed               leaves stacks as they are whose preview shows no
                          change
  --recover               mends first what a deployment that was cut off has
                          left; a lock is lifted by npm run recover alone, with
                          --lift-lock
  --matrix                only prints the stacks after the bastion as a
                          pipeline's jobs, as JSON
  --jobs <n>              how many jobs these may be (default: ${mostJobs})
${common}
Exit code: 0 all is done, 1 some is not, 2 it could not begin.
`,
  preview: `Usage: npm run preview -- [options]

Shows what npm run deploy would change, a line a stack, under the policy pack.
What exactly, the logs say. It changes nothing in AWS; a stack that is missing
is made, empty.

${common}
Exit code: 0 whatever would change, 1 a preview failed, 2 it could not begin.
`,
} as const;

export type Command = keyof typeof usages;

export type Options = Exclude<ReturnType<typeof readOptions>, "help">;

const shared = {
  only: { type: "string", multiple: true },
  parallel: { type: "string" },
  refresh: { type: "boolean", default: false },
  config: { type: "string", multiple: true },
  rules: { type: "string" },
  "no-policy-pack": { type: "boolean", default: false },
  "secrets-provider": { type: "string" },
  logs: { type: "string" },
  stack: { type: "string", default: usualBastion },
  project: { type: "string", default: "." },
  help: { type: "boolean", short: "h", default: false },
} as const;

const ofDeploy = {
  changed: { type: "boolean", default: false },
  recover: { type: "boolean", default: false },
  matrix: { type: "boolean", default: false },
  jobs: { type: "string", default: String(mostJobs) },
} as const;

const parsers = {
  deploy: (args: string[]) =>
    parseOptions({ args, options: { ...shared, ...ofDeploy } }).values,
  preview: (args: string[]) => ({
    ...parseOptions({ args, options: shared }).values,
    changed: false,
    recover: false,
    matrix: false,
    jobs: String(mostJobs),
  }),
};

/** @throws UsageError */
export function readOptions(command: Command, args: readonly string[]) {
  const values = parsers[command]([...args]);
  if (values.help) return "help" as const;
  const folder = fromCaller(values.project);
  const { parallel } = values;
  return {
    command,
    folder,
    stack: values.stack,
    only: (values.only ?? [])
      .flatMap((names) => names.split(","))
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    /** undefined: by memory and cores. */
    parallel:
      parallel === undefined
        ? undefined
        : wholeNumber("parallel", parallel, { least: 1, most: 1_000 }),
    changed: values.changed,
    recover: values.recover,
    refresh: values.refresh,
    settings: (values.config ?? []).map(setting),
    hasPack: !values["no-policy-pack"],
    rules: rulesFile(folder, values.rules),
    secretsProvider: values["secrets-provider"],
    logs: fromCaller(values.logs ?? join(folder, ".logs")),
    matrix: values.matrix,
    jobs: wholeNumber("jobs", values.jobs, { least: 1, most: mostJobs }),
  };
}

function setting(text: string): Setting {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(
    `--config takes <key>=<value>, and not ${JSON.stringify(text)}`,
  );
}

/** As the pipeline has it, where the project has such a file. */
function rulesFile(
  folder: string,
  given: string | undefined,
): string | undefined {
  const file =
    given === undefined
      ? join(folder, ".github", "rules.json")
      : fromCaller(given);
  if (existsSync(file)) return file;
  if (given === undefined) return undefined;
  throw new UsageError(`--rules names no file: ${file}`);
}
