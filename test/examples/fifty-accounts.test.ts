import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDeployment } from "../../commands/deploy/deploy";
import { chunksOf, mostJobs } from "../../commands/deploy/matrix";
import { readOptions } from "../../commands/deploy/options";
import { example, fiftyAccounts } from "../commands/deploy/many-accounts";

describe("the example of fifty accounts", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fifty accounts "));
    writeFileSync(join(folder, "Pulumi.yaml"), fiftyAccounts());
    const bastion = "Pulumi.bastion.yaml";
    copyFileSync(join(example, bastion), join(folder, bastion));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the bastion and fifty stacks, a job each in a pipeline", () => {
    const options = readOptions("deploy", ["--project", folder]);
    assert.ok(options !== "help");
    const { plan } = readDeployment(options);
    assert.equal(plan.bastion, "bastion");
    assert.equal(plan.workloads.length, 50);
    const jobs = chunksOf(plan, mostJobs);
    assert.ok(jobs.some(({ only }) => only === "workload-shop-prod"));
    assert.equal(new Set(jobs.map(({ name }) => name)).size, 50);
  });

  it("has the same accounts for the policy pack", () => {
    const options = readOptions("deploy", ["--project", folder]);
    assert.ok(options !== "help");
    const { builders } = readDeployment(options);
    const { organisation } = JSON.parse(
      readFileSync(join(example, "rules.json"), "utf8"),
    ) as { readonly organisation: { readonly accounts: readonly string[] } };
    assert.deepEqual([...builders.keys()], organisation.accounts);
  });
});
