import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { interruption } from "../../../commands/deploy/interruption";
import { progressOn } from "../../../commands/deploy/progress";

/** Keeps what is written to it. */
class Written {
  text = "";
  readonly columns = 30;
  constructor(readonly isTTY: boolean) {}
  readonly write = (text: string): boolean => {
    this.text += text;
    return true;
  };
}

const play = (terminal: Written): string => {
  const progress = progressOn(terminal, 2);
  progress.doing("workload-dev", "preview");
  progress.doing("workload-dev", "preview");
  progress.doing("workload-prod", "deployment, 3 of 14 changed");
  progress.ended("workload-dev", "deployed\u001b[31m, 3 s");
  progress.ended("workload-prod", "failed, 4 s");
  progress.close();
  return terminal.text;
};

describe("the progress of a deployment", () => {
  it("is a line when a stack begins and one when it ends, where there is no terminal", () => {
    assert.deepEqual(play(new Written(false)).split("\n"), [
      "workload-dev: begun",
      "workload-prod: begun",
      "workload-dev: deployed\\u001b[31m, 3 s",
      "workload-prod: failed, 4 s",
      "",
    ]);
  });

  it("is a line for each at work in a terminal, and what has ended stays above", () => {
    const screen: string[] = [];
    // What moves the cursor up goes back so many lines, and clears what is below.
    for (const part of play(new Written(true)).split(
      /(\u001b\[\d+A|\u001b\[0J|\n)/,
    )) {
      const up = /^\u001b\[(\d+)A$/.exec(part);
      if (up) screen.splice(screen.length - Number(up[1]));
      else if (part !== "" && part !== "\n" && part !== "\u001b[0J")
        screen.push(part);
    }
    assert.deepEqual(screen, [
      "workload-dev: deployed\\u001b[",
      "workload-prod: failed, 4 s",
    ]);
  });
});

describe("Ctrl-C", () => {
  const signalled = (
    hasTerminal: boolean,
    ...signals: readonly NodeJS.Signals[]
  ) => {
    const lines: string[] = [];
    const source = new EventEmitter();
    const { stopping, ending, release } = interruption(
      hasTerminal,
      (line) => lines.push(line),
      source,
    );
    for (const signal of signals) source.emit(signal, signal);
    release();
    assert.equal(source.listenerCount("SIGINT"), 0);
    return [stopping.aborted, ending.aborted, lines.length] as const;
  };

  it("is handed on where no terminal has sent it to Pulumi already", () => {
    assert.deepEqual(signalled(false, "SIGINT"), [true, true, 1]);
    assert.deepEqual(signalled(false), [false, false, 0]);
  });

  it("is not handed on from a terminal, nor taken for two where npm repeats it", () => {
    assert.deepEqual(signalled(true, "SIGINT", "SIGINT"), [true, false, 1]);
  });

  it("from a terminal is not what SIGTERM is", () => {
    assert.deepEqual(signalled(true, "SIGTERM"), [true, true, 1]);
  });
});
