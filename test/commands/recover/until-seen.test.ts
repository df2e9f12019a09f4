import assert from "node:assert/strict";
import { untilSeen, writtenAt } from "../../../commands/recover/until-seen";
import { logicalName } from "../../../commands/stacks/exported-stack";
import { seen, unseen } from "./examined-user";

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
