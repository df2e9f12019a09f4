import assert from "node:assert/strict";
import fc from "fast-check";
import { readStackFile } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { administratorOf } from "../../sandbox/tour/people";
import { checkEveryAssignment } from "../access/every-assignment";
import {
  isGranted,
  randomOrganisation,
  type RandomOrganisation,
} from "../access/random-organisation";
import { runs } from "../run/property-tests";
import { deployedRoles, readAccount } from "./account";

describe("any organisation, deployed by the real engine and read back", () => {
  const { bastionAccountId, accounts } = readStackFile("bastion");
  let sandbox: Sandbox;
  let bastion: Stack;

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    const workload = await sandbox.stack("workload");
    await workload.up();
    bastion = await sandbox.stack("bastion");
  });

  after(async () => {
    await sandbox.close();
  });

  async function deployAndTry(random: RandomOrganisation): Promise<void> {
    const keys = Object.entries<unknown>({ stack: "bastion", ...random }).map(
      ([key, value]) => [`bastion-account:${key}`, value] as const,
    );
    // JSON is YAML; each organisation is deployed over the one before.
    bastion.writeConfig(JSON.stringify({ config: Object.fromEntries(keys) }));
    await bastion.up();
    const iam = await administratorOf(sandbox.aws, bastionAccountId);
    const { users } = await readAccount(bastionAccountId, iam);
    assert.equal(users.length, Object.keys(random.users).length);
    for (const [account, { id }] of Object.entries(accounts)) {
      await checkEveryAssignment(
        users,
        await deployedRoles(sandbox, id),
        (user, role) => isGranted(random, user.name, account, role.name),
      );
    }
  }

  it("opens exactly the roles that its config grants, with MFA and never without", async () => {
    await fc.assert(
      fc.asyncProperty(randomOrganisation(Object.keys(accounts)), deployAndTry),
      // Each is a deployment of some seconds; a failure is shown as it is.
      { numRuns: runs(4), endOnFailure: true },
    );
  });
});
