import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placesInConfig } from "../../../commands/verify/config-lines";
import { checkout } from "../../../sandbox/engine/paths";
import { bastionId, devId } from "./accounts";

describe("the line of the config that a finding is about", () => {
  const placeOf = placesInConfig(checkout, "bastion");
  const dev = { id: devId, name: "dev" };
  const bastion = { id: bastionId, name: "bastion" };

  for (const [what, subject, account, file, text] of [
    [
      "a user",
      `arn:aws:iam::${bastionId}:user/path/chen`,
      bastion,
      "Pulumi.bastion.yaml",
      "    chen:",
    ],
    [
      "a team",
      `arn:aws:iam::${bastionId}:group/team-analysts`,
      bastion,
      "Pulumi.bastion.yaml",
      "    analysts:",
    ],
    [
      "everybody",
      `arn:aws:iam::${bastionId}:group/bastion-users`,
      bastion,
      "Pulumi.bastion.yaml",
      "  bastion-account:everybody:",
    ],
    [
      "a role of the config",
      `arn:aws:iam::${devId}:role/Analyst`,
      dev,
      "Pulumi.yaml",
      "      Analyst:",
    ],
    [
      "a role that it does not name",
      `arn:aws:iam::${devId}:role/ReadOnly`,
      dev,
      "Pulumi.yaml",
      "      dev:",
    ],
    [
      "an account's root",
      `arn:aws:iam::${devId}:root`,
      dev,
      "Pulumi.yaml",
      "      dev:",
    ],
    [
      "the bastion's root",
      `arn:aws:iam::${bastionId}:root`,
      bastion,
      "Pulumi.yaml",
      '    default: "111111111111"',
    ],
    [
      "a user that it does not know",
      `arn:aws:iam::${bastionId}:user/mallory`,
      bastion,
      "Pulumi.bastion.yaml",
      "config:",
    ],
  ] as const) {
    it(`is found for ${what}`, () => {
      const place = placeOf({ subject, account });
      assert.equal(place.file, file);
      const lines = readFileSync(join(checkout, file), "utf8").split("\n");
      assert.equal(lines[place.line - 1], text);
    });
  }

  it("is that of the id alone where the config has no accounts", () => {
    const folder = mkdtempSync(join(tmpdir(), "config-lines-"));
    const yaml = [
      "name: bastion-account",
      "runtime: nodejs",
      "config:",
      `  bastionAccountId: { default: "${bastionId}" }`,
      `  workloadAccountId: { default: "${devId}" }`,
    ];
    writeFileSync(join(folder, "Pulumi.yaml"), yaml.join("\n"));
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), "config: {}\n");
    try {
      const lineFor = placesInConfig(folder, "bastion");
      const workload = { id: devId, name: "workload" };
      for (const [subject, account, line] of [
        [`arn:aws:iam::${devId}:root`, workload, 5],
        [`arn:aws:iam::${devId}:role/ReadOnly`, workload, 5],
        [`arn:aws:iam::${bastionId}:root`, bastion, 4],
      ] as const) {
        const place = { file: "Pulumi.yaml", line };
        assert.deepEqual(lineFor({ subject, account }), place, subject);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
