import { strict as assert } from "node:assert";
import data from "../../../policy-pack/data/identity-providers.json";
import { unpinnedToken } from "../../../policy-pack/decide/federation";
import { readWell } from "./reading";

/** A row, with what its tests need of it. */
interface Row {
  readonly source: string;
  readonly issuers: readonly string[];
  readonly audiences?: readonly string[];
  readonly claims: Readonly<Record<string, readonly string[]>>;
}

const rows: readonly Row[] = data.providers;

const withNames = (format: string): string =>
  format.replaceAll("{*}", "*").replace(/\{[\w ]*\}/g, "acme");

/** Whether strangers get in where a claim has such a value. */
function isOpen(
  { issuers: [format = ""], audiences = ["aud"] }: Row,
  claim: string,
  value: string,
): boolean {
  const issuer = withNames(format);
  const key = (name: string) =>
    name.includes(":") ? name : `${issuer}:${name}`;
  const provider = `arn:aws:iam::222222222222:oidc-provider/${issuer}`;
  const document = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: Object.fromEntries(
          audiences.map((name) => [key(name), "aws"]),
        ),
        StringLike: { [key(claim)]: value },
      },
    },
  };
  const trust = readWell(document, "trust");
  return unpinnedToken(trust, provider, []).answer === "open";
}

describe("what is known of identity providers", () => {
  it("has its sources", () => {
    assert.match(data.date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(
      rows.filter(({ source }) => source === ""),
      [],
    );
  });

  for (const row of rows) {
    const formats = Object.entries(row.claims).flatMap(([claim, all]) =>
      all
        .filter((format) => format.includes("{project}"))
        .map((format) => [claim, format] as const),
    );
    for (const [claim, format] of formats) {
      it(`tells one project at ${row.issuers[0] ?? ""} by ${claim} ${format}`, () => {
        const [before = "", after = ""] = format.split("{project}");
        const beginning = withNames(before);
        const more = after === "" ? "" : `${after.charAt(0)}*`;
        assert.ok(!isOpen(row, claim, `${beginning}shop${more}`));
        assert.ok(isOpen(row, claim, `${beginning}*${more}`));
        assert.ok(isOpen(row, claim, `${beginning}shop*`));
      });
    }
  }
});
