/**
 * `npm run bench:verify -- <users> <accounts> <seed>`: how long it takes to decide over a large
 * organisation that stands as its config says, with five roles an account. Reading is apart.
 */
import { performance } from "node:perf_hooks";
import { expectedAccess } from "../../../../commands/verify/expected";
import { defaultSettings } from "../../../../commands/verify/facts";
import { toPage } from "../../../../commands/verify/formats/page";
import { toTerminal } from "../../../../commands/verify/formats/terminal";
import { verify } from "../../../../commands/verify/report";
import { deployed, largeConfig } from "./large-organisation";

const [users = "1000", accounts = "1000", seed = "1"] = process.argv.slice(2);

function measured<Made>(what: string, make: () => Made): Made {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const made = make();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (milliseconds: number): string =>
    (milliseconds / 1_000).toFixed(1);
  console.log(
    `${what}: ${seconds(performance.now() - start)} s, ${seconds((user + system) / 1_000)} s of CPU`,
  );
  return made;
}

const config = largeConfig({
  users: Number(users),
  accounts: Number(accounts),
  seed: Number(seed),
});
const organisation = measured("Making the organisation", () =>
  deployed(config),
);
const expected = expectedAccess(config);
const report = measured("Deciding, with every check", () =>
  verify(organisation, expected, defaultSettings, new Date(), console.log),
);
const page = measured("Writing the page", () => toPage(report));
const json = measured("Writing JSON", () => JSON.stringify(report));
const screen = { width: 80, hasColours: false };
console.log(toTerminal(report, screen).split("\n\n").at(-1));
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
console.log(
  `Page ${megabytes(page.length)} MB, JSON ${megabytes(json.length)} MB; ` +
    `most memory ${megabytes(process.resourceUsage().maxRSS * 1_024)} MB.`,
);
if (report.outcome !== "pass") {
  const messages = report.findings.map(({ message }) => message);
  console.log(messages.slice(0, 5).join("\n"));
  process.exitCode = 1;
}
