import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findings } from "../../../commands/recover/types";
import { checkout } from "../../../sandbox/engine/paths";

const components = join(checkout, "infra/components");

/** The types that the components make, by what they import: each from its own module. */
const made = readdirSync(components)
  .map((file) => readFileSync(join(components, file), "utf8"))
  .flatMap((text) => [
    ...text.matchAll(/import \{ \w+ \} from "@pulumi\/aws\/(\w+)\/(\w+)"/g),
  ])
  .map(([, module = "", name = ""]) => {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    return `aws:${module}/${name}:${type}`;
  });

describe("the types that recover looks up", () => {
  it("are all that the program makes, and no other", () => {
    assert.ok(made.length > 20);
    assert.deepEqual(Object.keys(findings).sort(), [...new Set(made)].sort());
  });
});
