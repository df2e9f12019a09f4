import assert from "node:assert/strict";
import { accept, type AcceptedUntil } from "../../../commands/verify/accepted";
import { finding } from "../../../commands/verify/findings";
import { parseKnown } from "../../../commands/verify/known";

const now = new Date("2027-03-31T12:00:00Z");
const prod = { id: "033333333333", name: "prod" };
const arn = (name: string) => `arn:aws:iam::${prod.id}:role/${name}`;
const found = [
  finding("unknown-administrator", prod, arn("ci"), "ci is administrator"),
  finding("role-trusts-outside", prod, arn("ci"), "ci lets in a vendor"),
];
const exemption = (more: Partial<AcceptedUntil>): AcceptedUntil => ({
  rule: "unknown-administrator",
  resource: arn("ci"),
  reason: "Replaced in Q2",
  until: "2027-03-31",
  ...more,
});
const accepting = (...exemptions: readonly AcceptedUntil[]) =>
  accept(found, exemptions, { accounts: [], unread: [] }, now);
const rules = (all: readonly { readonly rule: string }[]) =>
  all.map(({ rule }) => rule);

describe("an exemption of verify", () => {
  it("accepts findings of its kind about its ARN, on its last day as well", () => {
    const { findings, accepted } = accepting(exemption({}));
    assert.deepEqual(rules(findings), ["role-trusts-outside"]);
    assert.deepEqual(accepted, [
      { ...found[0], reason: "Replaced in Q2", until: "2027-03-31" },
    ]);
  });

  it("accepts findings of every kind where it names none", () => {
    const { findings, accepted } = accepting(exemption({ rule: undefined }));
    assert.deepEqual(findings, []);
    assert.deepEqual(rules(accepted), rules(found));
  });

  it("is a finding, and accepts nothing, from the day after", () => {
    const { findings, accepted } = accepting(
      exemption({ until: "2027-03-30" }),
    );
    assert.deepEqual(accepted, []);
    assert.deepEqual(rules(findings), [...rules(found), "exemption-expired"]);
    assert.equal(findings.at(-1)?.level, "error");
  });

  it("is told where it matches nothing, unless its account was not read", () => {
    const other = exemption({ resource: arn("gone") });
    const { findings } = accepting(other);
    assert.deepEqual(rules(findings), [...rules(found), "exemption-unused"]);
    assert.equal(findings.at(-1)?.level, "warning");
    const unread = [{ ...prod, why: "AccessDenied" }];
    const left = accept(found, [other], { accounts: [], unread }, now);
    assert.deepEqual(left.findings, found);
  });
});

describe("the file of --known", () => {
  const read = (known: object) =>
    parseKnown(JSON.stringify(known), "known.json");

  it("has identity providers and exemptions as the policy pack's config", () => {
    const exemptions = [exemption({})];
    const issuer = "token.actions.githubusercontent.com";
    assert.deepEqual(
      read({
        identityProviders: [{ issuer, tenants: ["acme"] }],
        exemptions,
      }),
      {
        identityProviders: [{ issuer, tenants: ["acme"], claims: {} }],
        exemptions,
      },
    );
    assert.deepEqual(read({}), { identityProviders: [], exemptions: [] });
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["a key that there is not", { vendors: [] }, /vendors/],
    [
      "a kind of finding that there is not",
      { exemptions: [exemption({ rule: "no-such-kind" })] },
      /none of the kinds of finding[^]*exemptions\[0\]\.rule/,
    ],
    [
      "a day that there is not",
      { exemptions: [exemption({ until: "2027-02-30" })] },
      /YYYY-MM-DD[^]*exemptions\[0\]\.until/,
    ],
    [
      "a name in the place of an ARN",
      { exemptions: [exemption({ resource: "ci" })] },
      /an ARN/,
    ],
    [
      "an issuer that serves anybody, without tenants",
      { identityProviders: [{ issuer: "gitlab.com" }] },
      /gitlab\.com without tenants/,
    ],
  ];
  for (const [what, known, says] of wrong) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => read(known), says);
    });
  }

  it("is refused where it is no JSON", () => {
    assert.throws(
      () => parseKnown("{", "known.json"),
      /known\.json is not JSON/,
    );
  });
});
