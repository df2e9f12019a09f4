import assert from "node:assert/strict";
import { startAws, type SandboxAws } from "../../sandbox/aws";
import { accountsOf, addAccounts } from "../../sandbox/organisation";
import { readStackFile, type StackFile } from "../../sandbox/project";
import { startProvider, type SandboxProvider } from "../../sandbox/provider";
import { Connection } from "./provider/connection";
import { into } from "./provider/running-provider";

const stageId = "444444444444";

describe("the organisation of the stack files", () => {
  const written = readStackFile("bastion");
  let stackFile: StackFile;
  let aws: SandboxAws;
  let provider: SandboxProvider;

  const write = (accounts: StackFile["accounts"]) => {
    stackFile = { ...written, accounts };
  };

  beforeEach(async () => {
    stackFile = written;
    aws = await startAws({ accounts: accountsOf(written) });
    provider = await startProvider(
      { endpoint: aws.endpoint, ...aws.deployment },
      () => {
        addAccounts(aws, stackFile);
      },
    );
  });

  afterEach(async () => {
    provider.close();
    await aws.close();
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

  it("keeps an account that was taken out, or has another name there", async () => {
    const before = [...aws.cloud.accounts.values()];
    const [dev] = Object.values(written.accounts);
    write({ renamed: { id: dev?.id ?? "" } });
    await deploysTo(dev?.id ?? "");
    assert.deepEqual([...aws.cloud.accounts.values()], before);
  });

  it("leaves what is no id to the program", () => {
    write({ stage: { id: "44444444444" } });
    addAccounts(aws, stackFile);
    assert.equal(aws.cloud.accounts.size, accountsOf(written).length + 1);
  });
});
