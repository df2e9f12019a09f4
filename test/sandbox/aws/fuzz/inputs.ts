import fc from "fast-check";
import { iamOperations } from "../../../../sandbox/aws/iam";
import { snsOperations } from "../../../../sandbox/aws/services/sns";
import { stsOperations } from "../../../../sandbox/aws/services/sts";
import type { PlainRequest } from "./wire";

/** Open to whoever signs; all other actions have to be allowed. */
const openActions = ["GetCallerIdentity", "GetSessionToken"];

const queryActions: readonly (readonly [string, string])[] = [
  ...Object.keys(iamOperations).map((action) => ["iam", action] as const),
  ...Object.keys(stsOperations)
    .filter((action) => !openActions.includes(action))
    .map((action) => ["sts", action] as const),
  ...Object.keys(snsOperations).map((action) => ["sns", action] as const),
  ["ec2", "DescribeInstances"],
  ["iam", "constructor"],
  ["sts", "__proto__"],
  ["sns", ""],
];

const targets: readonly (readonly [string, string])[] = [
  ["dynamodb", "DynamoDB_20120810"],
  ["events", "AWSEvents"],
  ["kms", "TrentService"],
].flatMap(([service = "", prefix = ""]) =>
  [
    ...["ListTables", "CreateTable", "Scan"],
    ...["PutRule", "DescribeRule", "DeleteRule", "PutTargets"],
    ...["RemoveTargets", "ListTargetsByRule", "ListRules", "TagResource"],
    ...["UntagResource", "ListTagsForResource", "TestEventPattern"],
    ...["CreateKey", "DescribeKey", "GetKeyPolicy", "PutKeyPolicy"],
    ...["UpdateKeyDescription", "GetKeyRotationStatus", "EnableKeyRotation"],
    ...["EnableKey", "DisableKey", "ScheduleKeyDeletion", "ListResourceTags"],
    ...["CreateAlias", "UpdateAlias", "DeleteAlias", "ListAliases"],
    ...["ListKeys", "constructor", "__proto__", ""],
  ].map((action) => [service, `${prefix}.${action}`] as const),
);

const binary = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.from(bytes));
const text = fc.string({ unit: "binary", maxLength: 60 });
const visible = fc.string({ unit: "grapheme-ascii", maxLength: 60 });

/** Text that operations take for what it is not. */
const value = fc.oneof(
  text,
  visible,
  fc.constantFrom(
    "",
    "*",
    "null",
    "true",
    "-1",
    "1e9",
    "NaN",
    "/",
    "//",
    "../..",
    "{}",
    "[]",
    '{"Version":"2012-10-17","Statement":null}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}',
    "__proto__",
    "constructor",
    "arn:aws:iam::111111111111:role/OrganizationAccountAccessRole",
    "arn:aws:iam::111111111111:user/ada",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:sns:us-east-1:111111111111:alarm",
    "arn:",
    "OrganizationAccountAccessRole",
    "ada",
    "https://example.com/x",
    "2012-10-17",
  ),
);

const parameterNames = [
  ...["UserName", "GroupName", "RoleName", "PolicyName", "PolicyArn"],
  ...["PolicyDocument", "AssumeRolePolicyDocument", "Path", "PathPrefix"],
  ...["Marker", "MaxItems", "AccessKeyId", "Status", "SerialNumber"],
  ...["VirtualMFADeviceName", "AuthenticationCode1", "AuthenticationCode2"],
  ...["Password", "NewPassword", "OldPassword", "PasswordResetRequired"],
  ...["Tags.member.1.Key", "Tags.member.1.Value", "TagKeys.member.1"],
  ...["PermissionsBoundary", "MaxSessionDuration", "DurationSeconds"],
  ...["RoleArn", "RoleSessionName", "TokenCode", "Policy", "ExternalId"],
  ...["Url", "ClientIDList.member.1", "OpenIDConnectProviderArn", "VersionId"],
  ...["AWSServiceName", "DeletionTaskId", "NewUserName", "NewPath", "Filter"],
  ...["MinimumPasswordLength", "AccountAlias", "SetAsDefault", "ClientID"],
  ...["Name", "TopicArn", "ResourceArn", "AttributeName", "AttributeValue"],
  ...["Attributes.entry.1.key", "Attributes.entry.1.value", "Protocol"],
  ...["Endpoint", "SubscriptionArn", "Version", "WebIdentityToken"],
];

