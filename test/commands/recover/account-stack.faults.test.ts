import assert from "node:assert/strict";
import type { Finished } from "../../../sandbox/engine/run";
import type { Role } from "../../../sandbox/aws/model";
import type { Stack } from "../../../sandbox/stack";
import { ManyAccounts } from "../deploy/many-accounts";
import { KilledStack } from "./killed-stack";

/** The stack of one account of many, by its name alone, whose first deployment was cut off. */
describe("an account's own stack that was cut off", () => {
  let project: ManyAccounts;
  let stack: Stack;
  /** What was made before the cut. */
  let made: ReadonlyMap<string, Role>;

  const roles = (): ReadonlyMap<string, Role> => {
    const { accounts } = project.sandbox.aws.cloud;
    const id = project.ids.get("shop-dev") ?? assert.fail();
    return (accounts.get(id) ?? assert.fail()).roles;
  };
  const deploy = (...options: readonly string[]): Promise<Finished> =>
    project.npm("deploy", "--only", "shop-dev", "--no-policy-pack", ...options);

  before(async () => {
    project = await ManyAccounts.start({ absent: "network", alarm: "{}" });
    const { sandbox, folder } = project;
    const name = "workload-shop-dev";
    stack = await sandbox.stack(name, "config: {}\n", folder);
    const killed = new KilledStack(sandbox, stack, folder);
    const before = new Set(roles().keys());
    const cut = { call: "CreateRole", moment: "done" } as const;
    const { isCut } = await killed.deploy(["up"], cut);
    assert.ok(isCut);
    made = new Map([...roles()].filter(([role]) => !before.has(role)));
    assert.ok(made.size > 0);
  });
  after(() => project.close());

  it("is not deployed before it is recovered, and the deployment says so", async () => {
    const { code, stdout } = await deploy();
    assert.equal(code, 1, stdout);
    assert.match(stdout, /Fix: npm run recover -- --stack workload-shop-dev/);
  });

  it("is recovered by the deployment that is asked to, once its lock is lifted", async () => {
    const locked = await deploy("--recover");
    assert.equal(locked.code, 1, locked.stdout);
    const lifted = await stack.run(["cancel", "--yes", "--stack", stack.name]);
    assert.equal(lifted.code, 0, lifted.stderr);
    const mended = await deploy("--recover");
    assert.equal(mended.code, 0, mended.stdout + mended.stderr);
    for (const [role, before] of made) assert.equal(roles().get(role), before);
    const again = await deploy("--changed");
    assert.match(again.stdout, /workload-shop-dev +│ no change/);
  });
});
