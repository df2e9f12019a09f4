import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { worker } from "../worker";

const provider = into("dev");

// Whom this lets in is not known before the worker has an ARN.
new iam.Role(
  "reports",
  {
    name: "Reports",
    assumeRolePolicy: worker(provider).arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: arn },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    ),
  },
  { provider },
);
