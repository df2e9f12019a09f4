import assert from "node:assert/strict";
import { request } from "node:http";
import { ListUsersCommand } from "@aws-sdk/client-iam";
import type { DecidedCall } from "../../../sandbox/aws/model";
import { codeFor } from "../../../sandbox/aws/totp";
import { Journal } from "../../../sandbox/page/journal";
import { shortCaller, shortResource, why } from "../../../sandbox/page/words";
import { administratorOf, bastionId, devId } from "../aws/clients";
import { closeWorld, markup, startWorld, type PageWorld } from "./world";

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

describe("The page of a sandbox", () => {
  let world: PageWorld;
  before(async () => {
    world = await startWorld();
  });
  after(() => closeWorld(world));

  const get = (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = "GET",
  ): Promise<Got> =>
    new Promise((resolve, reject) => {
      request(
        new URL(path, world.page.address),
        { method, headers },
        (answer) => {
          let text = "";
          answer.setEncoding("latin1").on("data", (chunk: string) => {
            text += chunk;
          });
          answer.on("end", () => {
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text,
            });
          });
        },
      )
        .on("error", reject)
        .end();
    });

  it("listens on loopback alone, and loads and runs nothing of others", async () => {
    assert.match(world.page.address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const { status, headers, text } = await get("/");
    assert.equal(status, 200);
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert.equal(headers["access-control-allow-origin"], undefined);
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.doesNotMatch(text, /<script>|<style| style=| on\w+="/);
  });

  const refusals: readonly (readonly [
    what: string,
    status: number,
    path: string,
    headers: Readonly<Record<string, string>>,
    method?: string,
  ])[] = [
    ["a name that was led to this machine", 421, "/", { host: "evil.example" }],
    ["another port", 421, "/", { host: "127.0.0.1:1" }],
    ["a page of another origin", 403, "/", { origin: "https://evil.example" }],
    ["a page of no origin", 403, "/", { origin: "null" }],
    [
      "another site's events",
      403,
      "/events",
      { "sec-fetch-site": "cross-site" },
    ],
    [
      "a page at another port",
      403,
      "/page.js",
      { "sec-fetch-site": "same-site" },
    ],
    ["a change", 405, "/", {}, "POST"],
    ["a path that is not there", 404, "/../package.json", {}],
    ["a device that is not there", 404, "/qr/none", {}],
  ];
  for (const [what, status, path, headers, method] of refusals) {
    it(`refuses ${what}`, async () => {
      const got = await get(path, headers, method);
      assert.equal(got.status, status, got.text);
      assert.doesNotMatch(got.text, new RegExp(world.seed));
    });
  }

  it("is reached by a link from elsewhere, and by the other name of this machine", async () => {
    const { port } = new URL(world.page.address);
    assert.equal(
      (await get("/", { "sec-fetch-site": "cross-site" })).status,
      200,
    );
    assert.equal((await get("/", { host: `localhost:${port}` })).status, 200);
  });

  it("shows the code of now, and a picture of the device's key", async () => {
    const before = world.aws.clock.now();
    const { text } = await get("/");
    const digits = [before, world.aws.clock.now()].map((at) =>
      codeFor(world.seed, at),
    );
    const [, shown = ""] = /<output>(\d{6})<\/output>/.exec(text) ?? [];
    assert.ok(digits.includes(shown), shown);
    const [, picture = ""] = /<img\s+src="([^"]+)"/.exec(text) ?? [];
    const { headers, text: png } = await get(picture);
    assert.equal(headers["content-type"], "image/png");
    assert.ok(png.startsWith("\x89PNG"));
  });

  it("shows markup as the text that it is", async () => {
    world.journal.add({
      at: new Date(),
      caller: `arn:aws:sts::${devId}:assumed-role/${markup}/${markup}`,
      action: `s3:${markup}`,
      resource: `arn:aws:s3:::bucket/${markup}`,
      reason: { decided: "refused", message: markup },
    });
    const { text } = await get("/");
    assert.doesNotMatch(text, /<img src=x|onerror="/);
    assert.ok((text.match(/&#60;img src=x/g) ?? []).length >= 8);
  });

  it("shows a call with what decided it", async () => {
    const administrator = await administratorOf(world.aws, bastionId);
    await administrator.send(new ListUsersCommand({}));
    const { text } = await get("/");
    const [row = ""] = /<tr class="allowed">[^]*?<\/tr>/.exec(text) ?? [];
    assert.match(
      row,
      /administrator as OrganizationAccountAccessRole in bastion/,
    );
    assert.match(row, /iam:ListUsers/);
    assert.match(row, /identity policy AdministratorAccess, statement 1/);
  });
});

describe("The journal of calls", () => {
  const call = (number: number, decided: "not asked" | "not trusted") => ({
    at: new Date(0),
    caller: "",
    action: `a:${number}`,
    resource: "*",
    reason: { decided },
  });

  it("keeps the newest first, and those that were denied however many follow", () => {
    const journal = new Journal();
    journal.add(call(0, "not trusted"));
    for (let at = 1; at <= 60; at += 1) journal.add(call(at, "not asked"));
    const actions = journal.calls().map(({ action }) => action);
    assert.equal(actions.length, 51);
    assert.equal(actions[0], "a:60");
    assert.equal(actions.at(-1), "a:0");
  });
});

describe("The words for a decision", () => {
  const own = {
    kind: "identity",
    policy: "eve/own",
    index: 2,
    sid: "Lists",
  } as const;
  const cases: readonly (readonly [DecidedCall["reason"], string])[] = [
    [
      {
        decided: "allowed",
        statements: [
          { kind: "trust", policy: "", index: 1, sid: undefined },
          own,
        ],
      },
      "trust policy, statement 1; identity policy eve/own, statement 2 (Lists)",
    ],
    [
      {
        decided: "explicitly denied",
        statement: {
          kind: "boundary",
          policy: "arn:aws:iam::1:policy/a/b",
          index: 1,
          sid: undefined,
        },
      },
      "explicit deny: permissions boundary b, statement 1",
    ],
    [
      { decided: "implicitly denied", lacking: "trust", nearest: undefined },
      "implicit deny: no trust policy allows it",
    ],
    [
      {
        decided: "implicitly denied",
        lacking: "identity",
        nearest: { ...own, unmet: ["Bool aws:MultiFactorAuthPresent"] },
      },
      "implicit deny: no identity policy allows it; identity policy eve/own, statement 2 (Lists) would, but for Bool aws:MultiFactorAuthPresent",
    ],
  ];
  for (const [reason, words] of cases) {
    it(`are "${words}"`, () => {
      const call = { at: new Date(0), caller: "", action: "", resource: "" };
      assert.equal(why({ ...call, reason }), words);
    });
  }

  it("tell what to do about a session of an earlier sandbox", () => {
    const call = { at: new Date(0), action: "", resource: "" };
    const reason = { decided: "refused", message: "invalid" } as const;
    assert.match(
      why({ ...call, caller: "access key ASIAEXAMPLE", reason }),
      /: invalid; .*rm -r ~\/\.aws\/cli\/cache$/,
    );
    assert.match(
      why({ ...call, caller: "access key AKIAEXAMPLE", reason }),
      /: invalid$/,
    );
  });

  it("name accounts, and leave alone what is no ARN", async () => {
    const world = await startWorld();
    try {
      const { cloud } = world.aws;
      assert.equal(
        shortCaller(cloud, `arn:aws:iam::${bastionId}:user/a/eve`),
        "eve in bastion",
      );
      assert.equal(shortCaller(cloud, "token of repo"), "token of repo");
      assert.equal(
        shortResource(cloud, "arn:aws:iam::222222222229:role/x"),
        "role/x in 222222222229",
      );
      assert.equal(
        shortResource(cloud, "arn:aws:s3:::bucket"),
        "arn:aws:s3:::bucket",
      );
    } finally {
      await closeWorld(world);
    }
  });
});
