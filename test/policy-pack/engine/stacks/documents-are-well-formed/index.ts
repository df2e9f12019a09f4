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
// Written by hand, with a slip that only IAM would have noticed, in the middle of a deployment.
new iam.RolePolicy(
  "worker-orders",
  {
    role: worker.name,
    policy: `{
      "Version": "2012-10-17",
      "Statement": [{ "Efect": "Allow", "Action": "sqs:*", "Resource": "*" }]
    }`,
  },
  { provider },
);
