import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { worker } from "../worker";

const provider = into("dev");

// Written by hand, with a slip that only IAM would have noticed, in the middle of a deployment.
new iam.RolePolicy(
  "worker-orders",
  {
    role: worker(provider).name,
    policy: `{
      "Version": "2012-10-17",
      "Statement": [{ "Efect": "Allow", "Action": "sqs:*", "Resource": "*" }]
    }`,
  },
  { provider },
);
