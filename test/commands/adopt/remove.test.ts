import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import type {
  LiveAccount,
  LiveIdentity,
} from "../../../commands/accounts/live-account";
import { readAccount } from "../../../commands/accounts/read-account";
import { remove, type Outcome } from "../../../commands/adopt/remove";
import { removalText, type Removal } from "../../../commands/adopt/removal";
import { supersededIn } from "../../../commands/adopt/superseded";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  allow,
  makeGrownAccount,
  trust,
} from "../../../sandbox/grown-account/make";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import { administrator, bastionId } from "../verify/accounts";
import { criteria } from "./account";

const inlinePolicy = { doc: allow("s3:ListAllMyBuckets") };
const attached = ["ReadOnlyAccess"];
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

const legacy: Removal = {
  kind: "role",
  role: "Legacy",
  witness: "",
  isCertain: true,
  holdsPolicies: true,
};

/** Whatever can be removed, by what it is. */
const removals = (keyId: string): readonly (readonly [string, Removal])[] => [
  [
    "an inline policy",
    {
      kind: "policy",
      holder: "user",
      name: "ada",
      policy: { kind: "inline", name: "doc" },
    },
  ],
  [
    "an attached policy",
    {
      kind: "policy",
      holder: "user",
      name: "ada",
      policy: { kind: "attached", name: "ReadOnlyAccess", arn: readOnly },
    },
  ],
  ["a membership", { kind: "membership", user: "ada", group: "Old" }],
  ["a group with policies", { kind: "group", group: "Empty" }],
  [
    "a key",
    { kind: "key", user: "ada", id: keyId, ageInDays: 400, isActive: true },
  ],
  ["a role with policies", legacy],
];

/** Of a membership IAM says nothing else when there was none. */
const toldWhen = ({ kind }: Removal, outcome: Outcome): Outcome =>
  kind === "membership" ? "removed" : outcome;

const heldBy = ({ inlinePolicies, attachedPolicies }: LiveIdentity) => [
  inlinePolicies,
  attachedPolicies,
];

/** Answers no call that changes something, after so many. */
function failAfter(iam: IAM, calls: number): { stop: () => void } {
  let left = calls;
  let isOn = true;
  iam.middlewareStack.add(
    (next, { commandName = "" }) =>
      (asked) => {
        if (!isOn || /^(Get|List)/.test(commandName)) return next(asked);
        left -= 1;
        if (left < 0) throw new Error("the connection was closed");
        return next(asked);
      },
    { step: "initialize" },
  );
  return {
    stop: () => {
      isOn = false;
    },
  };
}

