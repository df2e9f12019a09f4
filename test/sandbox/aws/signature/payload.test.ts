import assert from "node:assert/strict";
import type { SandboxAws } from "../../../../sandbox/aws";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../../sandbox/tour/people";
import { bastionId, startTwoAccounts } from "../clients";
import { requestBytes, sendBytes, sign, type PlainRequest } from "../fuzz/wire";
import { serviceRequests } from "./requests";

type Service = keyof typeof serviceRequests;

const unsigned = "UNSIGNED-PAYLOAD";

/** The services that take a body, and one that differs from what `serviceRequests` has. */
const others: Readonly<Partial<Record<Service, string>>> = {
  iam: "Action=ListRoles&Version=2010-05-08",
  sts: "Action=GetSessionToken&Version=2011-06-15",
  sns: "Action=ListSubscriptions&Version=2010-03-31",
  ec2: "Action=DescribeRegions&Version=2016-11-15",
  dynamodb: '{"Limit":1}',
  events: '{"Limit":1}',
  kms: '{"Limit":1}',
  "access-analyzer": "{}",
};

describe("The body of a signed request", () => {
  let aws: SandboxAws;
  let credentials: ClientCredentials;

  before(async () => {
    aws = await startTwoAccounts();
    credentials = await deploymentIn(aws, bastionId);
  });

  after(() => aws.close());

  const hashing = (request: PlainRequest, hash?: string): PlainRequest => ({
    ...request,
    headers: {
      ...request.headers,
      ...(hash === undefined ? {} : { "x-amz-content-sha256": hash }),
    },
  });
  const signed = (service: Service, hash?: string) =>
    sign(hashing(serviceRequests[service], hash), { service, credentials });
  const send = (request: PlainRequest) =>
    sendBytes(aws.endpoint, requestBytes(request));

  for (const [name, other] of Object.entries(others)) {
    const service = name as Service;

    it(`is the signed one in ${service}, whether it is said to be unsigned or not`, async () => {
      assert.equal((await send(await signed(service))).status, 200);
      for (const hash of [undefined, unsigned]) {
        const request = await signed(service, hash);
        const { body } = await send({ ...request, body: other });
        assert.match(
          body,
          /SignatureDoesNotMatch|InvalidSignature|AuthFailure/,
        );
      }
      // The signature is over a word here, not over what was sent.
      const { body } = await send(await signed(service, unsigned));
      assert.match(body, /SignatureDoesNotMatch|InvalidSignature|AuthFailure/);
    });
  }

  it("may be unsigned in S3, where the request says so", async () => {
    const unhashed = await signed("s3", unsigned);
    assert.equal((await send(unhashed)).status, 200);
    assert.equal((await send({ ...unhashed, body: "a" })).status, 200);
    const hashed = await signed("s3");
    assert.equal((await send(hashed)).status, 200);
    assert.match(
      (await send({ ...hashed, body: "a" })).body,
      /SignatureDoesNotMatch/,
    );
  });
});
