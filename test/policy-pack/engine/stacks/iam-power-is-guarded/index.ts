import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

const provider = into("dev");

const builder = new iam.Role(
  "builder",
  {
    name: "Builder",
    assumeRolePolicy: iam.assumeRolePolicyForPrincipal({
      Service: "codebuild.amazonaws.com",
    }),
  },
  { provider },
);
// Everything but IAM, it was meant to say.
const everything = new iam.Policy(
  "everything-but-iam",
  {
    name: "EverythingButIam",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          NotAction: ["iam:Create*", "iam:Delete*", "iam:Update*", "iam:Pass*"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider },
);
new iam.RolePolicyAttachment(
  "builder-everything",
  { role: builder.name, policyArn: everything.arn },
  { provider },
);
