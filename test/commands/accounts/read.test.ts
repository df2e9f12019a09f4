import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as aTurn } from "node:timers/promises";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { readAccount } from "../../../commands/accounts/read-account";
import { clientsIn } from "../../../commands/accounts/clients";
import { inParallel } from "../../../commands/accounts/in-parallel";
import { readOrganisation } from "../../../commands/accounts/organisation";
import type { SandboxAws } from "../../../sandbox/aws";
import { allow } from "../../../sandbox/grown-account/make";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import { administrator, bastionId, devId, wayInto } from "../verify/accounts";

describe("reading what stands in an account", () => {
  let aws: SandboxAws;

  before(async () => {
    aws = await startTwoAccounts();
    const { iam } = administrator(aws, bastionId);
    await iam.send(new CreateGroupCommand({ GroupName: "team" }));
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: "team",
        PolicyName: "look",
        PolicyDocument: allow("iam:ListUsers"),
      }),
    );
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: "limit",
        PolicyDocument: allow("s3:*"),
      }),
    );
    for (let number = 1; number <= 7; number += 1) {
      const UserName = `user-${number}`;
      await iam.send(
        new CreateUserCommand({
          UserName,
          Tags: [{ Key: "number", Value: String(number) }],
        }),
      );
      await iam.send(
        new AddUserToGroupCommand({ UserName, GroupName: "team" }),
      );
    }
    const UserName = "user-1";
    await iam.send(
      new AttachUserPolicyCommand({
        UserName,
        PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    );
    await iam.send(
      new PutUserPermissionsBoundaryCommand({
        UserName,
        PermissionsBoundary: `arn:aws:iam::${bastionId}:policy/limit`,
      }),
    );
    await iam.send(
      new CreateLoginProfileCommand({
        UserName,
        Password: "A-password-1!",
        PasswordResetRequired: true,
      }),
    );
    await iam.send(new CreateAccessKeyCommand({ UserName }));
  });

  after(() => aws.close());

  it("reads users with all that hangs on them", async () => {
    const account = await readAccount(administrator(aws, bastionId));
    assert.equal(account.accountId, bastionId);
    assert.equal(account.partition, "aws");
    assert.equal(account.passwordPolicy, undefined);
    assert.equal(account.summary["Users"], 7);
    const user = account.users.find(({ name }) => name === "user-1");
    assert.deepEqual(user?.groups, ["team"]);
    assert.deepEqual(user.tags, { number: "1" });
    assert.deepEqual(
      user.attachedPolicies.map(({ name }) => name),
      ["ReadOnlyAccess"],
    );
    assert.equal(user.hasPassword, true);
    assert.deepEqual(user.devices, []);
    assert.equal(user.accessKeys[0]?.isActive, true);
    assert.equal(user.accessKeys[0].lastUsedAt, undefined);
    assert.equal(
      account.managedPolicies.get(user.boundary ?? ""),
      allow("s3:*"),
    );
    assert.match(
      account.managedPolicies.get(user.attachedPolicies[0]?.arn ?? "") ?? "",
      /"Version"/,
    );
    assert.match(user.id, /^AIDA/);
    assert.match(account.groups[0]?.id ?? "", /^AGPA/);
    assert.match(account.roles[0]?.id ?? "", /^AROA/);
    assert.equal(
      account.groups[0]?.inlinePolicies[0]?.text,
      allow("iam:ListUsers"),
    );
    assert.deepEqual(
      account.roles.map(({ name }) => name),
      ["OrganizationAccountAccessRole"],
    );
    assert.equal(account.roles[0]?.maxSessionSeconds, 3_600);
    // Whoever reads has just taken it.
    assert.ok(account.roles[0].lastUsedAt instanceof Date);
  });

  it("reads policies that nobody has, where they are wanted and there are any", async () => {
    const there = "arn:aws:iam::aws:policy/SecurityAudit";
    const gone = "arn:aws:iam::aws:policy/NoSuchPolicy";
    const clients = administrator(aws, bastionId);
    const { managedPolicies } = await readAccount(clients, undefined, [
      there,
      gone,
    ]);
    assert.match(managedPolicies.get(there) ?? "", /"Version"/);
    assert.equal(managedPolicies.has(gone), false);
  });

  it("reads the same page by page, and says how far it is", async () => {
    // The same session for both: taking a role is a use of it, and shows.
    const clients = administrator(aws, bastionId);
    const whole = await readAccount(clients);
    const lines: string[] = [];
    clients.iam.middlewareStack.add(
      (next) => (asked) =>
        next({ ...asked, input: { ...asked.input, MaxItems: 2 } }),
      { step: "initialize" },
    );
    const paged = await readAccount(clients, (line) => lines.push(line));
    assert.deepEqual(paged, whole);
    assert.ok(lines.some((line) => line.startsWith("2 users, ")));
  });

  it("waits and asks again when AWS throttles", async () => {
    const throttled = await throttling(aws.endpoint, 2);
    const way = wayInto(aws);
    const client = { ...way.client, endpoint: throttled.endpoint };
    const account = await readAccount(clientsIn({ ...way, client }, devId));
    assert.equal(account.accountId, devId);
    assert.equal(throttled.refused(), 2);
    throttled.close();
  });

  it("takes no account for another, and goes on after one that can't be read", async () => {
    const { unread, accounts } = await readOrganisation(wayInto(aws), [
      { id: "123456789012", name: "gone" },
      { id: devId, name: "dev" },
    ]);
    assert.deepEqual(
      accounts.map(({ name }) => name),
      ["dev"],
    );
    assert.deepEqual(
      unread.map(({ name }) => name),
      ["gone"],
    );
    const ownOnly = await readOrganisation(
      { ...wayInto(aws), role: undefined },
      [{ id: devId, name: "dev" }],
    );
    assert.equal(ownOnly.accounts.length, 0);
    assert.equal(ownOnly.unread.length, 1);
  });

  it("does so many things at a time, and keeps their order", async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (number) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < number; turn += 1) await aTurn();
      running -= 1;
      return number * 10;
    });
    assert.deepEqual(results, [50, 10, 40, 20, 30]);
    assert.equal(most, 2);
  });
});

interface Throttling {
  readonly endpoint: string;
  readonly refused: () => number;
  readonly close: () => void;
}

/** Stands before AWS and refuses the first calls of IAM, as AWS does when there are too many. */
async function throttling(behind: string, times: number): Promise<Throttling> {
  let refused = 0;
  const server: Server = createServer((asked, response) => {
    if (asked.headers.authorization?.includes("/iam/") && refused < times) {
      refused += 1;
      response.writeHead(400, { "content-type": "text/xml" });
      response.end(
        '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>0</RequestId></ErrorResponse>',
      );
      return;
    }
    const { method, headers, url = "/" } = asked;
    const passed = request(
      new URL(url, behind),
      { method: method ?? "GET", headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    refused: () => refused,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
