import assert from "node:assert/strict";
import { GetRoleCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { readOrganisation } from "../../commands/accounts/organisation";
import { wayInto } from "../commands/verify/accounts";
import { forbid } from "./aws/organizations";
import { allow, trust } from "./provider/lifecycles";
import {
  bastionId,
  into,
  startRunningProvider,
  workloadId,
  type RunningProvider,
} from "./provider/running-provider";

describe("A service control policy in the middle of a work", () => {
  let running: RunningProvider;

  beforeEach(async () => {
    running = await startRunningProvider();
  });
  afterEach(() => running.close());

  it("leaves a deployment with what was made before, and is told by its ARN", async () => {
    const { arn } = await forbid(running.aws, workloadId, "iam:PutRolePolicy");
    const workload = await running.connect(into(workloadId));
    await workload.create("aws:iam/role:Role", {
      name: "reader",
      assumeRolePolicy: trust(bastionId),
    });
    await assert.rejects(
      workload.create("aws:iam/rolePolicy:RolePolicy", {
        name: "reads",
        role: "reader",
        policy: allow("s3:*"),
      }),
      (error) => {
        assert(error instanceof Error);
        assert.match(error.message, /AccessDenied: User: .* iam:PutRolePolicy/);
        assert(
          error.message.includes(
            `with an explicit deny in a service control policy: ${arn}`,
          ),
          error.message,
        );
        return true;
      },
    );
    const iam = await running.administrator(workloadId);
    await iam.send(new GetRoleCommand({ RoleName: "reader" }));
    const { PolicyNames } = await iam.send(
      new ListRolePoliciesCommand({ RoleName: "reader" }),
    );
    assert.deepEqual(PolicyNames, []);
  });

  it("leaves an account unread, says why, and reads the others", async () => {
    const { arn } = await forbid(running.aws, workloadId, "iam:ListRoles");
    const { accounts, unread } = await readOrganisation(wayInto(running.aws), [
      { id: bastionId, name: "bastion" },
      { id: workloadId, name: "workload" },
    ]);
    assert.deepEqual(
      accounts.map(({ name }) => name),
      ["bastion"],
    );
    assert.deepEqual(
      unread.map(({ name }) => name),
      ["workload"],
    );
    assert.match(unread[0]?.why ?? "", /^AccessDenied: .*iam:ListRoles/);
    assert.ok(
      unread[0]?.why.includes(
        `with an explicit deny in a service control policy: ${arn}: these credentials may not do that. Fix: `,
      ),
      unread[0]?.why,
    );
  });
});
