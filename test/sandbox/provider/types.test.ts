import assert from "node:assert/strict";
import { resourceTypes } from "../../../sandbox/provider/types";
import type { Connection } from "./connection";
import {
  allow,
  lifecycleCases,
  trust,
  type ExistingResources,
  type LifecycleCase,
} from "./lifecycles";
import {
  bastionId,
  into,
  startRunningProvider,
  type RunningProvider,
} from "./running-provider";

/** These are about an identity, and are there as long as it is. */
const outlastsDeletion = (type: string): boolean =>
  type.includes("Exclusive") ||
  // A topic has some policy always, and a subscription ends when its mail was confirmed.
  type.startsWith("aws:sns/topicPolicy") ||
  type.startsWith("aws:sns/topicSubscription") ||
  type === "aws:iam/groupMembership:GroupMembership" ||
  type === "aws:iam/userGroupMembership:UserGroupMembership";

describe("every type of resource", () => {
  it("has a lifecycle case", () => {
    assert.deepEqual(
      Object.keys(lifecycleCases).sort(),
      Object.keys(resourceTypes).sort(),
    );
  });

  for (const [type, lifecycle] of Object.entries(lifecycleCases)) {
    describe(type, () => {
      let running: RunningProvider;
      let connection: Connection;
      let keyId: string;

      before(async () => {
        running = await startRunningProvider();
        connection = await running.connect(into(bastionId));
        for (const name of ["ada", "bob"]) {
          await connection.create("aws:iam/user:User", { name });
        }
        await connection.create("aws:iam/group:Group", { name: "team" });
        await connection.create("aws:iam/role:Role", {
          name: "Work",
          assumeRolePolicy: trust(bastionId),
        });
        await connection.create("aws:iam/policy:Policy", {
          name: "Own",
          policy: allow("s3:Get*"),
        });
        await connection.create("aws:cloudwatch/eventRule:EventRule", {
          name: "watch",
          eventPattern: '{"source":["aws.sts"]}',
        });
        await connection.create("aws:sns/topic:Topic", { name: "news" });
        const key = await connection.create("aws:kms/key:Key", {});
        keyId = key.id;
      });

      after(() => running.close());

      it("passes from creation to deletion", () =>
        passThrough(connection, type, lifecycle, { keyId }));
    });
  }
});

async function passThrough(
  connection: Connection,
  type: string,
  { inputs: asked, change, importId, notImportable }: LifecycleCase,
  existing: ExistingResources,
): Promise<void> {
  const inputs = typeof asked === "function" ? asked(existing) : asked;
  const made = await connection.create(type, inputs);
  assert.notEqual(made.id, "");
  assert.deepEqual((await connection.diff(made, inputs)).changed, []);

  const refreshed = await connection.refresh(made);
  assert.ok(refreshed);
  assert.deepEqual(refreshed.inputs, made.inputs, "a refresh changes nothing");
  assert.deepEqual((await connection.diff(refreshed, inputs)).changed, []);

  if (notImportable) {
    await assert.rejects(connection.import(type, made.id), /can't be imported/);
  } else {
    const imported = await connection.import(type, importId ?? made.id);
    assert.ok(imported);
    const { changed } = await connection.diff(imported, inputs);
    assert.deepEqual(changed, [], "an import gives what the program asks for");
  }

  let last = made;
  if (change) {
    const wanted = { ...inputs, ...change };
    const { changed, replaces } = await connection.diff(made, wanted);
    assert.deepEqual(
      changed.filter((name) => name !== "tagsAll").sort(),
      Object.keys(change).sort(),
    );
    assert.deepEqual(replaces, []);
    last = await connection.update(made, wanted);
    const live = await connection.refresh(last);
    assert.ok(live);
    assert.deepEqual(live.inputs, last.inputs);
    assert.deepEqual((await connection.diff(live, wanted)).changed, []);
  }

  await connection.delete(last);
  if (!outlastsDeletion(type)) {
    assert.equal(await connection.refresh(last), undefined);
  }
  await connection.delete(last);
}
