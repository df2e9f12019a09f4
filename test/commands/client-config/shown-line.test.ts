import assert from "node:assert/strict";
import { shownLine } from "../../../commands/client-config/shown-line";

/** Made up; the third is AWS's own example of a secret key. */
const values = [
  "AKIAIOSFODNN7EXAMPLE",
  "ASIAIOSFODNN7EXAMPLE",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "3f2a9c1e4b5d6f7a8b9c0d1e2f3a4b5c",
  "c0ffee12-9a3b-4c5d-8e6f-0a1b2c3d4e5f",
  "aB3dE5gH7jK9mN1pQ3sT5vW7",
  "ghp_0123456789abcdefghijABCDEFGHIJ012345",
];

const shown = [
  "",
  "[profile prod-poweruser]",
  "region = eu-central-1",
  "mfa_serial = arn:aws:iam::111111111111:mfa/ada",
  "mfa_serial = GAHT12345678",
  "role_arn = arn:aws-us-gov:iam::222222222222:role/team/PowerUser2-of-Shop-eu1",
  "source_profile = bastion",
  "credential_process = aws-vault export --no-session --format=json bastion",
  "credential_source = Ec2InstanceMetadata",
  "role_session_name = ada.lovelace2@example.com",
  "sso_start_url = https://example.awsapps.com/start",
  "duration_seconds = 3600",
  "# Made by: npm run client-config -- ada",
];

describe("a line of a config file, as client-config shows it,", () => {
  for (const value of values) {
    for (const line of ["color", "s3_bucket", "# was", "  nested.x"]) {
      it(`has no ${value.slice(0, 8)}… under ${line}`, () => {
        for (const between of [" = ", "=", ": ", " "]) {
          const told = shownLine(`${line}${between}${value}`);
          assert.ok(!told.includes(value.slice(4)), told);
          assert.ok(told.startsWith(line));
          assert.match(told, /not shown\)$/);
        }
      });
    }
  }

  it("has no value of a key that is a secret's by its name", () => {
    for (const key of [
      "aws_secret_access_key",
      "aws_access_key_id",
      "aws_session_token",
      "db_password",
      "api_key",
      "Passphrase",
    ]) {
      assert.equal(shownLine(`${key} = short`), `${key} = (not shown)`);
    }
  });

  it("has no user and password of an address", () => {
    assert.equal(
      shownLine("proxy = http://ada:hunter2@proxy.example.com:3128"),
      "proxy = http://(not shown)@proxy.example.com:3128",
    );
  });

  for (const line of shown) {
    it(`shows ${line || "an empty one"}`, () => {
      assert.equal(shownLine(line), line);
    });
  }

  it("drives no terminal", () => {
    assert.doesNotMatch(shownLine("region = \u001b[31m"), /\u001b/);
  });
});
