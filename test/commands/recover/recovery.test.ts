import assert from "node:assert/strict";
import type { Examiner } from "../../../commands/recover/examine";
import type { RecoveringStack } from "../../../commands/recover/recovering-stack";
import { Recovery } from "../../../commands/recover/recovery";
import type {
  ExportedResource,
  ExportedStack,
} from "../../../commands/stacks/exported-stack";
import { seen, unseen } from "./examined-user";

/** All that recover asks of a stack, where the program makes one user that the state does not have. */
class StackWithout {
  constructor(
    private state: ExportedStack,
    private readonly wanted: ExportedResource,
    /** Whether the state stays as it is, whatever is put into it. */
    private readonly isStuck = false,
  ) {}
  private has = (): boolean =>
    this.state.deployment?.resources?.some(
      ({ urn }) => urn === this.wanted.urn,
    ) ?? false;
  exported = () => Promise.resolve(this.state);
  planned = () => Promise.resolve(this.has() ? [] : [this.wanted]);
  mustBeFree = () => Promise.resolve();
  refresh = () => Promise.resolve();
  put = (state: ExportedStack) => {
    if (!this.isStuck) this.state = state;
    return Promise.resolve();
  };
}

const { resource } = unseen("ada");

/** What is said, where AWS knows of the user when it is asked for the third time. */
async function recovered(stack: StackWithout, search: boolean) {
  let asked = 0;
  const examiner = {
    examine: (_: unknown, some: readonly ExportedResource[]) => {
      if (some.length === 0) return Promise.resolve([]);
      asked += 1;
      return Promise.resolve([asked < 3 ? unseen("ada") : seen("ada")]);
    },
  };
  const said: string[] = [];
  const recovery = new Recovery(
    stack as unknown as RecoveringStack,
    examiner as unknown as Examiner,
    {
      print: (text) => said.push(text),
      isAgreed: () => Promise.resolve(true),
      width: 80,
    },
    { delay: 60_000, pause: 1 },
  );
  const code = await recovery.run(await stack.exported(), search);
  return { code, asked, said: said.join("\n") };
}

const written = (secondsAgo: number) => ({
  time: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
});

describe("npm run recover -- --search", () => {
  const searched = (secondsAgo: number) =>
    recovered(
      new StackWithout(
        { version: 3, deployment: { manifest: written(secondsAgo) } },
        resource,
      ),
      true,
    );

  it("has the same patience with an AWS that does not know yet what was made", async () => {
    const { code, said } = await searched(1);
    assert.equal(code, 0);
    assert.match(said, /ada .*there, as the program makes it: imported/);
  });

  it("waits no more where the state was written long ago", async () => {
    const { asked, said } = await searched(120);
    assert.equal(asked, 1);
    assert.match(said, /^Nothing was left/);
  });
});

describe("what npm run recover says at its end", () => {
  it("is not that the stack can be deployed, where the state has an operation open", async () => {
    const deployment = {
      manifest: written(120),
      pending_operations: [{ resource, type: "updating" as const }],
    };
    const state = { version: 3, deployment };
    const { code, said } = await recovered(
      new StackWithout(state, resource, true),
      false,
    );
    assert.equal(code, 1);
    assert.match(said, /The state has still: pending operations\. Fix: /);
    assert.doesNotMatch(said, /can be deployed/);
  });

  it("names what was replaced, and is there until the next deployment", async () => {
    const resources = [{ ...resource, delete: true }];
    const state = { version: 3, deployment: { resources } };
    const { code, said } = await recovered(
      new StackWithout(state, resource),
      false,
    );
    assert.equal(code, 0);
    assert.match(said, /deletes what was replaced, .* until then: ada\.\n/);
  });
});
