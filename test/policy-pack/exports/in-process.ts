import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge, type StackToJudge } from "../pack";
import { folder, rulesFileOf, type Found } from "./cases";
import { stackOf, type ExportedState } from "./state";

const read = (file: string): unknown =>
  JSON.parse(readFileSync(file, "utf8")) as unknown;

/** Judges the state without an engine. */
export function judged(name: string): readonly Found[] {
  const state = read(join(folder, `${name}.json`)) as ExportedState;
  const rules = rulesFileOf(name);
  const config = rules === undefined ? {} : read(rules);
  return judge({
    ...stackOf(state),
    config: config as Required<StackToJudge>["config"],
  });
}
