import type { IAM } from "@aws-sdk/client-iam";
import { documentInput, documentText } from "../document-input";
import {
  boundaryInput,
  detachAll,
  longestName,
  policiesOf,
  removeInline,
} from "../identities";
import { descriptionInput, fixedName, pathInput } from "../names";
import { between } from "../problems";
import {
  flag,
  optionalNumber,
  optionalText,
  text,
  timestamp,
} from "../properties";
import type { ResourceType } from "../resource";
import { newTags, tagInputs } from "../tags";
import { ownPolicies, ownPolicyInputs } from "./role-policies";

/** `aws:iam/role:Role` */
export const role: ResourceType = {
  inputs: {
    ...fixedName(longestName.role),
    path: { ...pathInput, replaces: true },
    assumeRolePolicy: {
      ...documentInput,
      update: ({ iam }, RoleName, news) =>
        iam.updateAssumeRolePolicy({
          RoleName,
          PolicyDocument: documentText(news["assumeRolePolicy"]),
        }),
    },
    description: {
      ...descriptionInput,
      update: ({ iam }, RoleName, news) =>
        iam.updateRoleDescription({
          RoleName,
          Description: optionalText(news, "description") ?? "",
        }),
    },
    maxSessionDuration: {
      default: 3_600,
      problem: between(3_600, 43_200),
      update: ({ iam }, RoleName, news) =>
        iam.updateRole({
          RoleName,
          MaxSessionDuration: optionalNumber(news, "maxSessionDuration"),
        }),
    },
    permissionsBoundary: boundaryInput("role"),
    forceDetachPolicies: { default: false },
    ...ownPolicyInputs,
    ...tagInputs,
  },
  outputs: ["arn", "uniqueId", "createDate"],
  // So that an import also tells the policies.
  fromId: (name) => ({ name, inlinePolicies: [], managedPolicyArns: [] }),

  create: async ({ iam }, inputs) => {
    const name = text(inputs, "name");
    await iam.createRole({
      RoleName: name,
      Path: optionalText(inputs, "path"),
      AssumeRolePolicyDocument: documentText(inputs["assumeRolePolicy"]),
      Description: optionalText(inputs, "description"),
      MaxSessionDuration: optionalNumber(inputs, "maxSessionDuration"),
      PermissionsBoundary: optionalText(inputs, "permissionsBoundary"),
      Tags: newTags(inputs),
    });
    return name;
  },

  read: async ({ iam }, id, state) => {
    const { Role: live } = await iam.getRole({ RoleName: id });
    return (
      live && {
        name: live.RoleName,
        arn: live.Arn,
        uniqueId: live.RoleId,
        createDate: timestamp(live.CreateDate),
        path: live.Path,
        description: live.Description,
        maxSessionDuration: live.MaxSessionDuration,
        permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
        assumeRolePolicy: decodeURIComponent(
          live.AssumeRolePolicyDocument ?? "",
        ),
        ...(await ownPolicies(policiesOf(iam, "role", id), state)),
        tags: live.Tags,
      }
    );
  },

  tags: {
    set: ({ iam }, RoleName, Tags) => iam.tagRole({ RoleName, Tags }),
    remove: ({ iam }, RoleName, TagKeys) =>
      iam.untagRole({ RoleName, TagKeys }),
  },

  remove: async ({ iam }, id, state) => {
    await leaveInstanceProfiles(iam, id);
    // Policies that the role itself was given go with it; those of other resources stay in the way.
    const policies = policiesOf(iam, "role", id);
    const forced = flag(state, "forceDetachPolicies");
    if (forced || "inlinePolicies" in state) await removeInline(policies);
    if (forced || "managedPolicyArns" in state) await detachAll(policies);
    await iam.deleteRole({ RoleName: id });
  },
};

async function leaveInstanceProfiles(
  iam: IAM,
  RoleName: string,
): Promise<void> {
  const { InstanceProfiles = [] } = await iam.listInstanceProfilesForRole({
    RoleName,
  });
  for (const { InstanceProfileName } of InstanceProfiles) {
    await iam.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName });
  }
}
