import assert from "node:assert/strict";
import { closeSessions } from "../../../commands/revoke/close";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { allow } from "../../../sandbox/grown-account/make";
import { administrator, devId, wayInto } from "../verify/accounts";

describe("closing sessions in an account", () => {
  let aws: SandboxAws;

  before(async () => {
    aws = await startAws({ accounts: [{ id: devId, name: "dev" }] });
    const { iam } = administrator(aws, devId);
    await iam.createRole({
      RoleName: "ReadOnly",
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: {
          Effect: "Allow",
          Principal: { AWS: devId },
          Action: "sts:AssumeRole",
        },
      }),
    });
  });
  after(() => aws.close());

  const closeIn = async (...policies: readonly (readonly [string, string])[]) =>
    await closeSessions(
      wayInto(aws),
      [
        {
          id: devId,
          name: "dev",
          policies: policies.map(([name, text]) => ({
            holder: name === "people" ? "group" : "role",
            name,
            text,
          })),
        },
      ],
      "ada",
      () => undefined,
    );

  it("is done where roles and groups are not deployed, of which nobody has a session", async () => {
    const [dev] = await closeIn(
      ["people", allow("*")],
      ["PowerUser", allow("*")],
      ["ReadOnly", allow("*")],
    );
    assert.deepEqual(dev?.closed, ["role ReadOnly"]);
    assert.deepEqual(dev.absent, ["group people", "role PowerUser"]);
    assert.equal(dev.failed, undefined);
  });

  it("says which role failed, and goes on with the others", async () => {
    const [dev] = await closeIn(["ReadOnly", "{"], ["ReadOnly", allow("*")]);
    assert.match(dev?.failed ?? "", /^role ReadOnly: /);
    assert.deepEqual(dev?.closed, ["role ReadOnly"]);
  });

  it("is not done where the user is in none of the groups, and so keeps own sessions", async () => {
    const { iam } = administrator(aws, devId);
    await iam.createGroup({ GroupName: "people" });
    const gone = await closeIn(["people", allow("*")]);
    assert.equal(gone[0]?.failed, undefined);
    await iam.createUser({ UserName: "ada" });
    const [outside] = await closeIn(["people", allow("*")]);
    assert.match(
      outside?.failed ?? "",
      /^the own sessions of ada, .*--refresh$/,
    );
    await iam.addUserToGroup({ GroupName: "people", UserName: "ada" });
    const [inside] = await closeIn(["people", allow("*")]);
    assert.equal(inside?.failed, undefined);
    assert.deepEqual(inside?.closed, ["group people"]);
  });
});
