import assert from "node:assert/strict";
import type { SandboxAws } from "../../../sandbox/aws";
import { sendSigned } from "../../../sandbox/signed-request";
import type { ClientCredentials } from "../../../sandbox/tour/people";

type Fields = Readonly<Record<string, unknown>>;

/** Asks Organizations, and answers what it says: `__type` is that of an error. */
export async function askOrganizations(
  { endpoint }: Pick<SandboxAws, "endpoint">,
  credentials: ClientCredentials,
  action: string,
  body: Fields = {},
): Promise<Fields> {
  const { text } = await sendSigned(endpoint, credentials, {
    service: "organizations",
    region: "us-east-1",
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSOrganizationsV20161128.${action}`,
    },
    body: JSON.stringify(body),
  });
  return JSON.parse(text) as Fields;
}

/** As its administrator; what is refused fails the test. */
export async function administer(
  aws: SandboxAws,
  action: string,
  body: Fields = {},
): Promise<Fields> {
  const answer = await askOrganizations(
    aws,
    aws.organizationAdministrator,
    action,
    body,
  );
  assert(!("__type" in answer), JSON.stringify(answer));
  return answer;
}

/** Makes a service control policy, and answers its id. */
export async function makeControlPolicy(
  aws: SandboxAws,
  Name: string,
  content: object,
): Promise<string> {
  const { Policy } = (await administer(aws, "CreatePolicy", {
    Name,
    Description: "",
    Type: "SERVICE_CONTROL_POLICY",
    Content: JSON.stringify(content),
  })) as {
    readonly Policy: { readonly PolicySummary: { readonly Id: string } };
  };
  return Policy.PolicySummary.Id;
}

/** The id of the root. */
export async function rootOf(aws: SandboxAws): Promise<string> {
  const { Roots } = (await administer(aws, "ListRoots")) as {
    readonly Roots: readonly { readonly Id: string }[];
  };
  return Roots[0]?.Id ?? "";
}

/** Keeps an account from one action, and answers the policy's id and ARN. */
export async function forbid(
  aws: SandboxAws,
  TargetId: string,
  Action: string,
): Promise<{ readonly PolicyId: string; readonly arn: string }> {
  const PolicyId = await makeControlPolicy(aws, "guard-rail", {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action, Resource: "*" }],
  });
  await administer(aws, "AttachPolicy", { PolicyId, TargetId });
  const { managementAccountId, organization } = aws.cloud;
  return {
    PolicyId,
    arn: `arn:aws:organizations::${managementAccountId}:policy/${organization.id}/service_control_policy/${PolicyId}`,
  };
}
