import * as iam from "@pulumi/aws/iam";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { ComponentResource, jsonStringify } from "@pulumi/pulumi";
import { into } from "../accounts";
import { people } from "../trusts";

const provider = into("dev");

// For people: from the bastion, with MFA, and inside a boundary.
const boundary = new iam.Policy(
  "support-boundary",
  {
    policy: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:*", "logs:*"], Resource: "*" },
      ],
    },
  },
  { provider },
);
const support = new iam.Role(
  "support",
  {
    name: "Support",
    assumeRolePolicy: people(),
    permissionsBoundary: boundary.arn,
  },
  { provider },
);
new iam.RolePolicy(
  "support-orders",
  {
    role: support.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider },
);

/** A worker with a role of its own, which a service takes. */
class Worker extends ComponentResource {
  constructor(name: string) {
    super("shop:index:Worker", name, {}, { provider });
    const trust = iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: ["sts:AssumeRole"],
            principals: [
              { type: "Service", identifiers: ["lambda.amazonaws.com"] },
            ],
          },
        ],
      },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: trust.json },
      { parent: this },
    );
    new iam.RolePolicyAttachment(
      `${name}-logs`,
      {
        role: role.name,
        policyArn:
          "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
new Worker("invoices");

// For the pipeline: of one repository, and of one branch.
new iam.Role(
  "release",
  {
    assumeRolePolicy: jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Federated:
              "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub":
                "repo:acme/shop:ref:refs/heads/main",
            },
          },
        },
      ],
    }),
  },
  { provider },
);

// The prod account may read what is built here; nobody may without TLS.
new BucketPolicy(
  "builds",
  {
    bucket: "acme-shop-builds",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::033333333333:root" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::acme-shop-builds/*",
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "arn:aws:s3:::acme-shop-builds/*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  },
  { provider },
);
