import { iamDocumentInput } from "../document-input";
import { unlessMissing } from "../errors";
import {
  boundaryInput,
  detachAll,
  longestName,
  policiesOf,
  removeInline,
} from "../identities";
import { descriptionInput, fixedName, pathInput } from "../names";
import { between } from "../problems";
import { flag, optionalNumber, optionalText, text } from "../properties";
import { oncePrincipalsAreSeen } from "../propagation";
import type { ResourceType, Work } from "../resource";
import { tagInputs } from "../tags";
import { ownPolicies, ownPolicyInputs } from "./role-policies";

/** `aws:iam/role:Role` */
export const role: ResourceType = {
  inputs: {
    ...fixedName(longestName.role, "RoleName"),
    path: { ...pathInput, replaces: true },
    assumeRolePolicy: {
      ...iamDocumentInput,
      aws: "AssumeRolePolicyDocument",
      update: ({ iam, id, properties }) =>
        oncePrincipalsAreSeen(() =>
          iam.updateAssumeRolePolicy({
            RoleName: id,
            PolicyDocument: text(properties, "assumeRolePolicy"),
          }),
        ),
    },
    description: {
      ...descriptionInput,
      update: ({ iam, id, properties }) =>
        iam.updateRoleDescription({
          RoleName: id,
          Description: optionalText(properties, "description") ?? "",
        }),
    },
    maxSessionDuration: {
      aws: "MaxSessionDuration",
      default: 3_600,
      problem: between(3_600, 43_200),
      update: ({ iam, id, properties }) =>
        iam.updateRole({
          RoleName: id,
          MaxSessionDuration: optionalNumber(properties, "maxSessionDuration"),
        }),
    },
    permissionsBoundary: boundaryInput("role"),
    forceDetachPolicies: { default: false },
    ...ownPolicyInputs,
    ...tagInputs,
  },
  outputs: { arn: "Arn", uniqueId: "RoleId", createDate: "CreateDate" },
  id: "name",
  // So that an import also tells the policies.
  fromId: () => ({ inlinePolicies: [], managedPolicyArns: [] }),

  create: async ({ iam, parameters }) =>
    (await oncePrincipalsAreSeen(() => iam.createRole(parameters))).Role,

  find: async ({ iam, id }) => (await iam.getRole({ RoleName: id })).Role,

  details: ({ iam, id, properties }) =>
    ownPolicies(policiesOf(iam, "role", id), properties),

  tags: {
    set: ({ iam, id }, Tags) => iam.tagRole({ RoleName: id, Tags }),
    remove: ({ iam, id }, TagKeys) => iam.untagRole({ RoleName: id, TagKeys }),
  },

  clear: async (work) => {
    const { iam, id, properties } = work;
    await leaveInstanceProfiles(work);
    // Policies that the role itself was given go with it; those of other resources stay in the way.
    const policies = policiesOf(iam, "role", id);
    const forced = flag(properties, "forceDetachPolicies");
    if (forced || "inlinePolicies" in properties) await removeInline(policies);
    if (forced || "managedPolicyArns" in properties) await detachAll(policies);
  },

  remove: ({ iam, id }) => iam.deleteRole({ RoleName: id }),
};

async function leaveInstanceProfiles({ iam, id }: Work): Promise<void> {
  const RoleName = id;
  const { InstanceProfiles = [] } = await iam.listInstanceProfilesForRole({
    RoleName,
  });
  for (const { InstanceProfileName } of InstanceProfiles) {
    await unlessMissing(
      iam.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName }),
    );
  }
}
