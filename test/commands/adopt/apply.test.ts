import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import { applyPlan, type Applied } from "../../../commands/adopt/apply";
import { planRemovals } from "../../../commands/adopt/plan";
import { missingFor } from "../../../commands/adopt/proof";
import { removalText, type Removal } from "../../../commands/adopt/removal";
import {
  allow,
  group,
  inline,
  key,
  role,
  root,
  trusting,
  user,
} from "./account";
import { ChangingAccounts } from "./accounts-at-work";
import { administrator, member } from "./situation";

/** Two administrators who are done, and a user who is not in the stack yet. */
const situation = {
  users: [
    member("ada", "operations", { ...administrator, groups: ["Admins"] }),
    member("bob", "operations", {
      groups: ["Admins", "Old"],
      inlinePolicies: [inline("own", allow("s3:List*"))],
      accessKeys: [key(400), key(4)],
    }),
    user("eve", { groups: ["Readers"] }),
  ],
  groups: [
    group("Admins", administrator),
    group("Old"),
    group("Readers", { inlinePolicies: [inline("read", allow("s3:Get*"))] }),
  ],
  roles: [role("Legacy", trusting(root), administrator)],
};

const agreed = async (accounts: ChangingAccounts) => {
  const { deployed, caller } = await accounts.read();
  return { account: deployed.bastion, steps: planRemovals(deployed, caller) };
};

const applied = async (
  accounts: ChangingAccounts,
): Promise<Applied & { readonly said: readonly string[] }> => {
  const said: string[] = [];
  const plan = await agreed(accounts);
  const result = await applyPlan(plan, accounts, (line) => said.push(line));
  return { ...result, said };
};

const changing =
  (kind: "users" | "groups" | "roles", name: string, more: object) =>
  (bastion: LiveAccount): LiveAccount => ({
    ...bastion,
    [kind]: bastion[kind].map((one) =>
      one.name === name ? { ...one, ...more } : one,
    ),
  });

/** Nobody who is proven has lost their way, and nobody else has lost anything. */
function nobodyIsLockedOut(accounts: ChangingAccounts, before: LiveAccount) {
  return accounts.read().then(({ deployed }) => {
    for (const one of deployed.bastion.users) {
      const was = before.users.find(({ id }) => id === one.id);
      const isProven = missingFor(deployed, one).length === 0;
      assert.ok(
        isProven || JSON.stringify(one) === JSON.stringify(was),
        one.name,
      );
    }
    assert.ok(
      deployed.bastion.roles.some(
        ({ name }) => name === "OrganizationAccountAccessRole",
      ),
    );
  });
}

