import { allow } from "./policy-document";

/**
 * `GetSessionToken` turns an access key and an MFA code into a session with MFA.
 *
 * AWS asks for no permission for it; the statement is there so that the group says all that it
 * gives, and so that a boundary or service control policy built from it holds the action too.
 */
export const sessionTokenStatement = allow({
  sid: "OpenSession",
  actions: ["sts:GetSessionToken"],
  resources: ["*"],
});
