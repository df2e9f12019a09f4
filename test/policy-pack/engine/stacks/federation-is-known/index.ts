import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

const provider = into("dev");

const github = "token.actions.githubusercontent.com";

const pipeline = (repository: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: {
          Federated: `arn:aws:iam::222222222222:oidc-provider/${github}`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${github}:aud`]: "sts.amazonaws.com",
            [`${github}:sub`]: `repo:${repository}:ref:refs/heads/main`,
          },
        },
      },
    ],
  });

new iam.Role("ours", { assumeRolePolicy: pipeline("acme/shop") }, { provider });
// Pinned as well as ours.
new iam.Role(
  "stranger",
  { assumeRolePolicy: pipeline("evil/backdoor") },
  { provider },
);
// An issuer whose keys a stranger has.
new iam.OpenIdConnectProvider(
  "issuer",
  { url: "https://idp.evil.example", clientIdLists: ["sts.amazonaws.com"] },
  { provider },
);
