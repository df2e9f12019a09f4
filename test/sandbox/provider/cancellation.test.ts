import assert from "node:assert/strict";
import { Cancellation } from "../../../sandbox/provider/cancellation";

const never = new Promise<string>(() => undefined);

describe("the cancellation of a provider's work", () => {
  it("ends what runs on its connection, and nothing on another", async () => {
    const cancellation = new Cancellation();
    const ended = cancellation.until("one", never);
    let answer: (text: string) => void = () => undefined;
    const other = cancellation.until(
      "other",
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
    );
    cancellation.cancel("one");
    await assert.rejects(ended, /context canceled/);
    answer("done");
    assert.equal(await other, "done");
  });

  it("leaves work that is done as it is, and what comes later", async () => {
    const cancellation = new Cancellation();
    assert.equal(await cancellation.until("one", Promise.resolve(1)), 1);
    cancellation.cancel("one");
    assert.equal(await cancellation.until("one", Promise.resolve(2)), 2);
  });
});
