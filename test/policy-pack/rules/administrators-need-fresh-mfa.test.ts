import { unknownText } from "../pack";
import { bastion, freshMfa, json, mfa, people, service } from "./documents";
import { nativeRole, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "administrators-need-fresh-mfa";

const opsSudo = (condition: object) =>
  role("OpsSudo", { assumeRolePolicy: json(people(condition)) });

/** The youngest MFA that is too old. */
const withMfaAge = (seconds: string) =>
  ({
    caller: "user",
    account: bastion,
    keys: {
      "aws:multifactorauthpresent": ["true"],
      "aws:multifactorauthage": [seconds],
    },
  }) as const;

const rows: readonly Row[] = [
  {
    title: "takes a named administrator with fresh MFA",
    resources: [opsSudo(freshMfa)],
  },
  {
    title: "finds a named administrator with MFA of any age",
    resources: [opsSudo(mfa)],
    finds: [
      { resource: "OpsSudo", statements: [1], witness: withMfaAge("3601") },
    ],
  },
  {
    title: "holds the age to the config",
    organisation: { administratorMfaAge: 900 },
    resources: [opsSudo(freshMfa)],
    finds: [
      { resource: "OpsSudo", statements: [1], witness: withMfaAge("901") },
    ],
  },
  {
    title:
      "waits for the name, where the MFA would be too old for an administrator",
    resources: [
      role("R", { name: unknownText, assumeRolePolicy: json(people()) }),
      role("S", { name: unknownText }),
    ],
    finds: [{ resource: "R", kind: "unknown", field: "name" }],
  },
  {
    title: "finds it in aws-native's form",
    resources: [
      nativeRole("OpsSudo", { assumeRolePolicyDocument: json(people()) }),
    ],
    finds: [
      {
        resource: "OpsSudo",
        field: "assumeRolePolicyDocument",
        statements: [1],
        witness: withMfaAge("3601"),
      },
    ],
  },
  {
    title: "takes MFA of any age for a role that is none of the config's",
    organisation: { administratorRoles: ["Root"] },
    resources: [opsSudo(mfa)],
  },
  {
    title: "asks nothing of services, which have no MFA",
    resources: [role("OpsSudo", { assumeRolePolicy: json(service) })],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
