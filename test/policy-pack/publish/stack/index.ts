import * as iam from "@pulumi/aws/iam";
import { into } from "../../engine/stacks/accounts";
import { worker } from "../../engine/stacks/worker";

const provider = into("dev");

const trusting = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
      },
    ],
  });

new iam.Role(
  "support",
  { assumeRolePolicy: trusting("111111111111"), tags: { team: "shop" } },
  { provider },
);

// Whom this lets in is not known before the worker has an ARN.
new iam.Role(
  "reports",
  { assumeRolePolicy: worker(provider).arn.apply(trusting) },
  { provider },
);
