import type { UnhonouredParameters } from "../../../../sandbox/aws/honoured-parameters";
import type { Service } from "../../../../sandbox/aws/services/service";
import type { ServiceName } from "../../../../sandbox/aws/service-models/service-model";
import { parametersOf } from "./examples";

type Declared = Readonly<Record<string, UnhonouredParameters>>;

/** What the sandbox makes of a parameter. */
function fateOf(
  name: string,
  { lacks = [], only = {}, moot = {} }: UnhonouredParameters,
): string {
  if (lacks.includes(name)) return "refused";
  if (Object.hasOwn(only, name)) return `refused, but for \`${only[name]}\``;
  if (Object.hasOwn(moot, name)) return `no matter: ${moot[name]}`;
  return "honoured";
}

/** Parameters of one fate stand together, the honoured ones first. */
function rowOf(
  service: ServiceName,
  operation: string,
  declared: UnhonouredParameters,
): string {
  const fates = new Map<string, string[]>();
  const members = Object.keys(declared.moot ?? {}).filter((name) =>
    name.includes("[]"),
  );
  for (const name of [...parametersOf(service, operation), ...members]) {
    const fate = fateOf(name, declared);
    fates.set(fate, [...(fates.get(fate) ?? []), `\`${name}\``]);
  }
  const honoured = fates.get("honoured") ?? [];
  fates.delete("honoured");
  const others = [...fates].map(
    ([fate, names]) => `${names.join(", ")}: ${fate}`,
  );
  return `| ${operation} | ${honoured.join(", ") || "-"} | ${others.join("; ") || "-"} |`;
}

const sectionOf = (
  service: ServiceName,
  operations: Declared,
): string => `## ${service}

| operation | honoured | not honoured |
| --- | --- | --- |
${Object.entries(operations)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([name, declared]) => rowOf(service, name, declared))
  .join("\n")}
`;

/** The table of all operations and parameters; `unsigned` are those that nobody signs. */
export const operationsTable = (
  services: ReadonlyMap<ServiceName, Service>,
  unsigned: Readonly<Partial<Record<ServiceName, Declared>>>,
): string =>
  [
    `# What the sandbox makes of each parameter

Written by the tests from what the operations declare, and held to what they read. A parameter that is
refused is named in the error, which says that the sandbox lacks it, and not AWS.
`,
    ...[...services].map(([service, { operations }]) =>
      sectionOf(service, { ...operations, ...unsigned[service] }),
    ),
  ].join("\n");
