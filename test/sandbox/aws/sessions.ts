import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  type AssumeRoleCommandOutput,
} from "@aws-sdk/client-sts";
import { credentialsOf } from "../../../sandbox/signed-request";
import type { ClientCredentials } from "../../../sandbox/tour/people";
import { stsOf } from "./clients";
import {
  allow,
  bastionId,
  policyText,
  type Conversation,
} from "./iam/conversation";

/** A statement of a trust policy that lets the bastion's identities do that. */
export const trusts = (
  Action: string | readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${bastionId}:root` },
  Action,
  ...more,
});

/** Makes a role of the bastion that may do everything, under that trust. */
export async function makeRole(
  { iam }: Conversation,
  RoleName: string,
  ...trust: readonly Readonly<Record<string, unknown>>[]
): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: policyText(...trust),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: "all",
      PolicyDocument: policyText(allow("*")),
    }),
  );
}

/** Takes a role of the bastion. */
export const assume = (
  { aws }: Conversation,
  credentials: ClientCredentials,
  role: string,
  more: Partial<AssumeRoleCommandInput> = {},
): Promise<AssumeRoleCommandOutput> =>
  stsOf(aws, credentials).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${bastionId}:role/${role}`,
      RoleSessionName: "test",
      ...more,
    }),
  );

/** As `assume`: the credentials alone. */
export const inRole = async (
  ...taken: Parameters<typeof assume>
): Promise<ClientCredentials> =>
  credentialsOf((await assume(...taken)).Credentials);
