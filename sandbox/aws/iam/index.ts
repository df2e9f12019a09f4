import type { Operation } from "../operation";
import { accessKeyOperations } from "./access-keys";
import { accountOperations } from "./account";
import { attachmentOperations, boundaryOperations } from "./attachments";
import { detailOperations } from "./details";
import { groupOperations } from "./groups";
import { identityProviderOperations } from "./identity-providers";
import { inlineOperations } from "./inline";
import { loginProfileOperations } from "./login-profiles";
import { mfaOperations } from "./mfa";
import { passwordPolicyOperations } from "./password-policy";
import { policyOperations } from "./policies";
import { policyVersionOperations } from "./policy-versions";
import { reportOperations } from "./report";
import { roleOperations } from "./roles";
import { serviceLinkedRoleOperations } from "./service-linked-roles";
import { userOperations } from "./users";

/** Every IAM action that the sandbox knows, by the name in the API. */
export const iamOperations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...serviceLinkedRoleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...inlineOperations("User"),
    ...inlineOperations("Group"),
    ...inlineOperations("Role"),
    ...attachmentOperations("User"),
    ...attachmentOperations("Group"),
    ...attachmentOperations("Role"),
    ...boundaryOperations("User"),
    ...boundaryOperations("Role"),
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...passwordPolicyOperations,
    ...mfaOperations,
    ...identityProviderOperations,
    ...accountOperations,
    ...detailOperations,
    ...reportOperations,
  }),
);

export { awsManagedPolicies } from "./aws-managed";
