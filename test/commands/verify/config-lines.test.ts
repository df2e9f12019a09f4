import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
});
