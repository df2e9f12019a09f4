import assert from "node:assert/strict";
import { readClaim } from "../../../../sandbox/aws/signature/claim";
import { verifySignature } from "../../../../sandbox/aws/signature/verify";
import type { ReceivedRequest } from "../../../../sandbox/aws/request";

/**
 * Sources: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header" and
 * "… Using Query Parameters"; AWS General Reference, "Examples of signing requests" (ListUsers).
 */
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const empty =
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const bucket = "examplebucket.s3.amazonaws.com";

interface Published {
  readonly title: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: string;
}

const s3 = (signedHeaders: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;

const published: readonly Published[] = [
  {
    title: "S3's GET Object",
    target: "/test.txt",
    headers: {
      host: bucket,
      range: "bytes=0-9",
      "x-amz-content-sha256": empty,
      "x-amz-date": "20130524T000000Z",
      authorization: s3(
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      ),
    },
    secret,
  },
  {
    title: "S3's GET Bucket Lifecycle, with a parameter that has no value",
    target: "/?lifecycle",
    headers: {
      host: bucket,
      "x-amz-content-sha256": empty,
      "x-amz-date": "20130524T000000Z",
      authorization: s3(
        "host;x-amz-content-sha256;x-amz-date",
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
      ),
    },
    secret,
  },
  {
    title: "S3's GET Bucket, with parameters",
    target: "/?max-keys=2&prefix=J",
    headers: {
      host: bucket,
      "x-amz-content-sha256": empty,
      "x-amz-date": "20130524T000000Z",
      authorization: s3(
        "host;x-amz-content-sha256;x-amz-date",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      ),
    },
    secret,
  },
  {
    title: "S3's presigned GET Object",
    target:
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    headers: { host: bucket },
    secret,
  },
  {
    title: "IAM's ListUsers",
    target: "/?Action=ListUsers&Version=2010-05-08",
    headers: {
      host: "iam.amazonaws.com",
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    },
    secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  },
];

const valuesOf = (headers: Published["headers"]) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );

const received = ({ target, headers }: Published): ReceivedRequest => ({
  method: "GET",
  url: new URL(target, "http://127.0.0.1"),
  headers,
  headerValues: valuesOf(headers),
  body: "",
  sourceIp: "127.0.0.1",
});

describe("a signature that AWS has published", () => {
  for (const one of published) {
    it(`is right: ${one.title}`, () => {
      const request = received(one);
      verifySignature(request, readClaim(request), one.secret);
    });

    it(`is wrong with another secret, method or parameter: ${one.title}`, () => {
      const request = received(one);
      const claim = readClaim(request);
      const url = new URL(request.url);
      url.searchParams.append("further", "");
      for (const [changed, by] of [
        [request, "another"],
        [{ ...request, method: "HEAD" }, one.secret],
        [{ ...request, url }, one.secret],
        [
          {
            ...request,
            headerValues: { ...request.headerValues, host: ["a"] },
          },
          one.secret,
        ],
      ] as const) {
        assert.throws(
          () => {
            verifySignature(changed, claim, by);
          },
          { name: "SignatureDoesNotMatch" },
        );
      }
    });
  }
});
