import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

const folder = join(checkout, ".github", "workflows");
const files = readdirSync(folder).filter((file) => file.endsWith(".yml"));

/** Go fetches and builds it the first time; the module proxy is enough for that. */
const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

/** Why actionlint can't run here. */
function missing(): string | undefined {
  const { error, status, stderr } = spawnSync(
    "go",
    ["run", actionlint, "-version"],
    { encoding: "utf8", env: { ...process.env, GOFLAGS: "-mod=mod" } },
  );
  if (error) return "no Go on this machine to build actionlint with";
  return status === 0
    ? undefined
    : `Go can't build actionlint: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}

describe("the workflows, by a tool for them", () => {
  it("have nothing for actionlint to find", function () {
    const why = missing();
    if (why !== undefined) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    const { status, stdout, stderr } = spawnSync(
      "go",
      ["run", actionlint, ...files.map((file) => join(folder, file))],
      {
        cwd: checkout,
        encoding: "utf8",
        env: { ...process.env, GOFLAGS: "-mod=mod" },
      },
    );
    assert.equal(status, 0, `\n${stdout}${stderr}`);
  });
});
