import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import { Accounts } from "../../../commands/adopt/accounts";
import { applyPlan, type Reading } from "../../../commands/adopt/apply";
import { planRemovals } from "../../../commands/adopt/plan";
import { propose } from "../../../commands/adopt/proposal";
import type { SandboxAws } from "../../../sandbox/aws";
import { makeGrownAccount } from "../../../sandbox/grown-account/make";
import { age, messyAccount } from "../../../sandbox/grown-account/messy";
import { listBuckets } from "../../../sandbox/tour/requests";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import { administrator, bastionId } from "../verify/accounts";
import { entries, project } from "./planned";

describe("a messy account, as IAM tells of it", () => {
  let aws: SandboxAws;
  let iam: IAM;
  let accounts: Accounts;

  before(async () => {
    aws = await startTwoAccounts();
    ({ iam } = administrator(aws, bastionId));
    const keys = await aws.clock.inThePast(age, () =>
      makeGrownAccount(iam, messyAccount(bastionId)),
    );
    const build = keys.get("build-server");
    assert.ok(build);
    await listBuckets(aws, build);
    accounts = new Accounts(
      project,
      {
        keyAgeDays: 90,
        usedWithinDays: 100,
        keep: new Set(),
        acceptLess: new Set(),
        acceptLessHere: false,
        progress: () => undefined,
      },
      { endpoint: aws.endpoint, credentials: aws.deployment },
    );
  });

  after(() => aws.close());

  const stays = ({ deployed, caller }: Reading) =>
    entries(
      planRemovals(deployed, caller).filter(
        ({ removal }) => removal.kind === "role",
      ),
      (step) => step.stays,
    );

  it("has roles that others take beside people: they stay, with who that is", async () => {
    const legacy = "the role LegacyAdmin";
    const nightly = "the role nightly-cleanup";
    assert.deepEqual(stays(await accounts.read()), [
      `role LegacyAdmin: it may be taken by ${nightly}`,
      `role backup: it may be taken by ${legacy}; the role app-server; ${nightly}`,
      "role cost-vendor: it may be taken by the account 555555555555; its trust policy asks for an external id, as a vendor's does",
      `role nightly-cleanup: it may be taken by ${legacy}; the service lambda.amazonaws.com`,
    ]);
  });

  it("has a program, whose key was at work, and a person with a key that never was", async () => {
    const { deployed } = await accounts.read();
    const { programs, heldBack } = propose(
      deployed.bastion,
      project,
      deployed.criteria,
    );
    assert.deepEqual(
      programs.map(({ name }) => name),
      ["build-server"],
    );
    assert.deepEqual(
      heldBack.map(({ user }) => user),
      ["dmitri"],
    );
  });

  it("is read again with what has changed, and signs in anew where that is asked for", async () => {
    const earlier = await accounts.read();
    await iam.createUser({ UserName: "newcomer" });
    await iam.createLoginProfile({
      UserName: "newcomer",
      Password: "A-first-password-1!",
    });
    await iam.deleteLoginProfile({ UserName: "ada" });
    await iam.deleteLoginProfile({ UserName: "bob" });
    await iam.removeUserFromGroup({ UserName: "bob", GroupName: "Admins" });
    const again = await accounts.readAgain(earlier, new Set(["ada"]));
    const found = new Map(
      again.deployed.bastion.users.map((one) => [one.name, one]),
    );
    assert.equal(found.get("ada")?.hasPassword, false, "asked for");
    assert.equal(found.get("newcomer")?.hasPassword, true, "new");
    assert.equal(found.get("bob")?.hasPassword, true, "as it was read before");
    assert.deepEqual(found.get("bob")?.groups, [], "with the details");
  });

  it("loses a role once nobody else may take it, with its policies", async () => {
    await iam.deleteRolePolicy({
      RoleName: "app-server",
      PolicyName: "takes-backup",
    });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.detachRolePolicy({ RoleName: "nightly-cleanup", PolicyArn });
    await iam.detachUserPolicy({ UserName: "ada", PolicyArn });
    await iam.removeUserFromGroup({
      UserName: "cleo",
      GroupName: "Developers",
    });
    const reading = await accounts.read();
    const plan = {
      account: reading.deployed.bastion,
      steps: planRemovals(reading.deployed, reading.caller),
    };
    const said: string[] = [];
    const { removed } = await applyPlan(plan, accounts, (line) => {
      said.push(line);
    });
    assert.deepEqual(
      removed.flatMap((one) => (one.kind === "role" ? [one.role] : [])),
      ["LegacyAdmin", "backup"],
      said.join("\n"),
    );
    const { deployed } = await accounts.read();
    const left = deployed.bastion.roles.map(({ name }) => name);
    assert.ok(!left.includes("backup"));
    assert.ok(left.includes("nightly-cleanup"));
    assert.ok(left.includes("cost-vendor"));
  });
});
