import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

new iam.Role(
  "support",
  {
    name: "Support",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "People",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
        {
          // From the office it was to be easier, for a week.
          Sid: "Office",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
        },
      ],
    }),
  },
  { provider: into("dev") },
);
