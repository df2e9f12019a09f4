import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

const provider = into("dev");

const github = "token.actions.githubusercontent.com";

const pipeline = (condition: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: {
          Federated: `arn:aws:iam::222222222222:oidc-provider/${github}`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  });

// Any repository that anybody in the company makes.
new iam.Role(
  "any-repository",
  {
    assumeRolePolicy: pipeline({
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
    assumeRolePolicy: pipeline({
      StringEquals: { [`${github}:sub`]: "repo:acme/shop:ref:refs/heads/main" },
    }),
  },
  { provider },
);
