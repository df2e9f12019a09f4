import * as iam from "@pulumi/aws/iam";
import { Config } from "@pulumi/pulumi";

const mfaOperator = new Config().require("mfaOperator");

new iam.Role("reader", {
  name: "ReportsReader",
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Condition: { [mfaOperator]: { "aws:MultiFactorAuthPresent": "true" } },
    },
  }),
});
