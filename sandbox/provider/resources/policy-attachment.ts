import type { IAM } from "@aws-sdk/client-iam";
import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { policiesOf } from "../identities";
import { allItems, changeOf, inOrderOf } from "../lists";
import { arn } from "../problems";
import { text, texts, type Properties } from "../properties";
import type { ResourceType } from "../resource";

/** The inputs, and whose names each lists. */
const lists = [
  ["users", "user"],
  ["roles", "role"],
  ["groups", "group"],
] as const;

/** `aws:iam/policyAttachment:PolicyAttachment`: everyone who holds a managed policy. */
export const policyAttachment: ResourceType = {
  inputs: {
    name: { computed: true, replaces: true, longest: 255 },
    policyArn: { required: true, replaces: true, problem: arn },
    users: { same: sameSet },
    roles: { same: sameSet },
    groups: { same: sameSet },
  },
  deleteFirst: true,

  create: async ({ iam }, inputs) => {
    await change(iam, text(inputs, "policyArn"), {}, inputs);
    return text(inputs, "name");
  },

  /** Attached to nobody is as good as gone. */
  read: async ({ iam }, _id, state) => {
    const live = await attachedTo(iam, text(state, "policyArn"));
    if (Object.values(live).every((names) => names.length === 0)) {
      return undefined;
    }
    return Object.fromEntries(
      lists.map(([list]) => {
        const names = inOrderOf(texts(state, list), live[list]);
        return [list, names.length > 0 ? names : undefined];
      }),
    );
  },

  update: ({ iam }, _id, news, olds) =>
    change(iam, text(news, "policyArn"), olds, news),

  remove: ({ iam }, _id, state) =>
    change(iam, text(state, "policyArn"), state, {}),
};

async function change(
  iam: IAM,
  policyArn: string,
  olds: Properties,
  news: Properties,
): Promise<void> {
  for (const [list, kind] of lists) {
    const { added, removed } = changeOf(texts(olds, list), texts(news, list));
    for (const identity of removed) {
      // The identity may be gone already, and with it the attachment.
      await unlessMissing(policiesOf(iam, kind, identity).detach(policyArn));
    }
    for (const identity of added) {
      await policiesOf(iam, kind, identity).attach(policyArn);
    }
  }
}

async function attachedTo(iam: IAM, PolicyArn: string) {
  const pages = await allItems(
    iam.paginateListEntitiesForPolicy({ PolicyArn }),
    (page) => [page],
  );
  return {
    users: pages.flatMap(({ PolicyUsers = [] }) =>
      PolicyUsers.map(({ UserName = "" }) => UserName),
    ),
    roles: pages.flatMap(({ PolicyRoles = [] }) =>
      PolicyRoles.map(({ RoleName = "" }) => RoleName),
    ),
    groups: pages.flatMap(({ PolicyGroups = [] }) =>
      PolicyGroups.map(({ GroupName = "" }) => GroupName),
    ),
  };
}
