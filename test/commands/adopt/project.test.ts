import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProject } from "../../../commands/adopt/project";

const project = `name: acme
config:
  bastionAccountId: { type: string, default: "111111111111" }
  accounts: { type: object, default: { dev: { id: "222222222222" } } }
`;

describe("the project of a take-over", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "take-over "));
    writeFileSync(join(folder, "Pulumi.yaml"), project);
    writeFileSync(join(folder, "Pulumi.workload.yaml"), "config: {}");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("may have no stack file yet", () => {
    assert.equal(readProject(folder, "bastion").stackFile, undefined);
  });

  it("is not that of a misspelt stack, for which everybody would be new", () => {
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), "config: {}");
    assert.equal(readProject(folder, "bastion").stackFile, "config: {}");
    assert.throws(() => readProject(folder, "bastoin"), {
      name: "UsageError",
      message:
        /--stack "bastoin" has no Pulumi\.bastoin\.yaml; the nearest is bastion\. Fix: /,
    });
    assert.equal(readProject(folder, "govcloud").stackFile, undefined);
  });

  it("is refused with the nearest stack, where several are near", () => {
    for (const stack of ["shop-a1", "shop-b2", "shop-d1"]) {
      writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "config: {}");
    }
    assert.throws(
      () => readProject(folder, "shop-c2"),
      /; the nearest is shop-b2\. Fix: /,
    );
  });
});
