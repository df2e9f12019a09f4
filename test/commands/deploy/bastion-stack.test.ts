import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasBastionStack } from "../../../commands/deploy/bastion-stack";

describe("the bastion's stack of a deployment", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bastion stack "));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: acme\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (stack: string, kind: string) => {
    const text = `config:\n  acme:stack: ${kind}\n`;
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
  };

  it("is there where its file is", () => {
    write("people", "bastion");
    assert.equal(hasBastionStack(folder, "people"), true);
  });

  it("is another project's, where no stack is a bastion's", () => {
    write("workload", "workload");
    assert.equal(hasBastionStack(folder, "bastion"), false);
  });

  it("is refused by a name that it does not have: it would be left out", () => {
    write("bastion", "bastion");
    assert.throws(() => hasBastionStack(folder, "bastoin"), {
      name: "UsageError",
      message:
        '--stack "bastoin" names no stack of a bastion: there is no Pulumi.bastoin.yaml; the nearest is bastion',
    });
  });

  it("is refused where it has another name than the usual one", () => {
    write("people", "bastion");
    assert.throws(
      () => hasBastionStack(folder, "bastion"),
      /there is no Pulumi\.bastion\.yaml; there is people$/,
    );
  });

  it("is refused by any name but the usual one, where there is none", () => {
    assert.throws(
      () => hasBastionStack(folder, "mine"),
      /--stack "mine" names no stack/,
    );
  });
});
