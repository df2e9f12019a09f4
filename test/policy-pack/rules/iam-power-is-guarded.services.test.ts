import { allow, dev, json, people, trusts, type Statement } from "./documents";
import { changesIam } from "./found";
import { role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "iam-power-is-guarded";

const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const ofEks = (inputs: object = {}) =>
  role("cluster", {
    assumeRolePolicy: json(
      trusts(
        { Service: "eks.amazonaws.com" },
        { Action: ["sts:AssumeRole", "sts:TagSession"] },
      ),
    ),
    managedPolicyArns: [
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSBlockStoragePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ].map(ofAws),
    ...inputs,
  });
const profiles = allow([
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
]);
const worker = (passes: Statement) =>
  role("R", {
    inlinePolicies: [{ name: "p", policy: json(profiles, passes) }],
  });
const nodeRole = `arn:aws:iam::${dev}:role/KarpenterNodeRole-main`;
const toEc2 = {
  Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
};

const serviceRows: readonly Row[] = [
  {
    title: "takes what AWS's own policies give a service for itself",
    resources: [
      ofEks(),
      role("batch", {
        assumeRolePolicy: json(trusts({ Service: "batch.amazonaws.com" })),
        managedPolicyArns: [ofAws("service-role/AWSBatchServiceRole")],
      }),
    ],
  },
  {
    title: "finds it where anybody else takes the role as well",
    resources: [
      ofEks({
        assumeRolePolicy: json(
          trusts({ Service: "eks.amazonaws.com" }),
          people(),
        ),
      }),
    ],
    finds: [{ resource: "cluster", witness: { action: "iam:PassRole" } }],
  },
  {
    title: "finds it where the service runs what its users give it",
    resources: [
      ofEks({
        assumeRolePolicy: json(trusts({ Service: "ec2.amazonaws.com" })),
      }),
    ],
    finds: [{ resource: "cluster", witness: { action: "iam:PassRole" } }],
  },
  {
    title: "finds it where the policy is the team's own",
    resources: [
      ofEks({
        inlinePolicies: [
          { name: "p", policy: json(allow("iam:PassRole", "*", toEc2)) },
        ],
      }),
    ],
    finds: [{ resource: "cluster", witness: { action: "iam:PassRole" } }],
  },
  {
    title: "does not take for fine what it does not know of a service either",
    resources: [ofEks({ managedPolicyArns: [ofAws("NewlyMadeFullAccess")] })],
    finds: [
      {
        resource: "cluster",
        kind: "undecided",
        unread: [ofAws("NewlyMadeFullAccess")],
      },
    ],
  },
  {
    title: "finds an administrator that a service takes",
    resources: [ofEks({ managedPolicyArns: [ofAws("AdministratorAccess")] })],
    finds: [{ resource: "cluster", witness: changesIam }],
  },
  {
    title: "takes instance profiles for what PassRole makes of them",
    resources: [worker(allow("iam:PassRole", nodeRole, toEc2))],
  },
  {
    title: "finds instance profiles beside an unbounded PassRole",
    resources: [worker(allow("iam:PassRole", "*", toEc2))],
    finds: [
      { resource: "R", statements: [2], witness: { action: "iam:PassRole" } },
    ],
  },
];

describe(`${rule}: of services, and of instance profiles`, () => {
  testRows(rule, serviceRows);
});
