import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Accounts } from "../../../commands/adopt/accounts";
import { applyPlan } from "../../../commands/adopt/apply";
import { planRemovals } from "../../../commands/adopt/plan";
import { readProject } from "../../../commands/adopt/project";
import type { WayIn } from "../../../commands/accounts/clients";
import { readOrganisation } from "../../../commands/accounts/organisation";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../../commands/bastion-config";
import { explained } from "../../../commands/command-line/explained";
import { closeSessions } from "../../../commands/revoke/close";
import { policiesToPut } from "../../../commands/revoke/policies";
import { withRevoked } from "../../../commands/revoke/say-in-project";
import { accountsToRead } from "../../../commands/verify/expected";
import { defaultSettings } from "../../../commands/verify/facts";
import { unreadWords } from "../../../commands/verify/formats/words";
import { verify } from "../../../commands/verify/report";
import type { SandboxAws } from "../../../sandbox/aws";
import { checkout } from "../../../sandbox/engine/paths";
import {
  allow,
  makeGrownAccount,
  trust,
} from "../../../sandbox/grown-account/make";
import { startWithAccounts } from "../../access/made-accounts";
import {
  administrator,
  bastionId,
  committedExpectation,
  inside,
  wayInto,
} from "../verify/accounts";

/** What a command has come to. */
export interface Ended {
  /** Why it is not done; none: it is. */
  readonly problems: readonly string[];
  /** What it found out, or what there is now. */
  readonly result: unknown;
}

export type Command = (aws: SandboxAws) => Promise<Ended>;

/** Two seconds in the place of half a minute. */
const impatient = (aws: SandboxAws): WayIn => ({
  ...wayInto(aws),
  client: {
    endpoint: aws.endpoint,
    credentials: aws.deployment,
    requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true },
  },
});

const readConfig = () =>
  readBastionConfig({ folder: checkout, stack: "bastion" });

/** As `npm run verify`. */
const verifying: Command = async (aws) => {
  const expected = committedExpectation();
  const read = await readOrganisation(impatient(aws), accountsToRead(expected));
  const report = verify(read, expected, defaultSettings, new Date());
  return {
    problems: report.unread.map(unreadWords),
    result: report.findings.map((one) => [
      one.rule,
      one.account.name,
      one.subject,
    ]),
  };
};

/** As `npm run revoke`, but for what it writes into Pulumi.yaml. */
const revoking: Command = async (aws) => {
  const accounts = accountsToClose("ada");
  assert(accounts.every(({ policies }) => policies.length > 0));
  const closed = await closeSessions(
    impatient(aws),
    accounts,
    "ada",
    () => undefined,
  );
  return {
    problems: closed.flatMap(({ failed }) => failed ?? []),
    result: accounts.map(({ id }) => [id, closedIn(aws, id)]),
  };
};

function accountsToClose(user: string): ReturnType<typeof policiesToPut> {
  const folder = mkdtempSync(join(tmpdir(), "revoked-"));
  try {
    for (const file of ["Pulumi.bastion.yaml", "Pulumi.workload.yaml"]) {
      copyFileSync(join(checkout, file), join(folder, file));
    }
    const text = readFileSync(join(checkout, "Pulumi.yaml"), "utf8");
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    writeFileSync(join(folder, "Pulumi.yaml"), withRevoked(text, user, now));
    const project = { folder, stack: "bastion" };
    const config = readBastionConfig(project);
    return policiesToPut(config, readWorkloadConfigs(project, config));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The roles and groups that have the policy. */
function closedIn(aws: SandboxAws, id: string): readonly string[] {
  const { roles, groups } = inside(aws, id);
  return [...roles.values(), ...groups.values()]
    .filter((one) => one.inlinePolicies.has("revoked-sessions"))
    .map(({ name }) => name);
}

/** As `npm run adopt -- --apply --yes`. */
const adopting: Command = async (aws) => {
  const said: string[] = [];
  const accounts = new Accounts(
    readProject(checkout, "bastion"),
    {
      keyAgeDays: 90,
      usedWithinDays: 0,
      keep: new Set(),
      acceptLess: new Set(),
      acceptLessHere: true,
      progress: (line) => said.push(line),
    },
    impatient(aws).client,
  );
  const { deployed, caller } = await accounts.read();
  const plan = {
    account: deployed.bastion,
    steps: planRemovals(deployed, caller),
  };
  const { stopped } = await applyPlan(plan, accounts, (line) =>
    said.push(line),
  );
  const { groups, roles, users } = inside(aws, bastionId);
  return {
    problems: [
      ...(stopped === undefined ? [] : [stopped]),
      ...deployed.unread.map(unreadWords),
      ...said.filter((line) => line.startsWith("could not remove")),
    ],
    result: [
      [...groups.keys()],
      [...roles.keys()],
      [...users.values()].map((user) => [
        user.name,
        ...user.inlinePolicies.keys(),
        ...user.attachedPolicies,
      ]),
    ],
  };
};

/** A command that ends with an error has come to nothing. */
const explaining =
  (command: Command): Command =>
  (aws) =>
    command(aws).catch((error: unknown) => ({
      problems: [explained(error)],
      result: undefined,
    }));

export const commands: Readonly<Record<string, Command>> = {
  verify: explaining(verifying),
  revoke: explaining(revoking),
  adopt: explaining(adopting),
};

/** The accounts of the committed stack files, with what a take-over is to remove. */
export async function startDeployed(): Promise<SandboxAws> {
  const aws = await startWithAccounts(readConfig());
  const { iam } = administrator(aws, bastionId);
  await aws.clock.inThePast(400 * 86_400, () =>
    makeGrownAccount(iam, {
      alias: "acme-bastion",
      users: [],
      groups: [
        { name: "old-project", attached: ["ReadOnlyAccess"] },
        { name: "older-project", inline: { reads: allow("s3:Get*") } },
      ],
      roles: [
        {
          name: "Legacy",
          trust: trust({ AWS: `arn:aws:iam::${bastionId}:root` }),
          attached: ["ReadOnlyAccess"],
        },
      ],
    }),
  );
  return aws;
}
