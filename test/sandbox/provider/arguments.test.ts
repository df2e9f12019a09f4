import assert from "node:assert/strict";
import {
  argumentProblems,
  readArguments,
  secondsOf,
} from "../../../sandbox/provider/arguments";

describe("a provider's arguments", () => {
  it("are read from the JSON in which the SDK sends them", () => {
    const read = readArguments({
      region: "eu-central-1",
      allowedAccountIds: '["033333333333"]',
      assumeRoles: '[{"roleArn":"arn:aws:iam::033333333333:role/Deploy"}]',
      defaultTags: '{"tags":{"managed-by":"pulumi"}}',
      ignoreTags: '{"keyPrefixes":["aws-"]}',
      endpoints: '[{"iam":"http://127.0.0.1:1"},{"sts":"http://127.0.0.1:2"}]',
      skipCredentialsValidation: "false",
      skipRequestingAccountId: "true",
    });
    assert.deepEqual(read, {
      region: "eu-central-1",
      allowedAccountIds: ["033333333333"],
      forbiddenAccountIds: [],
      assumeRoles: [{ roleArn: "arn:aws:iam::033333333333:role/Deploy" }],
      defaultTags: { tags: { "managed-by": "pulumi" } },
      ignoreTags: { keys: [], keyPrefixes: ["aws-"] },
      endpoints: { iam: "http://127.0.0.1:1", sts: "http://127.0.0.1:2" },
      skipCredentialsValidation: false,
      skipRequestingAccountId: true,
    });
  });

  it("keep the leading zero of an account id", () => {
    const { forbiddenAccountIds } = readArguments({
      forbiddenAccountIds: '["000000000001"]',
    });
    assert.deepEqual(forbiddenAccountIds, ["000000000001"]);
  });

  it("are refused where they name credentials that the sandbox does not have", () => {
    assert.throws(
      () => readArguments({ profile: "work" }),
      /provider argument profile: the sandbox has one identity/,
    );
  });

  it("may name a role that is taken with a token", () => {
    const role = {
      roleArn: "arn:aws:iam::033333333333:role/Deploy",
      webIdentityTokenFile: "/tmp/token",
    };
    const { assumeRoleWithWebIdentity } = readArguments({
      assumeRoleWithWebIdentity: JSON.stringify(role),
    });
    assert.deepEqual(assumeRoleWithWebIdentity, role);
  });

  it("are not refused for arguments that are there but empty", () => {
    assert.doesNotThrow(() =>
      readArguments({ assumeRoleWithWebIdentity: "null" }),
    );
  });

  it("can't both allow and forbid accounts", () => {
    const [problem] = argumentProblems({
      allowedAccountIds: '["111111111111"]',
      forbiddenAccountIds: '["222222222222"]',
    });
    assert.equal(problem?.property, "allowedAccountIds");
    assert.deepEqual(argumentProblems({ allowedAccountIds: "[]" }), []);
  });

  it("give durations as Go writes them", () => {
    assert.equal(secondsOf("1h"), 3_600);
    assert.equal(secondsOf("1h30m"), 5_400);
    assert.equal(secondsOf("900s"), 900);
    assert.throws(() => secondsOf("an hour"), /write it as 1h, 30m or 3600s/);
  });
});