const parameters = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom(...parameterNames), visible), value),
  { maxLength: 25 },
);

export const contentTypes = fc.constantFrom(
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=utf-16",
  "application/json",
  "application/x-amz-json-1.1",
  "multipart/form-data; boundary=x",
  "text/xml",
  "",
);

export interface ServiceRequest {
  readonly service: string;
  readonly request: PlainRequest;
}

/** A form of the query protocol, or what is left of one. */
const queryRequest: fc.Arbitrary<ServiceRequest> = fc
  .record({
    named: fc.constantFrom(...queryActions),
    fields: parameters,
    type: contentTypes,
    instead: fc.option(text, { freq: 8 }),
  })
  .map(({ named: [service, action], fields, type, instead }) => ({
    service,
    request: {
      method: "POST",
      path: "/",
      headers: { "content-type": type },
      body:
        instead ??
        new URLSearchParams([["Action", action], ...fields]).toString(),
    },
  }));

/** A body that a service which speaks JSON may make something of. */
const jsonBody = fc.oneof(
  fc.json({ maxDepth: 3 }),
  visible,
  fc
    .dictionary(
      fc.constantFrom(
        ...["Name", "Rule", "KeyId", "TargetKeyId", "AliasName", "TableName"],
        ...["Tags", "TagKeys", "Targets", "Ids", "EventPattern", "Event"],
        ...["Policy", "State", "Description", "ResourceARN"],
        ...["PendingWindowInDays", "__proto__"],
      ),
      fc.oneof(
        value,
        fc.jsonValue({ maxDepth: 2 }),
        fc.array(fc.oneof(value, fc.jsonValue({ maxDepth: 2 })), {
          maxLength: 3,
        }),
      ),
      { maxKeys: 8 },
    )
    .map((body) => JSON.stringify(body)),
);

const jsonRequest: fc.Arbitrary<ServiceRequest> = fc
  .record({
    named: fc.constantFrom(...targets),
    body: jsonBody,
    type: contentTypes,
  })
  .map(({ named: [service, target], body, type }) => ({
    service,
    request: {
      method: "POST",
      path: "/",
      headers: { "content-type": type, "x-amz-target": target },
      body,
    },
  }));

const path = fc
  .array(fc.constantFrom("/", "//", "%", "%2f", "..", "[", "\\", "é", "a"), {
    maxLength: 6,
  })
  .map((parts) => `/${parts.join("")}`);

const s3Request: fc.Arbitrary<ServiceRequest> = fc
  .record({
    path,
    method: fc.constantFrom("GET", "PUT", "DELETE", "OPTIONS", "POST"),
  })
  .map(({ path: at, method }) => ({
    service: "s3",
    // What no client would sign as it is written.
    request: { method, path: encodeURI(at), headers: {}, body: "" },
  }));

/** What a client might ask of any service, real ones or not. */
export const serviceRequests: fc.Arbitrary<ServiceRequest> = fc.oneof(
  { weight: 6, arbitrary: queryRequest },
  { weight: 4, arbitrary: jsonRequest },
  { weight: 1, arbitrary: s3Request },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        queryRequest,
        fc.constantFrom("constructor", "__proto__", "lambda", "IAM"),
      )
      .map(([one, service]) => ({ ...one, service })),
  },
);

