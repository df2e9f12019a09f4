import fc from "fast-check";
import { bastionId, devId } from "../clients";

/** Random documents over the few requests that are made, so that most of them decide something. */

export interface Document {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export const subject = `arn:aws:iam::${bastionId}:role/subject`;
export const subjectSession = `arn:aws:sts::${bastionId}:assumed-role/subject/one`;
export const user = `arn:aws:iam::${bastionId}:user/ada`;
export const targets = [bastionId, devId].map(
  (id) => `arn:aws:iam::${id}:role/target`,
);

const someOf = <T>(...values: T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** Those of the requests, by their names and by what stands for several. */
const actionsOf = (asked: readonly string[]) =>
  someOf(
    "*",
    ...asked,
    ...asked.map((action) => `${action.split(":")[0] ?? ""}:*`),
    ...asked.map((action) => action.replace(/(:[A-Z][a-z]+).*/, "$1*")),
    "sts:TagSession",
    "iam:Tag*",
  );

const inRegion = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${bastionId}:${resource}`;

const resources = fc.oneof(
  { weight: 3, arbitrary: fc.constant(["*"]) },
  someOf(
    "*",
    user,
    `arn:aws:iam::${bastionId}:user/*`,
    `arn:aws:iam::${bastionId}:role/reader`,
    `arn:aws:iam::${bastionId}:group/*`,
    `arn:aws:iam::${bastionId}:policy/b*`,
    "arn:aws:iam::*:mfa/*",
    `arn:aws:s3:::records-${bastionId}*`,
    inRegion("sns", "*"),
    inRegion("kms", "key/*"),
    inRegion("events", "rule/watch"),
    inRegion("dynamodb", "table/*"),
    ...targets,
  ),
);

/** Some of these are met by every request, some by none, and some by a few. */
const conditions = (organizationId: string) =>
  fc.constantFrom(
    ...[
      { StringEquals: { "aws:PrincipalTag/team": "a" } },
      { StringEquals: { "aws:PrincipalTag/team": "b" } },
      { StringEquals: { "aws:RequestTag/team": "a" } },
      { StringNotEquals: { "aws:RequestTag/team": "a" } },
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["cost"] } },
      { Null: { "aws:TagKeys": "true" } },
      { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      { StringEquals: { "aws:PrincipalOrgID": "o-another" } },
      { StringEquals: { "aws:ResourceAccount": bastionId } },
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
export const policies = (
  organizationId: string,
  asked: readonly string[],
): fc.Arbitrary<Document> =>
  documentOf(
    fc
      .tuple(actionsOf(asked), resources)
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
        bastionId,
        `arn:aws:iam::${devId}:root`,
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
