import assert from "node:assert/strict";
import type { SandboxAws } from "../../../../sandbox/aws";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import { bastionId, startTwoAccounts } from "../clients";
import {
  requestBytes,
  sendBytes,
  sign,
  type PlainRequest,
  type RawAnswer,
} from "../fuzz/wire";
import { serviceRequests } from "./requests";

type Service = keyof typeof serviceRequests;

/** What each kind of service says, by what is wrong. */
const words: readonly (readonly [
  Service,
  Readonly<Record<string, readonly [string, number]>>,
])[] = [
  ...(["iam", "sts", "sns"] as const).map(
    (service) =>
      [
        service,
        {
          unsigned: ["MissingAuthenticationToken", 403],
          "unknown key": ["InvalidClientTokenId", 403],
          "another secret": ["SignatureDoesNotMatch", 403],
          "another token": ["InvalidClientTokenId", 403],
          "expired token": ["ExpiredToken", 403],
        },
      ] as const,
  ),
  ...(["dynamodb", "events", "kms"] as const).map(
    (service) =>
      [
        service,
        {
          unsigned: ["MissingAuthenticationTokenException", 400],
          "unknown key": ["UnrecognizedClientException", 400],
          "another secret": ["InvalidSignatureException", 400],
          "another token": ["UnrecognizedClientException", 400],
          "expired token": ["ExpiredTokenException", 400],
        },
      ] as const,
  ),
  [
    "access-analyzer",
    {
      "unknown key": ["UnrecognizedClientException", 403],
      "another secret": ["InvalidSignatureException", 403],
      "another token": ["UnrecognizedClientException", 403],
      "expired token": ["ExpiredTokenException", 403],
    },
  ],
  [
    "s3",
    {
      "unknown key": ["InvalidAccessKeyId", 403],
      "another secret": ["SignatureDoesNotMatch", 403],
      "another token": ["InvalidToken", 400],
      "expired token": ["ExpiredToken", 400],
    },
  ],
  [
    "ec2",
    {
      unsigned: ["MissingAuthenticationToken", 403],
      "unknown key": ["AuthFailure", 401],
      "another secret": ["AuthFailure", 401],
      "another token": ["AuthFailure", 401],
      "expired token": ["RequestExpired", 400],
    },
  ],
];

const credential = "AKIAAAAAAAAAAAAAAAAA/20261121/us-east-1/iam/aws4_request";
const signature = "0".repeat(64);

