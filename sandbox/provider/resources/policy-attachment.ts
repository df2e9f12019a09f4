import * as iam from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { policyCalls, type IdentityKind } from "../identities";
import { arn } from "../problems";
import { text, texts, type Properties } from "../properties";
import type { ResourceType } from "../resource";
import { changeOf, inOrderOf } from "./membership";

/** The inputs, and whose names each lists. */
const lists = [
  ["users", "user"],
  ["roles", "role"],
  ["groups", "group"],
] as const;

/** `aws:iam/policyAttachment:PolicyAttachment`: everyone who holds a managed policy. */
export const policyAttachment: ResourceType = {
  inputs: {
    name: { computed: true, replaces: true },
    policyArn: { required: true, replaces: true, problem: arn },
    users: { same: sameSet },
    roles: { same: sameSet },
    groups: { same: sameSet },
  },
  longestName: 255,
  deleteFirst: true,

  create: async ({ iam: client }, inputs) => {
    await change(client, text(inputs, "policyArn"), {}, inputs);
    return { id: text(inputs, "name") };
  },

  /** Attached to nobody is as good as gone. */
  read: async ({ iam: client }, _id, state) => {
    const live = await unlessMissing(
      attachedTo(client, text(state, "policyArn")),
    );
    if (!live || Object.values(live).every((names) => names.length === 0)) {
      return undefined;
    }
    return Object.fromEntries(
      lists.map(([list]) => {
        const names = inOrderOf(texts(state, list), live[list]);
        return [list, names.length > 0 ? names : undefined];
      }),
    );
  },

  update: async ({ iam: client }, _id, olds, news) => {
    await change(client, text(news, "policyArn"), olds, news);
  },

  remove: async ({ iam: client }, _id, state) => {
    await change(client, text(state, "policyArn"), state, {});
  },
};

async function change(
  client: iam.IAMClient,
  policyArn: string,
  olds: Properties,
  news: Properties,
): Promise<void> {
  for (const [list, kind] of lists) {
    await changeOne(
      client,
      policyArn,
      kind,
      texts(olds, list),
      texts(news, list),
    );
  }
}

async function changeOne(
  client: iam.IAMClient,
  policyArn: string,
  kind: IdentityKind,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const { added, removed } = changeOf(before, after);
  const calls = policyCalls[kind];
  for (const identity of removed) {
    // The identity may be gone already, and with it the attachment.
    await unlessMissing(calls.detach(client, identity, policyArn));
  }
  for (const identity of added) await calls.attach(client, identity, policyArn);
}

async function attachedTo(client: iam.IAMClient, PolicyArn: string) {
  const users: string[] = [];
  const roles: string[] = [];
  const groups: string[] = [];
  for await (const page of iam.paginateListEntitiesForPolicy(
    { client },
    { PolicyArn },
  )) {
    users.push(
      ...(page.PolicyUsers ?? []).map(({ UserName = "" }) => UserName),
    );
    roles.push(
      ...(page.PolicyRoles ?? []).map(({ RoleName = "" }) => RoleName),
    );
    groups.push(
      ...(page.PolicyGroups ?? []).map(({ GroupName = "" }) => GroupName),
    );
  }
  return { users, roles, groups };
}
