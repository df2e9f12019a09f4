import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { run } from "../../sandbox/engine/run";

const script = join(checkout, ".github", "workflows", "aws-token.sh");
const absent = ["bash", "curl", "jq"].filter(
  (tool) => spawnSync(tool, ["--version"]).error !== undefined,
);
const suite = absent.length > 0 ? describe.skip : describe;
const note = absent.length > 0 ? ` (skipped: no ${absent.join(", ")})` : "";

suite(`the script that gets a workflow's token${note}`, () => {
  let server: Server;
  let folder: string;
  let answer: { readonly status: number; readonly body: string };
  const asked: {
    url?: string | undefined;
    authorization?: string | undefined;
  } = {};

  before(async () => {
    server = createServer(({ url, headers }, response) => {
      asked.url = url;
      asked.authorization = headers.authorization;
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });

  after(() => {
    server.close();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner "));
    answer = { status: 200, body: '{"value":"the.token.itself"}' };
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const go = (environment: Record<string, string> = {}) =>
    run("bash", [script], {
      environment: {
        RUNNER_TEMP: folder,
        GITHUB_ENV: join(folder, "env"),
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "asks",
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`,
        ...environment,
      },
    });

  it("leaves it in a file that nobody else reads, and prints nothing of it", async () => {
    const { code, stdout, stderr } = await go();
    assert.equal(code, 0, stderr);
    const file = join(folder, "aws-token");
    assert.equal(readFileSync(file, "utf8"), "the.token.itself\n");
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.equal(stdout + stderr, "");
    assert.equal(
      asked.url,
      "/token?api-version=2.0&audience=sts.amazonaws.com",
    );
    assert.equal(asked.authorization, "Bearer asks");
    assert.throws(() => readFileSync(join(folder, "env")));
  });

  it("lets AWS's own clients take the role that reads the state", async () => {
    const role = "arn:aws:iam::999999999999:role/states";
    const { code } = await go({ STATE_ROLE_ARN: role });
    assert.equal(code, 0);
    const env = readFileSync(join(folder, "env"), "utf8");
    assert.match(env, new RegExp(`^AWS_ROLE_ARN=${role}$`, "m"));
    assert.match(env, /^AWS_WEB_IDENTITY_TOKEN_FILE=.*\/aws-token$/m);
    assert.doesNotMatch(env, /the\.token/);
  });

  for (const [what, wrong] of [
    ["GitHub refuses", { status: 403, body: "{}" }],
    ["the answer has none", { status: 200, body: "{}" }],
  ] as const) {
    it(`fails where ${what}`, async () => {
      answer = wrong;
      assert.notEqual((await go()).code, 0);
    });
  }
});
