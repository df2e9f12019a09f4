import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { github, workflows } from "../trusts";

const provider = into("dev");

const pipeline = (repository: string): string =>
  workflows({
    StringEquals: {
      [`${github}:aud`]: "sts.amazonaws.com",
      [`${github}:sub`]: `repo:${repository}:ref:refs/heads/main`,
    },
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
