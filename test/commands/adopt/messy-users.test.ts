import assert from "node:assert/strict";
import type { LiveUser } from "../../../commands/accounts/live-account";
import { planRemovals } from "../../../commands/adopt/plan";
import { propose } from "../../../commands/adopt/proposal";
import {
  account,
  allow,
  bastionId,
  daysAgo,
  device,
  devId,
  group,
  inline,
  key,
  managed,
  role,
  root,
  trusting,
  user,
} from "./account";
import { entries, planned, project } from "./planned";
import {
  administrator,
  deployedWith,
  deployment,
  member,
  taker,
} from "./situation";

const iam = `arn:aws:iam::${bastionId}`;

const usedKey = (age: number, days: number) => ({
  ...key(age),
  lastUsedAt: daysAgo(days),
});

describe("users of a messy account, when it is taken over", () => {
  it("leaves a build server's user its keys and policies, and asks for a role", () => {
    const build = user("build", {
      ...administrator,
      groups: ["Builders"],
      hasPassword: false,
      accessKeys: [usedKey(400, 1), usedKey(30, 2)],
    });
    const { goes, waits, programs, heldBack, proposed } = planned({
      users: [build],
      groups: [group("Builders", administrator)],
    });
    assert.deepEqual(
      { goes, programs, heldBack, proposed },
      { goes: [], programs: ["build"], heldBack: [], proposed: [] },
    );
    assert.deepEqual(waits, [
      `user build: attached policy arn:aws:iam::aws:policy/AdministratorAccess: build is a program: give it a role`,
      "user build: member of the group Builders: build is a program: give it a role",
      "group Builders, with what it permits: build is still a member of Builders",
      "user build: access key …E400, 400 days old: build is a program: give it a role",
    ]);
  });

  it("takes a user whose only key rests for no program: somebody may have forgotten a password", () => {
    const { programs, heldBack } = planned({
      users: [
        user("old", { hasPassword: false, accessKeys: [usedKey(900, 300)] }),
        user("new", { hasPassword: false, accessKeys: [key(1)] }),
      ],
    });
    assert.deepEqual(programs, []);
    assert.deepEqual(
      heldBack.map((one) => one.split(": ", 2).join(": ")),
      ["old", "new"].map(
        (name) =>
          `${name}: the user has neither a password nor an MFA device that shows codes. Fix`,
      ),
    );
  });

  it("proves a security key for the console, and not for an access key", () => {
    const securityKey = `${iam}:u2f/user/ada/touch-ABCDEFGHIJKLMNOPQRST`;
    const way = (more: Partial<LiveUser>) =>
      planned({
        users: [member("ada", "operations", { ...administrator, ...more })],
      });
    const noPassword = { hasPassword: false, accessKeys: [key(5)] };
    assert.equal(way({ devices: [securityKey] }).goes.length, 1);
    const byKey = way({ ...noPassword, devices: [securityKey] });
    assert.deepEqual(byKey.goes, []);
    assert.match(byKey.waits.join(), /a security key opens no session/);
    for (const shows of [device("ada"), "GAHT12345678"]) {
      const { goes } = way({ ...noPassword, devices: [securityKey, shows] });
      assert.equal(goes.length, 1, shows);
    }
    const outside = planned({
      users: [user("ada", { ...noPassword, devices: [securityKey] })],
    });
    assert.match(
      outside.heldBack.join(),
      /^ada: .* MFA device that shows codes/,
    );
  });

  it("keeps an old key that is in use, and takes away one that is not, or is switched off", () => {
    const keysOf = (one: LiveUser["accessKeys"][number]) =>
      planned({ users: [member("ada", "operations", { accessKeys: [one] })] });
    const old = key(400);
    const { goes, stays } = keysOf({ ...old, lastUsedAt: daysAgo(9) });
    assert.deepEqual(goes, []);
    assert.deepEqual(stays, [
      "user ada: access key …E400, 400 days old: it was used on 2026-05-23, less than 100 days ago (--used-within): put a new key in its place",
    ]);
    assert.equal(keysOf({ ...old, lastUsedAt: daysAgo(200) }).goes.length, 1);
    const off = { ...old, lastUsedAt: daysAgo(9), isActive: false };
    assert.equal(keysOf(off).goes.length, 1);
  });

  it("does not count an access key that is switched off as a way in", () => {
    const off = { ...key(5), isActive: false };
    const { goes, waits } = planned({
      users: [
        member("ada", "operations", {
          ...administrator,
          hasPassword: false,
          accessKeys: [off],
        }),
      ],
    });
    assert.deepEqual(goes, []);
    assert.match(
      waits.join(),
      /neither a password nor an access key that stays/,
    );
  });

  it("holds users back whose boundary the deployment would take off", () => {
    const { heldBack, proposed } = planned({
      users: [
        user("ada", {
          boundary: managed("PowerUserAccess").arn,
          inlinePolicies: [inline("all", allow("*"))],
        }),
        user("bob"),
      ],
    });
    assert.match(
      heldBack.join(),
      /^ada: .* permissions boundary .*PowerUserAccess/,
    );
    assert.deepEqual(proposed, ["bob"]);
  });

  it("knows roles by their paths", () => {
    const ada = taker("ada");
    const named = role("ops", trusting({ AWS: ada.arn }), {
      path: "/legacy/ops/",
      arn: `${iam}:role/legacy/ops/ops`,
    });
    assert.deepEqual(planned({ users: [ada], roles: [named] }).goes, [
      "user ada: inline policy takes",
      "role ops",
    ]);
    const notYet = { ...ada, devices: [] };
    const { goes, waits } = planned({ users: [notYet], roles: [named] });
    assert.deepEqual(goes, []);
    assert.match(waits.join("\n"), /role ops: ada has no MFA device/);
  });

  it("waits until the stack has moved a user to where its policies mean users", () => {
    const ada = taker("ada", {
      path: "/staff/eu/",
      arn: `${iam}:user/staff/eu/ada`,
    });
    const { goes, waits } = planned({ users: [ada] });
    assert.deepEqual(goes, []);
    assert.deepEqual(waits, [
      "user ada: inline policy takes: ada has the path /staff/eu/, where the stack's policies let no user look after themselves: deploy the stack with what is there read anew (pulumi up --refresh), which moves them to /",
    ]);
  });

  it("keeps a Deny that closes what the stack opens: of a user, a group, a group of the stack", () => {
    const guard = inline("office", {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
    });
    const held = { inlinePolicies: [guard] };
    const ada = member("ada", "operations", held);
    const own = planned({ users: [ada] });
    assert.deepEqual(own.goes, []);
    assert.match(
      own.stays.join(),
      /^user ada: inline policy office: a Deny goes with it, and opens .*to ada: statement 1 in policy office of the user ada$/,
    );
    const bob = member("bob", "operations", { groups: ["Office"] });
    const grouped = planned({ users: [bob], groups: [group("Office", held)] });
    assert.deepEqual(grouped.goes, []);
    assert.match(
      grouped.stays.join(),
      /^user bob: member of the group Office: a Deny goes with it/,
    );
    const deployed = deployedWith({ users: [member("cleo", "operations")] });
    const groups = deployed.bastion.groups.map((one) =>
      one.name === "bastion-users"
        ? { ...one, inlinePolicies: [...one.inlinePolicies, guard] }
        : one,
    );
    const bastion = { ...deployed.bastion, groups };
    assert.match(
      entries(
        planRemovals({ ...deployed, bastion }, deployment),
        ({ stays }) => stays,
      ).join(),
      /^group bastion-users: inline policy office: a Deny goes with it.* to cleo/,
    );
  });

  it("waits where a group denies a role that the stack grants, and not where it asks for MFA", () => {
    const denying = (name: string, more: object) =>
      group(name, {
        inlinePolicies: [
          inline("no", { Effect: "Deny", Action: "*", Resource: "*", ...more }),
        ],
      });
    const ada = member("ada", "operations", { groups: ["Limited"] });
    const sudo = `arn:aws:iam::${devId}:role/OpsSudo`;
    const limited = planned({
      users: [ada],
      groups: [denying("Limited", { Resource: "arn:aws:iam::*:role/Ops*" })],
    });
    assert.deepEqual(limited.goes, []);
    assert.match(
      limited.waits.join(),
      new RegExp(`ada could then take ${sudo}, which an old policy denies`),
    );
    const withMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
    const forced = planned({
      users: [ada],
      groups: [denying("Limited", { Condition: withMfa })],
    });
    assert.deepEqual(forced.goes, ["user ada: member of the group Limited"]);
  });

  it("takes no group for the stack's that only bears its name", () => {
    const clash = group("bastion-users", administrator);
    const ada = user("ada", { groups: ["bastion-users", "team-operations"] });
    const bastion = account({
      users: [ada],
      groups: [clash, group("team-operations")],
    });
    const deployed = { ...deployedWith({}), bastion };
    assert.deepEqual(
      propose(bastion, project, deployed.criteria).proposal?.users,
      ["ada"],
    );
    const steps = planRemovals(deployed, deployment);
    assert.deepEqual(
      entries(steps, ({ waitsFor }) => waitsFor),
      [
        "group bastion-users: attached policy arn:aws:iam::aws:policy/AdministratorAccess: ada is not in the deployed stack yet; nobody is proven to administer account 111111111111 afterwards: run this through the deployment role",
      ],
    );
  });

  it("goes on past a policy that nobody can read, and removes nothing that it may be about", () => {
    const odd = { inlinePolicies: [{ name: "odd", text: "{" }] };
    const { goes, waits, heldBack } = planned({
      users: [
        member("ada", "operations", odd),
        member("bob", "operations", administrator),
        user("eve", odd),
      ],
      roles: [role("odd", trusting({ Service: "ec2.amazonaws.com" }), odd)],
      workloads: [
        account({ accountId: "333333333333", roles: [role("odd", {}, odd)] }),
      ],
    });
    assert.deepEqual(goes.length, 1);
    assert.match(goes[0] ?? "", /^user bob/);
    assert.match(waits[0] ?? "", /ada: inline policy odd: .*can't be read/);
    assert.match(heldBack.join(), /^eve: policy odd of the user eve can't be/);
  });

  it("plans for 500 users in seconds", () => {
    const groups = ["Admins", "Developers", "Readers"].map((name) =>
      group(
        name,
        name === "Admins"
          ? administrator
          : { inlinePolicies: [inline("s3", allow("s3:Get*"))] },
      ),
    );
    const users = Array.from({ length: 500 }, (_, index) =>
      member(`user-${index}`, "operations", {
        groups: [groups[index % 3]?.name ?? ""],
        inlinePolicies:
          index % 5 === 0 ? [inline("own", allow("sqs:List*"))] : [],
      }),
    );
    const started = process.cpuUsage();
    const account = {
      users,
      groups,
      roles: [role("Legacy", trusting(root), administrator)],
    };
    const { goes, waits } = planned(account);
    assert.equal(goes.length, 500 + 100 + 1);
    assert.equal(waits.length, 3);
    const held = planned({ ...account, acceptLess: [] });
    assert.equal(held.goes.length, 0);
    assert.equal(
      held.waits.filter((line) => line.includes(" would lose ")).length,
      500 + 100 + 1,
    );
    const seconds = process.cpuUsage(started).user / 1_000_000;
    assert.ok(seconds < 20, `${seconds.toFixed(1)} s`);
  });
});
