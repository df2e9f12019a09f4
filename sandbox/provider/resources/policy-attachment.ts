import { sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { policiesOf } from "../identities";
import { allItems, changeOf, inOrderOf } from "../lists";
import { arn } from "../problems";
import { text, texts, type Properties } from "../properties";
import type { ResourceType, Work } from "../resource";

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
  id: "name",
  fromId: "never",
  deleteFirst: true,

  create: (work) => change(work, {}, work.properties),

  /** Attached to nobody is as good as gone. */
  find: async (work) => {
    const live = await attachedTo(work);
    const all = lists.map(([list]) => {
      const names = inOrderOf(texts(work.properties, list), live[list]);
      return [list, names.length > 0 ? names : undefined] as const;
    });
    return all.some(([, names]) => names) ? Object.fromEntries(all) : undefined;
  },

  update: (work) => change(work, work.before, work.properties),

  remove: (work) => change(work, work.properties, {}),
};

async function change(
  { iam, properties }: Work,
  before: Properties,
  after: Properties,
): Promise<undefined> {
  const policyArn = text(properties, "policyArn");
  for (const [list, kind] of lists) {
    const { added, removed } = changeOf(
      texts(before, list),
      texts(after, list),
    );
    for (const identity of removed) {
      // The identity may be gone already, and with it the attachment.
      await unlessMissing(policiesOf(iam, kind, identity).detach(policyArn));
    }
    for (const identity of added) {
      await policiesOf(iam, kind, identity).attach(policyArn);
    }
  }
}

async function attachedTo({ iam, properties }: Work) {
  const PolicyArn = text(properties, "policyArn");
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
