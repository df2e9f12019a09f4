import * as iam from "@pulumi/aws/iam";
import type { Provider } from "@pulumi/aws/provider";

/** A role that containers run with. */
export const worker = (provider: Provider): iam.Role =>
  new iam.Role(
    "worker",
    {
      name: "Worker",
      assumeRolePolicy: iam.assumeRolePolicyForPrincipal({
        Service: "ecs-tasks.amazonaws.com",
      }),
    },
    { provider },
  );
