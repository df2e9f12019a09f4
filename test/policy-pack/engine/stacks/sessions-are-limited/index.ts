import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { people } from "../trusts";

new iam.Role(
  "ops-sudo",
  {
    name: "OpsSudo",
    maxSessionDuration: 4 * 3600,
    assumeRolePolicy: people({
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    }),
  },
  { provider: into("dev") },
);
