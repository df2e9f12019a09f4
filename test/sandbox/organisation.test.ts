import assert from "node:assert/strict";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startAws, type SandboxAws } from "../../sandbox/aws";
import { checkout } from "../../sandbox/engine/paths";
import { accountsOf, addAccounts } from "../../sandbox/organisation";
import { readStackFile, type StackFile } from "../../sandbox/project";
import { startProvider, type SandboxProvider } from "../../sandbox/provider";
import { Connection } from "./provider/connection";
import { into } from "./provider/running-provider";

const stageId = "444444444444";

describe("the organisation of the stack files", () => {
  const written = readStackFile("bastion");
  let folder: string;
  let aws: SandboxAws;
  let provider: SandboxProvider;

  const bastionFile = () => join(folder, "Pulumi.bastion.yaml");

  const write = (accounts: StackFile["accounts"]) => {
    const config = { "bastion-account:accounts": accounts };
    writeFileSync(bastionFile(), stringify({ config }));
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "organisation-"));
    cpSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    write(written.accounts);
    aws = await startAws({ accounts: accountsOf(written) });
    provider = await startProvider(
      () => ({ endpoint: aws.endpoint, ...aws.deployment }),
      () => {
        addAccounts(aws, readStackFile("bastion", folder));
      },
    );
  });

  afterEach(async () => {
    provider.close();
    await aws.close();
    rmSync(folder, { recursive: true });
  });

  const deploysTo = async (accountId: string): Promise<void> => {
    const connection = new Connection(provider.port);
    try {
      await connection.configure(into(accountId));
      await connection.create("aws:iam/user:User", { name: "made" });
    } finally {
      connection.close();
    }
  };

  it("gets an account by the deployment after it was written into one", async () => {
    await assert.rejects(deploysTo(stageId), /cannot be assumed/);
    write({ ...written.accounts, stage: { id: stageId } });
    await deploysTo(stageId);
    const stage = aws.cloud.accounts.get(stageId);
    assert.equal(stage?.name, "stage");
    assert.ok(stage.users.has("made"));
  });

  it("gets an account that all stacks share from the project file", async () => {
    const file = join(folder, "Pulumi.yaml");
    const shared = parse(readFileSync(file, "utf8")) as {
      readonly config: Record<string, object>;
    };
    const stage = { id: stageId };
    shared.config["accounts"] = { default: { ...written.accounts, stage } };
    writeFileSync(file, stringify(shared));
    cpSync(join(checkout, "Pulumi.bastion.yaml"), bastionFile());
    await deploysTo(stageId);
  });

  it("keeps an account that was taken out, or has another name there", async () => {
    const before = [...aws.cloud.accounts.values()];
    const [dev] = Object.values(written.accounts);
    write({ renamed: { id: dev?.id ?? "" } });
    await deploysTo(dev?.id ?? "");
    assert.deepEqual([...aws.cloud.accounts.values()], before);
  });

  it("leaves what is no id to the program", () => {
    write({ stage: { id: "44444444444" } });
    addAccounts(aws, readStackFile("bastion", folder));
    assert.equal(aws.cloud.accounts.size, accountsOf(written).length + 1);
  });
});
