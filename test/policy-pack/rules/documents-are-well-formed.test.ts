import { unknownText } from "../pack";
import { allow, document, json, people, readsBuckets } from "./documents";
import { iam, native, nativeRole, resource, role } from "./resources";
import { testRows, type Row } from "./rows";
import { made, stack } from "./templates";

const rule = "documents-are-well-formed";

const broken = { Statement: [{ Effect: "allow", Action: "s3:*" }] };
const fields: readonly (readonly [string, ReturnType<typeof iam>, string])[] = [
  ["trust", role("r", { assumeRolePolicy: broken }), "assumeRolePolicy"],
  [
    "trust, of aws-native",
    nativeRole("r", { assumeRolePolicyDocument: broken }),
    "assumeRolePolicyDocument",
  ],
  [
    "a role's second inline policy",
    role("r", {
      inlinePolicies: [
        { name: "a", policy: json(readsBuckets) },
        { name: "b", policy: broken },
      ],
    }),
    "inlinePolicies[1].policy",
  ],
  [
    "a native group's inline policy",
    native("Group", "r", {
      policies: [{ policyName: "a", policyDocument: broken }],
    }),
    "policies[0].policyDocument",
  ],
  [
    "a role's policy",
    iam("RolePolicy", "r", { role: "x", policy: broken }),
    "policy",
  ],
  ["a managed policy", iam("Policy", "r", { policy: broken }), "policy"],
  [
    "a native managed policy",
    native("ManagedPolicy", "r", { policyDocument: broken }),
    "policyDocument",
  ],
  [
    "a bucket's policy",
    resource("aws:s3/bucketPolicy:BucketPolicy", "r", {
      policy: { Statement: [{ Effect: "allow", Principal: "*" }] },
    }),
    "policy",
  ],
];

const faults: readonly (readonly [string, unknown, string])[] = [
  ["text that is no JSON", "{", "not JSON"],
  ["nothing at all", undefined, "missing"],
  ["null", null, "object"],
  ["a list", [], "object"],
  ["no statements", {}, "Statement"],
  ["another version", { ...document(people()), Version: "2020" }, "Version"],
  [
    "a group as a principal",
    json({
      ...people(),
      Principal: { AWS: "arn:aws:iam::111111111111:group/g" },
    }),
    "groups can't be principals",
  ],
  [
    "a resource in a trust policy",
    json({ ...people(), ...allow("sts:*") }),
    "Resource",
  ],
];

const bucketPolicy = (name: string, policy: unknown) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", name, { policy });
const reads = { ...readsBuckets, Principal: { AWS: "111111111111" } };

/** Where a policy with principals stands, whatever it is that stands there. */
const resourceRows: readonly Row[] = [
  ...(
    [
      ["text that is no JSON", "{not json", "not JSON"],
      ["JSON encoded twice", JSON.stringify(json(reads)), "a string"],
      ["an empty text", "", "not JSON"],
      ["a number", 4, "a number"],
      ["a list", [], "a list"],
      ["no principal", json(readsBuckets), "neither Principal"],
    ] as const
  ).map(([what, policy, says]): Row => ({
    title: `says what is wrong with a bucket's policy: ${what}`,
    resources: [bucketPolicy("r", policy)],
    finds: [{ resource: "r", field: "policy", says: [says as string] }],
  })),
  {
    title: "says that a permission has no principal",
    resources: [
      resource("aws:lambda/permission:Permission", "function", {
        function: "orders",
      }),
      resource(
        "aws:lambda/layerVersionPermission:LayerVersionPermission",
        "layer",
        { layerName: "orders" },
      ),
      resource("aws:cloudwatch/eventPermission:EventPermission", "bus", {
        statementId: "orders",
      }),
    ],
    finds: [
      { resource: "function", field: "principal" },
      { resource: "layer", field: "principal" },
      { resource: "bus", field: "principal" },
    ],
  },
  {
    title: "says which principal of a permission names nobody",
    resources: [
      [
        "read",
        "arn:aws:identitystore:::group/93b4c8c2-1031-70c3-0c5e-1234567890ab",
      ],
      ["unread", "arn:aws:identitystore:::pool/1"],
    ].map(([name = "", principal]) =>
      resource("aws:lakeformation/permissions:Permissions", name, {
        principal,
      }),
    ),
    finds: [
      {
        resource: "unread",
        kind: "wrong",
        field: "principal",
        says: [
          "principal names nobody",
          'principal is "arn:aws:identitystore:::pool/1"',
        ],
      },
    ],
  },
  {
    title: "takes policies that are well-formed, and texts that are none",
    resources: [
      bucketPolicy("text", json(reads)),
      bucketPolicy("object", document(reads)),
      resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "old", {
        policy: JSON.stringify({ rules: [] }),
      }),
      resource("aws:new/thing:Thing", "thing", { policy: "{not json" }),
    ],
  },
];

const rows: readonly Row[] = [
  ...fields.map(([what, one, field]): Row => ({
    title: `names the field of ${what}`,
    resources: [one],
    finds: [{ resource: "r", field, says: ["Effect"] }],
  })),
  ...faults.map(([what, assumeRolePolicy, says]): Row => ({
    title: `says what is wrong with ${what}`,
    resources: [role("r", { assumeRolePolicy })],
    finds: [{ resource: "r", field: "assumeRolePolicy", says: [says] }],
  })),
  {
    title: "takes documents in all the forms that IAM and Pulumi take",
    resources: [
      role("text", { assumeRolePolicy: json(people()) }),
      role("object", { assumeRolePolicy: document(people()) }),
      role("one", { assumeRolePolicy: { Statement: people() } }),
      role("none", { inlinePolicies: [{}] }),
      iam("Policy", "p", { policy: json(readsBuckets) }),
    ],
  },
  {
    title: "takes what a program only reads: a state has it without inputs",
    resources: [
      iam(
        "Role",
        "role",
        {},
        { outputs: { assumeRolePolicy: json(people()) } },
      ),
      iam("Policy", "policy", {}, { outputs: { policy: json(readsBuckets) } }),
      resource("aws:lambda/permission:Permission", "permission"),
      nativeRole("native", { assumeRolePolicyDocument: document(people()) }),
    ],
  },
  {
    title: "says that a template's role has no trust, whatever else it lacks",
    resources: [stack("team", made("AWS::IAM::Role"))],
    finds: [{ resource: "team", says: ["Made", "missing"] }],
  },
  {
    title: "leaves to the update what is not known yet",
    resources: [
      role("trust", { assumeRolePolicy: unknownText }),
      role("list", { inlinePolicies: unknownText }),
      role("entry", { inlinePolicies: [unknownText] }),
      role("inside", { inlinePolicies: [{ policy: unknownText }] }),
    ],
    finds: [
      { resource: "trust", kind: "unknown", field: "assumeRolePolicy" },
      { resource: "list", kind: "unknown", field: "inlinePolicies" },
      { resource: "entry", kind: "unknown", field: "inlinePolicies.0" },
      { resource: "inside", kind: "unknown", field: "inlinePolicies.0.policy" },
    ],
  },
  {
    title: "reports what is malformed beside what is not known",
    resources: [
      role("r", {
        assumeRolePolicy: unknownText,
        inlinePolicies: [{ policy: broken }],
      }),
    ],
    finds: [
      { resource: "r", kind: "wrong", field: "inlinePolicies[0].policy" },
      { resource: "r", kind: "unknown" },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
  testRows(rule, resourceRows);
});