describe("applying the plan of a take-over", () => {
  it("removes all that waits for nothing, stage by stage", async () => {
    const accounts = new ChangingAccounts(situation);
    const { removed, stopped } = await applied(accounts);
    assert.equal(stopped, undefined);
    assert.deepEqual(
      removed.map((one) => removalText(one).split(",")[0]),
      [
        "user ada: attached policy arn:aws:iam::aws:policy/AdministratorAccess",
        "user ada: member of the group Admins",
        "user bob: inline policy own",
        "user bob: member of the group Admins",
        "user bob: member of the group Old",
        "group Admins",
        "group Old",
        "user bob: access key …E400",
        "role Legacy",
      ],
    );
    const eve = accounts.bastion.users.find(({ name }) => name === "eve");
    assert.deepEqual(eve?.groups, ["Readers"]);
    assert.ok(accounts.bastion.groups.some(({ name }) => name === "Readers"));
  });

  it("ends in the same place, wherever a run was cut off", async () => {
    const whole = new ChangingAccounts(situation);
    const { removed } = await applied(whole);
    for (const [count] of removed.entries()) {
      const accounts = new ChangingAccounts(situation);
      const before = accounts.bastion;
      accounts.failAfter(count);
      const { stopped } = await applied(accounts);
      assert.equal(stopped, "Throttling: Rate exceeded");
      assert.equal(accounts.removed.length, count);
      await nobodyIsLockedOut(accounts, before);
      assert.equal((await applied(accounts)).stopped, undefined);
      assert.deepEqual(accounts.bastion, whole.bastion);
      assert.equal(accounts.removed.length, removed.length);
    }
  });

  it("does nothing the second time", async () => {
    const accounts = new ChangingAccounts(situation);
    await applied(accounts);
    const after = accounts.bastion;
    assert.deepEqual((await applied(accounts)).removed, []);
    assert.deepEqual(accounts.bastion, after);
  });

  const meanwhile = [
    [
      "a group that was made anew",
      "groups",
      "Old",
      { id: "AGPANEW" },
      /group Old/,
    ],
    [
      "a user who was made anew",
      "users",
      "bob",
      { id: "AIDANEW" },
      /^user bob/,
    ],
    [
      "a policy whose text is another",
      "users",
      "bob",
      { inlinePolicies: [inline("own", allow("s3:*"))] },
      /policy own/,
    ],
    [
      "a role that trusts otherwise",
      "roles",
      "Legacy",
      {
        trust: JSON.stringify(
          trusting(root, { Bool: { "aws:SecureTransport": "true" } }),
        ),
      },
      /^role/,
    ],
    [
      "a role with more policies",
      "roles",
      "Legacy",
      { inlinePolicies: [inline("more", allow("*"))] },
      /^role/,
    ],
  ] as const;
  for (const [what, kind, name, more, removal] of meanwhile) {
    it(`stops before ${what} since the plan was made`, async () => {
      const accounts = new ChangingAccounts(situation);
      const plan = await agreed(accounts);
      accounts.change(changing(kind, name, more));
      const { stopped } = await applyPlan(plan, accounts, () => undefined);
      assert.match(stopped ?? "", removal);
      assert.match(stopped ?? "", /was changed since the plan was made. Fix: /);
      const isIt = (one: Removal) => removal.test(removalText(one));
      assert.ok(!accounts.removed.some(isIt));
      await applied(accounts);
      assert.ok(accounts.removed.some(isIt), "a new plan has it");
    });
  }

  it("removes nothing that the plan did not have", async () => {
    const accounts = new ChangingAccounts(situation);
    const plan = await agreed(accounts);
    accounts.change((bastion) => ({
      ...bastion,
      roles: [...bastion.roles, role("New", trusting(root))],
      users: bastion.users.map((one) =>
        one.name === "ada"
          ? { ...one, inlinePolicies: [inline("new", allow("s3:*"))] }
          : one,
      ),
    }));
    await applyPlan(plan, accounts, () => undefined);
    const texts = accounts.removed.map(removalText);
    assert.equal(texts.length, 9);
    assert.ok(texts.every((text) => !/new/i.test(text)));
  });

  it("removes nothing of a user whose device is gone by then, and says so", async () => {
    const accounts = new ChangingAccounts(situation);
    accounts.changeBeforeNextRemoval(changing("users", "ada", { devices: [] }));
    const { removed, said } = await applied(accounts);
    assert.ok(removed.every((one) => !removalText(one).startsWith("user ada")));
    assert.match(said.join("\n"), /^not removed: user ada.*no MFA device/m);
    assert.ok(accounts.bastion.groups.some(({ name }) => name === "Admins"));
  });

  it("removes no group that somebody has come into by then", async () => {
    const accounts = new ChangingAccounts({
      users: [user("eve")],
      groups: [group("Old")],
    });
    accounts.changeBeforeNextRemoval(
      changing("users", "eve", { groups: ["Old"] }),
    );
    const { removed, said } = await applied(accounts);
    assert.deepEqual(removed, []);
    assert.match(said.join(), /eve is still a member of Old/);
  });

  it("removes no role that somebody has used by then, or that a service may take", async () => {
    for (const more of [
      { lastUsedAt: new Date("2026-05-31T00:00:00Z") },
      { trust: JSON.stringify(trusting({ Service: "ec2.amazonaws.com" })) },
    ]) {
      const accounts = new ChangingAccounts({ roles: situation.roles });
      accounts.changeBeforeNextRemoval(changing("roles", "Legacy", more));
      const { removed } = await applied(accounts);
      assert.deepEqual(removed, []);
    }
  });

  it("counts what somebody else has removed by then as already gone", async () => {
    const whole = new ChangingAccounts(situation);
    const { removed } = await applied(whole);
    const others = new ChangingAccounts(situation);
    others.changeBeforeNextRemoval((bastion) => ({
      ...bastion,
      users: bastion.users.map((one) =>
        one.name === "ada" ? { ...one, attachedPolicies: [] } : one,
      ),
    }));
    const beside = {
      read: () => others.read(),
      readAgain: () => others.readAgain(),
      remove: async (...asked: Parameters<typeof others.remove>) => {
        const outcome = await others.remove(...asked);
        return asked[1].kind === "role" ? "already gone" : outcome;
      },
    } as const;
    const mine = await applyPlan(await agreed(others), beside, () => undefined);
    assert.deepEqual(
      mine.gone.map(({ kind }) => kind),
      ["policy", "role"],
    );
    assert.equal(mine.removed.length, removed.length - 2);
    assert.deepEqual(others.bastion, whole.bastion);
  });

  it("goes on with the others when one removal fails, and leaves it to the next run", async () => {
    const accounts = new ChangingAccounts(situation);
    let failed = 0;
    const failing = {
      read: () => accounts.read(),
      readAgain: () => accounts.readAgain(),
      remove: (...[bastion, removal]: Parameters<typeof accounts.remove>) => {
        if (removal.kind === "membership" && removal.group === "Admins") {
          failed += 1;
          return Promise.reject(new Error("AccessDenied"));
        }
        return accounts.remove(bastion, removal);
      },
    };
    const said: string[] = [];
    const plan = await agreed(accounts);
    const { removed } = await applyPlan(plan, failing, (line) =>
      said.push(line),
    );
    assert.equal(failed, 2);
    assert.equal(removed.length, 6, "the group waits for its members");
    assert.match(said.join("\n"), /^could not remove user ada.*AccessDenied$/m);
    const whole = new ChangingAccounts(situation);
    await applied(whole);
    await applied(accounts);
    assert.deepEqual(accounts.bastion, whole.bastion);
  });
});
