import { iamArn, type Partition } from "../partition";
import {
  allow,
  policyDocument,
  type IdentityStatement,
  type PolicyDocument,
} from "./policy-document";
import { sessionTokenStatement } from "./self-service";

/**
 * The most that a user may do whom a pipeline makes, whatever it writes into the user's groups: what
 * the program gives users, and no more.
 *
 * @param selfService what users do for themselves
 * @param roles names of the roles that the program makes
 */
export const userBoundaryPolicy = (
  partition: Partition,
  selfService: readonly IdentityStatement[],
  roles: readonly string[],
): PolicyDocument =>
  policyDocument(
    sessionTokenStatement,
    allow({
      sid: "TakeRolesOfTheProgram",
      actions: ["sts:AssumeRole"],
      resources: roles.map((role) => iamArn(partition, "*", `role/${role}`)),
    }),
    ...selfService,
  );

/**
 * The most that a role may do which a pipeline makes, whatever it writes into it: all but what is
 * denied to PowerUser. So it changes no IAM, takes no other role, and leaves alone what guards the
 * account.
 *
 * @param denials PowerUser's own
 */
export const roleBoundaryPolicy = (
  denials: readonly IdentityStatement[],
): PolicyDocument =>
  policyDocument(
    allow({ sid: "AllElse", actions: ["*"], resources: ["*"] }),
    ...denials,
  );
