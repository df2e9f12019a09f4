import * as iam from "@pulumi/aws/iam";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { into } from "../accounts";

const provider = into("dev");

new iam.Role(
  "consultants",
  {
    name: "Consultants",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            AWS: [
              "arn:aws:iam::111111111111:root",
              "arn:aws:iam::444455556666:root",
            ],
          },
          Action: "sts:AssumeRole",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    }),
  },
  { provider },
);
new BucketPolicy(
  "parcels",
  {
    bucket: "acme-shop-parcels",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::777788889999:role/collector" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::acme-shop-parcels/*",
        },
      ],
    }),
  },
  { provider },
);
