import assert from "node:assert/strict";
import type { FaultRule } from "../../../sandbox/aws/faults/settings";
import type { Connection, Resource } from "./connection";
import { allow } from "./lifecycles";
import { bastionId, into, type RunningProvider } from "./running-provider";

/** What the real provider gets over by itself. */
export const passingFaults = {
  throttling: { kind: "throttling", rate: 0.1 },
  "internal-failure": { kind: "internal-failure", rate: 0.3 },
  "service-unavailable": { kind: "service-unavailable", rate: 0.3 },
  "dropped-before": { kind: "dropped-before", rate: 0.3 },
  slow: { kind: "slow", rate: 0.3, milliseconds: 20 },
  stale: { kind: "stale", rate: 0.8, behind: { calls: 6 } },
} satisfies Readonly<Record<string, FaultRule>>;

const trustIn = (user: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${bastionId}:user/${user}` },
        Action: "sts:AssumeRole",
      },
    ],
  });

/** Resources that need each other, in the order in which they can be made. */
const resources = [
  ["aws:iam/user:User", { name: "ann" }],
  ["aws:iam/user:User", { name: "bob" }],
  ["aws:iam/group:Group", { name: "team" }],
  [
    "aws:iam/groupMembership:GroupMembership",
    { group: "team", users: ["ann"] },
  ],
  ["aws:iam/policy:Policy", { name: "Own", policy: allow("s3:Get*") }],
  [
    "aws:iam/role:Role",
    { name: "ForAnn", assumeRolePolicy: trustIn("ann") },
    { assumeRolePolicy: trustIn("bob") },
  ],
  [
    "aws:iam/rolePolicy:RolePolicy",
    { name: "own", role: "ForAnn", policy: allow("s3:*") },
    { policy: allow("ec2:*") },
  ],
  [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: "ForAnn", policyArn: `arn:aws:iam::${bastionId}:policy/Own` },
  ],
  ["aws:sns/topic:Topic", { name: "news" }],
  ["aws:kms/key:Key", {}, { description: "of the news" }],
] as const;

/** Makes, changes and removes all of it while AWS misbehaves so. @returns how many faults were met */
export async function deployUnder(
  { aws, connect }: RunningProvider,
  seed: number,
  rule: FaultRule,
): Promise<number> {
  aws.faults.set({ seed, rules: [rule] });
  const connection = await connect(into(bastionId));
  const made: Resource[] = [];
  for (const [type, inputs, change] of resources) {
    const one = await connection.create(type, inputs);
    made.push(
      change ? await connection.update(one, { ...inputs, ...change }) : one,
    );
  }
  const met = aws.faults.met().length;
  aws.faults.set(undefined);
  const live = await readBack(connection, made);
  aws.faults.set({ seed: seed + 1, rules: [rule] });
  for (const one of live.toReversed()) await connection.delete(one);
  const metAgain = aws.faults.met().length;
  aws.faults.set(undefined);
  for (const one of live) {
    if (one.type.endsWith("Membership")) continue;
    assert.equal(await connection.refresh(one), undefined, one.id);
  }
  return met + metAgain;
}

/** What is there, which is what was asked for; a state that was read too early is put right by that. */
async function readBack(
  connection: Connection,
  made: readonly Resource[],
): Promise<readonly Resource[]> {
  const read: Resource[] = [];
  for (const one of made) {
    const live = await connection.refresh(one);
    assert(live, `${one.type} ${one.id} is not there`);
    const { changed } = await connection.diff(live, one.inputs);
    assert.deepEqual(changed, [], one.type);
    read.push(live);
  }
  return read;
}
