import assert from "node:assert/strict";
import { keptVersions } from "../../.github/release/checkout";
import { checkout } from "../../sandbox/engine/paths";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import { byTheEngine } from "../run/whole-tests";
import { Release, stacks } from "./releases";
import { removals, update, type Step } from "./steps";

interface State {
  readonly deployment: {
    readonly resources: readonly {
      readonly type: string;
      readonly id?: string;
      readonly custom: boolean;
    }[];
  };
}

/** What AWS knows the stack's resources by, whatever their logical names are. */
async function resourcesOf(stack: Stack): Promise<readonly string[]> {
  const { deployment } = JSON.parse(await stack.exported()) as State;
  return deployment.resources
    .filter(({ custom, type }) => custom && type.startsWith("aws:"))
    .map(({ type, id = "" }) => `${type} ${id}`);
}

/** By name, what AWS gives to a user or role when it is made: another one of that name has another. */
const madeIn = ({ aws }: Sandbox): ReadonlyMap<string, string> =>
  new Map(
    [...aws.cloud.accounts].flatMap(([account, { users, roles }]) =>
      [...users.values(), ...roles.values()].map(
        ({ name, id }) => [`${account} ${name}`, id] as const,
      ),
    ),
  );

/** An upgrade of one stack. */
interface Upgraded {
  readonly steps: readonly Step[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A clone without history has the programs of releases, too; npm run release puts one more there. */
const releases = keptVersions();

for (const version of byTheEngine(releases, (one) => one, releases.slice(-1))) {
  describe(`stacks that ${version} has deployed, updated by this program`, () => {
    const upgraded: Upgraded[] = [];
    let sandbox: Sandbox;
    let madeBefore: ReadonlyMap<string, string>;

    before(async () => {
      const release = new Release(version);
      sandbox = await startSandbox({ progress: console.log });
      try {
        const deployed: Stack[] = [];
        for (const name of stacks) {
          const text = release.stackFile(name);
          const stack = await sandbox.stack(name, text, release.folder);
          await stack.up();
          deployed.push(stack.inProject(checkout, text));
        }
        madeBefore = madeIn(sandbox);
        for (const stack of deployed) {
          const before = await resourcesOf(stack);
          const steps = await update(stack);
          upgraded.push({ steps, before, after: await resourcesOf(stack) });
        }
      } finally {
        release.remove();
      }
    });

    after(async () => {
      await sandbox.close();
    });

    it("replace and delete nothing", () => {
      assert.equal(upgraded.length, stacks.length);
      for (const { steps, before } of upgraded) {
        assert.ok(before.length > 15 && steps.length > before.length);
        assert.deepEqual(
          removals(steps),
          [],
          "Fix: give what has another name or type aliases; what must go stands in docs/upgrade.md and CHANGELOG.md",
        );
      }
    });

    it("keep every resource, and each user and role as the one that it was", () => {
      for (const { before, after } of upgraded) {
        assert.deepEqual(
          before.filter((one) => !after.includes(one)),
          [],
        );
      }
      const made = madeIn(sandbox);
      assert.ok(madeBefore.size > 10);
      for (const [name, id] of madeBefore) {
        assert.equal(made.get(name), id, name);
      }
    });
  });
}
