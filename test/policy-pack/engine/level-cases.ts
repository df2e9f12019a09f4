import assert from "node:assert/strict";
import { assertFindings } from "./assert-findings";
import type { Judged, Settings } from "./judged";
import { sample, type Sample } from "./samples";

export type Preview = (one: Sample, settings: Settings) => Promise<Judged>;

/** What the pack's config changes at a preview, of whatever kind that is. */
export const levelCases: readonly {
  readonly does: string;
  readonly try: (preview: Preview) => Promise<void>;
}[] = [
  {
    does: "warns of a rule that is advisory, and lets the stack pass",
    try: async (preview) => {
      const rule = "federation-is-pinned";
      const judged = await preview(sample(rule), { [rule]: "advisory" });
      assertFindings(judged, sample(rule).findings);
      assert.equal(judged.code, 0, judged.output);
      assert.ok(judged.findings.every(({ level }) => level === "advisory"));
    },
  },
  {
    does: "lets pass what is exempt, and stops it the day after the exemption ends",
    try: async (preview) => {
      const rule = "no-escalation-by-role-chaining";
      const exemptions = sample(rule).findings.map((finding) => ({
        rule: finding.rule,
        stack: `shop/${rule}`,
        resource: finding.resource,
        reason: "Moves to OIDC",
        until: "9999-12-31",
      }));
      const exempt = await preview(sample(rule), {
        organisation: { exemptions },
      });
      assert.equal(exempt.code, 0, exempt.output);
      assert.deepEqual(exempt.findings, []);

      const ended = exemptions.map((one) => ({ ...one, until: "2026-01-31" }));
      const expired = await preview(sample(rule), {
        organisation: { exemptions: ended },
      });
      assert.notEqual(expired.code, 0, expired.output);
      const isEnded = ({ rule }: { rule: string }) => rule === "organisation";
      const told = expired.findings.filter(isEnded);
      assert.equal(told.length, ended.length);
      for (const { text } of told) {
        assert.match(text, /expired on 2026-01-31 \(Moves to OIDC\)/);
      }
      const others = expired.findings.filter((one) => !isEnded(one));
      assertFindings({ ...expired, findings: others }, sample(rule).findings);
    },
  },
  {
    does: "knows a vendor by the account and the external id that the config names",
    try: async (preview) => {
      const rule = "known-accounts-only";
      const vendors = [{ account: "444455556666", externalIds: ["acme-1"] }];
      const judged = await preview(sample(rule), {
        organisation: { accounts: ["222222222222", "777788889999"], vendors },
      });
      // The courier's account is known now; the consultants are, but come without their id.
      assert.notEqual(judged.code, 0, judged.output);
      assertFindings(judged, [
        {
          rule: "vendors-need-an-external-id",
          resource: "consultants",
          says: ["vendor", "sts:ExternalId"],
        },
      ]);
    },
  },
];
