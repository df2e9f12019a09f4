import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { withRevoked } from "../../../commands/revoke/say-in-project";
import { checkout } from "../../../sandbox/engine/paths";

const at = "2026-11-26T22:41:00Z";

interface Project {
  readonly config: {
    readonly revokedSessions: { readonly default: unknown };
  };
}

const saidIn = (text: string): unknown =>
  (parse(text) as Project).config.revokedSessions.default;

describe("what the project's file says of revoked sessions", () => {
  const project = readFileSync(join(checkout, "Pulumi.yaml"), "utf8");

  it("is one line more, and all else as it was written", () => {
    const lines = project.split("\n");
    const changed = withRevoked(project, "ada", at)
      .split("\n")
      .filter((line, index) => line !== lines[index]);
    assert.deepEqual(changed, [`    default: {ada: "${at}"}`]);
  });

  it("keeps those of others, and takes the later time of the same user", () => {
    const both = withRevoked(withRevoked(project, "ada", at), "bob", at);
    const later = "2026-11-27T08:00:00Z";
    assert.deepEqual(saidIn(withRevoked(both, "ada", later)), {
      ada: later,
      bob: at,
    });
  });

  it("is there as well where the project did not declare it", () => {
    const older =
      "name: bastion-account\nconfig:\n  stack:\n    type: string\n";
    assert.deepEqual(saidIn(withRevoked(older, "a.b", at)), { "a.b": at });
  });
});
