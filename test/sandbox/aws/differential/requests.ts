import { bastionId, devId } from "../clients";
import { targets, user } from "./documents";

/** A request as it goes over the wire, and what IAM decides of it. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly owner: string;
  /** Which of the two trust policies belongs to the resource. */
  readonly trust?: 0 | 1;
  readonly wire: {
    readonly service: string;
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

const query = (service: string, version: string, body: string) => ({
  service,
  method: "POST" as const,
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: `${body}&Version=${version}`,
});

const iam = (body: string) => query("iam", "2010-05-08", body);

const unowned = (action: string, wire: Asked["wire"]): Asked => ({
  action,
  resource: "*",
  owner: devId,
  wire,
});

export const requests: readonly Asked[] = [
  unowned("iam:ListUsers", iam("Action=ListUsers")),
  unowned("iam:ListRoles", iam("Action=ListRoles")),
  {
    action: "iam:GetUser",
    resource: user,
    owner: devId,
    wire: iam("Action=GetUser&UserName=ada"),
  },
  unowned("s3:ListAllMyBuckets", { service: "s3", method: "GET", headers: {} }),
  unowned(
    "ec2:DescribeInstances",
    query("ec2", "2016-11-15", "Action=DescribeInstances"),
  ),
  unowned("dynamodb:ListTables", {
    service: "dynamodb",
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
    },
    body: "{}",
  }),
  ...targets.map((resource, index): Asked => {
    const form = new URLSearchParams({
      Action: "AssumeRole",
      RoleArn: resource,
      RoleSessionName: "two",
    });
    return {
      action: "sts:AssumeRole",
      resource,
      owner: index === 0 ? devId : bastionId,
      trust: index === 0 ? 0 : 1,
      wire: query("sts", "2011-06-15", form.toString()),
    };
  }),
];
