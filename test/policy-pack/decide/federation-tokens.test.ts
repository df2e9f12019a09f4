import { strict as assert } from "node:assert";
import fc from "fast-check";
import type { Document } from "../../../policy-pack/decide/document";
import {
  foreignToken,
  unpinnedToken,
} from "../../../policy-pack/decide/federation";
import { runs } from "../../run/property-tests";
import { readWell } from "./reading";
import { decideRequest } from "./request";

const issuer = "token.actions.githubusercontent.com";
const provider = `arn:aws:iam::222222222222:oidc-provider/${issuer}`;
const ours = [{ issuer, tenants: ["acme", "1001"], claims: {} }];

/** Owners with their ids; the last two of each are nowhere in a document. */
const owners = [
  ["acme", "1001"],
  ["acme-evil", "1002"],
  ["evil", "10"],
  ["fresh-owner", "7777"],
] as const;
const repositories = [
  ["shop", "2002"],
  ["shop-evil", "2003"],
  ["fresh-name", "8888"],
] as const;

interface Token {
  readonly owner: string;
  readonly repository: string;
  readonly claims: Readonly<Record<string, string>>;
}

/** What GitHub makes: its claims are of one owner and one repository, whatever template it follows. */
const token = fc
  .record({
    owner: fc.constantFrom(...owners),
    repository: fc.constantFrom(...repositories),
    // A stranger gives branches and environments any name; a colon is written as %3A.
    context: fc.constantFrom(
      "ref:refs/heads/main",
      "ref:refs/heads/a@1001/shop@2002",
      "ref:refs/heads/repo%3Aacme/shop%3A",
      "environment:prod",
      "pull_request",
    ),
    template: fc.nat(4),
  })
  .map(({ owner, repository, context, template }): Token => {
    const [ownerName, ownerId] = owner;
    const [name, id] = repository;
    const templates = [
      `repo:${ownerName}/${name}:${context}`,
      `repo:${ownerName}@${ownerId}/${name}@${id}:${context}`,
      `repository_id:${id}:${context}`,
      `repository_owner_id:${ownerId}:repository_id:${id}`,
      context,
    ];
    return {
      owner: ownerName,
      repository: name,
      claims: {
        aud: "sts.amazonaws.com",
        sub: templates[template] ?? context,
        repository: `${ownerName}/${name}`,
        repository_id: id,
        repository_owner: ownerName,
        repository_owner_id: ownerId,
        job_workflow_ref: `${ownerName}/${name}/.github/workflows/x.yml@refs/heads/main`,
      },
    };
  });

const values: Readonly<Record<string, readonly string[]>> = {
  sub: [
    "repo:acme/shop:*",
    "repo:acme/*",
    "repo:acme*",
    "repo:ACME/shop:ref:refs/heads/main",
    "repo:acme/shop:environment:prod",
    "repo:evil/shop:*",
    "repo:*:environment:prod",
    "repo:*@1001/*",
    "repo:acme@1001/*",
    "repo:*@1001/shop@2002:*",
    "repository_id:2002:*",
    "repository_owner_id:1001:*",
    "environment:prod",
    "*",
  ],
  repository: ["acme/shop", "acme/*", "*/shop", "evil/shop", "acme/shop*"],
  repository_id: ["2002", "200?", "*"],
  repository_owner: ["acme", "acme*", "evil"],
  repository_owner_id: ["1001", "10", "100?"],
  job_workflow_ref: [
    "acme/shop/.github/workflows/x.yml@*",
    "acme/*",
    "*/x.yml@refs/heads/main",
  ],
};

const condition = fc.constantFrom(...Object.keys(values)).chain((claim) =>
  fc.tuple(
    fc.constantFrom(
      "StringLike",
      "StringLike",
      "StringEquals",
      "StringEqualsIgnoreCase",
      "StringNotLike",
      "StringLikeIfExists",
      "ForAnyValue:StringLike",
      "ForAllValues:StringLike",
    ),
    fc.constant(`${issuer}:${claim}`),
    fc.uniqueArray(fc.constantFrom(...(values[claim] ?? [])), {
      minLength: 1,
      maxLength: 2,
    }),
  ),
);

const statement = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Deny"),
    conditions: fc.array(condition, { maxLength: 3 }),
  })
  .map(({ effect, conditions }) => ({
    Effect: effect,
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: conditions.reduce<Record<string, Record<string, unknown>>>(
      (all, [operator, key, texts]) => ({
        ...all,
        [operator]: { ...all[operator], [key]: texts },
      }),
      effect === "Allow"
        ? { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } }
        : {},
    ),
  }));

const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) =>
    readWell({ Version: "2012-10-17", Statement: statements }, "trust"),
  );

const getsIn = (trust: Document, { claims }: Token): boolean =>
  decideRequest([[trust]], {
    caller: { kind: "federated", provider },
    action: "sts:AssumeRoleWithWebIdentity",
    resource: "arn:aws:iam::222222222222:role/deploy",
    context: {
      "aws:FederatedProvider": [provider],
      ...Object.fromEntries(
        Object.entries(claims).map(([claim, text]) => [
          `${issuer}:${claim}`,
          [text],
        ]),
      ),
    },
  }).answer === "open";

describe("a token that GitHub makes", () => {
  it("of a stranger never gets in where all are said to be ours", () => {
    fc.assert(
      fc.property(document, token, (trust, one) => {
        fc.pre(one.owner !== "acme");
        fc.pre(foreignToken(trust, provider, ours).answer === "closed");
        assert.ok(!getsIn(trust, one));
      }),
      { numRuns: runs(150) },
    );
  });

  it("of a repository that nobody named never gets in where all are said to be pinned", () => {
    fc.assert(
      fc.property(document, token, (trust, one) => {
        fc.pre(one.repository === "fresh-name");
        fc.pre(unpinnedToken(trust, provider, []).answer === "closed");
        assert.ok(!getsIn(trust, one));
      }),
      { numRuns: runs(150) },
    );
  });
});
