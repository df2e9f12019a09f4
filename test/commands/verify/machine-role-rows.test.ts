import assert from "node:assert/strict";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import { toTerminal } from "../../../commands/verify/formats/terminal";
import type { MachineRoleDoubt } from "../../../commands/verify/machine-roles";
import { verify, type Report } from "../../../commands/verify/report";
import { devId } from "./accounts";
import { deployedBut } from "./as-deployed";
import {
  arn,
  asMade,
  expected,
  reportWith,
  withRole,
} from "./deployed-machine-roles";

describe("verify's row of a role that no person takes", () => {
  const exempted = (resource: string): Partial<VerificationSettings> => ({
    exemptions: [{ resource, reason: "Moves in Q2", until: "2999-01-01" }],
  });
  const roleArn = (name: string) => `arn:aws:iam::${devId}:role/${name}`;
  const longer = withRole("Scanner", () => ({ maxSessionSeconds: 7_200 }));
  const doubts: readonly (readonly [
    what: string,
    role: string,
    doubt: MachineRoleDoubt,
    report: () => Report,
  ])[] = [
    ["something is found", "Scanner", "differs", () => reportWith(longer)],
    [
      "what is found is accepted",
      "Scanner",
      "accepted",
      () => reportWith(longer, exempted(roleArn("Scanner"))),
    ],
    [
      "it is not there",
      "Scanner",
      "differs",
      () =>
        reportWith(({ roles }) => ({
          roles: roles.filter(({ name }) => name !== "Scanner"),
        })),
    ],
    [
      "the identity provider is missing",
      "Deployer",
      "differs",
      () => reportWith(() => ({ identityProviders: [] })),
    ],
    [
      "that the identity provider is missing is accepted",
      "Deployer",
      "accepted",
      () => reportWith(() => ({ identityProviders: [] }), exempted(arn)),
    ],
    [
      "the identity provider takes more",
      "Deployer",
      "found",
      () =>
        reportWith(() => ({
          identityProviders: [{ arn, audiences: ["https://gitlab.com", "b"] }],
        })),
    ],
    [
      "the identity providers were not read",
      "Deployer",
      "not read",
      () =>
        reportWith(() => ({
          identityProviders: [],
          unreadParts: new Set(["the identity providers"]),
        })),
    ],
    [
      "its policy can't be decided",
      "Scanner",
      "undecided",
      () =>
        reportWith(
          withRole("Scanner", ({ inlinePolicies }) => ({
            inlinePolicies: [...inlinePolicies, { name: "cut", text: "{" }],
          })),
        ),
    ],
  ];
  for (const [what, role, doubt, report] of doubts) {
    it(`does not say that a role is as configured where ${what}`, () => {
      const all = report();
      const doubted = all.machineRoles.filter((one) => !one.isAsConfigured);
      assert.deepEqual(
        doubted.map((one) => [one.role, one.accounts, one.doubt]),
        [[role, ["dev"], doubt]],
      );
      const shown = toTerminal(all, { width: 160, hasColours: false });
      const row = shown.split("\n").find((line) => line.includes(`│ ${role} `));
      assert.ok(row !== undefined && !row.includes("✓"), row);
    });
  }

  it("is there for the roles of an account that was not read", () => {
    const { accounts, ...rest } = deployedBut(expected, (account) => account);
    const unread = [{ id: devId, name: "dev", why: "AccessDenied" }];
    const { machineRoles } = verify(
      { ...rest, accounts: accounts.filter(({ id }) => id !== devId), unread },
      expected,
      defaultSettings,
      new Date(),
    );
    assert.deepEqual(
      machineRoles.map(({ role, doubt }) => [role, doubt]),
      ["Scanner", "Deployer", "Collector"].map((role) => [role, "not read"]),
    );
  });

  it("is undecided where the config's own trust can't be read, as one of --expected", () => {
    const trust = { Statement: [{ Effect: "Perhaps" }] };
    const meant = {
      ...expected,
      accounts: expected.accounts.map((account) => ({
        ...account,
        roles: account.roles.map((role) =>
          role.name === "Deployer" ? { ...role, trust } : role,
        ),
      })),
    };
    const { machineRoles } = verify(
      deployedBut(expected, (account) =>
        account.accountId === devId
          ? { ...account, identityProviders: asMade }
          : account,
      ),
      meant,
      defaultSettings,
      new Date(),
    );
    assert.deepEqual(
      machineRoles.map(({ role, doubt }) => [role, doubt]),
      [
        ["Scanner", undefined],
        ["Deployer", "undecided"],
        ["Collector", undefined],
      ],
    );
  });
});
