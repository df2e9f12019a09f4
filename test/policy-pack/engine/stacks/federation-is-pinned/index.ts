import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { github, workflows } from "../trusts";

const provider = into("dev");

// Any repository that anybody in the company makes.
new iam.Role(
  "any-repository",
  {
    assumeRolePolicy: workflows({
      StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${github}:sub`]: "repo:acme/*" },
    }),
  },
  { provider },
);
// A token that was made for somebody else.
new iam.Role(
  "any-audience",
  {
    assumeRolePolicy: workflows({
      StringEquals: { [`${github}:sub`]: "repo:acme/shop:ref:refs/heads/main" },
    }),
  },
  { provider },
);
