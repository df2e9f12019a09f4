import fc from "fast-check";
import { bastionId, devId } from "../clients";

/** Random documents over the few requests that are made, so that most of them decide something. */

export interface Document {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export const subject = `arn:aws:iam::${devId}:role/subject`;
export const subjectSession = `arn:aws:sts::${devId}:assumed-role/subject/one`;
export const user = `arn:aws:iam::${devId}:user/ada`;
export const targets = [devId, bastionId].map(
  (id) => `arn:aws:iam::${id}:role/target`,
);

const someOf = <T>(...values: T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const actions = someOf(
  "*",
  "iam:*",
  "iam:List*",
  "iam:ListUsers",
  "iam:GetUser",
  "s3:ListAllMyBuckets",
  "s3:*",
  "ec2:Describe*",
  "dynamodb:ListTables",
  "sts:*",
  "sts:AssumeRole",
);

const resources = fc.oneof(
  { weight: 3, arbitrary: fc.constant(["*"]) },
  someOf("*", user, `arn:aws:iam::${devId}:user/*`, ...targets),
);

/** Some of these are met by every request, some by none, and some by a few. */
const conditions = (organizationId: string) =>
  fc.constantFrom(
    ...[
      { StringEquals: { "aws:PrincipalTag/team": "a" } },
      { StringEquals: { "aws:PrincipalTag/team": "b" } },
      { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      { StringEquals: { "aws:PrincipalOrgID": "o-another" } },
      { StringEquals: { "aws:ResourceAccount": devId } },
      { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } },
      { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
      { Null: { "aws:MultiFactorAuthPresent": "true" } },
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      { StringEquals: { "sts:RoleSessionName": "two" } },
      { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } },
      { ArnLike: { "aws:PrincipalArn": subject } },
      { ArnLike: { "aws:PrincipalArn": subjectSession } },
    ],
  );

const effects = fc.oneof(
  { weight: 4, arbitrary: fc.constant("Allow") },
  fc.constant("Deny"),
);

type Part = Readonly<Record<string, unknown>>;

const documentOf = (parts: fc.Arbitrary<Part>, organizationId: string) => {
  const condition = fc.option(
    conditions(organizationId).map((Condition) => ({ Condition })),
    { freq: 2, nil: {} },
  );
  const statement = fc
    .tuple(effects, parts, condition)
    .map(([Effect, part, more]) => ({ Effect, ...part, ...more }));
  return fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((Statement): Document => ({ Version: "2012-10-17", Statement }));
};

/** Of an identity, a boundary, a session or a service control policy. */
export const policies = (organizationId: string): fc.Arbitrary<Document> =>
  documentOf(
    fc
      .tuple(actions, resources)
      .chain(([action, Resource]) =>
        fc.oneof(
          { weight: 5, arbitrary: fc.constant({ Action: action, Resource }) },
          fc.constant({ NotAction: action, Resource }),
        ),
      ),
    organizationId,
  );

export const trusts = (organizationId: string): fc.Arbitrary<Document> =>
  documentOf(
    fc
      .constantFrom(
        "*",
        devId,
        `arn:aws:iam::${bastionId}:root`,
        subject,
        subjectSession,
      )
      .map((AWS) => ({ Principal: { AWS }, Action: "sts:AssumeRole" })),
    organizationId,
  );

export const allowAll: Document = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
