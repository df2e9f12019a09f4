import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { mock } from "node:test";
import { Live } from "../../../sandbox/page/live";

/** What a page is told, as it would get it. */
function openPage(live: Live): readonly string[] {
  const got: string[] = [];
  const response = {
    writeHead: () => undefined,
    on: () => undefined,
    write: (text: string) => got.push(text),
  };
  live.open(response as unknown as ServerResponse);
  return got;
}

describe("A page that is open", () => {
  before(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  after(() => {
    mock.timers.reset();
  });

  it("is told of changes while others keep coming, and only of what is new", () => {
    let calls = "one";
    const live = new Live(() => ({ calls, users: "ada" }));
    const got = openPage(live);
    assert.deepEqual(got, ['data: {"calls":"one","users":"ada"}\n\n']);
    calls = "two";
    for (let milliseconds = 0; milliseconds < 500; milliseconds += 20) {
      live.soon();
      mock.timers.tick(20);
    }
    assert.deepEqual(got.slice(1), ['data: {"calls":"two"}\n\n']);
  });
});
