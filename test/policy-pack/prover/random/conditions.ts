import fc from "fast-check";

/** Where a document stands: which keys its conditions speak of. */
export type Place = "trust" | "resource" | "identity";

/** Values that documents compare a key with, by the operators that suit it. */
interface Family {
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
  /** Only there; undefined: everywhere. */
  readonly places?: readonly Place[];
}

const stringEquals = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
];
const stringLike = ["StringLike", "StringNotLike"];
const arn = ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"];
const compared = (prefix: string): readonly string[] =>
  [
    "Equals",
    "NotEquals",
    "LessThan",
    "LessThanEquals",
    "GreaterThan",
    "GreaterThanEquals",
  ].map((name) => prefix + name);

const families: readonly Family[] = [
  {
    keys: ["aws:PrincipalAccount"],
    operators: [...stringEquals, ...stringLike],
    values: [
      "111111111111",
      "222222222222",
      "444444444444",
      "999999999999",
      "123456789012",
      "4*",
      "44*",
      "?11111111111",
      "*9",
      "000000000000",
      "${aws:ResourceAccount}",
    ],
    places: ["trust", "resource"],
  },
  {
    keys: ["aws:PrincipalAccount"],
    operators: compared("Numeric"),
    values: ["111111111111", "444444444444", "999999999999", "0"],
    places: ["trust", "resource"],
  },
  {
    keys: ["aws:PrincipalArn"],
    operators: [...arn, ...stringLike],
    values: [
      "arn:aws:iam::111111111111:user/*",
      "arn:aws:iam::*:role/PowerUser",
      "arn:aws:iam::111111111111:user/${aws:username}",
      "arn:aws:iam::4*:*",
      "arn:aws:iam::444444444444:role/team/*",
      "arn:aws:iam::*:root",
      "arn:aws:iam::444444444444:user/ada",
      "arn:aws:sts::*:federated-user/*",
      "arn:aws:iam::*:user/*a",
    ],
  },
  {
    keys: ["aws:PrincipalArn"],
    operators: stringEquals.slice(0, 2),
    values: [
      "arn:aws:iam::111111111111:user/ada",
      "arn:aws:iam::111111111111:user/*",
      "arn:aws:iam::444444444444:role/PowerUser",
      "arn:aws:iam::444444444444:root",
    ],
  },
  {
    keys: ["aws:PrincipalType"],
    operators: [...stringEquals.slice(0, 2), ...stringLike],
    values: ["User", "AssumedRole", "Account", "FederatedUser", "*User", "A*"],
  },
  {
    keys: ["aws:userid"],
    operators: stringLike,
    values: [
      "AIDA*",
      "AROA*:ada",
      "*:*",
      "444444444444*",
      "AROAEXAMPLE234567:*",
    ],
  },
  {
    keys: ["aws:username"],
    operators: [...stringEquals, ...stringLike],
    values: ["ada", "ADA", "a*", "*a", "ad?", "bashir", "*"],
  },
  {
    keys: ["aws:PrincipalTag/team", "aws:PrincipalTag/owner"],
    operators: [...stringEquals, ...stringLike],
    values: [
      "red",
      "Red",
      "r*",
      "${aws:username}",
      "*${*}*",
      "${aws:username, 'ada'}",
      "red*",
    ],
  },
  {
    keys: ["aws:MultiFactorAuthPresent", "aws:SecureTransport"],
    operators: ["Bool"],
    values: ["true", "false"],
  },
  {
    keys: ["aws:MultiFactorAuthPresent", "aws:SecureTransport"],
    operators: ["StringEquals", "StringNotEquals", "StringLike"],
    values: ["true", "false", "t*"],
  },
  {
    keys: ["aws:MultiFactorAuthAge"],
    operators: compared("Numeric"),
    values: ["30", "3600", "3601", "43200"],
  },
  {
    keys: ["aws:PrincipalOrgID"],
    operators: [...stringEquals.slice(0, 2), ...stringLike],
    values: ["o-abc1234567", "o-*", "o-zzz9999999", "o-abc*"],
    places: ["trust", "resource"],
  },
  {
    keys: ["sts:ExternalId", "sts:RoleSessionName"],
    operators: [...stringEquals, ...stringLike],
    values: [
      "vendor-7",
      "Vendor-7",
      "vendor-*",
      "*",
      "${aws:username}",
      "${aws:username}-*",
      "??",
    ],
    places: ["trust"],
  },
  {
    keys: ["aws:SourceIp"],
    operators: ["IpAddress", "NotIpAddress"],
    values: [
      "10.0.0.0/24",
      "10.0.0.0/8",
      "192.168.7.9/32",
      "2001:db8::/32",
      "0.0.0.0/0",
      "::/0",
    ],
  },
  {
    keys: ["aws:CurrentTime", "aws:TokenIssueTime"],
    operators: compared("Date"),
    values: ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "1767225600"],
  },
  {
    keys: ["aws:RequestedRegion"],
    operators: [...stringEquals, ...stringLike],
    values: ["eu-west-1", "us-east-1", "us-*", "*-1"],
  },
];

