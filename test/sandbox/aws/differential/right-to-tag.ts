import assert from "node:assert/strict";
import { bastionId } from "../clients";
import type { Decided } from "./decided";
import type { Drawn } from "./requests";
import { bringsTags } from "./simulator";

/** What tags a new one of these. Source: AWS documentation, "Tags for IAM resources". */
const taggingOf: Readonly<Record<string, string>> = {
  "instance-profile": "iam:TagInstanceProfile",
  mfa: "iam:TagMFADevice",
  "oidc-provider": "iam:TagOpenIDConnectProvider",
  policy: "iam:TagPolicy",
  role: "iam:TagRole",
  "saml-provider": "iam:TagSAMLProvider",
  "server-certificate": "iam:TagServerCertificate",
  user: "iam:TagUser",
};

/** The right that tags in a request take beside its own; undefined where they take none. */
export function rightToTag(
  { operation, fields }: Drawn,
  first: Decided,
): Decided | undefined {
  const { service, name } = operation;
  const { action, resource } = first;
  if (!bringsTags(fields) || name.startsWith("Tag")) return undefined;
  if (service === "sts") return { action: "sts:TagSession", resource };
  if (service !== "iam") {
    // Nobody knows the id of a key that is to be made.
    const at = action === "kms:CreateKey" ? newKey : resource;
    return { action: `${service}:TagResource`, resource: at };
  }
  const kind = /:([a-z-]+)\//.exec(resource)?.[1] ?? "";
  const tagging = taggingOf[kind];
  assert(tagging, `${action} on ${resource}`);
  return { action: tagging, resource };
}

const newKey = `arn:aws:kms:us-east-1:${bastionId}:key/00000000-0000-0000-0000-000000000000`;
