import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import type { DeploymentAccess } from "./configuration";
import { providerService } from "./service";

/** The provider, listening for the engine. */
export interface SandboxProvider {
  /** For `PULUMI_DEBUG_PROVIDERS=aws:<port>`. */
  readonly port: number;
  readonly close: () => void;
}

/**
 * Serves the `aws` provider on loopback, for whatever stacks are deployed while it runs.
 *
 * @param access asked for by each of a program's providers
 * @param beforeConfigured is called before each of a program's providers gets to its account
 */
export async function startProvider(
  access: () => DeploymentAccess,
  beforeConfigured?: () => void,
): Promise<SandboxProvider> {
  const server = providerService(access, beforeConfigured);
  const port = await promisify(server.bindAsync.bind(server))(
    "127.0.0.1:0",
    grpc.ServerCredentials.createInsecure(),
  );
  return {
    port,
    close: () => {
      server.forceShutdown();
    },
  };
}
