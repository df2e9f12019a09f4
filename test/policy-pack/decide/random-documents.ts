import fc from "fast-check";

/** Values that keys take in requests; documents speak of these and of values near to them. */
const keyValues = {
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "aws:MultiFactorAuthAge": ["0", "30", "3599", "3600", "3601", "86400"],
  "sts:RoleSessionName": ["ada", "adam", "bashir"],
  "aws:PrincipalTag/owner": ["ada", "b*d"],
  "aws:username": ["ada", "bashir", "Ada"],
  "aws:SourceIp": ["10.0.0.1", "10.0.1.1", "192.168.7.9", "2001:db8::1"],
  "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z"],
  "aws:SecureTransport": ["true", "false"],
  "aws:PrincipalArn": [
    "arn:aws:iam::111111111111:user/ada",
    "arn:aws:iam::111111111111:user/team/bashir",
    "arn:aws:iam::222222222222:role/PowerUser",
  ],
  "sts:ExternalId": ["vendor-7", "vendor", "other"],
} as const;

export type Key = keyof typeof keyValues;

/** Keys that say whose request it is: no request chooses them. */
type CallerKey = "aws:PrincipalAccount" | "aws:PrincipalType";
type AnyKey = Key | CallerKey;

interface Family {
  readonly keys: readonly AnyKey[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
}

const texts: readonly Key[] = [
  "sts:RoleSessionName",
  "aws:username",
  "sts:ExternalId",
  "aws:PrincipalTag/owner",
];

const truths: readonly Key[] = [
  "aws:MultiFactorAuthPresent",
  "aws:SecureTransport",
];

const families: readonly Family[] = [
  { keys: truths, operators: ["Bool"], values: ["true", "false"] },
  {
    keys: truths,
    operators: ["StringEquals", "StringNotEquals", "StringLike"],
    values: ["true", "false", "t*"],
  },
  {
    keys: ["aws:MultiFactorAuthAge"],
    operators: [
      "NumericEquals",
      "NumericNotEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEquals",
    ],
    values: ["30", "3600", "3601", "43200"],
  },
  {
    keys: texts,
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    ],
    values: ["ada", "ADA", "bashir", "vendor-7", "${aws:username}"],
  },
  {
    keys: texts,
    operators: ["StringLike", "StringNotLike"],
    values: [
      "a*",
      "*a",
      "ad?",
      "*",
      "b${*}d",
      "${aws:username}*",
      "${aws:username, 'ada'}",
      "vendor-?",
    ],
  },
  {
    keys: ["aws:SourceIp"],
    operators: ["IpAddress", "NotIpAddress"],
    values: ["10.0.0.0/24", "10.0.0.0/8", "192.168.7.9/32", "2001:db8::/32"],
  },
  {
    keys: ["aws:CurrentTime"],
    operators: [
      "DateLessThan",
      "DateGreaterThan",
      "DateEquals",
      "DateNotEquals",
      "DateLessThanEquals",
      "DateGreaterThanEquals",
    ],
    values: ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"],
  },
  {
    keys: ["aws:PrincipalArn"],
    operators: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"],
    values: [
      "arn:aws:iam::111111111111:user/*",
      "arn:aws:iam::*:role/PowerUser",
      "arn:aws:iam::111111111111:user/${aws:username}",
      "arn:*:iam::1*:*",
    ],
  },
];

const callerFamilies: readonly Family[] = [
  {
    keys: ["aws:PrincipalAccount"],
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringNotLike",
    ],
    values: ["111111111111", "444444444444", "4*", "*9", "?11111111111"],
  },
  {
    keys: ["aws:PrincipalType"],
    operators: ["StringEquals", "StringNotEquals"],
    values: ["User", "AssumedRole", "Account"],
  },
  {
    keys: ["aws:PrincipalArn"],
    operators: ["ArnLike", "ArnNotLike", "StringLike", "StringNotLike"],
    values: [
      "arn:aws:iam::*:root",
      "arn:aws:iam::4*:*",
      "arn:aws:iam::444444444444:user/ada",
    ],
  },
];

const allKeys = Object.keys(keyValues) as Key[];
/** STS's own keys are in requests to STS alone. */
const globalKeys = allKeys.filter((key) => key.startsWith("aws:"));

const nullTest = (among: readonly AnyKey[]) =>
  fc.record({
    operator: fc.constant("Null"),
    key: fc.constantFrom(...among),
    values: fc.constantFrom(["true"], ["false"]),
  });

const oneTest = (
  among: readonly AnyKey[],
  more: readonly Family[],
): fc.Arbitrary<Test> =>
  fc
    .constantFrom(
      ...[...families, ...more].map(({ keys, ...rest }) => ({
        ...rest,
        keys: keys.filter((key) => among.includes(key)),
      })),
    )
    .chain(({ keys, operators, values }) =>
      fc.record({
        operator: fc
          .tuple(
            // ForAnyValue with IfExists is a test of its own: the two read it differently.
            fc.constantFrom(
              ...["", "", "", "", "ForAllValues:", "ForAnyValue:"].map(
                (quantifier) => [quantifier, ""],
              ),
              ...["", "", "ForAllValues:"].map((quantifier) => [
                quantifier,
                "IfExists",
              ]),
            ),
            fc.constantFrom(...operators),
          )
          .map(
            ([[quantifier, suffix], name]) => `${quantifier}${name}${suffix}`,
          ),
        key: fc.constantFrom(...keys),
        values: fc.uniqueArray(fc.constantFrom(...values), {
          minLength: 1,
          maxLength: 2,
        }),
      }),
    );

