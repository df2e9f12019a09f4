import assert from "node:assert/strict";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SandboxAws } from "../../../../sandbox/aws";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import { bastionId, startTwoAccounts } from "../clients";
import { sign } from "../fuzz/wire";
import { serviceRequests } from "./requests";

const minute = 60_000;
const object = `/records-${bastionId}/ledger.csv`;

interface Presigned {
  readonly method?: "GET" | "POST";
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly expires?: number;
  readonly at?: Date;
  readonly by?: ClientCredentials;
}

describe("a presigned request", () => {
  let aws: SandboxAws;
  let credentials: ClientCredentials;

  before(async () => {
    aws = await startTwoAccounts();
    credentials = await deploymentIn(aws, bastionId);
  });

  after(() => aws.close());

  const presign = async (
    service: "s3" | "sts",
    {
      method = "GET",
      path = "/",
      query = {},
      headers = {},
      ...more
    }: Presigned,
  ): Promise<string> => {
    const { hostname, host, port } = new URL(aws.endpoint);
    const signer = new SignatureV4({
      service,
      region: "eu-central-1",
      sha256: Sha256,
      credentials: more.by ?? credentials,
      uriEscapePath: service !== "s3",
    });
    const body = service === "s3" ? { "x-amz-content-sha256": unsigned } : {};
    const { query: signed = {} } = await signer.presign(
      {
        method,
        protocol: "http:",
        hostname,
        port: Number(port),
        path,
        query,
        headers: { host, ...headers, ...body },
      },
      {
        expiresIn: more.expires ?? 60,
        signingDate: more.at ?? new Date(),
        unhoistableHeaders: new Set(Object.keys(headers)),
      },
    );
    const search = new URLSearchParams(signed as Record<string, string>);
    // As a browser would: spaces are no plus signs there.
    return `${aws.endpoint}${path}?${search.toString().replace(/\+/g, "%20")}`;
  };

  const identity = { Action: "GetCallerIdentity", Version: "2011-06-15" };

  it("tells a cluster who somebody is, as EKS has it", async () => {
    const cluster = { "x-k8s-aws-id": "blue" };
    const url = await presign("sts", { query: identity, headers: cluster });
    const answer = await fetch(url, { headers: cluster });
    assert.match(
      await answer.text(),
      /assumed-role\/OrganizationAccountAccessRole\/administrator/,
    );
    const { status } = await fetch(url, { headers: { "x-k8s-aws-id": "red" } });
    assert.equal(status, 403);
  });

  it("may be a POST without a body, as botocore has it", async () => {
    const method = "POST";
    const url = await presign("sts", { method, query: identity });
    const answer = await fetch(url, { method });
    assert.match(await answer.text(), /<GetCallerIdentityResult>/);
    assert.equal((await fetch(url)).status, 403);
  });

  it("that a server passes on with its headers tells it who somebody is, as Vault has it", async () => {
    const server = { "x-vault-aws-iam-server-id": "vault.example" };
    const { headers, body } = await sign(
      {
        ...serviceRequests.sts,
        headers: { ...serviceRequests.sts.headers, ...server },
      },
      { service: "sts", credentials },
    );
    const { hostname, port } = new URL(aws.endpoint);
    assert.equal(hostname, headers["host"]);
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      request({ hostname, port, method: "POST", headers }, ({ statusCode }) => {
        resolve(statusCode);
      })
        .on("error", reject)
        .end(body);
    });
    assert.equal(status, 200);
  });

  it("of STS lives for 15 minutes, whatever X-Amz-Expires says", async () => {
    const at = (minutes: number) => new Date(Date.now() - minutes * minute);
    const ask = async (minutes: number, expires: number) =>
      fetch(
        await presign("sts", { query: identity, at: at(minutes), expires }),
      );
    assert.equal((await ask(14, 60)).status, 200);
    const late = await ask(16, 604_800);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /Signature expired: /);
  });

  it("reads an object of S3 until it expires", async () => {
    const at = new Date(Date.now() - 30 * minute);
    const read = async (expires: number) =>
      fetch(await presign("s3", { path: object, at, expires }));
    assert.match(await (await read(3_600)).text(), /^entry,amount/);
    const late = await read(60);
    assert.equal(late.status, 403);
    const text = await late.text();
    assert.match(text, /<Code>AccessDenied<\/Code>/);
    assert.match(text, /<Message>Request has expired<\/Message>/);
    assert.match(text, /<X-Amz-Expires>60<\/X-Amz-Expires>/);
  });

  it("is not valid before its time", async () => {
    const at = new Date(Date.now() + 16 * minute);
    const early = await fetch(await presign("s3", { path: object, at }));
    assert.equal(early.status, 403);
    assert.match(await early.text(), /Request is not valid yet/);
  });

  for (const [expires, message] of [
    ["604801", /must be less than a week/],
    ["-1", /must be non-negative/],
    ["soon", /should be a number/],
  ] as const) {
    it(`may not ask to be valid for ${expires} seconds`, async () => {
      const url = new URL(await presign("s3", { path: object }));
      url.searchParams.set("X-Amz-Expires", expires);
      const answer = await fetch(url);
      assert.equal(answer.status, 400);
      const text = await answer.text();
      assert.match(text, /<Code>AuthorizationQueryParametersError<\/Code>/);
      assert.match(text, message);
    });
  }

  it("goes for what was signed alone", async () => {
    const url = await presign("s3", { path: object });
    const other = url.replace("ledger.csv", "");
    const longer = url.replace("X-Amz-Expires=60", "X-Amz-Expires=600");
    for (const changed of [other, longer, `${url}&versionId=1`]) {
      const answer = await fetch(changed);
      assert.equal(answer.status, 403, changed);
      assert.match(await answer.text(), /SignatureDoesNotMatch/);
    }
    assert.equal((await fetch(url, { method: "POST" })).status, 403);
  });

  it("needs all that makes up its signature", async () => {
    for (const [service, code] of [
      ["s3", /<Code>AuthorizationQueryParametersError<\/Code>/],
      ["sts", /<Code>IncompleteSignature<\/Code>/],
    ] as const) {
      for (const name of ["Algorithm", "Signature", "Date", "SignedHeaders"]) {
        const url = new URL(await presign(service, { query: identity }));
        if (service === "s3") url.searchParams.delete("Version");
        url.searchParams.delete(`X-Amz-${name}`);
        const answer = await fetch(url);
        assert.equal(answer.status, 400, name);
        assert.match(await answer.text(), code, name);
      }
    }
  });

  it("ends with the session that signed it", async () => {
    const by = await aws.clock.inThePast(4_000, () =>
      deploymentIn(aws, bastionId),
    );
    const answer = await fetch(await presign("s3", { path: object, by }));
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /<Code>ExpiredToken<\/Code>/);
  });

  it("may have no signature in a header beside", async () => {
    const url = await presign("sts", { query: identity });
    const { headers } = await sign(serviceRequests.sts, {
      service: "sts",
      credentials,
    });
    const { authorization = "" } = headers;
    const answer = await fetch(url, { headers: { authorization } });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /Found both 'X-Amz-Algorithm'/);
  });
});

const unsigned = "UNSIGNED-PAYLOAD";