/** Headers that are not of Signature Version 4's form, and what AWS misses in them. */
const malformed: readonly (readonly [string, string])[] = [
  [
    "AWS4-HMAC-SHA256",
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
  ],
  [
    `AWS4-HMAC-SHA256 Credential=${credential}, Signature=${signature}`,
    "Authorization header requires 'SignedHeaders' parameter.",
  ],
  [
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`,
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ],
];

const malformedWithDate: readonly (readonly [string, string])[] = [
  [
    `AWS4-ECDSA-P256-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`,
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'",
  ],
  [
    `AWS4-HMAC-SHA256 Credential=AKIA/20261121, SignedHeaders=host, Signature=${signature}`,
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIA/20261121'",
  ],
];

describe("a request that is not signed as it should be", () => {
  let aws: SandboxAws;
  let credentials: ClientCredentials;

  before(async () => {
    aws = await startTwoAccounts();
    credentials = await deploymentIn(aws, bastionId);
  });

  after(() => aws.close());

  const send = (request: PlainRequest): Promise<RawAnswer> =>
    sendBytes(aws.endpoint, requestBytes(request));

  const sendAs = async (service: Service, by: ClientCredentials) =>
    send(await sign(serviceRequests[service], { service, credentials: by }));

  const faults: Readonly<
    Record<string, (service: Service) => Promise<RawAnswer>>
  > = {
    unsigned: (service) => send(serviceRequests[service]),
    "unknown key": (service) =>
      sendAs(service, {
        accessKeyId: "AKIAAAAAAAAAAAAAAAAA",
        secretAccessKey: "a",
      }),
    "another secret": (service) =>
      sendAs(service, { ...credentials, secretAccessKey: "another" }),
    "another token": (service) =>
      sendAs(service, { ...credentials, sessionToken: "another" }),
    "expired token": async (service) => {
      const old = await aws.clock.inThePast(4_000, () =>
        deploymentIn(aws, bastionId),
      );
      return sendAs(service, old);
    },
  };

  for (const [service, codes] of words) {
    it(`is refused in the words of ${service}`, async () => {
      const { status, body } = await sendAs(service, credentials);
      assert.equal(status, 200, body);
      for (const [fault, [code, expected]] of Object.entries(codes)) {
        const answer = await faults[fault]?.(service);
        assert.match(answer?.body ?? "", new RegExp(`[>"]${code}[<"]`), fault);
        assert.equal(answer?.status, expected, fault);
      }
    });
  }

  for (const [authorization, message] of malformed) {
    it(`is incomplete: ${authorization}`, async () => {
      const request = serviceRequests.iam;
      const headers = { ...request.headers, authorization };
      await assertIncomplete({ ...request, headers }, message);
    });
  }

  for (const [authorization, message] of malformedWithDate) {
    it(`is incomplete: ${authorization}`, async () => {
      const request = serviceRequests.iam;
      const date = "20261121T120000Z";
      const headers = { ...request.headers, authorization, "x-amz-date": date };
      await assertIncomplete({ ...request, headers }, message);
    });
  }

  it("is incomplete with a date that is none", async () => {
    const request = serviceRequests.iam;
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${signature}`;
    const headers = {
      ...request.headers,
      authorization,
      "x-amz-date": "today",
    };
    await assertIncomplete(
      { ...request, headers },
      "Date must be in ISO-8601 'basic format'. Got 'today'.",
    );
  });

  async function assertIncomplete(request: PlainRequest, message: string) {
    const { status, body } = await send(request);
    assert.equal(status, 400);
    assert.match(body, /<Code>IncompleteSignature<\/Code>/);
    assert.ok(body.includes(message), body);
  }

  /** The request, properly signed, with one thing in its credential replaced. */
  const rescoped = async (service: Service, from: RegExp, to: string) => {
    const signed = await sign(serviceRequests[service], {
      service,
      credentials,
    });
    const authorization = (signed.headers["authorization"] ?? "").replace(
      from,
      to,
    );
    return send({ ...signed, headers: { ...signed.headers, authorization } });
  };

  for (const [title, service, from, to, message] of [
    [
      "the region",
      "iam",
      /us-east-1/,
      "mars",
      "Credential should be scoped to a valid region, not 'mars'.",
    ],
    [
      "the service",
      "iam",
      /\/iam\//,
      "/sts/",
      "Credential should be scoped to correct service: 'iam'.",
    ],
    [
      "the service, of one that speaks JSON",
      "kms",
      /\/kms\//,
      "/sts/",
      "Credential should be scoped to correct service: 'kms'.",
    ],
    [
      "the terminator",
      "sts",
      /aws4_request/,
      "aws5_request",
      "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
    ],
    [
      "the day",
      "sts",
      /\/\d{8}\//,
      "/20150830/",
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150830' != ",
    ],
    [
      "the headers, without the host",
      "sts",
      /SignedHeaders=[^,]+/,
      "SignedHeaders=x-amz-date",
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
  ] as const) {
    it(`is signed for something else: ${title}`, async () => {
      const { status, body } = await rescoped(service, from, to);
      const code =
        service === "kms"
          ? /"InvalidSignatureException"/
          : /<Code>SignatureDoesNotMatch<\/Code>/;
      assert.match(body, code);
      assert.ok(body.includes(message), body);
      assert.equal(status, service === "kms" ? 400 : 403);
    });
  }

  it("is one for S3 that is scoped to another day", async () => {
    const { status, body } = await rescoped("s3", /\/\d{8}\//, "/20150830/");
    assert.equal(status, 400);
    assert.match(body, /<Code>AuthorizationHeaderMalformed<\/Code>/);
  });

  /** The request, properly signed, with a header that its signature does not cover. */
  const withHeader = async (service: Service, name: string, value: string) => {
    const request = serviceRequests[service];
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([one]) => one !== name),
    );
    const signed = await sign(
      { ...request, headers },
      { service, credentials },
    );
    return send({ ...signed, headers: { ...signed.headers, [name]: value } });
  };

  for (const [service, name, code] of [
    ["iam", "x-amz-meta-team", "SignatureDoesNotMatch"],
    ["kms", "x-amz-target", "InvalidSignatureException"],
    ["s3", "x-amz-acl", "AccessDenied"],
  ] as const) {
    it(`leaves a header of AWS's own unsigned: ${name} of ${service}`, async () => {
      const { body } = await withHeader(service, name, "TrentService.ListKeys");
      assert.match(body, new RegExp(`[>"]${code}[<"]`));
      const told =
        service === "s3"
          ? "There were headers present in the request which were not signed"
          : `'${name}' must be a 'SignedHeader' in the AWS Authorization.`;
      assert.ok(body.includes(told), body);
    });
  }

  it("may leave other headers unsigned", async () => {
    assert.equal((await withHeader("iam", "x-team", "blue")).status, 200);
  });

  it("may have a header twice, whose values are signed in their order", async () => {
    const { iam } = serviceRequests;
    const signed = await sign(
      { ...iam, headers: { ...iam.headers, "x-team": "blue,red" } },
      { service: "iam", credentials },
    );
    const twice = (first: string, second: string) =>
      requestBytes({
        ...signed,
        headers: {
          ...signed.headers,
          "x-team": `${first}\r\nx-team: ${second}`,
        },
      });
    const told = await sendBytes(aws.endpoint, twice("blue", "red"));
    assert.equal(told.status, 200, told.body);
    const turned = await sendBytes(aws.endpoint, twice("red", "blue"));
    assert.equal(turned.status, 403);
  });

  it("may be signed for any region", async () => {
    const signed = await sign(serviceRequests.sts, {
      service: "sts",
      credentials,
      region: "eu-central-1",
    });
    assert.equal((await send(signed)).status, 200);
  });
});
