import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import fc from "fast-check";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import type { Cloud } from "../../../sandbox/aws/model";
import { usualLimits } from "../../../sandbox/aws/request";
import { awsServer } from "../../../sandbox/aws/server";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { runs } from "../../run/property-tests";
import { administratorOf, bastionId, startTwoAccounts } from "./clients";
import {
  rawInputs,
  serviceRequests,
  unsignedRequests,
  type ServiceRequest,
} from "./fuzz/inputs";
import {
  requestBytes,
  sendBytes,
  sign,
  type PlainRequest,
  type RawAnswer,
} from "./fuzz/wire";

/** Connections at once. */
const width = 32;

/** Sends all of them, and gives the answers in their order. */
async function each<T, R>(
  inputs: readonly T[],
  send: (input: T, index: number) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (let from = 0; from < inputs.length; from += width) {
    const some = inputs.slice(from, from + width);
    answers.push(
      ...(await Promise.all(some.map((one, i) => send(one, from + i)))),
    );
  }
  return answers;
}

/** In XML, in JSON, and on the page of the federation endpoint. */
const errorCode =
  /<Code>\w+<\/Code>|"__type":"\w+"|"code":"\w+"|<h1>Bad Request<\/h1>/;

/** HTTP that can't be read, is too large or too slow, has a plain answer. */
const plain = [400, 408, 417, 431];

function assertRefused({ status, body }: RawAnswer, input: string): void {
  assert(status !== undefined, `no answer to ${input}`);
  const seen = `${status} ${body} to ${input}`;
  assert(status >= 400 && (status < 500 || status === 501), seen);
  if (!plain.includes(status) || body !== "") assert.match(body, errorCode);
}

/** All that the cloud remembers, but for when a key or a service was last used. */
const remembered = (cloud: Cloud): string =>
  JSON.stringify(cloud, (name, value: unknown) => {
    if (["awsPolicies", "lastUsed", "serviceUses"].includes(name))
      return undefined;
    if (value instanceof Map) return [...(value as Map<string, unknown>)];
    return value instanceof Set ? [...(value as Set<string>)] : value;
  });

const form = (action: string, service: string): ServiceRequest => ({
  service,
  request: {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `Action=${action}`,
  },
});

const target = (
  name: string,
  service: string,
  body = "{}",
): ServiceRequest => ({
  service,
  request: {
    method: "POST",
    path: "/",
    headers: { "x-amz-target": name },
    body,
  },
});

const show = (request: PlainRequest): string => JSON.stringify(request);

