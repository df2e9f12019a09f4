import { unknownText } from "../pack";
import { dev, document, everything, json } from "../rules/documents";
import { changesIam } from "../rules/found";
import { iam, native, nativeRole, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

const rolePolicy = (inputs: object) =>
  iam("RolePolicy", "p", { role: "R", policy: json(everything), ...inputs });
const attached = (policyArn: string) =>
  iam("RolePolicyAttachment", "p", { role: "R", policyArn });
const sessionOfR = {
  caller: "role session",
  arn: `arn:aws:iam::${dev}:role/R`,
} as const;

/** What a role holds, with the resource and the property that give it. */
const forms: readonly (readonly [string, Row["resources"], string])[] = [
  [
    "an inline policy",
    [role("R", { inlinePolicies: [{ name: "p", policy: json(everything) }] })],
    "R inlinePolicies[0].policy",
  ],
  [
    "a managed policy of its own",
    [role("R", { managedPolicyArns: [administrator] })],
    "R managedPolicyArns",
  ],
  ["a policy beside it", [role("R"), rolePolicy({})], "p policy"],
  ["an attachment", [role("R"), attached(administrator)], "p policyArn"],
  [
    "an attachment of the stack's own policy, by an ARN that is not known yet",
    [
      role("R"),
      iam("Policy", "all", { policy: json(everything) }),
      { ...attached(unknownText), from: { policyArn: ["all"] } },
    ],
    "p policyArn",
  ],
  [
    "an attachment of the stack's own policy, by its name",
    [
      role("R"),
      iam("Policy", "all", { name: "all", policy: json(everything) }),
      attached(`arn:aws:iam::${dev}:policy/all`),
    ],
    "p policyArn",
  ],
  [
    "an attachment of many kinds",
    [
      role("R"),
      iam("PolicyAttachment", "p", { roles: ["R"], policyArn: administrator }),
    ],
    "p policyArn",
  ],
  [
    "an exclusive list",
    [
      role("R"),
      iam("RolePolicyAttachmentsExclusive", "p", {
        roleName: "R",
        policyArns: [administrator],
      }),
    ],
    "p policyArns",
  ],
  [
    "a policy that names the role by a value that is not known yet",
    [
      role("R"),
      { ...rolePolicy({ role: unknownText }), from: { role: ["R"] } },
    ],
    "p policy",
  ],
  [
    "aws-native's own policies",
    [
      nativeRole("R", {
        policies: [{ policyName: "p", policyDocument: document(everything) }],
      }),
    ],
    "R policies[0].policyDocument",
  ],
  [
    "aws-native's policy beside it",
    [
      nativeRole("R"),
      native("RolePolicy", "p", {
        roleName: "R",
        policyDocument: document(everything),
      }),
    ],
    "p policyDocument",
  ],
  [
    "aws-native's managed policy",
    [
      nativeRole("R"),
      native("ManagedPolicy", "p", {
        roles: ["R"],
        policyDocument: document(everything),
      }),
    ],
    "p policyDocument",
  ],
  ["two providers at once", [nativeRole("R"), rolePolicy({})], "p policy"],
];

describe("the policies of an identity, in each of their forms", () => {
  testRows(
    "iam-power-is-guarded",
    forms.map(([what, resources, source]): Row => ({
      title: `finds power that comes by ${what}`,
      resources,
      finds: [
        {
          resource: "R",
          statements: [1],
          source,
          witness: { ...sessionOfR, ...changesIam },
        },
      ],
    })),
  );
});