describe("a removal, by IAM's calls", () => {
  let aws: SandboxAws;

  beforeEach(async () => {
    aws = await startTwoAccounts();
  });
  afterEach(() => aws.close());

  const madeAccount = async () => {
    const clients = administrator(aws, bastionId);
    const keys = await makeGrownAccount(clients.iam, {
      alias: "grown",
      groups: [
        { name: "Old" },
        { name: "Empty", attached, inline: inlinePolicy },
      ],
      users: [
        {
          name: "ada",
          key: true,
          groups: ["Old"],
          attached,
          inline: inlinePolicy,
        },
      ],
      roles: [
        {
          name: "Legacy",
          trust: trust({ AWS: `arn:aws:iam::${bastionId}:root` }),
          attached,
          inline: inlinePolicy,
        },
      ],
    });
    return { clients, keyId: keys.get("ada")?.accessKeyId ?? "" };
  };

  it("cut off after any call, is done by the next run, and nothing is left to do after it", async () => {
    const { clients, keyId } = await madeAccount();
    const cutOff: string[] = [];
    for (const [what, removal] of removals(keyId)) {
      for (let calls = 0; ; calls += 1) {
        const { iam } = administrator(aws, bastionId);
        const failing = failAfter(iam, calls);
        const before = await readAccount(clients);
        const isDone = await remove(iam, before, removal).then(
          () => true,
          () => false,
        );
        failing.stop();
        if (isDone) break;
        cutOff.push(what);
      }
      // What is gone is no error, though the account was read before.
      const again = await remove(
        clients.iam,
        await readAccount(clients),
        removal,
      );
      assert.equal(again, toldWhen(removal, "already gone"), what);
    }
    const times = new Map<string, number>();
    for (const what of cutOff) times.set(what, (times.get(what) ?? 0) + 1);
    assert.deepEqual(Object.fromEntries(times), {
      "an inline policy": 1,
      "an attached policy": 1,
      "a membership": 1,
      "a group with policies": 3,
      "a key": 2,
      "a role with policies": 3,
    });
  });

  it("is one run's alone, when two are at it", async () => {
    const { clients, keyId } = await madeAccount();
    for (const [what, removal] of removals(keyId)) {
      const before = await readAccount(clients);
      const outcomes = await Promise.all(
        [0, 1].map(() =>
          remove(administrator(aws, bastionId).iam, before, removal),
        ),
      );
      const told = ["removed", toldWhen(removal, "already gone")];
      assert.deepEqual(outcomes.sort(), told.sort(), what);
    }
  });

  for (const [what, removal, call] of [
    ["a role", legacy, "DeleteRole"],
    ["a group", { kind: "group", group: "Empty" }, "DeleteGroup"],
  ] as const) {
    it(`takes nothing of ${what} away when its deletion is denied`, async () => {
      const { clients } = await madeAccount();
      await clients.iam.putRolePolicy({
        RoleName: "OrganizationAccountAccessRole",
        PolicyName: "denied",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: { Effect: "Deny", Action: `iam:${call}`, Resource: "*" },
        }),
      });
      const before = await readAccount(clients);
      await assert.rejects(remove(clients.iam, before, removal), {
        name: "AccessDenied",
      });
      const { roles, groups } = await readAccount(clients);
      assert.deepEqual(
        [roles.map(heldBy), groups.map(heldBy)],
        [before.roles.map(heldBy), before.groups.map(heldBy)],
      );
    });
  }

  it("that ends in the middle says what it took, how to put it back, and is told in the next plan", async () => {
    const { clients } = await madeAccount();
    const { iam } = administrator(aws, bastionId);
    const before = await readAccount(clients);
    const failing = failAfter(iam, 3);
    const error: unknown = await remove(iam, before, legacy).catch(
      (thrown: unknown) => thrown,
    );
    failing.stop();
    assert.ok(error instanceof Error);
    assert.deepEqual(error.message.split("\n"), [
      "the connection was closed",
      `Taken away by then, of the role Legacy: ${readOnly}, inline policy doc. To finish it, run this again. To put it back:`,
      `  aws iam attach-role-policy --role-name Legacy --policy-arn ${readOnly}`,
      `  aws iam put-role-policy --role-name Legacy --policy-name doc --policy-document '${inlinePolicy.doc}'`,
    ]);
    const textOf = (account: LiveAccount): string =>
      [...supersededIn(account, criteria())]
        .map(removalText)
        .filter((text) => text.startsWith("role Legacy"))
        .join();
    const isEmpty =
      /it holds no policies: it never did, or its removal was cut/;
    assert.doesNotMatch(textOf(before), isEmpty);
    assert.match(textOf(await readAccount(clients)), isEmpty);
  });

  it("of a key that ends in the middle says that it is switched off", async () => {
    const { clients, keyId } = await madeAccount();
    const { iam } = administrator(aws, bastionId);
    const removal: Removal = {
      kind: "key",
      user: "ada",
      id: keyId,
      ageInDays: 400,
      isActive: true,
    };
    const failing = failAfter(iam, 1);
    const before = await readAccount(clients);
    await assert.rejects(remove(iam, before, removal), (error: Error) => {
      assert.match(
        error.message,
        /The key is switched off by then\. To finish/,
      );
      assert.match(
        error.message,
        new RegExp(
          `update-access-key --user-name ada --access-key-id ${keyId} --status Active`,
        ),
      );
      return true;
    });
    failing.stop();
    assert.match(
      removalText({ ...removal, isActive: false }),
      /, switched off$/,
    );
    assert.doesNotMatch(removalText(removal), /switched off/);
  });

  it("leaves a role that is in an instance profile, with all it has", async () => {
    const { clients } = await madeAccount();
    const { iam } = clients;
    // The sandbox has none: this is how AWS would answer.
    iam.middlewareStack.add(
      (next, { commandName }) =>
        async (asked) => {
          const answer = await next(asked);
          if (commandName === "ListInstanceProfilesForRoleCommand") {
            Object.assign(answer.output, {
              InstanceProfiles: [{ InstanceProfileName: "servers" }],
            });
          }
          return answer;
        },
      { step: "initialize" },
    );
    const before = await readAccount(clients);
    await assert.rejects(
      remove(iam, before, legacy),
      /in the instance profile servers: .*--keep/,
    );
    const legacyIn = ({ roles }: LiveAccount) =>
      roles.find(({ name }) => name === "Legacy");
    assert.deepEqual(legacyIn(await readAccount(clients)), legacyIn(before));
  });
});