describe("AWS under requests that nobody should send", () => {
  let aws: SandboxAws;
  let administrator: ClientCredentials;
  let user: ClientCredentials;

  beforeEach(async () => {
    aws = await startTwoAccounts();
    const iam: IAMClient = await administratorOf(aws, bastionId);
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    const { AccessKey: key } = await iam.send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    user = {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    };
    administrator = await deploymentIn(aws, bastionId);
  });

  afterEach(() => aws.close());

  const send = async (
    { service, request }: ServiceRequest,
    credentials: ClientCredentials,
  ): Promise<RawAnswer> =>
    sendBytes(
      aws.endpoint,
      requestBytes(await sign(request, { service, credentials })),
    );

  /** Everything in the account, as its administrator sees it. */
  const seen = async (): Promise<string> => {
    const answers = await each(
      [
        form("ListTopics", "sns"),
        target("DynamoDB_20120810.ListTables", "dynamodb"),
        target("AWSEvents.ListRules", "events"),
        target("TrentService.ListKeys", "kms"),
        target("TrentService.ListAliases", "kms"),
      ],
      (one) => send(one, administrator),
    );
    for (const { status, body } of answers) assert.equal(status, 200, body);
    const lists = answers.map(({ body }) =>
      body.replace(/<RequestId>.*?<\/RequestId>/, ""),
    );
    return JSON.stringify([remembered(aws.cloud), lists]);
  };

  /** Nothing has changed meanwhile, and whoever may come in still can. */
  const changesNothing = async (work: () => Promise<unknown>) => {
    const before = await seen();
    await work();
    assert.equal(await seen(), before);
    const { status } = await send(form("GetCallerIdentity", "sts"), user);
    assert.equal(status, 200);
  };

  it("answers what is hardly HTTP, or closes, and goes on", () =>
    changesNothing(async () => {
      const whole = [
        "GET // HTTP/1.1",
        "GET //[ HTTP/1.1",
        "GET http://[ HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        `GET / HTTP/1.1\r\nX: ${"a".repeat(20_000)}`,
      ].map((one) => `${one}\r\nHost: a\r\nConnection: close\r\n\r\n`);
      const cut = [
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nAction=",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "POST / HTTP/1.1\r\nHost",
      ];
      for (const one of [...whole, ...cut]) {
        const bytes = Buffer.from(one);
        const then = cut.includes(one) ? "ends" : "waits";
        assertRefused(await sendBytes(aws.endpoint, bytes, then), one);
        await sendBytes(aws.endpoint, bytes, "goes away");
      }
      const random = fc.sample(rawInputs, runs(1_000));
      const answers = await each(random, (bytes, index) =>
        sendBytes(aws.endpoint, bytes, index % 4 === 0 ? "goes away" : "ends"),
      );
      const statuses = answers.flatMap(({ status }) => status ?? []);
      assert.ok(
        statuses.length > random.length / 2,
        `${statuses.length} answers to ${random.length} requests`,
      );
      for (const status of statuses) {
        assert(status >= 400 && (status < 500 || status === 501));
      }
    }));

  it("lets nobody in who has not signed", () =>
    changesNothing(async () => {
      const requests = [
        ...fc.sample(unsignedRequests, runs(750)),
        // Without a password in the request, as the user is without one.
        {
          method: "POST",
          path: "/console/sign-in",
          headers: {},
          body: JSON.stringify({ account: bastionId, userName: "ada" }),
        },
      ];
      await each(requests, async (request) => {
        const answer = await sendBytes(aws.endpoint, requestBytes(request));
        assertRefused(answer, show(request));
      });
    }));

  it("lets nobody in whose signature is not of this request", () =>
    changesNothing(async () => {
      const hour = 3_600_000;
      const alterations: readonly ((
        one: ServiceRequest,
      ) => Promise<PlainRequest>)[] = [
        async ({ service, request }) => ({
          ...(await sign(request, { service, credentials: administrator })),
          body: `${request.body}&Version=2010-05-08`,
        }),
        async ({ service, request }) => ({
          ...(await sign(request, { service, credentials: administrator })),
          method: request.method === "POST" ? "PUT" : "POST",
        }),
        ({ service, request }) =>
          sign(request, {
            service,
            credentials: administrator,
            at: new Date(Date.now() - hour),
          }),
        ({ service, request }) =>
          sign(request, {
            service,
            credentials: { ...administrator, secretAccessKey: "another" },
          }),
        ({ service, request }) =>
          sign(request, {
            service,
            credentials: { ...administrator, sessionToken: "another" },
          }),
        ({ service, request }) =>
          sign(request, {
            service,
            credentials: { ...user, accessKeyId: administrator.accessKeyId },
          }),
        async ({ service, request }) => {
          const signed = await sign(request, {
            service,
            credentials: administrator,
          });
          const authorization = (signed.headers["authorization"] ?? "").replace(
            /[0-9a-f]{64}$/,
            (signature) => signature.slice(32) + signature.slice(0, 32),
          );
          return { ...signed, headers: { ...signed.headers, authorization } };
        },
      ];
      const requests = fc.sample(serviceRequests, runs(350));
      await each(requests, async (one, index) => {
        const alter = alterations[index % alterations.length];
        const request = (await alter?.(one)) ?? one.request;
        const answer = await sendBytes(aws.endpoint, requestBytes(request));
        assertRefused(answer, show(request));
      });
    }));

  it("does nothing for a user whom nothing is allowed", () =>
    changesNothing(async () => {
      const requests = fc.sample(serviceRequests, runs(300));
      await each(requests, async (one) => {
        assertRefused(await send(one, user), show(one.request));
      });
    }));

  it("refuses an ARN of nothing that the action could be on", () =>
    changesNothing(async () => {
      for (const arn of ["觌", "arn:aws:s3:::shop", "arn:aws:sns:::"]) {
        const topic = form(
          `UntagResource&ResourceArn=${encodeURIComponent(arn)}`,
          "sns",
        );
        const rule = target(
          "AWSEvents.UntagResource",
          "events",
          JSON.stringify({ ResourceARN: arn, TagKeys: [] }),
        );
        for (const one of [topic, rule]) {
          const { status, body } = await send(one, administrator);
          assert.equal(status, 400, body);
          assert.match(body, /Validation/);
        }
      }
    }));

  it("refuses what nests hundreds of thousands deep", () =>
    changesNothing(async () => {
      const lists = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
      const value = `${'{"L":['.repeat(50_000)}{"S":"a"}${"]}".repeat(50_000)}`;
      const elements = `${"<a>".repeat(60_000)}${"</a>".repeat(60_000)}`;
      const document = `{"Version":"2012-10-17","Statement":${"[".repeat(60_000)}`;
      const scan = `{"TableName":"ledger","ExclusiveStartKey":{"a":${value}}}`;
      const rule = (text: string) => `{"Name":"deep","EventPattern":${text}}`;
      for (const one of [
        target("DynamoDB_20120810.Scan", "dynamodb", scan),
        target("AWSEvents.PutRule", "events", lists),
        target("AWSEvents.PutRule", "events", rule(lists)),
        target(
          "AWSEvents.PutRule",
          "events",
          rule(JSON.stringify(lists.slice(0, 4_096))),
        ),
        form(
          `CreatePolicy&PolicyName=deep&PolicyDocument=${encodeURIComponent(document)}`,
          "iam",
        ),
        form(
          `CreateSAMLProvider&Name=deep&SAMLMetadataDocument=${encodeURIComponent(elements)}`,
          "iam",
        ),
        form(`CreateUser&Tags${".member.1".repeat(50_000)}=a`, "iam"),
        form(`CreateUser&UserName${".a".repeat(200_000)}=a`, "iam"),
      ]) {
        const answer = await send(one, administrator);
        assertRefused(answer, one.request.body.slice(0, 200));
      }
    }));

  it("has an answer to each mistake of an administrator", async () => {
    const requests = fc.sample(serviceRequests, runs(700));
    const statuses = await each(requests, async (one) => {
      const { status = 0, body } = await send(one, administrator);
      const refused = status !== 200;
      if (refused) assertRefused({ status, body }, show(one.request));
      return status;
    });
    assert.ok(statuses.includes(200));
  });
});

describe("a request to AWS", () => {
  let aws: SandboxAws;

  before(async () => {
    aws = await startTwoAccounts();
  });

  after(() => aws.close());

  it("must not be larger than a megabyte", async () => {
    const body = "a".repeat(usualLimits.body + 1);
    const answer = await sendBytes(
      aws.endpoint,
      requestBytes({ method: "POST", path: "/", headers: {}, body }),
    );
    assert.equal(answer.status, 413);
    assert.match(answer.body, /<Code>RequestEntityTooLarge<\/Code>/);
  });

  it("must come to its end in time", async () => {
    const server = awsServer(aws.cloud, {
      ...usualLimits,
      headersTime: 50,
      requestTime: 50,
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nA");
    const [answer] = (await once(socket, "data")) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 408 Request Timeout\r\n/);
    socket.destroy();
    server.close();
  });
});
