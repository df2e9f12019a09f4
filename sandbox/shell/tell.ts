import { relative } from "node:path";
import type { FaultSettings } from "../aws/faults/settings";
import { checkout } from "../engine/paths";
import { readStackFile } from "../project";
import { powershellQuoted, quoted } from "../shell-quotes";
import { heading, quiet, unbroken } from "../tour/report";
import { powershellLines, unset } from "./environment";
import type { SetUp } from "./files";
import { profilesOf } from "./profiles";

/** How a shell is set up, and all that it is set to. */
export function setUpLines({ script, environment }: SetUp): readonly string[] {
  if (process.platform === "win32") {
    return [
      heading("Paste this into PowerShell"),
      `Set-Location ${powershellQuoted(checkout)}`,
      ...powershellLines(environment),
    ];
  }
  const { path, variables } = environment;
  return [
    heading("Paste this into another terminal"),
    `cd ${quoted(checkout)}`,
    sourcing(script),
    quiet("There, and nowhere else, it puts first on the PATH:"),
    ...path.map((folder) => unbroken(`  ${folder}`)),
    quiet("sets:"),
    ...Object.entries(variables).map(([name, value]) =>
      unbroken(`  ${name}=${value}`),
    ),
    quiet(
      `and unsets ${unset[0] ?? ""} and what else would come before these.`,
    ),
  ];
}

const sourcing = (script: string): string =>
  `. ${word(relative(checkout, script))}`;

/** Quoted where a shell would read it as something else. */
const word = (text: string): string =>
  /^[\w./@:+-]+$/.test(text) ? text : quoted(text);

export const deployerLines: readonly string[] = [
  heading("Then, as whoever deploys"),
  "pulumi preview --stack bastion",
  "npm run preview",
  "npm run deploy",
  "npm run verify",
];

/** What calls meet from now on, if anything. */
export function faultLines(
  faults: FaultSettings | undefined,
): readonly string[] {
  if (faults === undefined) return [];
  const { latency, rules = [], seed } = faults;
  const kinds = rules.map(({ kind }) => kind).join(", ");
  const told = [
    ...(latency === undefined
      ? []
      : [
          `takes ${[...new Set([latency.least, latency.most])].join(" to ")} ms`,
        ]),
    ...(kinds === "" ? [] : [`may meet ${kinds} (--seed ${seed})`]),
  ];
  return [heading(`From now on each call ${told.join(", and ")}`)];
}

/** What a user tries first. */
export function userLines(setUps: readonly SetUp[]): readonly string[] {
  const [first, ...others] = setUps;
  const user = first?.user;
  if (user === undefined) return [];
  const [profile] = profilesOf(readStackFile("bastion"), user);
  return [
    heading(`As ${user}, with AWS CLI 2.13 or 1.29 and newer`),
    `npm run client-config -- ${word(user)}`,
    ...(profile === undefined
      ? []
      : [
          `aws --profile ${word(profile)} sts get-caller-identity   # asks for a code`,
        ]),
    `aws --profile ${word(user)} iam list-users   # denied: no MFA`,
    quiet(
      "InvalidClientTokenId, soon after another sandbox? The AWS CLI has kept",
    ),
    quiet("its session: rm -r ~/.aws/cli/cache"),
    ...(others.length === 0 || process.platform === "win32"
      ? []
      : [
          quiet("As another user: begin in another terminal with"),
          ...others.map(({ script }) => unbroken(`  ${sourcing(script)}`)),
        ]),
  ];
}
