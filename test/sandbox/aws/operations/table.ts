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
  return Object.hasOwn(moot, name) ? "no matter" : "honoured";
}

function tableOf(
  service: ServiceName,
  operation: string,
  declared: UnhonouredParameters,
): string {
  const moot = Object.entries(declared.moot ?? {});
  const members = moot
    .map(([name]) => name)
    .filter((name) => name.includes("[]"));
  const rows = [...parametersOf(service, operation), ...members].map(
    (name) => `| \`${name}\` | ${fateOf(name, declared)} |`,
  );
  const lines =
    rows.length === 0
      ? ["It has none."]
      : ["| parameter | |", "| --- | --- |", ...rows];
  const reasons = moot.map(
    ([name, why]) => `\`${name}\` does not matter: ${why}.`,
  );
  return [`### ${operation}`, lines.join("\n"), ...reasons].join("\n\n");
}

const sectionOf = (service: ServiceName, operations: Declared): string =>
  [
    `## ${service}`,
    ...Object.entries(operations)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, declared]) => tableOf(service, name, declared)),
  ].join("\n\n");

/** The table of all operations and parameters; `unsigned` are those that nobody signs. */
export const operationsTable = (
  services: ReadonlyMap<ServiceName, Service>,
  unsigned: Readonly<Partial<Record<ServiceName, Declared>>>,
): string =>
  `${[
    `# What the sandbox makes of each parameter

Written by the tests from what the operations declare, and held to what they read. A parameter that is
refused is named in the error, which says that the sandbox lacks it, and not AWS.`,
    ...[...services].map(([service, { operations }]) =>
      sectionOf(service, { ...operations, ...unsigned[service] }),
    ),
  ].join("\n\n")}\n`;
