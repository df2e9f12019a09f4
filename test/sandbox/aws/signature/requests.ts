import type { PlainRequest } from "../fuzz/wire";

const form = (body: string): PlainRequest => ({
  method: "POST",
  path: "/",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body,
});

const target = (name: string): PlainRequest => ({
  method: "POST",
  path: "/",
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": name,
  },
  body: "{}",
});

const get = (path: string): PlainRequest => ({
  method: "GET",
  path,
  headers: {},
  body: "",
});

/** One request of each service, which an administrator may make. */
export const serviceRequests = {
  iam: form("Action=ListUsers&Version=2010-05-08"),
  sts: form("Action=GetCallerIdentity&Version=2011-06-15"),
  sns: form("Action=ListTopics&Version=2010-03-31"),
  ec2: form("Action=DescribeInstances&Version=2016-11-15"),
  dynamodb: target("DynamoDB_20120810.ListTables"),
  events: target("AWSEvents.ListRules"),
  kms: target("TrentService.ListKeys"),
  "access-analyzer": get("/analyzer"),
  s3: get("/"),
} as const;
