import type { Operations } from "../operation";
import { accessKeyOperations } from "./access-keys";
import { accountOperations } from "./account";
import { lastAccessedOperations } from "./last-accessed";
import { detailOperations } from "./details";
import { groupOperations } from "./groups";
import { identityProviderOperations } from "./identity-providers";
import { instanceProfileOperations } from "./instance-profiles";
import { loginProfileOperations } from "./login-profiles";
import { mfaOperations } from "./mfa";
import { passwordPolicyOperations } from "./password-policy";
import { policyOperations } from "./policies";
import { policyVersionOperations } from "./policy-versions";
import { reportOperations } from "./report";
import { roleOperations } from "./roles";
import { samlProviderOperations } from "./saml-providers";
import { serverCertificateOperations } from "./server-certificates";
import { serviceCredentialOperations } from "./service-credentials";
import { serviceLinkedRoleOperations } from "./service-linked-roles";
import { signingCertificateOperations } from "./signing-certificates";
import { sshKeyOperations } from "./ssh-keys";
import { simulationOperations } from "./simulate";
import { userOperations } from "./users";

/** Every IAM action that the sandbox knows, by the name in the API. */
export const iamOperations: Operations = {
  ...userOperations,
  ...groupOperations,
  ...roleOperations,
  ...serviceLinkedRoleOperations,
  ...instanceProfileOperations,
  ...serverCertificateOperations,
  ...policyOperations,
  ...policyVersionOperations,
  ...accessKeyOperations,
  ...loginProfileOperations,
  ...signingCertificateOperations,
  ...sshKeyOperations,
  ...serviceCredentialOperations,
  ...passwordPolicyOperations,
  ...mfaOperations,
  ...identityProviderOperations,
  ...samlProviderOperations,
  ...accountOperations,
  ...detailOperations,
  ...reportOperations,
  ...lastAccessedOperations,
  ...simulationOperations,
};

export { awsManagedPolicies } from "./aws-managed";
