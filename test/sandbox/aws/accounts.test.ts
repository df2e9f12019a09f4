import assert from "node:assert/strict";
import { request } from "node:http";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, startTwoAccounts, stsOf } from "./clients";

const stage = { id: "444444444444", name: "stage" };
const json = { "content-type": "application/json" };

interface Told {
  readonly status: number;
  readonly body: string;
}

describe("the accounts of a running organisation", () => {
  let aws: SandboxAws;

  beforeEach(async () => {
    aws = await startTwoAccounts();
  });

  afterEach(() => aws.close());

  /** By hand: `fetch` lets nobody set `Host`, as a browser does not. */
  const post = (
    body: unknown,
    headers: Readonly<Record<string, string>> = json,
    path = "/sandbox/accounts",
    method = "POST",
  ): Promise<Told> =>
    new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, aws.endpoint),
        { method, headers },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            assert.equal(
              answer.headers["access-control-allow-origin"],
              undefined,
            );
            resolve({
              status: answer.statusCode ?? 0,
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      sent.on("error", reject);
      sent.end(typeof body === "string" ? body : JSON.stringify(body));
    });

  it("are added by a POST, with the role through which they are reached", async () => {
    await assert.rejects(deploymentIn(aws, stage.id), { name: "AccessDenied" });
    const { status, body } = await post(stage);
    assert.equal(status, 200, body);
    assert.ok(body.includes(JSON.stringify(stage)), body);
    const sts = stsOf(aws, await deploymentIn(aws, stage.id));
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, stage.id);
  });

  it("stay as they are when they are added again", async () => {
    await post(stage);
    const account = aws.cloud.accounts.get(stage.id);
    assert.equal((await post(stage)).status, 200);
    assert.equal(aws.cloud.accounts.get(stage.id), account);
    const { status, body } = await post({ id: bastionId, name: "other" });
    assert.equal(status, 409);
    assert.match(body, /111111111111, named bastion, already exists/);
  });

  for (const [title, body, message] of [
    ["without an id", { name: "stage" }, /id: expected text/],
    ["whose id is none", { ...stage, id: "44444444444" }, /12 digits/],
    ["without a name", { id: stage.id }, /name: expected text/],
    ["whose name is too long", { ...stage, name: "a".repeat(51) }, /1 to 50/],
    [
      "with a member that nobody knows",
      { ...stage, email: "stage@example.org" },
      /email: expected no member but id, name/,
    ],
    ["that is no JSON", "id=444444444444", /no JSON/],
  ] as const) {
    it(`takes none ${title}`, async () => {
      const answer = await post(body);
      assert.equal(answer.status, 400, answer.body);
      assert.match(answer.body, message);
      assert.equal(aws.cloud.accounts.size, 3);
    });
  }

  for (const path of [
    "/sandbox/accounts",
    "/sandbox/mail",
    "/console/sign-in",
  ]) {
    for (const [title, headers, status] of [
      ["a form", { "content-type": "text/plain" }, 415],
      ["no type", {}, 415],
      ["an origin", { ...json, origin: "https://example.com" }, 403],
      [
        "an origin on this machine",
        { ...json, origin: "http://localhost" },
        403,
      ],
      [
        "a name that leads to this machine",
        { ...json, host: "a.example" },
        403,
      ],
      [
        "a name that begins as ours",
        { ...json, host: "127.0.0.1.a.example" },
        403,
      ],
    ] as const) {
      it(`are out of a web page's reach at ${path}: ${title}`, async () => {
        const answer = await post(stage, headers, path);
        assert.equal(answer.status, status, answer.body);
        assert.ok(!aws.cloud.accounts.has(stage.id));
      });
    }
  }

  for (const path of ["/sandbox/mail", "/console/sign-in"]) {
    it(`are, as what else the sandbox adds to AWS, not asked with an unknown member:  ${path}`, async () => {
      const { status, body } = await post({ team: "blue" }, json, path);
      assert.equal(status, 400, body);
      assert.match(body, /team: expected no member but/);
    });
  }

  it("are not told to a browser that asks whether it may send JSON", async () => {
    const asks = { origin: "https://example.com", host: "127.0.0.1" };
    const { status } = await post("", asks, "/sandbox/accounts", "OPTIONS");
    assert.equal(status, 405);
    assert.equal((await post("", {}, "/sandbox/accounts", "GET")).status, 405);
  });
});
