import type { IAM } from "@aws-sdk/client-iam";
import { ifThere } from "../accounts/if-there";
import { wholePages } from "../accounts/whole-pages";
import {
  differentDocument,
  differentMembers,
  differentTags,
  differentText,
} from "./differences";
import { textOf, unlessDifferent, type Finding, type Question } from "./made";

/** IAM's path where none is given. */
const noPath = "/";

const decoded = (document: string | undefined): string | undefined =>
  document === undefined ? undefined : decodeURIComponent(document);

export const user: Finding = async ({ inputs, clients: { iam } }) => {
  const UserName = textOf(inputs, "name");
  const found = await ifThere(iam.getUser({ UserName }));
  const live = found?.User;
  if (live === undefined) return { answer: "never was" };
  const boundary = live.PermissionsBoundary?.PermissionsBoundaryArn;
  return unlessDifferent(UserName, [
    differentText("path", live.Path, inputs["path"], noPath),
    differentTags(live.Tags ?? [], inputs),
    differentText("boundary", boundary, inputs["permissionsBoundary"]),
  ]);
};

/** A group has no tags: what others have put into it tells that it is theirs. */
export const group: Finding = async (question) => {
  const { inputs, clients } = question;
  const GroupName = textOf(inputs, "name");
  const live = await ifThere(readGroup(clients.iam, GroupName));
  if (live === undefined) return { answer: "never was" };
  const own = placedOn(question, "group", GroupName);
  return unlessDifferent(GroupName, [
    differentText("path", live.path, inputs["path"], noPath),
    differentMembers("users", live.users, own.users),
    differentMembers("policies", live.inline, own.inline),
    differentMembers("policies", live.attached, own.attached),
  ]);
};

/**
 * All that is in a group, and on it: IAM tells a hundred at a time. The SDK writes the next page's marker
 * into what it is given, so each list is asked for by a question of its own.
 */
async function readGroup(iam: IAM, GroupName: string) {
  let path: string | undefined;
  const users: string[] = [];
  for await (const page of wholePages(iam.paginateGetGroup({ GroupName }))) {
    path = page.Group?.Path;
    users.push(...(page.Users ?? []).map(({ UserName = "" }) => UserName));
  }
  const inline: string[] = [];
  for await (const page of wholePages(
    iam.paginateListGroupPolicies({ GroupName }),
  )) {
    inline.push(...(page.PolicyNames ?? []));
  }
  const attached: string[] = [];
  for await (const page of wholePages(
    iam.paginateListAttachedGroupPolicies({ GroupName }),
  )) {
    const policies = page.AttachedPolicies ?? [];
    attached.push(...policies.map(({ PolicyName = "" }) => PolicyName));
  }
  return { path, users, inline, attached };
}

/** What the stack puts into a group or on a role: users, and policies by name. */
function placedOn(
  { ofStack }: Question,
  holder: "group" | "role",
  name: string,
) {
  const on = ofStack.filter(({ inputs }) => inputs?.[holder] === name);
  const values = (input: string): readonly unknown[] =>
    on.map(({ inputs }) => inputs?.[input]);
  const texts = (all: readonly unknown[]): readonly string[] =>
    all.filter((one) => typeof one === "string");
  return {
    users: texts(values("users").flat()),
    inline: texts(values("name")),
    attached: texts(values("policyArn")).map(
      (arn) => arn.split("/").at(-1) ?? arn,
    ),
  };
}

export const role: Finding = async ({ inputs, clients: { iam } }) => {
  const RoleName = textOf(inputs, "name");
  const found = await ifThere(iam.getRole({ RoleName }));
  const live = found?.Role;
  if (live === undefined) return { answer: "never was" };
  const boundary = live.PermissionsBoundary?.PermissionsBoundaryArn;
  return unlessDifferent(RoleName, [
    differentText("path", live.Path, inputs["path"], noPath),
    differentText("description", live.Description, inputs["description"]),
    differentDocument(
      "trust policy",
      decoded(live.AssumeRolePolicyDocument),
      inputs["assumeRolePolicy"],
    ),
    differentTags(live.Tags ?? [], inputs),
    differentText("boundary", boundary, inputs["permissionsBoundary"]),
  ]);
};

export const policy: Finding = async (question) => {
  const { inputs, accountId, partition, clients } = question;
  const { iam } = clients;
  const path = "path" in inputs ? textOf(inputs, "path") : noPath;
  const name = textOf(inputs, "name");
  const PolicyArn = `arn:${partition}:iam::${accountId}:policy${path}${name}`;
  const found = await ifThere(iam.getPolicy({ PolicyArn }));
  const live = found?.Policy;
  if (live === undefined) return { answer: "never was" };
  const { PolicyVersion: version } = await iam.getPolicyVersion({
    PolicyArn,
    VersionId: live.DefaultVersionId,
  });
  return unlessDifferent(PolicyArn, [
    differentText("description", live.Description, inputs["description"]),
    differentDocument("document", decoded(version?.Document), inputs["policy"]),
    differentTags(live.Tags ?? [], inputs),
  ]);
};

export const openIdConnectProvider: Finding = async (question) => {
  const { inputs, accountId, partition, clients } = question;
  const host = textOf(inputs, "url").replace(/^https:\/\//, "");
  const arn = `arn:${partition}:iam::${accountId}:oidc-provider/${host}`;
  const live = await ifThere(
    clients.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn }),
  );
  if (live === undefined) return { answer: "never was" };
  const { clientIdLists } = inputs;
  return unlessDifferent(arn, [
    differentMembers(
      "client ids",
      live.ClientIDList ?? [],
      Array.isArray(clientIdLists) ? clientIdLists.map(String) : [],
    ),
    differentTags(live.Tags ?? [], inputs),
  ]);
};

/** Whoever set the password: it is the user's, and stays. */
export const userLoginProfile: Finding = async ({ inputs, clients }) => {
  const UserName = textOf(inputs, "user");
  const live = await ifThere(clients.iam.getLoginProfile({ UserName }));
  if (live === undefined) return { answer: "never was" };
  return {
    answer: "there",
    id: UserName,
    note: `${UserName} has a password that the cut-off deployment told nobody, unless somebody set another since. Fix: set one as for a lost password (docs/lost-phone.md).`,
  };
};

/** An account has one alias: where it has another, this one was not made yet. */
export const accountAlias: Finding = async ({ inputs, clients: { iam } }) => {
  const alias = textOf(inputs, "accountAlias");
  const { AccountAliases = [] } = await iam.listAccountAliases();
  return AccountAliases.includes(alias)
    ? { answer: "there", id: alias }
    : { answer: "never was" };
};
