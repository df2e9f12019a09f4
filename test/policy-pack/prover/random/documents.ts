import fc from "fast-check";
import { condition, type Place } from "./conditions";

const effect = fc.constantFrom("Allow", "Allow", "Deny");

const version = fc.constantFrom(
  ..."2012-10-17 ".repeat(7).trim().split(" "),
  "2008-10-17",
);

const awsPrincipals = [
  "*",
  "*",
  "arn:aws:iam::111111111111:root",
  "111111111111",
  "222222222222",
  "444444444444",
  "999999999999",
  "arn:aws:iam::111111111111:user/ada",
  "arn:aws:iam::444444444444:user/team/bashir",
  "arn:aws:iam::222222222222:role/PowerUser",
  "arn:aws:iam::444444444444:role/team/PowerUser",
  "arn:aws:sts::444444444444:assumed-role/PowerUser/ada",
];

const several = (values: readonly string[], most: number) =>
  fc
    .uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })
    .map((list) => (list.length === 1 ? list[0] : list));

const principals = (more: readonly string[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<unknown>("*") },
    {
      weight: 8,
      arbitrary: several([...awsPrincipals, ...more], 3).map((AWS) => ({
        AWS,
      })),
    },
    { weight: 1, arbitrary: fc.constant({ Service: "ec2.amazonaws.com" }) },
  );

const documentOf = (statement: fc.Arbitrary<object>) =>
  fc
    .tuple(version, fc.array(statement, { minLength: 1, maxLength: 4 }))
    .map(([Version, Statement]) => ({
      Version,
      Statement:
        Statement.length === 1 && Statement[0] !== undefined
          ? Statement[0]
          : Statement,
    }));

const statementOf = (...parts: readonly fc.Arbitrary<object>[]) =>
  fc
    .tuple(
      effect.map((Effect) => ({ Effect })),
      ...parts,
    )
    .map((all): object => Object.assign({}, ...all) as object);

/** A trust policy with one to four statements. */
export const trustPolicy = documentOf(
  statementOf(
    principals([]).map((Principal) => ({ Principal })),
    fc.constantFrom<object>(
      { Action: "sts:AssumeRole" },
      { Action: "sts:AssumeRole" },
      { Action: ["sts:Assume*", "sts:TagSession"] },
      { Action: "STS:assumerole" },
      { Action: "sts:TagSession" },
      { NotAction: "sts:TagSession" },
      { Action: "sts:?ssume*" },
      { Action: "*" },
    ),
    condition("trust"),
  ),
);

const objects = [
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b",
  "*",
  "arn:aws:s3:::b/${aws:username}/*",
  "arn:aws:s3",
];

const resourceStatement = (Effect: string, inverted: boolean) =>
  fc
    .tuple(
      principals(["arn:aws:sts::444444444444:federated-user/ada"]),
      fc.constantFrom<object>(
        { Action: "s3:GetObject" },
        { Action: ["s3:Get*", "s3:PutObject"] },
        { Action: "s3:*" },
        { NotAction: "s3:Get*" },
      ),
      several(objects, 2),
      fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
      condition("resource"),
    )
    .map(([principal, action, resource, element, conditions]): object => ({
      Effect,
      [inverted ? "NotPrincipal" : "Principal"]: principal,
      ...action,
      [element]: resource,
      ...conditions,
    }));

/** The policy of a bucket; a Deny may have NotPrincipal. */
export const resourcePolicy = documentOf(
  fc.oneof(
    { weight: 5, arbitrary: resourceStatement("Allow", false) },
    { weight: 3, arbitrary: resourceStatement("Deny", false) },
    { weight: 1, arbitrary: resourceStatement("Deny", true) },
  ),
);

const actions = [
  "iam:CreateUser",
  "iam:*",
  "iam:Create*",
  "iam:PassRole",
  "s3:GetObject",
  "*",
  "iam:*User",
  "IAM:get*",
  "iam:*Alias",
  "iam:?*Policy",
];

const resources = [
  "*",
  "arn:aws:iam::222222222222:user/ada",
  "arn:aws:iam::222222222222:user/${aws:username}",
  "arn:aws:iam::222222222222:role/${aws:PrincipalTag/team}*",
  "arn:aws:iam::*:user/*",
  "arn:aws:iam::222222222222:role/*-*",
  "arn:aws:iam::222222222222:role/team/*",
  "arn:aws:s3:::*",
  "arn:aws:iam::222222222222:user/a?a",
  "arn:aws:iam::4*:*",
  "arn:aws:iam",
  "arn:aws:*:role/*",
];

/** An identity policy, or a permissions boundary. */
export const identityPolicy = documentOf(
  statementOf(
    fc
      .tuple(
        fc.constantFrom("Action", "Action", "NotAction"),
        several(actions, 2),
        fc.constantFrom("Resource", "Resource", "NotResource"),
        several(resources, 2),
      )
      .map(([action, some, resource, others]) => ({
        [action]: some,
        [resource]: others,
      })),
    condition("identity"),
  ),
);

export const identity = fc.record({
  documents: fc.array(identityPolicy, { minLength: 1, maxLength: 2 }),
  boundary: fc.option(identityPolicy, { freq: 2, nil: undefined }),
});

export type { Place };
