import { parseKnown } from "../../../commands/verify/known";
import { devId, prodId } from "./accounts";
import type { Fault } from "./fault";
import { root, trusting } from "./live-accounts";
import { newRole } from "./planting";

const vendorArn = `arn:aws:iam::${prodId}:role/Vendor`;

const known = (...exemptions: readonly object[]) =>
  parseKnown(JSON.stringify({ exemptions }), "known.json");

const accepted = (until: string) => ({
  rule: "role-trusts-outside",
  resource: vendorArn,
  reason: "Replaced in Q2",
  until,
});

/** What the reader of the report has accepted, or says to be known. */
export const exemptionFaults: readonly Fault[] = [
  {
    name: "a finding was accepted for too long",
    plant: (aws) =>
      newRole(aws, prodId, "Vendor", trusting(root("444455556666"))),
    settings: known(accepted("2020-01-31")),
    rule: "exemption-expired",
    says: /^the exemption of \S+role\/Vendor .* has expired/,
    settingsMended: known(),
  },
  {
    name: "what was accepted is gone",
    plant: () => Promise.resolve(),
    settings: known(accepted("2999-12-31")),
    rule: "exemption-unused",
    says: /^the exemption of \S+role\/Vendor .* matches nothing/,
    outcome: "pass",
    settingsMended: known(),
  },
  {
    name: "a role that is known is gone",
    plant: () => Promise.resolve(),
    settings: { knownRoles: [`arn:aws:iam::${devId}:role/gone`] },
    rule: "exemption-unused",
    says: /^--known-role \S+role\/gone names no role of dev/,
    outcome: "pass",
    settingsMended: { knownRoles: [] },
  },
];
