import assert from "node:assert/strict";
import type { Examined, Examiner } from "../../../commands/recover/examine";
import type { Made } from "../../../commands/recover/made";
import type { RecoveringStack } from "../../../commands/recover/recovering-stack";
import { Recovery } from "../../../commands/recover/recovery";
import { untilSeen, writtenAt } from "../../../commands/recover/until-seen";
import {
  logicalName,
  type ExportedResource,
  type ExportedStack,
} from "../../../commands/stacks/exported-stack";

const examined = (name: string, made: Made): Examined => ({
  name,
  made,
  resource: {
    urn: `urn:pulumi:bastion::acme::aws:iam/user:User::${name}`,
    type: "aws:iam/user:User",
    custom: true,
  },
});
const unseen = (name: string) => examined(name, { answer: "never was" });
const seen = (name: string) => examined(name, { answer: "there", id: name });

const [minute, atOnce] = [60_000, 1];

describe("what AWS does not know of a creation", () => {
  it("is asked for again until it does, and the rest is not", async () => {
    const first = [unseen("ada"), seen("bashir")];
    const asked: (readonly string[])[] = [];
    const found = await untilSeen(
      first.map(({ resource }) => resource),
      (some) => {
        asked.push(some.map(({ urn }) => logicalName(urn)));
        if (asked.length === 1) return Promise.resolve(first);
        return Promise.resolve([
          asked.length < 4 ? unseen("ada") : seen("ada"),
        ]);
      },
      { until: Date.now() + minute, pause: atOnce },
    );
    assert.deepEqual(found, [seen("ada"), seen("bashir")]);
    assert.deepEqual(asked, [["ada", "bashir"], ["ada"], ["ada"], ["ada"]]);
  });

  it("never was, where it would have been made long enough ago", async () => {
    let asked = 0;
    const found = await untilSeen(
      [unseen("ada").resource],
      () => {
        asked += 1;
        return Promise.resolve([unseen("ada")]);
      },
      { until: Date.now() - 1, pause: atOnce },
    );
    assert.deepEqual(found, [unseen("ada")]);
    assert.equal(asked, 1);
  });
});

describe("when a state was written", () => {
  it("is what the state says, or now where it says nothing or a time to come", () => {
    const of = (time: string) =>
      writtenAt({ version: 3, deployment: { manifest: { time } } });
    assert.equal(of("2030-01-02T03:04:05Z") <= Date.now(), true);
    assert.equal(of("2020-01-02T03:04:05Z"), Date.UTC(2020, 0, 2, 3, 4, 5));
    const before = Date.now();
    assert.ok(writtenAt({ version: 3 }) >= before);
  });
});

/** All that recover asks of a stack, where the program makes one user that the state does not have. */
class StackWithout {
  constructor(
    private state: ExportedStack,
    private readonly wanted: ExportedResource,
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
    this.state = state;
    return Promise.resolve();
  };
}

describe("npm run recover -- --search", () => {
  const { resource } = unseen("ada");

  /** What is found and said, where AWS knows of the user when it is asked for the third time. */
  async function searched(secondsAgo: number) {
    const time = new Date(Date.now() - secondsAgo * 1_000).toISOString();
    const stack = new StackWithout(
      { version: 3, deployment: { manifest: { time } } },
      resource,
    );
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
      { delay: minute, pause: atOnce },
    );
    const code = await recovery.run(await stack.exported(), true);
    return { code, asked, said: said.join("\n") };
  }

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
