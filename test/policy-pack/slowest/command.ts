/**
 * `npm run bench:decisions -- <seed> <documents>`: how much CPU the slowest documents take, of many
 * that are as much work as IAM's quotas let them be. The whole pack judges each, as a stack's only
 * resource.
 */
import { judge } from "../pack";
import { largeDocuments, type LargeDocument } from "./large-documents";

interface Measured extends LargeDocument {
  /** Of CPU. */
  readonly milliseconds: number;
  readonly findings: readonly string[];
}

function measured(one: LargeDocument): Measured {
  const start = process.cpuUsage();
  const found = judge({ resources: [one.holder] });
  const { user, system } = process.cpuUsage(start);
  return {
    ...one,
    milliseconds: (user + system) / 1000,
    findings: found.map(({ rule, message }) =>
      message.includes("Undecided") ? `${rule} (undecided)` : rule,
    ),
  };
}

const [seed = "1", count = "1000"] = process.argv.slice(2);
const all = largeDocuments(Number(seed), Number(count))
  .map(measured)
  .sort((one, other) => other.milliseconds - one.milliseconds);
const quantile = (part: number): string =>
  String(
    Math.round(all[Math.floor((1 - part) * all.length)]?.milliseconds ?? 0),
  );

console.log(
  `Seed ${seed}, ${count} documents, milliseconds of CPU for the whole pack: ` +
    `half take up to ${quantile(0.5)}, 99 of 100 up to ${quantile(0.99)}. The slowest:`,
);
for (const { milliseconds, place, document, findings } of all.slice(0, 5)) {
  console.log(
    `${String(Math.round(milliseconds)).padStart(6)}  ${place}, ${document.length} characters: ${findings.join(", ") || "no finding"}`,
  );
}
