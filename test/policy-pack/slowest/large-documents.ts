import fc from "fast-check";
import type { Declared } from "../pack";
import { role, resource } from "../rules/resources";

/**
 * Documents that are as much work as IAM lets them be: few keys that many statements speak of,
 * patterns with many wildcards, Denies that nearly close what the Allows open.
 */

/** Characters that IAM takes, by where a document stands: "IAM and AWS STS quotas", S3's quotas. */
const quotas = { trust: 4096, identity: 10_240, resource: 20_480 } as const;
export type Place = keyof typeof quotas;

const several = <T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 1, maxLength: most });

const letter = fc.constantFrom(..."ab0-/".split(""));
const wildcard = fc.constantFrom("*", "*", "?", "**", "*?");

const pattern = (longest: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: letter },
        { weight: 2, arbitrary: wildcard },
      ),
      { minLength: 1, maxLength: longest },
    )
    .map((parts) => parts.join(""));

const text = fc.oneof(
  { weight: 6, arbitrary: pattern(12) },
  { weight: 2, arbitrary: pattern(80) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("${aws:username}", "${aws:PrincipalTag/t0}*"),
  },
);

const account = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map((digit) => String(digit).repeat(12)),
  pattern(11).map((one) => one.replaceAll(/[ab/-]/g, "4")),
);

const principalArn = fc
  .tuple(account, fc.constantFrom("user", "role", "*"), pattern(20))
  .map(([id, kind, name]) => `arn:aws:iam::${id}:${kind}/${name}`);

const operators = (...names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom("", "", "", "ForAnyValue:", "ForAllValues:"),
      fc.constantFrom(...names),
      fc.constantFrom("", "", "IfExists"),
    )
    .map((parts) => parts.join(""));

const condition = fc.oneof(
  fc.tuple(
    operators("StringLike", "StringNotLike", "StringEquals"),
    fc
      .integer({ min: 0, max: 5 })
      .map((number) => `aws:PrincipalTag/t${number}`),
    several(text, 4),
  ),
  fc.tuple(
    operators("ArnLike", "ArnNotLike", "StringLike", "StringNotLike"),
    fc.constant("aws:PrincipalArn"),
    several(principalArn, 4),
  ),
  fc.tuple(
    operators("StringLike", "StringNotLike", "StringEquals"),
    fc.constant("aws:PrincipalAccount"),
    several(account, 4),
  ),
  fc.tuple(
    operators("NumericLessThan", "NumericGreaterThan", "NumericNotEquals"),
    fc.constantFrom("aws:MultiFactorAuthAge", "aws:PrincipalAccount"),
    several(fc.nat(999_999).map(String), 2),
  ),
  fc.tuple(
    operators("Bool"),
    fc.constantFrom("aws:MultiFactorAuthPresent", "aws:SecureTransport"),
    several(fc.constantFrom("true", "false"), 1),
  ),
  fc.tuple(
    operators("IpAddress", "NotIpAddress"),
    fc.constant("aws:SourceIp"),
    several(
      fc
        .tuple(fc.nat(255), fc.integer({ min: 1, max: 32 }))
        .map(([byte, bits]) => `10.${byte}.0.0/${bits}`),
      4,
    ),
  ),
);

const conditions = fc.array(condition, { maxLength: 5 }).map((all) =>
  all.length === 0
    ? {}
    : {
        Condition: Object.fromEntries(
          all.map(([operator, key, values]) => [operator, { [key]: values }]),
        ),
      },
);

const action = (...services: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom("*", ...services.map((one) => `${one}:*`)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...services), pattern(20))
        .map(
          ([service, name]) => `${service}:${name.replaceAll(/[-/]/g, "e")}`,
        ),
    },
  );

const principal = fc.oneof(
  { weight: 2, arbitrary: fc.constant<unknown>("*") },
  {
    weight: 3,
    arbitrary: several(
      fc.oneof(
        fc.integer({ min: 0, max: 9 }).map((digit) => String(digit).repeat(12)),
        fc.nat(9).map((one) => `arn:aws:iam::444444444444:user/ada${one}`),
      ),
      8,
    ).map((AWS) => ({ AWS })),
  },
);

/** What stands in a statement of each place, beside effect and conditions. */
const particulars: Record<Place, fc.Arbitrary<object>> = {
  trust: fc.record({
    Principal: principal,
    Action: fc.constantFrom<unknown>("sts:AssumeRole", "sts:*", "*"),
  }),
  identity: fc.oneof(
    fc.record({
      Action: several(action("iam", "sts"), 6),
      Resource: several(
        pattern(30).map((one) => `arn:aws:iam::222222222222:role/${one}`),
        4,
      ).map((some): unknown => (some.length > 2 ? "*" : some)),
    }),
    fc.record({
      NotAction: several(action("iam", "s3"), 6),
      Resource: fc.constant("*"),
    }),
  ),
  resource: fc.record({
    Principal: principal,
    Action: several(action("s3"), 4),
    Resource: fc.constant("arn:aws:s3:::b/*"),
  }),
};

const statement = (place: Place): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.constantFrom("Allow", "Deny", "Deny"),
      particulars[place],
      conditions,
    )
    .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as object);

/** As many of the statements as the quota takes. */
function within(place: Place, statements: readonly object[]): string {
  let taken = statements.length;
  const written = (): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: statements.slice(0, taken),
    });
  while (written().length > quotas[place] && taken > 1) taken -= 1;
  return written();
}

const documentOf = (place: Place): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(statement(place), { minLength: 1, maxLength: 80 }),
      fc.boolean(),
    )
    .map(([statements, startsOpen]) =>
      within(place, [
        ...(startsOpen && place === "identity"
          ? [{ Effect: "Allow", Action: "*", Resource: "*" }]
          : []),
        ...statements,
      ]),
    )
    .filter((written) => written.length <= quotas[place]);

/** A resource of a stack that holds the document. */
const holding: Record<Place, (document: string) => Declared> = {
  trust: (document) => role("holder", { assumeRolePolicy: document }),
  identity: (document) =>
    role("holder", { inlinePolicies: [{ name: "own", policy: document }] }),
  resource: (document) =>
    resource("aws:s3/bucketPolicy:BucketPolicy", "holder", {
      bucket: "b",
      policy: document,
    }),
};

export interface LargeDocument {
  readonly place: Place;
  readonly document: string;
  readonly holder: Declared;
}

const large = fc
  .constantFrom<Place>("trust", "identity", "resource")
  .chain((place) =>
    documentOf(place).map((document): LargeDocument => ({
      place,
      document,
      holder: holding[place](document),
    })),
  );

/** The same documents for the same seed. */
export const largeDocuments = (
  seed: number,
  count: number,
): readonly LargeDocument[] => fc.sample(large, { seed, numRuns: count });