/** Requests that nobody has signed: as they are, as if presigned, or with a token of nobody's. */
export const unsignedRequests: fc.Arbitrary<PlainRequest> = fc.oneof(
  serviceRequests.map(({ request }) => request),
  fc
    .tuple(parameters, fc.constantFrom(...queryActions))
    .map(([fields, [service, action]]): PlainRequest => ({
      method: "GET",
      path: `/?${new URLSearchParams([
        ["Action", action],
        ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
        ["X-Amz-Credential", `AKIA/20261126/us-east-1/${service}/aws4_request`],
        ["X-Amz-Signature", "0".repeat(64)],
        ["X-Amz-SignedHeaders", "host"],
        ...fields,
      ]).toString()}`,
      headers: {},
      body: "",
    })),
  fc
    .tuple(value, value, fc.array(value, { maxLength: 4 }))
    .map(([arn, name, token]): PlainRequest => ({
      method: "POST",
      path: "/",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        Action: "AssumeRoleWithWebIdentity",
        RoleArn: arn,
        RoleSessionName: name,
        WebIdentityToken: token.join("."),
      }).toString(),
    })),
  fc
    .oneof(
      jsonBody,
      fc
        .dictionary(
          fc.constantFrom("account", "userName", "password", "mfaCode"),
          fc.oneof(
            fc.constantFrom<unknown>("111111111111", "ada", null, 1, {}, []),
            value,
          ),
        )
        .map((body) => JSON.stringify({ account: "111111111111", ...body })),
    )
    .map((body): PlainRequest => ({
      method: "POST",
      path: "/console/sign-in",
      headers: { "content-type": "application/json" },
      body,
    })),
  fc
    .tuple(
      contentTypes,
      fc.oneof(
        jsonBody,
        fc.record({ id: value, name: value }).map((one) => JSON.stringify(one)),
      ),
    )
    .map(([type, body]): PlainRequest => ({
      method: "POST",
      path: "/sandbox/accounts",
      headers: { "content-type": type },
      body,
    })),
  fc
    .record({
      Action: fc.oneof(fc.constantFrom("getSigninToken", "login"), value),
      Session: fc.oneof(
        value,
        fc
          .record({ sessionId: value, sessionKey: value, sessionToken: value })
          .map((one) => JSON.stringify(one)),
      ),
      SessionDuration: value,
      SigninToken: value,
      Destination: value,
    })
    .map((fields): PlainRequest => ({
      method: "POST",
      path: "/federation",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    })),
);

const joined = (...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

const header = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        ...["Content-Length", "Transfer-Encoding", "Expect", "Upgrade"],
        ...["Authorization", "X-Amz-Date", "Host", "Connection", "__proto__"],
      ),
      binary,
    ),
    fc.oneof(
      fc.constantFrom(
        ...["chunked", "-1", "99999999999999999999", "0x10", "gzip, chunked"],
        ...["100-continue", "later", "websocket", "Upgrade", "127.0.0.1"],
        "AWS4-HMAC-SHA256 Credential=a/20261126/us-east-1/constructor/aws4_request, SignedHeaders=host, Signature=" +
          "0".repeat(64),
        "20269999T999999Z",
        "a".repeat(20_000),
      ),
      binary,
    ),
  )
  .map(([name, content]) => joined(name, ": ", content, "\r\n"));

const requestLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("GET", "POST", "HEAD", "CONNECT", "get", "PRI", ""),
      fc.oneof(
        fc.constantFrom("//", "//[", "*", "http://", "http://[", "?", "/%", ""),
        path.map((one) => Buffer.from(one)),
        binary,
      ),
      fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", ""),
    )
    .map(([method, target, version]) =>
      joined(method, " ", target, " ", version, "\r\n"),
    ),
  binary,
);

const body = fc.oneof(
  binary,
  fc.constantFrom(
    ...["5\r\nab", "zz\r\n", "-1\r\n\r\n", "5\r\nabcde\r\n0\r\n\r\n"],
    ...["ffffffffffffffff\r\n", "0\r\nX: y\r\n\r\n", "Action=ListUsers"],
  ),
);

/** Bytes that are hardly HTTP, or stop before they are. */
export const rawInputs: fc.Arbitrary<Buffer> = fc
  .record({
    line: requestLine,
    host: fc.constantFrom("Host: 127.0.0.1\r\n", ""),
    headers: fc.array(header, { maxLength: 5 }),
    end: fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", ""),
    body,
    kept: fc.double({ min: 0.2, max: 1, noNaN: true }),
  })
  .map(({ line, host, headers, end, body: content, kept }) => {
    const whole = joined(line, host, ...headers, end, content);
    return whole.subarray(0, Math.ceil(whole.length * Math.min(1, kept * 1.5)));
  });
