import * as iam from "@pulumi/aws/iam";
import type { Provider } from "@pulumi/aws/provider";
import { people } from "./trusts";

/** The role of developers, for people of the bastion with MFA. */
export function powerUser(provider: Provider): void {
  const power = new iam.Role(
    "power-user",
    {
      name: "PowerUser",
      assumeRolePolicy: people(),
    },
    { provider },
  );
  new iam.RolePolicyAttachment(
    "power-user-access",
    { role: power.name, policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
    { provider },
  );
}
