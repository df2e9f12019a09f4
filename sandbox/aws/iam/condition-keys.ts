import type { Role, Tag, User } from "../model";
import type { Call } from "../operation";
import { tagList } from "../parameters";
import type { Kind } from "./entities";

type Keys = Record<string, string | string[]>;

/**
 * What IAM tells a policy about an identity that is there: its tags and its boundary. Source: AWS
 * documentation, "Actions, resources, and condition keys for AWS Identity and Access Management".
 */
export function holderKeys(call: Call, kind: Kind): Keys {
  const holder = taggedHolder(call, kind);
  if (holder === undefined) return {};
  return {
    ...resourceTags(holder.tags),
    ...keysOf("iam:ResourceTag", holder.tags),
    ...boundaryKey(holder.permissionsBoundary),
  };
}

/** The user or role that a request acts on; groups have neither tags nor boundary. */
function taggedHolder(
  { account, caller, parameters }: Call,
  kind: Kind,
): User | Role | undefined {
  const name = parameters.get(`${kind}Name`);
  if (kind === "Role") return account.roles.get(name ?? "");
  if (kind === "Group") return undefined;
  return !name && caller.kind === "user"
    ? caller.user
    : account.users.get(name ?? "");
}

export const resourceTags = (tags: readonly Tag[]): Keys =>
  keysOf("aws:ResourceTag", tags);

const keysOf = (prefix: string, tags: readonly Tag[]): Keys =>
  Object.fromEntries(tags.map(({ key, value }) => [`${prefix}/${key}`, value]));

/** The tags that a request brings. */
export function requestTags({ parameters }: Call): Keys {
  const tags = tagList(parameters);
  return tags.length === 0
    ? {}
    : {
        ...keysOf("aws:RequestTag", tags),
        "aws:TagKeys": tags.map(({ key }) => key),
      };
}

/** The boundary that a request sets. */
export const requestedBoundary = ({ parameters }: Call): Keys =>
  boundaryKey(parameters.get("PermissionsBoundary"));

const boundaryKey = (arn: string | undefined): Keys =>
  arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
