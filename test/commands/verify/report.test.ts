import assert from "node:assert/strict";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import { verify } from "../../../commands/verify/report";
import { bastionId, committedExpectation, prodId } from "./accounts";
import { organisationOf, trustingWorkflows } from "./live-accounts";
import { roleArn } from "./power-rows";

describe("verify says of one role", () => {
  const backdoor = roleArn(prodId, "backdoor");
  const settings: VerificationSettings = {
    ...defaultSettings,
    identityProviders: [
      {
        issuer: "token.actions.githubusercontent.com",
        tenants: ["acme"],
        claims: {},
      },
    ],
  };
  const organisation = organisationOf({
    [bastionId]: {},
    [prodId]: {
      roles: [
        {
          name: "backdoor",
          trust: trustingWorkflows(prodId, "repo:evil/backdoor:pull_request"),
          holds: ["AdministratorAccess"],
        },
      ],
    },
  });
  const found = (more: Partial<VerificationSettings>) => {
    const now = new Date("2026-06-01T00:00:00Z");
    const all = { ...settings, ...more };
    const report = verify(organisation, committedExpectation(), all, now);
    const about = (findings: typeof report.findings) =>
      findings
        .filter(({ subject }) => subject === backdoor)
        .map(({ rule }) => rule);
    return [about(report.findings), about(report.accepted)];
  };

  it("what it may do and who takes it, once", () => {
    assert.deepEqual(found({}), [["unknown-administrator"], []]);
  });

  it("whose tokens it takes, when its power is known or accepted", () => {
    assert.deepEqual(found({ knownRoles: [backdoor] }), [
      ["federation-foreign"],
      [],
    ]);
    const exemption = {
      rule: "unknown-administrator",
      resource: backdoor,
      reason: "Replaced in Q3",
      until: "2026-09-30",
    };
    assert.deepEqual(found({ exemptions: [exemption] }), [
      ["federation-foreign"],
      ["unknown-administrator"],
    ]);
  });
});
