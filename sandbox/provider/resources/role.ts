import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  flag,
  optionalNumber,
  optionalText,
  tagsOf,
  text,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "../resource";
import { readTags, tagChanges, toAwsTags } from "../tags";

/** `aws:iam/role:Role`; its policies are resources of their own here. */
export const role: ResourceType = {
  replaceOn: ["name", "path"],
  documents: ["assumeRolePolicy"],
  named: "name",
  tagged: true,
  optional: ["permissionsBoundary", "description", "tags"],
  defaults: {
    path: "/",
    maxSessionDuration: 3_600,
    forceDetachPolicies: false,
  },

  create: async ({ iam: client }, inputs) => {
    refuseEmbeddedPolicies(inputs);
    const name = text(inputs, "name");
    await client.send(
      new iam.CreateRoleCommand({
        RoleName: name,
        Path: optionalText(inputs, "path"),
        AssumeRolePolicyDocument: documentText(inputs["assumeRolePolicy"]),
        Description: optionalText(inputs, "description"),
        MaxSessionDuration: optionalNumber(inputs, "maxSessionDuration"),
        PermissionsBoundary: optionalText(inputs, "permissionsBoundary"),
        Tags: toAwsTags(tagsOf(inputs, "tagsAll")),
      }),
    );
    return { id: name };
  },

  read: async (account, id, state) => {
    const found = await unlessMissing(
      account.iam.send(new iam.GetRoleCommand({ RoleName: id })),
    );
    if (!found?.Role) return undefined;
    const live = found.Role;
    return {
      name: live.RoleName,
      arn: live.Arn,
      uniqueId: live.RoleId,
      createDate: live.CreateDate?.toISOString(),
      path: live.Path,
      description: live.Description,
      maxSessionDuration: live.MaxSessionDuration,
      permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
      assumeRolePolicy: decodeURIComponent(live.AssumeRolePolicyDocument ?? ""),
      ...readTags(account, state, live.Tags),
    };
  },

  update: async (account, id, olds, news) => {
    refuseEmbeddedPolicies(news);
    const { iam: client } = account;
    const trust = documentText(news["assumeRolePolicy"]);
    if (documentText(olds["assumeRolePolicy"]) !== trust) {
      await client.send(
        new iam.UpdateAssumeRolePolicyCommand({
          RoleName: id,
          PolicyDocument: trust,
        }),
      );
    }
    await client.send(
      new iam.UpdateRoleCommand({
        RoleName: id,
        Description: optionalText(news, "description") ?? "",
        MaxSessionDuration: optionalNumber(news, "maxSessionDuration"),
      }),
    );
    await updateBoundary(account, id, olds, news);
    const { set, remove } = tagChanges(olds, news);
    if (set.length > 0) {
      await client.send(new iam.TagRoleCommand({ RoleName: id, Tags: set }));
    }
    if (remove.length > 0) {
      await client.send(
        new iam.UntagRoleCommand({ RoleName: id, TagKeys: remove }),
      );
    }
  },

  remove: async (account, id, state) => {
    if (flag(state, "forceDetachPolicies")) await removePolicies(account, id);
    await account.iam.send(new iam.DeleteRoleCommand({ RoleName: id }));
  },
};

/** Saying that it is not done here beats doing half of it. */
function refuseEmbeddedPolicies(inputs: Properties): void {
  for (const name of ["inlinePolicies", "managedPolicyArns"]) {
    if (Array.isArray(inputs[name]) && inputs[name].length > 0) {
      throw new Error(
        `the sandbox does not deploy ${name} of a role: use RolePolicy and RolePolicyAttachment`,
      );
    }
  }
}

const documentText = (document: unknown): string =>
  typeof document === "string" ? document : JSON.stringify(document);

async function updateBoundary(
  { iam: client }: ConnectedAccount,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<void> {
  const boundary = optionalText(news, "permissionsBoundary");
  if (boundary === optionalText(olds, "permissionsBoundary")) return;
  await (boundary === undefined
    ? client.send(
        new iam.DeleteRolePermissionsBoundaryCommand({ RoleName: id }),
      )
    : client.send(
        new iam.PutRolePermissionsBoundaryCommand({
          RoleName: id,
          PermissionsBoundary: boundary,
        }),
      ));
}

async function removePolicies(
  { iam: client }: ConnectedAccount,
  id: string,
): Promise<void> {
  const RoleName = id;
  const { AttachedPolicies = [] } = await client.send(
    new iam.ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn } of AttachedPolicies) {
    await client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  const { PolicyNames = [] } = await client.send(
    new iam.ListRolePoliciesCommand({ RoleName }),
  );
  for (const PolicyName of PolicyNames) {
    await client.send(
      new iam.DeleteRolePolicyCommand({ RoleName, PolicyName }),
    );
  }
}
