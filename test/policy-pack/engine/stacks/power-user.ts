import * as iam from "@pulumi/aws/iam";
import type { Provider } from "@pulumi/aws/provider";

/** The role of developers, for people of the bastion with MFA. */
export function powerUser(provider: Provider): void {
  const power = new iam.Role(
    "power-user",
    {
      name: "PowerUser",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111111111111:root" },
            Action: "sts:AssumeRole",
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
          },
        ],
      }),
    },
    { provider },
  );
  new iam.RolePolicyAttachment(
    "power-user-access",
    { role: power.name, policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
    { provider },
  );
}
