import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { actionOf } from "../../sandbox/aws/absent-operations/absent-operation";
import { checkout } from "../../sandbox/engine/paths";
import { namedCommands, optionsIn } from "./named-commands";

const { scripts } = JSON.parse(
  readFileSync(join(checkout, "package.json"), "utf8"),
) as { readonly scripts: Readonly<Record<string, string>> };

/** The files beside the one that a script runs: one of them has its usage. */
function sourceOf(script: string): string {
  const [file = ""] = /[\w./-]+\.ts/.exec(scripts[script] ?? "") ?? [];
  const folder = join(checkout, dirname(file));
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".ts") && statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

/** Of the AWS CLI itself, for every operation. */
const ofEvery = new Set(["--profile", "--query", "--output", "--endpoint-url"]);

/** Of the AWS CLI alone, and no service's. */
const ofTheCli = /^(configure|login)\b/;

/** The SDK's own descriptions of inputs, which are made of the models that the AWS CLI is made of. */
const models: Readonly<Record<string, object>> = { iam, sts };

const joined = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, first: string) => first.toUpperCase());

/** The options that an operation has; undefined: its service is not among the SDK's clients here. */
function parametersOf(
  service: string,
  operation: string,
): readonly string[] | undefined {
  const model = models[service];
  if (model === undefined) return undefined;
  const input = `${operation}Request$`.toLowerCase();
  const [, , , , members] = (Object.entries(model).find(
    ([name]) => name.toLowerCase() === input,
  )?.[1] ?? []) as readonly (readonly string[])[];
  return members ?? [];
}

describe("a command that a page names", () => {
  it("of npm's scripts has the options that the script tells of", () => {
    const named = namedCommands("npm run");
    const wrong = named.flatMap(({ page, text }) => {
      const [, script = "", args = ""] =
        /^(?:--silent |-s )?([\w:-]+)(?: -- (.*))?$/.exec(text) ?? [];
      const options = optionsIn(args);
      const usage = options.length > 0 ? sourceOf(script) : "";
      return options
        .filter(
          (option) => !new RegExp(`(?:^|\`) +${option}\\b`, "m").test(usage),
        )
        .map((option) => `${page}: npm run ${text}: no ${option}`);
    });
    assert.deepEqual(wrong, []);
    assert.ok(named.length > 100);
    assert.ok(named.filter(({ text }) => text.includes(" -- --")).length > 10);
  });

  it("of AWS's is an operation of its service, with its parameters", async () => {
    const named = namedCommands("aws").filter(
      ({ text }) => /^\S+ [a-z-]+/.test(text) && !ofTheCli.test(text),
    );
    assert.ok(named.length > 5);
    for (const { page, text } of named) {
      const words = text.replace(/^(--\S+ \S+ )+/, "");
      const [service = "", name = ""] = words.split(" ");
      const operation = joined(name);
      const where = `${page}: aws ${text}`;
      assert.ok((await actionOf(service, operation)) !== undefined, where);
      const known = parametersOf(service, operation);
      for (const option of known === undefined ? [] : optionsIn(words)) {
        const isKnown =
          ofEvery.has(option) || known?.includes(joined(option.slice(2)));
        assert.ok(isKnown, `${where}: no ${option}`);
      }
    }
  });
});
