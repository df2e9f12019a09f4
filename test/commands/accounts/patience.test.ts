import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { newPatience } from "../../../commands/accounts/patience";
import { wholePages } from "../../../commands/accounts/whole-pages";
import type { SandboxAws } from "../../../sandbox/aws";
import type { FaultRule } from "../../../sandbox/aws/faults/settings";
import { clientConfig, deploymentIn } from "../../../sandbox/tour/people";
import { devId, startTwoAccounts } from "../../sandbox/aws/clients";

interface SdkError extends Error {
  readonly $metadata: { readonly attempts: number };
}

describe("the patience of a command's calls", () => {
  let aws: SandboxAws;
  let iam: IAM;

  before(async () => {
    aws = await startTwoAccounts();
    iam = new IAM({
      ...clientConfig(aws, await deploymentIn(aws, devId)),
      ...newPatience(),
      requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true },
    });
  });
  after(() => aws.close());

  const attemptsUnder = async (
    rules: readonly FaultRule[],
    call: () => Promise<unknown>,
  ): Promise<number> => {
    aws.faults.set({ seed: 1, rules });
    const error = await call().then(
      () => assert.fail("was done"),
      (thrown: unknown) => thrown as SdkError,
    );
    aws.faults.set(undefined);
    return error.$metadata.attempts;
  };

  it("ends after three calls that nobody answers", async () => {
    const rules = [{ kind: "no-answer", rate: 1 }] as const;
    assert.equal(await attemptsUnder(rules, () => iam.listUsers()), 3);
  });

  it("ends after ten connections that do not hold", async () => {
    const rules = [{ kind: "dropped-before", rate: 1 }] as const;
    assert.equal(await attemptsUnder(rules, () => iam.listUsers()), 10);
  });

  it("does not wait for a quota", async () => {
    const user = { UserName: "ann" };
    await iam.createUser(user);
    await iam.createAccessKey(user);
    await iam.createAccessKey(user);
    assert.equal(await attemptsUnder([], () => iam.createAccessKey(user)), 1);
  });
});

async function* pages(...truncated: readonly (boolean | undefined)[]) {
  await Promise.resolve();
  for (const IsTruncated of truncated) yield { IsTruncated };
}

const counted = async (
  ...truncated: readonly (boolean | undefined)[]
): Promise<number> => {
  let count = 0;
  for await (const page of wholePages(pages(...truncated))) {
    assert("IsTruncated" in page);
    count += 1;
  }
  return count;
};

describe("the pages of a list", () => {
  it("are whole where the last one says that it is the last", async () => {
    assert.equal(await counted(true, true, false), 3);
  });

  for (const end of [[true, true], [undefined], []] as const) {
    it(`are not whole, and no list, where they end with ${String(end.at(-1))}`, async () => {
      await assert.rejects(counted(...end), /does not say that it is the last/);
    });
  }
});
