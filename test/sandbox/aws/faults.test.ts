import assert from "node:assert/strict";
import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
} from "@aws-sdk/client-accessanalyzer";
import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  ListUsersCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import type { FaultRule } from "../../../sandbox/aws/faults/settings";
import { clientConfig, deploymentIn } from "../../../sandbox/tour/people";
import { administratorOf, devId, startTwoAccounts, stsOf } from "./clients";
import { askOrganizations } from "./organizations";

const trust = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
      },
    ],
  });

const failure = (name: string, status: number) => (error: unknown) => {
  const { $metadata } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  // The SDK has names of its own for some codes.
  assert.match((error as Error).name, new RegExp(`^${name}(Exception)?$`));
  assert.equal($metadata?.httpStatusCode, status);
  return true;
};

describe("An AWS that misbehaves", () => {
  let aws: SandboxAws;
  let iam: IAMClient;

  beforeEach(async () => {
    aws = await startTwoAccounts();
    iam = await administratorOf(aws, devId);
  });
  afterEach(() => aws.close());

  const set = (...rules: FaultRule[]) => {
    aws.faults.set({ seed: 1, rules });
  };
  const users = async () =>
    (await iam.send(new ListUsersCommand())).Users?.map(
      ({ UserName }) => UserName,
    );
  const createRole = (RoleName: string, principal = devId) =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trust(principal),
      }),
    );
  const getRole = (RoleName: string) =>
    iam.send(new GetRoleCommand({ RoleName }));

  it("throttles, fails and is away in IAM's own words", async () => {
    const told = [
      ["throttling", "Throttling", 400],
      ["internal-failure", "ServiceFailure", 500],
      ["service-unavailable", "ServiceUnavailable", 503],
    ] as const;
    for (const [kind, name, status] of told) {
      set({ kind, rate: 1 });
      await assert.rejects(users(), failure(name, status));
    }
  });

  it("says it of services that speak JSON in their words", async () => {
    set({ kind: "throttling", rate: 1 });
    const { __type: code } = await askOrganizations(
      aws,
      aws.organizationAdministrator,
      "ListRoots",
    );
    assert.equal(code, "TooManyRequestsException");
  });

  it("says it of services that speak REST in their words", async () => {
    const client = new AccessAnalyzerClient({
      ...clientConfig(aws, await deploymentIn(aws, devId)),
      maxAttempts: 1,
    });
    const list = () => client.send(new ListAnalyzersCommand());
    set({ kind: "throttling", rate: 1 });
    await assert.rejects(list(), failure("ThrottlingException", 429));
    set({ kind: "internal-failure", rate: 1 });
    await assert.rejects(list(), failure("InternalServerException", 500));
  });

  it("drops a connection before anything is done", async () => {
    set({ kind: "dropped-before", rate: 1, times: 1 });
    const create = new CreateUserCommand({ UserName: "ann" });
    await assert.rejects(iam.send(create), { code: "ECONNRESET" });
    assert.deepEqual(await lookedUp(), []);
    await iam.send(create);
    assert.deepEqual(await lookedUp(), ["ann"]);
  });

  it("drops a connection after the change was done", async () => {
    set({ kind: "dropped-after", rate: 1, times: 1 });
    const create = new CreateUserCommand({ UserName: "ann" });
    await assert.rejects(iam.send(create), { code: "ECONNRESET" });
    assert.deepEqual(await lookedUp(), ["ann"]);
    await assert.rejects(iam.send(create), failure("EntityAlreadyExists", 409));
  });

  /** Without a call. */
  const lookedUp = () =>
    Promise.resolve([...(aws.cloud.accounts.get(devId)?.users.keys() ?? [])]);

  it("leaves a connection open, and answers nothing", async () => {
    set({ kind: "no-answer", rate: 1 });
    const ending = new AbortController();
    const asked = iam.send(new ListUsersCommand(), {
      abortSignal: ending.signal,
    });
    while (aws.faults.met().length === 0) await new Promise(setImmediate);
    ending.abort();
    await assert.rejects(asked, { name: "AbortError" });
  });

  it("takes as long as it is told to", async () => {
    aws.faults.set({ seed: 1, latency: { least: 40, most: 60 } });
    const began = performance.now();
    await users();
    assert(performance.now() - began >= 39);
  });

  it("shows a new role, and lets it be taken, some calls later", async () => {
    const sts = stsOf(aws, await deploymentIn(aws, devId));
    set({ kind: "stale", rate: 1, behind: { calls: 3 } });
    await createRole("new");
    const take = () =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${devId}:role/new`,
          RoleSessionName: "test",
        }),
      );
    await assert.rejects(getRole("new"), { name: "NoSuchEntityException" });
    await assert.rejects(take(), { name: "AccessDenied" });
    await getRole("new");
    await take();
  });

  it("reads the old trust policy, and finds a deleted role, some calls longer", async () => {
    await createRole("old");
    set({ kind: "stale", rate: 1, behind: { calls: 2 } });
    const before = (await getRole("old")).Role?.AssumeRolePolicyDocument;
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "old",
        PolicyDocument: trust("111111111111"),
      }),
    );
    const read = async () =>
      (await getRole("old")).Role?.AssumeRolePolicyDocument;
    assert.equal(await read(), before);
    assert.notEqual(await read(), before);
    await iam.send(new DeleteRoleCommand({ RoleName: "old" }));
    await getRole("old");
    await assert.rejects(getRole("old"), { name: "NoSuchEntityException" });
  });

  it("refuses a trust policy that names a user who was just made", async () => {
    set({ kind: "stale", rate: 1, behind: { calls: 2 } });
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const arn = `arn:aws:iam::${devId}:user/ann`;
    await assert.rejects(createRole("for-ann", arn), {
      name: "MalformedPolicyDocumentException",
      message: `Invalid principal in policy: "AWS":"${arn}"`,
    });
    await createRole("for-ann", arn);
  });

  it("ends a session in the middle", async () => {
    set({ kind: "expired-session", afterCalls: 2 });
    await users();
    await users();
    await assert.rejects(users(), failure("ExpiredToken", 403));
    iam = await administratorOf(aws, devId);
    await users();
  });

  it("denies in the middle by a service control policy, until it is set otherwise", async () => {
    set({ kind: "denial", afterCalls: 1, actions: ["iam:ListUsers"] });
    await users();
    await assert.rejects(users(), (error: Error) => {
      assert.match(error.message, /explicit deny in a service control policy/);
      return true;
    });
    aws.faults.set(undefined);
    await users();
  });

  it("has a call meet the same by the same seed, in whatever order calls come", async () => {
    const names = Array.from({ length: 20 }, (_, n) => `role-${n}`);
    const met = async (seed: number, order: readonly string[]) => {
      aws.faults.set({ seed, rules: [{ kind: "throttling", rate: 0.3 }] });
      for (const name of [...order, ...order]) {
        await getRole(name).catch(() => undefined);
      }
      return aws.faults
        .met()
        .map(({ call }) => call.identity)
        .sort();
    };
    const first = await met(1, names);
    assert(first.length > 5 && first.length < 20, String(first.length));
    assert.deepEqual(await met(1, names.toReversed()), first);
    assert.notDeepEqual(await met(2, names), first);
  });

  it("has only those calls meet a fault that it is for", async () => {
    set({
      kind: "throttling",
      rate: 1,
      of: ({ action }) => action === "CreateUser",
    });
    await users();
    await assert.rejects(iam.send(new CreateUserCommand({ UserName: "ann" })), {
      name: "Throttling",
    });
    assert.deepEqual(
      aws.faults.met().map(({ kind, call }) => [kind, call.action]),
      [["throttling", "CreateUser"]],
    );
  });
});
