import { perform } from "../authorize";
import { reading } from "../decided";
import { accessDenied, AwsError } from "../errors";
import type {
  Call,
  ContextKeys,
  Operation,
  Operations,
  Result,
} from "../operation";
import { Parameters } from "../parameters";
import type { ReceivedRequest } from "../request";
import {
  checkedParameters,
  type ModelErrors,
} from "../service-models/checked-parameters";
import { restRequest } from "../service-models/rest-request";
import { serviceModel } from "../service-models/service-model";
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

function listBuckets({ account, parameters }: Call): Answer {
  const Name = bucketOf(account.id);
  const isAsked = Name.startsWith(parameters.get("Prefix") ?? "");
  return answer("ListAllMyBucketsResult", {
    Owner: { ID: account.id, DisplayName: account.id },
    Buckets: isAsked ? { Bucket: { Name, CreationDate: new Date(0) } } : {},
  });
}

const bucketArn = ({ cloud, parameters }: Call): string =>
  `arn:${cloud.partition}:s3:::${parameters.required("Bucket")}`;

const objectArn = (call: Call): string =>
  `${bucketArn(call)}/${call.parameters.required("Key")}`;

/** @throws AwsError NoSuchBucket, and AccessDenied where it is not the account's that was expected. */
function checkBucket({ account, parameters }: Call): void {
  const bucket = parameters.required("Bucket");
  const owner = parameters.get("ExpectedBucketOwner") ?? account.id;
  if (bucket !== bucketOf(account.id))
    throw new AwsError("NoSuchBucket", "The specified bucket does not exist");
  if (owner !== account.id) throw accessDenied("Access Denied");
}

/** The one key as a list has it: alone, or by what it begins with up to the delimiter. */
function listed(parameters: Parameters, after: string): Result {
  const prefix = parameters.get("Prefix") ?? "";
  const delimiter = parameters.get("Delimiter") ?? "";
  const limit = parameters.number("MaxKeys", 1_000);
  const isAsked =
    objectKey.startsWith(prefix) && objectKey > after && limit > 0;
  const end = delimiter ? objectKey.indexOf(delimiter, prefix.length) : -1;
  const Prefix = objectKey.slice(0, end + delimiter.length);
  const object = {
    Key: objectKey,
    LastModified: new Date(0),
    Size: objectBody.length,
    StorageClass: "STANDARD",
  };
  return {
    Prefix: prefix,
    Delimiter: delimiter || undefined,
    EncodingType: parameters.get("EncodingType"),
    MaxKeys: limit,
    IsTruncated: false,
    ...(isAsked && end < 0 ? { Contents: object } : {}),
    ...(isAsked && end >= 0 ? { CommonPrefixes: { Prefix } } : {}),
  };
}

function listObjects(call: Call): Answer {
  const { parameters } = call;
  checkBucket(call);
  const Marker = parameters.get("Marker") ?? "";
  return answer("ListBucketResult", {
    Name: parameters.get("Bucket"),
    Marker,
    ...listed(parameters, Marker),
  });
}

function listObjectsV2(call: Call): Answer {
  const { parameters } = call;
  checkBucket(call);
  const StartAfter = parameters.get("StartAfter");
  const list = listed(parameters, StartAfter ?? "");
  return answer("ListBucketResult", {
    Name: parameters.get("Bucket"),
    StartAfter,
    KeyCount: "Contents" in list || "CommonPrefixes" in list ? 1 : 0,
    ...list,
  });
}

function getObject(call: Call): Answer {
  checkBucket(call);
  if (call.parameters.get("Key") === objectKey)
    return { status: 200, type: "text/csv", body: objectBody };
  throw new AwsError("NoSuchKey", "The specified key does not exist.");
}

/** A call of S3, and how it is signed. */
interface S3Call extends Call {
  readonly signing?: ContextKeys;
}

/** What S3 tells a policy of every request. */
const requestKeys = ({ account, signing }: S3Call): ContextKeys => ({
  "s3:ResourceAccount": account.id,
  ...signing,
});

function signingKeys({ headers, url }: ReceivedRequest): ContextKeys {
  const content = headers["x-amz-content-sha256"];
  return {
    "s3:authType": url.searchParams.has("X-Amz-Signature")
      ? "REST-QUERY-STRING"
      : "REST-HEADER",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    ...(content === undefined
      ? {}
      : { "s3:x-amz-content-sha256": String(content) }),
  };
}

/** Parameters of a list that are condition keys. */
const listKeys = {
  Delimiter: "s3:delimiter",
  MaxKeys: "s3:max-keys",
  Prefix: "s3:prefix",
};

const listing: Omit<Operation<S3Call>, "run"> = {
  action: "ListBucket",
  resource: bucketArn,
  context: (call) => ({
    ...requestKeys(call),
    ...Object.fromEntries(
      Object.entries(listKeys)
        .filter(([name]) => call.parameters.has(name))
        .map(([name, key]) => [key, call.parameters.required(name)]),
    ),
  }),
};

const unusual = ["OptionalObjectAttributes", "RequestPayer"];

const operations: Operations<S3Call, Answer> = {
  ListBuckets: {
    action: "ListAllMyBuckets",
    context: requestKeys,
    lacks: ["BucketRegion", "ContinuationToken"],
    moot: { MaxBuckets: "an account has one bucket" },
    run: listBuckets,
  },
  ListObjects: { ...listing, lacks: unusual, run: listObjects },
  ListObjectsV2: {
    ...listing,
    lacks: ["ContinuationToken", "FetchOwner", ...unusual],
    run: listObjectsV2,
  },
  GetObject: {
    lacks: [
      "IfMatch",
      "IfModifiedSince",
      "IfNoneMatch",
      "IfUnmodifiedSince",
      "PartNumber",
      "Range",
      "RequestPayer",
      "ResponseCacheControl",
      "ResponseContentDisposition",
      "ResponseContentEncoding",
      "ResponseContentLanguage",
      "ResponseContentType",
      "ResponseExpires",
      "SSECustomerAlgorithm",
      "SSECustomerKey",
      "SSECustomerKeyMD5",
      "VersionId",
    ],
    moot: { ChecksumMode: "the object was stored without a checksum" },
    resource: objectArn,
    context: requestKeys,
    run: getObject,
  },
};

const errors: ModelErrors = {
  unknownOperation: "MethodNotAllowed",
  unknownParameter: "InvalidArgument",
  validation: "InvalidArgument",
};

/** @throws AwsError for what is no call of the service, or not as its model has it. */
function askedOf(request: ReceivedRequest) {
  const asked = restRequest(serviceModel("s3"), request);
  if (!asked) {
    throw new AwsError(
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
    );
  }
  const { operation, fieldsIn, inPath } = asked;
  const parameters = Object.hasOwn(operations, operation)
    ? checkedParameters("s3", operation, fieldsIn, errors)
    : new Parameters(inPath);
  return { operation, parameters };
}

/** S3: list the buckets, list the objects of one, read an object. */
export const s3: Service = {
  operations,
  respond: async (signed, request) => {
    const { operation, parameters } = reading(signed, "s3:*", () =>
      askedOf(request),
    );
    const signing = signingKeys(request);
    const call = { ...signed, parameters, signing };
    const result = await perform(call, "s3", operation, operations);
    return result as Answer;
  },
  refuse: ({ code, message, status, details }) =>
    xmlAnswer(
      status,
      "Error",
      { Code: code, Message: message, ...details },
      type,
    ),
};
