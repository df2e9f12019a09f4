import { iam, native, resource, role } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "people-only-in-the-bastion";

const people: readonly (readonly [string, ReturnType<typeof iam>])[] = [
  ["an IAM user", iam("User", "ada", { name: "ada" })],
  ["password", iam("UserLoginProfile", "ada", { user: "ada" })],
  ["access key", iam("AccessKey", "ada", { user: "ada" })],
  ["MFA device", iam("VirtualMfaDevice", "ada")],
  ["SSH key", iam("SshKey", "ada", { username: "ada" })],
  ["credential", iam("ServiceSpecificCredential", "ada", { userName: "ada" })],
  ["signing certificate", iam("SigningCertificate", "ada")],
  ["an IAM user", native("User", "ada", { userName: "ada" })],
  ["MFA device", native("VirtualMfaDevice", "ada")],
];

const rows: readonly Row[] = [
  ...people.flatMap(([what, person]): Row[] => [
    {
      title: `finds ${person.type} in a workload stack`,
      resources: [person],
      finds: [{ resource: "ada", kind: "wrong", says: [what] }],
    },
    {
      title: `has nothing against ${person.type} in the bastion`,
      stack: bastionStack,
      resources: [person],
    },
  ]),
  {
    title: "goes by project and stack, and not by the stack's name alone",
    stack: "shop/bastion",
    resources: [iam("User", "ada")],
    finds: [{ resource: "ada", says: ["shop/bastion"] }],
  },
  {
    title: "takes the bastion stacks that the config names",
    stack: "shop/people",
    organisation: { bastionStacks: ["shop/people"] },
    resources: [iam("User", "ada")],
  },
  {
    title: "lets roles, databases and other users of the word be",
    resources: [
      role("Support"),
      resource("aws:rds/instance:Instance", "orders"),
      resource("aws:transfer/user:User", "partner"),
      { ...resource("shop:index:User", "ada"), isComponent: true },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
