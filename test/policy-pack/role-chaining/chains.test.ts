import { unknownText } from "../pack";
import {
  allow,
  bastion,
  dev,
  everything,
  foreign,
  json,
  mfa,
  people,
  prod,
  readsBuckets,
  root,
  trusts,
} from "../rules/documents";
import { iam, nativeRole, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { administrator, ownRoot, strong, support, taking } from "./roles";

const rule = "no-escalation-by-role-chaining";

const power = "arn:aws:iam::aws:policy/PowerUserAccess";
/** What a chain calls the PowerUser that every account has. */
const powerUser = `PowerUser of account ${dev}`;
const ofRole = (name: string, account = dev) =>
  trusts({ AWS: `arn:aws:iam::${account}:role/${name}` });
const middle = role("Middle", {
  assumeRolePolicy: json(ownRoot),
  inlinePolicies: [{ name: "p", policy: json(taking) }],
});
/** What a provider shows that takes its account from the environment. */
const noAccount = { region: "eu-central-1" };

const rows: readonly Row[] = [
  {
    title:
      "finds a strong role that trusts its own account: PowerUser takes it",
    resources: [strong(ownRoot)],
    finds: [{ resource: "Strong", chain: [powerUser, "Strong"], strength: 3 }],
  },
  {
    title: "finds it in aws-native's form",
    resources: [
      nativeRole("Strong", {
        assumeRolePolicyDocument: json(ownRoot),
        managedPolicyArns: [administrator],
      }),
    ],
    finds: [{ resource: "Strong", chain: [powerUser, "Strong"] }],
  },
  {
    title: "finds it in an account that the config does not name",
    resources: [strong(trusts({ AWS: root(foreign) }))].map((one) => ({
      ...one,
      provider: foreign,
    })),
    finds: [
      {
        resource: "Strong",
        chain: [`PowerUser of account ${foreign}`, "Strong"],
      },
    ],
  },
  {
    title: "adds up what makes the role strong from several resources",
    resources: [
      role("Strong", { assumeRolePolicy: json(ownRoot) }),
      iam("RolePolicyAttachment", "p", {
        role: "Strong",
        policyArn: administrator,
      }),
    ],
    finds: [{ resource: "Strong", chain: [powerUser, "Strong"], strength: 3 }],
  },
  {
    title:
      "is content where the strong role asks for MFA, which no session has",
    resources: [strong(trusts({ AWS: root(dev) }, { Condition: mfa }))],
  },
  {
    title: "is content where the strong role trusts the bastion with MFA",
    resources: [strong(people()), support(readsBuckets)],
  },
  {
    title: "is content with roles that are no stronger",
    resources: [
      strong(ownRoot, { managedPolicyArns: [power] }),
      role("Weak", { assumeRolePolicy: json(ownRoot) }),
    ],
  },
  {
    title: "is content where a boundary takes the strength away",
    resources: [strong(ownRoot, { permissionsBoundary: power })],
  },
  {
    title: "finds a chain through a role in between",
    resources: [middle, strong(ofRole("Middle"))],
    finds: [{ resource: "Strong", chain: [powerUser, "Middle", "Strong"] }],
  },
  {
    title: "finds a strong role that trusts one session of PowerUser",
    resources: [
      strong(trusts({ AWS: `arn:aws:sts::${dev}:assumed-role/PowerUser/ada` })),
    ],
    finds: [{ resource: "Strong", chain: [powerUser, "Strong"], strength: 3 }],
  },
  {
    title: "finds a chain through one session of a role with a path",
    resources: [
      role("Middle", {
        path: "/people/",
        assumeRolePolicy: json(people()),
      }),
      strong(trusts({ AWS: `arn:aws:sts::${dev}:assumed-role/Middle/ada` })),
    ],
    finds: [{ resource: "Strong", chain: ["Middle", "Strong"] }],
  },
  {
    title: "finds the way from a role that people take by SAML",
    organisation: { chainingRoles: ["Dev"], powerRoles: [] },
    resources: [
      role("Dev", {
        assumeRolePolicy: json({
          Effect: "Allow",
          Principal: { Federated: `arn:aws:iam::${dev}:saml-provider/people` },
          Action: "sts:AssumeRoleWithSAML",
          Condition: {
            StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
          },
        }),
        managedPolicyArns: [power],
      }),
      strong(ofRole("Dev")),
    ],
    finds: [{ resource: "Strong", chain: ["Dev", "Strong"] }],
  },
  {
    title: "is content with a session of a role of another stack",
    resources: [
      role("Middle", { assumeRolePolicy: json(people()) }),
      strong(trusts({ AWS: `arn:aws:sts::${dev}:assumed-role/Another/ada` })),
    ],
  },
  ...[prod, dev].map((account): Row => ({
    title: `is undecided where two accounts may be meant, and leads through ${account}`,
    organisation: { powerRoles: [] },
    resources: [
      role(
        "Early",
        { assumeRolePolicy: json(ofRole("Support")) },
        { provider: noAccount },
      ),
      { ...support(allow("sts:AssumeRole")), provider: noAccount },
      strong(ofRole("Support", account), { provider: noAccount }),
      role("Late", { assumeRolePolicy: json(ofRole("Support", prod)) }),
    ],
    finds: [
      {
        resource: "Strong",
        kind: "undecided",
        chain: ["Support", "Strong"],
        says: ["which account Support stands in"],
      },
    ],
  })),
  {
    title: "finds the chain where the provider does not show the account",
    resources: [middle, strong(ofRole("Middle"))].map((one) => ({
      ...one,
      provider: noAccount,
    })),
    finds: [{ resource: "Strong", chain: [powerUser, "Middle", "Strong"] }],
  },
  {
    title: "finds the chain in the partition for governments",
    resources: [
      strong(trusts({ AWS: `arn:aws-us-gov:iam::${dev}:role/PowerUser` })),
    ].map((one) => ({
      ...one,
      provider: {
        allowedAccountIds: `["${dev}"]`,
        region: "us-gov-west-1",
      },
    })),
    finds: [{ resource: "Strong", chain: [powerUser, "Strong"] }],
  },
  {
    title:
      "finds a way from a weak role of people to one that uses any service",
    resources: [
      support(allow("sts:AssumeRole")),
      strong(ofRole("Support"), { managedPolicyArns: [power] }),
    ],
    finds: [{ resource: "Strong", chain: ["Support", "Strong"], strength: 1 }],
  },
  {
    title: "a role that names another of its account needs no more permission",
    resources: [support(readsBuckets), strong(ofRole("Support"))],
    finds: [{ resource: "Strong", chain: ["Support", "Strong"] }],
  },
  {
    title: "a role of another account needs the permission on its own side",
    resources: [
      support(readsBuckets),
      {
        ...strong(ofRole("Support")),
        provider: prod,
      },
    ],
  },
  {
    title: "finds the way across accounts where both sides allow it",
    resources: [
      support(allow("sts:AssumeRole", `arn:aws:iam::${prod}:role/*`)),
      { ...strong(ofRole("Support")), provider: prod },
    ],
    finds: [{ resource: "Strong", chain: ["Support", "Strong"] }],
  },
  {
    title: "holds the power roles to be what the config names",
    organisation: { powerRoles: ["Developer"] },
    resources: [
      strong(ofRole("Developer")),
      { ...strong(ofRole("PowerUser"), { name: "Other" }), name: "other" },
    ],
    finds: [
      { resource: "Strong", chain: [`Developer of account ${dev}`, "Strong"] },
    ],
  },
  {
    title: "finds the way to a named administrator, whatever it holds here",
    resources: [role("OpsSudo", { assumeRolePolicy: json(ownRoot) })],
    finds: [
      { resource: "OpsSudo", chain: [powerUser, "OpsSudo"], strength: 3 },
    ],
  },
  {
    title: "counts a role as strong that changes IAM or passes any role",
    resources: [
      ...["iam:PutRolePolicy", "iam:PassRole"].map((action, index) =>
        role(`r${index}`, {
          assumeRolePolicy: json(ownRoot),
          inlinePolicies: [
            {
              name: "p",
              policy: json(allow(action, `arn:aws:iam::${dev}:role/*`)),
            },
          ],
        }),
      ),
    ],
    finds: [
      { resource: "r0", chain: [powerUser, "r0"], strength: 3 },
      { resource: "r1", chain: [powerUser, "r1"], strength: 2 },
    ],
  },
  {
    title: "leaves to the update what is not known yet, and says what is",
    resources: [
      strong(ownRoot),
      role("Later", { assumeRolePolicy: unknownText }),
    ],
    finds: [
      { resource: "Strong", chain: [powerUser, "Strong"] },
      { resource: "", kind: "unknown", field: "assumeRolePolicy" },
    ],
  },
  {
    title: "people of the bastion start nowhere but in the roles they can take",
    resources: [
      role("Job", {
        managedPolicyArns: [administrator],
      }),
      role("Far", {
        assumeRolePolicy: json(ofRole("Job")),
        inlinePolicies: [{ name: "p", policy: json(everything) }],
      }),
      role("Other", {
        assumeRolePolicy: json(
          trusts({ AWS: `arn:aws:iam::${bastion}:role/x` }),
        ),
      }),
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
