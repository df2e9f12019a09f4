import {
  bastion,
  grantsFirst,
  inBastion,
  inWorkload,
  rolesFirst,
  shared,
  type Change,
} from "./change";
import { changesOfOffices, changesOfPeople } from "./changes-of-people";
import { changesOfRoles, places } from "./changes-of-roles";

export const firstDeployment = rolesFirst("the first deployment");
export const firstDeploymentOfTheBastion = grantsFirst("the first deployment");

/** For what others have done to the accounts meanwhile. */
export const unchanged = grantsFirst("the same is deployed again");
export const keeping = inBastion(
  "a user keeps other policies",
  bastion("keepPoliciesOf", ["chen"]),
);
export const keepingNoMore = inBastion(
  "a user keeps none",
  bastion("keepPoliciesOf"),
);

/** Every kind of change, one after the other over the same accounts. */
export const changes: readonly Change[] = [
  ...changesOfPeople,
  ...changesOfRoles,
  ...changesOfOffices,
  ...places,
];

/** A few for a single account, which differs in where the roles are. */
export const changesOfASingleAccount: readonly Change[] = [
  inBastion("a user is added", bastion("users.eve", { teams: ["developers"] })),
  inBastion("a user is removed", bastion("users.eve")),
  inWorkload(
    "ReadOnly reads metadata alone",
    shared("roles.ReadOnly", { reads: "metadata" }),
  ),
  rolesFirst(
    "a role is renamed",
    shared("roles.Reader", {
      managedPolicies: ["AmazonDynamoDBReadOnlyAccess"],
    }),
    shared("roles.Analyst"),
  ),
  rolesFirst(
    "a pipeline deploys, and bounds users and roles",
    shared("pipeline", {
      repository: "acme@7/bastion-account@42",
      branch: "main",
    }),
  ),
  grantsFirst("no pipeline deploys any more", shared("pipeline")),
];
