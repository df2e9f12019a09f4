import * as iam from "@aws-sdk/client-iam";
import { documentInput, documentText } from "../document-input";
import { sameDocument, samePolicies, sameSet } from "../equality";
import { unlessMissing } from "../errors";
import { longestName, removePolicies } from "../identities";
import {
  boundaryInput,
  descriptionInput,
  fixedName,
  pathInput,
} from "../names";
import { arn, between, listOf } from "../problems";
import {
  flag,
  optionalNumber,
  optionalText,
  text,
  timestamp,
  type Properties,
} from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";
import { keepOwnPolicies, ownPoliciesOf } from "./role-policies";

/** `aws:iam/role:Role` */
export const role: ResourceType = {
  inputs: {
    ...fixedName(longestName.role),
    path: { ...pathInput, replaces: true },
    assumeRolePolicy: documentInput,
    description: descriptionInput,
    maxSessionDuration: { default: 3_600, problem: between(3_600, 43_200) },
    permissionsBoundary: boundaryInput,
    forceDetachPolicies: { default: false },
    inlinePolicies: { computed: true, same: samePolicies },
    managedPolicyArns: { computed: true, same: sameSet, problem: listOf(arn) },
    ...tagInputs,
  },
  outputs: ["arn", "uniqueId", "createDate"],
  longestName: longestName.role,
  // So that an import also tells the policies.
  fromId: (name) => ({ name, inlinePolicies: [], managedPolicyArns: [] }),

  create: async ({ iam: client }, inputs) => {
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

  finish: ({ iam: client }, id, inputs) => keepOwnPolicies(client, id, inputs),

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
      createDate: timestamp(live.CreateDate),
      path: live.Path,
      description: live.Description,
      maxSessionDuration: live.MaxSessionDuration,
      permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
      assumeRolePolicy: decodeURIComponent(live.AssumeRolePolicyDocument ?? ""),
      ...(await ownPoliciesOf(account.iam, id, state)),
      ...readTags(account, state, live.Tags),
    };
  },

  update: async ({ iam: client }, id, olds, news) => {
    const trust = news["assumeRolePolicy"];
    if (!sameDocument(olds["assumeRolePolicy"], trust)) {
      await client.send(
        new iam.UpdateAssumeRolePolicyCommand({
          RoleName: id,
          PolicyDocument: documentText(trust),
        }),
      );
    }
    if (olds["description"] !== news["description"]) {
      await client.send(
        new iam.UpdateRoleDescriptionCommand({
          RoleName: id,
          Description: optionalText(news, "description") ?? "",
        }),
      );
    }
    await client.send(
      new iam.UpdateRoleCommand({
        RoleName: id,
        MaxSessionDuration: optionalNumber(news, "maxSessionDuration"),
      }),
    );
    await updateBoundary(client, id, olds, news);
    await keepOwnPolicies(client, id, news);
    await updateTags(olds, news, {
      tag: (Tags) =>
        client.send(new iam.TagRoleCommand({ RoleName: id, Tags })),
      untag: (TagKeys) =>
        client.send(new iam.UntagRoleCommand({ RoleName: id, TagKeys })),
    });
  },

  remove: async ({ iam: client }, id, state) => {
    await leaveInstanceProfiles(client, id);
    if (flag(state, "forceDetachPolicies")) {
      await removePolicies(client, "role", id);
    } else {
      await keepOwnPolicies(client, id, emptied(state));
    }
    await client.send(new iam.DeleteRoleCommand({ RoleName: id }));
  },
};

/** Policies that the role itself was given go with it; those of other resources stay in the way. */
const emptied = (state: Properties): Properties =>
  Object.fromEntries(
    ["inlinePolicies", "managedPolicyArns"]
      .filter((name) => name in state)
      .map((name) => [name, []]),
  );

async function updateBoundary(
  client: ConnectedAccount["iam"],
  RoleName: string,
  olds: Properties,
  news: Properties,
): Promise<void> {
  const boundary = optionalText(news, "permissionsBoundary");
  if (boundary === optionalText(olds, "permissionsBoundary")) return;
  await (boundary === undefined
    ? client.send(new iam.DeleteRolePermissionsBoundaryCommand({ RoleName }))
    : client.send(
        new iam.PutRolePermissionsBoundaryCommand({
          RoleName,
          PermissionsBoundary: boundary,
        }),
      ));
}

async function leaveInstanceProfiles(
  client: ConnectedAccount["iam"],
  RoleName: string,
): Promise<void> {
  const { InstanceProfiles = [] } = await client.send(
    new iam.ListInstanceProfilesForRoleCommand({ RoleName }),
  );
  for (const { InstanceProfileName } of InstanceProfiles) {
    await client.send(
      new iam.RemoveRoleFromInstanceProfileCommand({
        RoleName,
        InstanceProfileName,
      }),
    );
  }
}
