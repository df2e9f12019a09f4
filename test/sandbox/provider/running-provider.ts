import type { IAMClient } from "@aws-sdk/client-iam";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { startProvider } from "../../../sandbox/provider";
import type { Properties } from "../../../sandbox/provider/properties";
import { administratorOf } from "../../../sandbox/tour/people";
import { Connection } from "./connection";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

export const bastionId = "111111111111";
export const workloadId = "033333333333";

export const deploymentRole = (accountId: string): string =>
  `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;

/** What a program gives its provider to get into an account and no other. */
export const into = (accountId: string): Properties => ({
  region: "us-east-1",
  allowedAccountIds: JSON.stringify([accountId]),
  assumeRoles: JSON.stringify([{ roleArn: deploymentRole(accountId) }]),
});

/** The sandbox's AWS with two accounts, and the provider before it. */
export interface RunningProvider {
  readonly aws: SandboxAws;
  readonly port: number;
  readonly connect: (args: Properties) => Promise<Connection>;
  /** A client beside the provider, to look, and to change things by hand. */
  readonly administrator: (accountId: string) => Promise<IAMClient>;
  readonly close: () => Promise<void>;
}

/** @param between gives the endpoint that the provider calls, before that of AWS */
export async function startRunningProvider(
  between?: (endpoint: string) => Promise<string>,
): Promise<RunningProvider> {
  const aws = await startAws({
    accounts: [
      { id: bastionId, name: "bastion" },
      { id: workloadId, name: "workload" },
    ],
  });
  const { endpoint, deployment } = aws;
  const access = {
    endpoint: (await between?.(endpoint)) ?? endpoint,
    ...deployment,
  };
  const provider = await startProvider(() => access);
  const connections: Connection[] = [];
  return {
    aws,
    port: provider.port,
    connect: async (args) => {
      const connection = new Connection(provider.port);
      connections.push(connection);
      await connection.configure(args);
      return connection;
    },
    administrator: (accountId) => administratorOf(aws, accountId),
    close: async () => {
      for (const connection of connections) connection.close();
      provider.close();
      await aws.close();
    },
  };
}
