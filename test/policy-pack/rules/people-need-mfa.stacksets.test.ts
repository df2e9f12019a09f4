import { json, prod, root, trusts } from "./documents";
import { role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "people-need-mfa";

/**
 * The role that StackSets works with, trusting whom AWS's template trusts, or a role of the account. Source:
 * AWS CloudFormation user guide, "Grant self-managed permissions".
 */
const stackSets = (name: string, principal: string) =>
  role(name, {
    name: "AWSCloudFormationStackSetExecutionRole",
    assumeRolePolicy: json(trusts({ AWS: principal })),
  });
const administrationRole = `arn:aws:iam::${prod}:role/AWSCloudFormationStackSetAdministrationRole`;

const rows: readonly Row[] = [
  {
    title: "says how it may come, and not that it needs MFA",
    resources: [
      stackSets("account", root(prod)),
      stackSets("role", administrationRole),
    ],
    finds: [
      {
        resource: "account",
        witness: { account: prod },
        says: [
          "trust the one role that must come this way by its ARN, and name that in the config's chainingRoles",
        ],
      },
      {
        resource: "role",
        witness: { arn: administrationRole },
        says: [`name ${administrationRole} in the config's chainingRoles`],
      },
    ],
  },
  {
    title: "lets it be where the config names it",
    organisation: { chainingRoles: [administrationRole] },
    resources: [stackSets("role", administrationRole)],
  },
];

describe(`${rule}, of a role of StackSets`, () => {
  testRows(rule, rows);
});
