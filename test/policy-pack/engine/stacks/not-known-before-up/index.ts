import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

const provider = into("dev");

const worker = new iam.Role(
  "worker",
  {
    name: "Worker",
    assumeRolePolicy: iam.assumeRolePolicyForPrincipal({
      Service: "ecs-tasks.amazonaws.com",
    }),
  },
  { provider },
);
// Whom this lets in is not known before the worker has an ARN.
new iam.Role(
  "reports",
  {
    name: "Reports",
    assumeRolePolicy: worker.arn.apply((arn) =>
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
