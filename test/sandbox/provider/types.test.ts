import assert from "node:assert/strict";
import type { Properties } from "../../../sandbox/provider/properties";
import { resourceTypes } from "../../../sandbox/provider/types";
import type { Connection } from "./connection";
import {
  allow,
  lifecycleCases,
  trust,
  type ExistingResources,
  type LifecycleCase,
} from "./lifecycles";
import { missingAnswers, type MissingAnswers } from "./missing-answers";
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
  let running: RunningProvider;
  let connection: Connection;
  let answers: MissingAnswers;
  let keyId: string;

  before(async () => {
    running = await startRunningProvider(async (endpoint) => {
      answers = await missingAnswers(endpoint);
      return answers.endpoint;
    });
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

  after(async () => {
    answers.close();
    await running.close();
  });

  it("has a lifecycle case", () => {
    assert.deepEqual(
      Object.keys(lifecycleCases).sort(),
      Object.keys(resourceTypes).sort(),
    );
  });

  for (const [type, lifecycle] of Object.entries(lifecycleCases)) {
    describe(type, () => {
      it("passes from creation to deletion", () =>
        passThrough(connection, type, lifecycle, { keyId }));

      it("counts as gone by the first answer alone that something is missing", async () => {
        const made = await make(connection, type, lifecycle, { keyId });
        const calls = await answers.during(0, async () => {
          assert.equal(await connection.refresh(made), undefined);
        });
        assert.equal(calls, 1);
        const refresh = async () => {
          await connection.refresh(made);
        };
        const all = await answers.during(-1, refresh);
        for (let at = 1; at < all; at += 1) {
          await assert.rejects(answers.during(at, refresh), /missing/);
        }
        await connection.delete(made);
      });

      it("is removed when its deletion says so, whatever else was missing", async () => {
        const remake = () =>
          make(connection, type, lifecycle, { keyId }, lifecycle.forced);
        const first = await remake();
        const all = await answers.during(-1, () => connection.delete(first));
        // The first call finds the resource, and the last removes it.
        for (let at = 1; at < all - 1; at += 1) {
          const made = await remake();
          const isDone = await answers
            .during(at, () => connection.delete(made))
            .then(
              () => true,
              () => false,
            );
          if (!isDone) await connection.delete(made);
          assert.equal(await connection.refresh(made), undefined);
        }
      });
    });
  }
});

const make = (
  connection: Connection,
  type: string,
  { inputs }: LifecycleCase,
  existing: ExistingResources,
  further: Properties = {},
) =>
  connection.create(type, {
    ...(typeof inputs === "function" ? inputs(existing) : inputs),
    ...further,
  });

async function passThrough(
  connection: Connection,
  type: string,
  lifecycle: LifecycleCase,
  existing: ExistingResources,
): Promise<void> {
  const { inputs: asked, change, importId, notImportable } = lifecycle;
  const inputs = typeof asked === "function" ? asked(existing) : asked;
  const made = await make(connection, type, lifecycle, existing);
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
