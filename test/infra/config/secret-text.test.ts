import assert from "node:assert/strict";
import { withoutSecrets } from "../../../infra/config/secret-text";

/** Made up, in the forms that they have. */
const secrets: Readonly<Record<string, string>> = {
  "a token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl",
  "a secret key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "a session token": `IQoJb3JpZ2luX2Vj${"Ab1/".repeat(40)}==`,
  "a token of GitHub's": `ghp_${"a1B2".repeat(9)}`,
  "a token of Pulumi's": `pul-${"0a1b".repeat(10)}`,
};

const ordinary: readonly string[] = [
  "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
  // A thumbprint and a commit.
  "6938fd4d98bab03faadb97b34396831e3780aea1",
  "AKIAIOSFODNN7EXAMPLE",
  "organization/bastion-account/bastion",
  "token.actions.githubusercontent.com",
  "a".repeat(40),
];

describe("a text that may be repeated", () => {
  for (const [what, secret] of Object.entries(secrets)) {
    it(`has no secret in it that is known by its form: ${what}`, () => {
      const told = withoutSecrets(`open '${secret}': no such file`);
      assert.equal(told, "open '(a secret, not shown)': no such file");
    });
  }

  it("stays as it is, where it has none", () => {
    for (const text of ordinary) assert.equal(withoutSecrets(text), text);
  });
});
