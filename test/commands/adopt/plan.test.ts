import assert from "node:assert/strict";
import { planRemovals } from "../../../commands/adopt/plan";
import { removalText } from "../../../commands/adopt/removal";
import type { LiveUser } from "../../../commands/accounts/live-account";
import type { Caller } from "../../../commands/adopt/last-administrator";
import {
  allow,
  bastionId,
  devId,
  group,
  inline,
  key,
  role,
  root,
  trusting,
  user,
} from "./account";
import {
  administrator,
  deployedWith,
  deployment,
  member,
  type Situation,
} from "./situation";

const plan = ({
  caller = deployment,
  ...situation
}: Situation & { readonly caller?: Caller }) =>
  planRemovals(deployedWith(situation), caller).map(
    ({ stage, removal, waitsFor }) => ({
      stage,
      what: removalText(removal),
      waitsFor: waitsFor.join("; "),
    }),
  );

describe("what a take-over removes", () => {
  it("is nothing where the pattern alone stands", () => {
    assert.deepEqual(
      plan({
        users: [
          member("ada", "operations", { accessKeys: [key(90)] }),
          member("bob", "readers"),
        ],
      }),
      [],
    );
  });

  it("is an administrator's policies, when it is accepted that no role administers the bastion", () => {
    const held = (team: string, acceptLess: readonly string[]) =>
      plan({ users: [member("ada", team, administrator)], acceptLess });
    assert.deepEqual(held("operations", ["ada"]), [
      {
        stage: "administrators' own permissions",
        what: "user ada: attached policy arn:aws:iam::aws:policy/AdministratorAccess",
        waitsFor: "",
      },
    ]);
    const lost = (id: string) => `iam:AttachRolePolicy in account ${id}`;
    const atHome = `${lost(bastionId)} (the bastion itself)`;
    const rest = ": grant a role that allows it there, or --accept-less ada";
    assert.equal(
      held("operations", [])[0]?.waitsFor,
      `ada would lose ${atHome}${rest}`,
    );
    assert.equal(
      held("readers", [])[0]?.waitsFor,
      `ada would lose ${atHome}, ${lost(devId)}${rest}`,
    );
  });

  it("waits for the MFA device, and for the stack", () => {
    const [without] = plan({
      users: [member("ada", "operations", { ...administrator, devices: [] })],
    });
    assert.match(without?.waitsFor ?? "", /ada has no MFA device/);
    const [outside] = plan({ users: [user("ada", administrator)] });
    assert.equal(outside?.waitsFor, "ada is not in the deployed stack yet");
  });

  it("never takes the last administrator: who runs it must be in a role that stays", () => {
    const users = [
      member("ada", "operations", administrator),
      member("bob", "operations", administrator),
    ];
    const asBob = { arn: `arn:aws:iam::${bastionId}:user/bob` };
    const steps = plan({ users, caller: asBob });
    assert.equal(steps.length, 2);
    for (const { waitsFor } of steps) {
      assert.match(
        waitsFor,
        /nobody is proven to administer account 111111111111/,
      );
    }
    assert.match(steps[1]?.waitsFor ?? "", /bob is who runs this/);
    assert.ok(plan({ users }).every(({ waitsFor }) => waitsFor === ""));
  });

  it("leaves an administrator in each workload account as well", () => {
    const sudo = `arn:aws:iam::${devId}:role/OpsSudo`;
    const ada = member("ada", "readers", {
      inlinePolicies: [inline("sudo", allow("sts:AssumeRole", sudo))],
    });
    const waitsFor = (...others: readonly LiveUser[]) => {
      const situation = { users: [ada, ...others], acceptLess: ["ada"] };
      const limited = { ...deployedWith(situation), deploymentRole: "Deploy" };
      return planRemovals(limited, deployment)[0]?.waitsFor;
    };
    assert.deepEqual(waitsFor(), [
      `nobody is proven to administer account ${devId} afterwards: run this through the deployment role`,
    ]);
    assert.deepEqual(waitsFor(member("bob", "operations")), []);
    const byRole = { users: [ada], acceptLess: ["ada"] };
    assert.equal(plan(byRole)[0]?.waitsFor, "");
  });

  it("counts a role as the way that stays only while it is not to go itself", () => {
    const legacy = role(
      "Legacy",
      trusting({ AWS: `arn:aws:iam::${bastionId}:root` }),
      administrator,
    );
    const steps = plan({
      users: [member("ada", "operations")],
      roles: [legacy],
      caller: { arn: `arn:aws:sts::${bastionId}:assumed-role/Legacy/ada` },
    });
    assert.deepEqual(
      steps.map(({ what }) => what.split(",")[0]),
      ["role Legacy"],
    );
    assert.match(steps[0]?.waitsFor ?? "", /in a session of the role/);
  });

  it("waits where the roles lack something, and says what, unless that is accepted", () => {
    const queues = `arn:aws:sqs:*:${devId}:*`;
    const having = (action: string, acceptLess: readonly string[] = []) => {
      const inlinePolicies = [inline("queues", allow(action, queues))];
      const users = [member("ada", "readers", { inlinePolicies })];
      return plan({ users, acceptLess })[0]?.waitsFor;
    };
    assert.equal(
      having("sqs:SendMessage"),
      `ada would lose sqs:SendMessage on ${queues} in account ${devId}: grant a role that allows it there, or --accept-less ada`,
    );
    assert.equal(having("sqs:SendMessage", ["ada"]), "");
    assert.equal(having("sqs:ListQueues"), "");
  });

  it("is an old key, unless it is all that the user signs in with", () => {
    const onlyOld = { hasPassword: false, accessKeys: [key(91)] };
    const [waits] = plan({ users: [member("ada", "readers", onlyOld)] });
    assert.match(waits?.waitsFor ?? "", /neither a password nor an access key/);
    const twoKeys = { hasPassword: false, accessKeys: [key(91), key(2)] };
    const [goes, ...more] = plan({
      users: [member("ada", "readers", twoKeys)],
    });
    assert.deepEqual(
      [goes?.what, goes?.waitsFor, more],
      ["user ada: access key …LE91, 91 days old", "", []],
    );
  });

  it("is a group of another kind once it is empty, and what was put on one of the pattern's", () => {
    const stray = group("Admins", administrator);
    const steps = plan({
      users: [member("ada", "operations", { groups: ["Admins"] })],
      groups: [stray],
    });
    assert.deepEqual(
      steps.map(({ what, waitsFor }) => [what, waitsFor]),
      [
        ["user ada: member of the group Admins", ""],
        [
          "group Admins, with what it permits",
          "ada is still a member of Admins",
        ],
      ],
    );
    const put = plan({
      users: [member("ada", "operations")],
      groups: [
        group("team-x", {
          inlinePolicies: [
            inline("roles", allow("sts:AssumeRole")),
            inline("more", allow("s3:*")),
          ],
        }),
      ],
    });
    assert.deepEqual(
      put.map(({ what }) => what),
      ["group team-x: inline policy more"],
    );
  });

  it("is a role that somebody takes without MFA, and no other", () => {
    const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    const leaky = { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } };
    const steps = plan({
      users: [member("ada", "operations")],
      roles: [
        role("guarded", trusting(root, withMfa)),
        role("leaky", trusting(root, leaky)),
        role("of-a-service", trusting({ Service: "ec2.amazonaws.com" })),
        role("AWSServiceRoleForX", trusting(root), {
          path: "/aws-service-role/x.amazonaws.com/",
        }),
      ],
    });
    assert.equal(steps.length, 1);
    assert.match(steps[0]?.what ?? "", /role leaky.*long-term access key/);
  });

  it("waits with a role for everybody who still comes in through it", () => {
    const open = role(
      "open",
      trusting({ AWS: `arn:aws:iam::${bastionId}:root` }),
    );
    const eve = user("eve", {
      inlinePolicies: [inline("take", allow("sts:AssumeRole", open.arn))],
    });
    const step = plan({ users: [eve], roles: [open] }).find(({ what }) =>
      what.startsWith("role open"),
    );
    assert.equal(step?.waitsFor, "eve is not in the deployed stack yet");
  });

  it("leaves alone what is to be kept", () => {
    assert.deepEqual(
      plan({
        users: [member("ada", "operations", administrator)],
        groups: [group("Admins")],
        keep: ["ada", "Admins"],
      }),
      [],
    );
  });
});