/** Keys that hold several values: always with a quantifier. */
const sets: readonly Family[] = [
  {
    keys: ["aws:TagKeys", "sts:TransitiveTagKeys"],
    operators: [...stringEquals, ...stringLike],
    values: ["team", "Team", "t*", "*", "owner"],
    places: ["trust"],
  },
  {
    keys: ["aws:PrincipalOrgPaths"],
    operators: stringLike,
    values: ["o-abc1234567/*", "o-zzz9999999/r-ab12/*", "o-*", "*"],
    places: ["trust", "resource"],
  },
  {
    keys: ["aws:TagKeys"],
    operators: [...stringEquals, ...stringLike],
    values: ["team", "Team", "t*", "*", "owner"],
    places: ["identity"],
  },
];

const quantifiers = ["ForAllValues:", "ForAnyValue:"];

const isIn =
  (place: Place) =>
  ({ places }: Family): boolean =>
    places?.includes(place) ?? true;

const listOf = (values: readonly string[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });

const anyCase = (name: string) =>
  fc.constantFrom(name, name, name, name.toLowerCase(), name.toUpperCase());

const testOf =
  (prefixes: readonly string[], suffixes: readonly string[]) =>
  ({ keys, operators, values }: Family) =>
    fc.record({
      operator: fc
        .tuple(
          fc.constantFrom(...prefixes),
          fc.constantFrom(...operators),
          fc.constantFrom(...suffixes),
        )
        .map((parts) => parts.join("")),
      key: fc.constantFrom(...keys).chain(anyCase),
      values: listOf(values, 3),
    });

const nullTest = (place: Place) =>
  fc.record({
    operator: fc.constant("Null"),
    key: fc.constantFrom(
      ...[...families, ...sets].filter(isIn(place)).flatMap(({ keys }) => keys),
    ),
    values: fc.constantFrom(["true"], ["false"], ["true", "false"]),
  });

const oneTest = (place: Place) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(...families.filter(isIn(place)))
        .chain(testOf(["", "", "", "", ...quantifiers], ["", "", "IfExists"])),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...sets.filter(isIn(place)))
        .chain(testOf(quantifiers, ["", "", "", "IfExists"])),
    },
    { weight: 1, arbitrary: nullTest(place) },
  );

interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function together(tests: readonly Test[]) {
  const Condition: Record<string, Record<string, readonly string[]>> = {};
  const seen = new Set<string>();
  for (const { operator, key, values } of tests) {
    // IAM takes a key once an operator.
    const name = `${operator} ${key}`.toLowerCase();
    if (seen.has(name)) continue;
    seen.add(name);
    Condition[operator] = { ...Condition[operator], [key]: values };
  }
  return tests.length === 0 ? {} : { Condition };
}

export const condition = (place: Place) =>
  fc.array(oneTest(place), { maxLength: 3 }).map(together);
