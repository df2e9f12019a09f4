import assert from "node:assert/strict";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../../sandbox/aws";
import { checkout } from "../../../../sandbox/engine/paths";
import { run } from "../../../../sandbox/engine/run";
import { writeDate } from "../../../../sandbox/aws/signature/date";
import {
  clientConfig,
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import { bastionId, startTwoAccounts } from "../clients";
import { requestBytes, sendBytes, sign } from "../fuzz/wire";
import { serviceRequests } from "./requests";

const minute = 60_000;

/** By service: how far a clock may be off, and the code of what is further off. */
const limits = [
  { service: "iam", minutes: 15, code: "SignatureDoesNotMatch", status: 403 },
  { service: "sts", minutes: 15, code: "SignatureDoesNotMatch", status: 403 },
  { service: "sns", minutes: 15, code: "SignatureDoesNotMatch", status: 403 },
  { service: "ec2", minutes: 15, code: "RequestExpired", status: 400 },
  { service: "s3", minutes: 15, code: "RequestTimeTooSkewed", status: 403 },
  {
    service: "dynamodb",
    minutes: 15,
    code: "InvalidSignatureException",
    status: 400,
  },
  {
    service: "events",
    minutes: 5,
    code: "InvalidSignatureException",
    status: 400,
  },
  {
    service: "kms",
    minutes: 5,
    code: "InvalidSignatureException",
    status: 400,
  },
  {
    service: "access-analyzer",
    minutes: 5,
    code: "InvalidSignatureException",
    status: 403,
  },
] as const;

describe("a client's clock that is off", () => {
  let aws: SandboxAws;
  let credentials: ClientCredentials;

  before(async () => {
    aws = await startTwoAccounts();
    credentials = await deploymentIn(aws, bastionId);
  });

  after(() => aws.close());

  const signedAt = async (service: keyof typeof serviceRequests, at: Date) =>
    sendBytes(
      aws.endpoint,
      requestBytes(
        await sign(serviceRequests[service], { service, credentials, at }),
      ),
    );

  for (const { service, minutes, code, status } of limits) {
    it(`may be off by ${minutes} minutes before ${service}, and by no more`, async () => {
      for (const direction of [-1, 1]) {
        const off = (by: number) =>
          new Date(Date.now() + direction * by * minute);
        const near = await signedAt(service, off(minutes - 1));
        assert.equal(near.status, 200, near.body);
        const far = await signedAt(service, off(minutes + 1));
        assert.equal(far.status, status, far.body);
        assert.match(far.body, new RegExp(`[>"]${code}[<"]`));
      }
    });
  }

  for (const { title, by, words } of [
    {
      title: "behind",
      by: -16,
      words:
        /Signature expired: (\w+) is now earlier than (\w+) \((\w+) - 15 min\.\)/,
    },
    {
      title: "ahead",
      by: 16,
      words:
        /Signature not yet current: (\w+) is still later than (\w+) \((\w+) \+ 15 min\.\)/,
    },
  ]) {
    it(`is told which of three times is wrong when it is ${title}`, async () => {
      const at = new Date(Date.now() + by * minute);
      const { body } = await signedAt("sts", at);
      const [, signed, limit, now] = words.exec(body) ?? [];
      assert.equal(signed, writeDate(at), body);
      assert.equal(
        parse(limit) - parse(now),
        Math.sign(by) * 15 * minute,
        body,
      );
    });
  }

  it("is told S3's limit and both times", async () => {
    const at = new Date(Date.now() - 16 * minute);
    const { body } = await signedAt("s3", at);
    assert.ok(body.includes(`<RequestTime>${writeDate(at)}</RequestTime>`));
    assert.match(body, /<ServerTime>[\d-]+T[\d:]+Z<\/ServerTime>/);
    assert.match(
      body,
      /<MaxAllowedSkewMilliseconds>900000<\/MaxAllowedSkewMilliseconds>/,
    );
  });

  for (const minutesOff of [-20, 20, 24 * 60]) {
    it(`of ${minutesOff} minutes is put right by an SDK, from the answer's Date`, async () => {
      const { stdout, stderr } = await run(
        process.execPath,
        ["-e", clientOffBy(minutesOff)],
        { cwd: checkout, environment: environmentFor(aws, credentials) },
      );
      const { account, offset } = JSON.parse(stdout || "{}") as {
        readonly account?: string;
        readonly offset?: number;
      };
      assert.equal(account, bastionId, stderr);
      const corrected = Number(offset) + minutesOff * minute;
      assert.ok(Math.abs(corrected) < minute, String(offset));
    });

    it(`is known to an SDK after one refusal when it was told ${minutesOff} minutes`, async () => {
      const sts = new STSClient({
        ...clientConfig(aws, credentials),
        systemClockOffset: minutesOff * minute,
      });
      const ask = () => sts.send(new GetCallerIdentityCommand({}));
      await assert.rejects(ask(), { name: "SignatureDoesNotMatch" });
      assert.ok(Math.abs(sts.config.systemClockOffset) < minute);
      assert.equal((await ask()).Account, bastionId);
    });
  }

  it("goes by real time, however far the sandbox's clock has been put forward", async () => {
    aws.clock.advance(1_800);
    const { status } = await signedAt("sts", new Date());
    assert.equal(status, 200);
  });
});

/** A program on a machine whose clock is off, that makes one call and knows nothing of it. */
const clientOffBy = (minutes: number): string => `
  const now = Date.now;
  Date.now = () => now() + ${minutes * minute};
  const { STS } = require("@aws-sdk/client-sts");
  const sts = new STS({});
  sts.getCallerIdentity({}).then(({ Account: account }) => {
    const { systemClockOffset: offset } = sts.config;
    console.log(JSON.stringify({ account, offset }));
  });
`;

const environmentFor = (
  { endpoint }: SandboxAws,
  { accessKeyId, secretAccessKey, sessionToken = "" }: ClientCredentials,
) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

const parse = (text = ""): number =>
  Date.parse(
    text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
