import assert from "node:assert/strict";
import type { Examined } from "../../../commands/recover/examine";
import type { Made } from "../../../commands/recover/made";
import { untilSeen } from "../../../commands/recover/until-seen";

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

const stackOf = (time: number) => ({
  version: 3,
  deployment: { manifest: { time: new Date(time).toISOString() } },
});
const [minute, atOnce] = [60_000, 1];

describe("what AWS does not know of a creation", () => {
  it("is asked for again until it does, and the rest is not", async () => {
    const asked: string[][] = [];
    const found = await untilSeen(
      stackOf(Date.now()),
      [unseen("ada"), seen("bashir")],
      (again) => {
        asked.push(again.map(({ name }) => name));
        return Promise.resolve(asked.length < 3 ? again : [seen("ada")]);
      },
      { delay: minute, pause: atOnce },
    );
    assert.deepEqual(found, [seen("ada"), seen("bashir")]);
    assert.deepEqual(asked, [["ada"], ["ada"], ["ada"]]);
  });

  it("never was, where the state was written long enough ago", async () => {
    const first = [unseen("ada")];
    const found = await untilSeen(
      stackOf(Date.now() - 2 * minute),
      first,
      () => assert.fail(),
      { delay: minute, pause: atOnce },
    );
    assert.equal(found, first);
  });
});
