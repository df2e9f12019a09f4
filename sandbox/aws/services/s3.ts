import { decide, type AuthorizationRequest } from "../decision";
import { AwsError } from "../errors";
import type { Call, Result } from "../operation";
import type { ReceivedRequest } from "../request";
import { inNamespace, xmlAnswer } from "../xml";
import type { Answer, Service } from "./service";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

const type = "application/xml";

/** Every account has one bucket with one object, so that reading data can be tried. */
const bucketOf = (accountId: string): string => `records-${accountId}`;
const objectKey = "ledger.csv";
const objectBody = "entry,amount\n1,42\n";

const answer = (root: string, fields: Result): Answer =>
  xmlAnswer(200, root, { ...inNamespace(namespace), ...fields }, type);

const listBuckets = (accountId: string): Answer =>
  answer("ListAllMyBucketsResult", {
    Owner: { ID: accountId, DisplayName: accountId },
    Buckets: {
      Bucket: { Name: bucketOf(accountId), CreationDate: new Date(0) },
    },
  });

const listObjects = (bucket: string): Answer =>
  answer("ListBucketResult", {
    Name: bucket,
    KeyCount: 1,
    MaxKeys: 1_000,
    IsTruncated: false,
    Contents: {
      Key: objectKey,
      LastModified: new Date(0),
      Size: objectBody.length,
      StorageClass: "STANDARD",
    },
  });

interface S3Action extends AuthorizationRequest {
  readonly run: () => Answer;
}

function actionOf(
  { account, cloud }: Call,
  { method, url }: ReceivedRequest,
): S3Action | undefined {
  if (method !== "GET") return undefined;
  const bucket = bucketOf(account.id);
  const arn = `arn:${cloud.partition}:s3:::${bucket}`;
  switch (url.pathname) {
    case "/":
      return {
        action: "s3:ListAllMyBuckets",
        resource: "*",
        run: () => listBuckets(account.id),
      };
    case `/${bucket}`:
    case `/${bucket}/`:
      return {
        action: "s3:ListBucket",
        resource: arn,
        run: () => listObjects(bucket),
      };
    case `/${bucket}/${objectKey}`:
      return {
        action: "s3:GetObject",
        resource: `${arn}/${objectKey}`,
        run: () => ({ status: 200, type: "text/csv", body: objectBody }),
      };
    default:
      return undefined;
  }
}

/** S3: list the buckets, list the objects of one, read an object. */
export const s3: Service = {
  respond: async (call, request) => {
    const action = actionOf(call, request);
    if (!action) {
      throw new AwsError(
        "NotImplemented",
        "The sandbox knows only a few calls of S3, and not this one",
      );
    }
    await decide(call, action, "allow");
    return action.run();
  },
  refuse: ({ code, message, status, details }) =>
    xmlAnswer(
      status,
      "Error",
      { Code: code, Message: message, ...details },
      type,
    ),
};