interface Test {
  readonly operator: string;
  readonly key: AnyKey;
  readonly values: readonly string[];
}

function conditionOf(tests: readonly Test[]) {
  const condition: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of tests) {
    condition[operator] = { ...condition[operator], [key]: values };
  }
  return tests.length === 0 ? {} : { Condition: condition };
}

const condition = (among: readonly AnyKey[], more: readonly Family[] = []) =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: oneTest(among, more) },
        { weight: 1, arbitrary: nullTest(among) },
      ),
      { maxLength: 3 },
    )
    .map(conditionOf);

const effect = fc.constantFrom("Allow", "Allow", "Deny");

export const principals = [
  "*",
  { AWS: "*" },
  { AWS: "arn:aws:iam::111111111111:root" },
  { AWS: "111111111111" },
  { AWS: "arn:aws:iam::111111111111:user/ada" },
  { AWS: ["arn:aws:iam::222222222222:role/PowerUser", "111111111111"] },
  { Service: "ec2.amazonaws.com" },
] as const;

/** A trust policy with one to three statements. */
export const trustPolicy = fc
  .array(
    fc
      .tuple(
        effect,
        fc.constantFrom(...principals),
        fc.constantFrom(
          { Action: "sts:AssumeRole" },
          { Action: ["sts:Assume*", "sts:TagSession"] },
          { Action: "STS:assumerole" },
          { Action: "sts:TagSession" },
          { NotAction: "sts:TagSession" },
          { Action: "*" },
        ),
        condition(allKeys),
      )
      .map(([Effect, Principal, action, conditions]) => ({
        Effect,
        Principal,
        ...action,
        ...conditions,
      })),
    { minLength: 1, maxLength: 3 },
  )
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

/** The policy of a bucket whose objects are asked for; a Deny may name all but some. */
export const bucketPolicy = fc
  .array(
    fc
      .tuple(
        effect,
        fc.constantFrom<unknown>(
          "*",
          { AWS: "*" },
          { AWS: ["444444444444", "arn:aws:iam::111111111111:root"] },
          { AWS: "arn:aws:iam::444444444444:user/ada" },
        ),
        fc.boolean(),
        fc.constantFrom<object>(
          { Action: "s3:GetObject" },
          { Action: "s3:Get*" },
          { NotAction: "s3:PutObject" },
        ),
        condition(
          [...globalKeys, "aws:PrincipalAccount", "aws:PrincipalType"],
          callerFamilies,
        ),
      )
      .map(([Effect, principal, isInverted, action, conditions]) => ({
        Effect,
        ...(Effect === "Deny" && isInverted
          ? { NotPrincipal: principal }
          : { Principal: principal }),
        ...action,
        Resource: "arn:aws:s3:::b/*",
        ...conditions,
      })),
    { minLength: 1, maxLength: 4 },
  )
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

const actions = [
  "iam:CreateUser",
  "iam:*",
  "iam:Create*",
  "s3:GetObject",
  "*",
  "iam:*User",
  "S3:*",
];
const resources = [
  "*",
  "arn:aws:iam::222222222222:user/ada",
  "arn:aws:iam::222222222222:user/${aws:username}",
  "arn:aws:iam::*:user/*",
  "arn:aws:s3:::*",
  "arn:aws:iam::222222222222:user/a?a",
];

/** An identity policy with one to three statements. */
export const identityPolicy = fc
  .array(
    fc
      .tuple(
        effect,
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom(...actions), {
          minLength: 1,
          maxLength: 2,
        }),
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom(...resources), {
          minLength: 1,
          maxLength: 2,
        }),
        condition(globalKeys),
      )
      .map(
        ([Effect, notAction, Action, notResource, Resource, conditions]) => ({
          Effect,
          ...(notAction ? { NotAction: Action } : { Action }),
          ...(notResource ? { NotResource: Resource } : { Resource }),
          ...conditions,
        }),
      ),
    { minLength: 1, maxLength: 3 },
  )
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

/** Keys of a request: each may be missing. */
export const context = fc
  .tuple(
    ...Object.entries(keyValues).map(([key, values]) =>
      fc
        .option(fc.constantFrom(...values), { freq: 3, nil: undefined })
        .map((value) => [key, value] as const),
    ),
  )
  .map(
    (entries) =>
      Object.fromEntries(
        entries.filter(([, value]) => value !== undefined),
      ) as Readonly<Record<string, string>>,
  );

export interface Written {
  readonly Statement: readonly {
    readonly NotResource?: readonly string[];
    readonly Condition?: Readonly<
      Record<string, Readonly<Record<string, readonly string[]>>>
    >;
  }[];
}

/**
 * Whether an inverted element compares with a variable that the request has no value for. AWS's
 * documentation says that it then matches, and the simulator that it does not: a test of its own.
 */
export const invertsUnsetVariable = (
  { Statement }: Written,
  keys: Readonly<Record<string, unknown>>,
): boolean =>
  keys["aws:username"] === undefined &&
  Statement.some(({ NotResource = [], Condition = {} }) =>
    [
      ...NotResource,
      ...Object.entries(Condition)
        .filter(([operator]) => operator.includes("Not"))
        .flatMap(([, tests]) => Object.values(tests).flat()),
    ].some((value) => value.includes("${aws:username}")),
  );
