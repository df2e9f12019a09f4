import { strict as assert } from "node:assert";
import { gatherIdentities } from "../../../policy-pack/identities/gather";
import { organisationFrom } from "../../../policy-pack/organisation/config";
import {
  strengthOf,
  strengthWords,
  type Strength,
} from "../../../policy-pack/role-chaining/strength";
import { unknownText, type Declared } from "../pack";
import { readResources } from "../read-resources";
import {
  allow,
  deny,
  everything,
  json,
  readsBuckets,
  type Statement,
} from "../rules/documents";
import { role } from "../rules/resources";

const organisation = organisationFrom({ administratorRoles: ["OpsSudo"] });

function strength(one: Declared): Strength {
  const [identity] = gatherIdentities(readResources(one)).roles;
  assert.ok(identity);
  return strengthOf(identity, organisation);
}

const saying = (statements: readonly Statement[], more: object = {}) =>
  role("Work", {
    inlinePolicies: [{ name: "p", policy: json(...statements) }],
    ...more,
  });
const attached = (name: string, more: object = {}) =>
  role("Work", {
    managedPolicyArns: [`arn:aws:iam::aws:policy/${name}`],
    ...more,
  });
const boundedBy = (name: string) => ({
  permissionsBoundary: `arn:aws:iam::aws:policy/${name}`,
});

const letters = Array.from(
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
);
const small = letters.slice(0, 26);
const pairs = small.flatMap((one) => small.map((other) => one + other));
const digits = Array.from("0123456789", (one) => `${one}*`);
const passing = (...names: readonly string[]) =>
  saying([
    allow(
      "iam:PassRole",
      names.map((one) => `arn:aws:iam::222222222222:role/${one}`),
    ),
  ]);

const roles: readonly (readonly [string, Declared, Strength])[] = [
  ["one of the config's administrators, whatever it holds", role("OpsSudo"), 3],
  ["a role without policies", role("Work"), 0],
  ["one that reads", saying([readsBuckets]), 0],
  ["ReadOnlyAccess", attached("ReadOnlyAccess"), 0],
  ["PowerUserAccess", attached("PowerUserAccess"), 1],
  ["all but IAM", saying([everything, deny("iam:*")]), 1],
  ["AdministratorAccess", attached("AdministratorAccess"), 3],
  ["all", saying([everything]), 3],
  ["all of IAM", saying([allow("iam:*")]), 3],
  ["giving any role a policy", saying([allow("iam:PutRolePolicy")]), 3],
  ["another action that changes IAM", saying([allow("iam:CreateUser")]), 2],
  ["passing any role", saying([allow("iam:PassRole")]), 2],
  [
    "passing all roles but one",
    saying([
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        NotResource: "arn:aws:iam::222222222222:role/app",
      },
    ]),
    2,
  ],
  [
    "passing roles that begin with any letter",
    passing(...letters.map((one) => `${one}*`)),
    2,
  ],
  [
    "passing roles that begin with any letter or digit",
    passing(...letters.map((one) => `${one}*`), ...digits),
    2,
  ],
  [
    "passing roles that begin with any two letters",
    passing(...pairs.map((one) => `${one}*`)),
    2,
  ],
  [
    "passing roles that begin with two letters of a third of all pairs",
    passing(...pairs.filter((_, at) => at % 3 === 0).map((one) => `${one}*`)),
    0,
  ],
  ["passing roles that begin with a digit", passing(...digits), 0],
  ...["*e*", "*e*a*", "?a*", "*-*e*"].map(
    (name) => [`passing roles called ${name}`, passing(name), 2] as const,
  ),
  ...["app-*", "a*", "*e", "ci*", "*-execution", "service/*", "x/*", "a-*"].map(
    (name) => [`passing roles called ${name}`, passing(name), 0] as const,
  ),
  [
    "all services by their first letters",
    saying([allow(letters.map((one) => `${one}*:*`)), deny("iam:*")]),
    1,
  ],
  ["some services", saying([allow(["s3:*", "ec2:*", "kms:*"])]), 0],
  [
    "passing one role",
    saying([allow("iam:PassRole", "arn:aws:iam::222222222222:role/app")]),
    0,
  ],
  [
    "all, in a boundary without IAM",
    saying([everything], boundedBy("PowerUserAccess")),
    1,
  ],
  [
    "all, in a boundary that reads",
    saying([everything], boundedBy("ReadOnlyAccess")),
    0,
  ],
];

describe("how strong a role is", () => {
  for (const [what, one, expected] of roles) {
    it(`${expected}: ${what}`, () => {
      assert.equal(strength(one), expected);
    });
  }

  it("counts nothing that is not proven, as a policy that is not known yet", () => {
    const inlinePolicies = [{ name: "p", policy: unknownText }];
    assert.equal(strength(role("Work", { inlinePolicies })), 0);
  });

  it("has words of its own for each", () => {
    const words = ([0, 1, 2, 3] as const).map(strengthWords);
    assert.equal(new Set(words).size, 4);
  });
});
