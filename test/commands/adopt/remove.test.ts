import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import { readAccount } from "../../../commands/accounts/read-account";
import { remove } from "../../../commands/adopt/remove";
import type { Removal } from "../../../commands/adopt/removal";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  allow,
  makeGrownAccount,
  trust,
} from "../../../sandbox/grown-account/make";
import { startTwoAccounts } from "../../sandbox/aws/clients";
import { administrator, bastionId } from "../verify/accounts";

const inlinePolicy = { doc: allow("s3:ListAllMyBuckets") };
const attached = ["ReadOnlyAccess"];
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

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
  ["a key", { kind: "key", user: "ada", id: keyId, ageInDays: 400 }],
  [
    "a role with policies",
    { kind: "role", role: "Legacy", witness: "", isCertain: true },
  ],
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
      await remove(clients.iam, await readAccount(clients), removal);
    }
    const times = new Map<string, number>();
    for (const what of cutOff) times.set(what, (times.get(what) ?? 0) + 1);
    assert.deepEqual(Object.fromEntries(times), {
      "an inline policy": 1,
      "an attached policy": 1,
      "a membership": 1,
      "a group with policies": 2,
      "a key": 2,
      "a role with policies": 2,
    });
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
      remove(iam, before, {
        kind: "role",
        role: "Legacy",
        witness: "",
        isCertain: true,
      }),
      /in the instance profile servers: .*--keep/,
    );
    const legacyIn = ({ roles }: LiveAccount) =>
      roles.find(({ name }) => name === "Legacy");
    assert.deepEqual(legacyIn(await readAccount(clients)), legacyIn(before));
  });
});
