import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../commands/bastion-config";
import { ConfigError } from "../../infra/config";

describe("what the commands read of a project that is wrong", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "wrong project "));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      'name: acme\nconfig:\n  bastionAccountId: "111111111111"\n  accounts: { dev: { id: "222222222222" } }\n',
    );
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const places = (
    stack: string,
    text: string,
    read: () => unknown,
  ): readonly string[] => {
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
    try {
      read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map(
        ({ path, place }) => `${path} at ${place ?? "?"}`,
      );
    }
    return [];
  };
  const bastion = (text: string) =>
    places("bastion", text, () =>
      readBastionConfig({ folder, stack: "bastion" }),
    );

  it("is told with file and line", () => {
    assert.deepEqual(
      bastion(
        "config:\n  acme:stack: bastion\n  acme:users:\n    ada: { teams: [nowhere] }\n",
      ),
      ["users.ada.teams[0] at Pulumi.bastion.yaml:4"],
    );
  });

  it("is told so where a stack is not the bastion's", () => {
    assert.deepEqual(bastion("config:\n  acme:stack: workload\n"), [
      "stack at Pulumi.bastion.yaml:2",
    ]);
  });

  it("is told so where a group is over IAM's quota", () => {
    const roles = Array.from(
      { length: 900 },
      (_, index) => `${"r".repeat(50)}${index}`,
    );
    assert.deepEqual(
      bastion(`config:
  acme:stack: bastion
  acme:roles: {${roles.map((name) => `${name}: { managedPolicies: [SecurityAudit] }`).join(", ")}}
  acme:teams:
    all:
      grants: [{ roles: [${roles.join(", ")}], accounts: all }]
`),
      ["teams.all.grants at Pulumi.bastion.yaml:6"],
    );
  });

  it("is told so of each workload stack's own file", () => {
    bastion("config:\n  acme:stack: bastion\n");
    const config = readBastionConfig({ folder, stack: "bastion" });
    assert.deepEqual(
      places(
        "workload",
        "config:\n  acme:stack: workload\n  acme:deployTo: [nowhere]\n",
        () => readWorkloadConfigs({ folder, stack: "bastion" }, config),
      ),
      ["deployTo[0] at Pulumi.workload.yaml:3"],
    );
  });
});
