import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";
import { resourcesOf } from "../../../commands/stacks/exported-stack";
import type { Account } from "../../../sandbox/aws/model";
import { contentsOf } from "./contents";
import { drawFrom } from "./draw";
import { workloadLife } from "./kill-phases";
import { changesAmong, KilledStack } from "./killed-stack";

const seed = Number(process.env["SEED"] ?? "1");
const cuts = 10;

/** One stack whose change was killed; its state is cut at many points, each time anew. */
describe(`a state that is cut at random points, from seed ${seed}`, () => {
  const [first, change] = workloadLife.phases;
  let sandbox: Sandbox;
  let stack: Stack;
  let killed: KilledStack;
  let account: Account;
  /** What recover makes of the state that was not cut. */
  let recovered: readonly string[];

  const states = (): string => join(sandbox.workspace.folder, "state");
  const kept = (): string => join(sandbox.workspace.folder, "kept");
  const putBack = (): void => {
    rmSync(states(), { recursive: true });
    cpSync(kept(), states(), { recursive: true, preserveTimestamps: true });
  };
  const stateFile = (): string =>
    join(states(), ".pulumi/stacks/bastion-account", `${stack.name}.json`);

  const recover = async (told: string): Promise<readonly string[]> => {
    const { code, printed, asked } = await killed.recover();
    assert.equal(code, 0, `${told}\n${printed}`);
    assert.deepEqual(changesAmong(asked), [], `${told}\n${printed}`);
    const state = JSON.parse(await stack.exported()) as ExportedStack;
    return resourcesOf(state)
      .map(({ urn, id = "" }) => `${urn} ${id}`)
      .toSorted();
  };

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    stack = await sandbox.stack(workloadLife.stack, first?.config);
    killed = new KilledStack(sandbox, stack);
    const { accounts } = sandbox.aws.cloud;
    account = accounts.get(workloadLife.accountId) ?? assert.fail();
    await stack.up();
    stack.writeConfig(change?.config ?? assert.fail());
    const cut = { call: "CreateRole", moment: "done" } as const;
    const { isCut } = await killed.deploy(["up"], cut);
    assert.ok(isCut);
    cpSync(states(), kept(), { recursive: true, preserveTimestamps: true });
    recovered = await recover("not cut");
  });
  after(() => sandbox.close());

  for (let number = 1; number <= cuts; number += 1) {
    // The first leaves nothing, the second all but the last bracket.
    it(`comes to the same after cut ${number}`, async () => {
      putBack();
      const whole = readFileSync(stateFile(), "utf8");
      const drawn = drawFrom(seed * 1_000 + number)() * whole.length;
      const ends = [0, whole.trimEnd().length - 1];
      const length = ends[number - 1] ?? Math.floor(drawn);
      truncateSync(stateFile(), length);
      const told = `cut at ${length} of ${whole.length}`;
      console.log(told);
      assert.deepEqual(await recover(told), recovered, told);
    });
  }

  it("is deployed to what the program says, and nothing twice", async () => {
    await stack.up("--refresh");
    const contents = contentsOf(account);
    assert.ok(account.roles.has("Auditing"));
    assert.equal(contents.keys.length, 1);
    const { code, stdout } = await stack.preview(
      {},
      ...["--refresh", "--expect-no-changes"],
    );
    assert.equal(code, 0, stdout);
  });
});
