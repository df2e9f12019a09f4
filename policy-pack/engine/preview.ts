import { createRequire } from "node:module";
import { runtime } from "@pulumi/pulumi";
import type * as Analyzer from "@pulumi/pulumi/proto/analyzer_grpc_pb";

/** What the SDK serves: beside other packages, it may have another copy of @pulumi/pulumi than we. */
const { AnalyzerService } = createRequire(require.resolve("@pulumi/policy"))(
  "@pulumi/pulumi/proto/analyzer_grpc_pb",
) as typeof Analyzer;

let told: boolean | undefined;

/** Whether the pack runs for a preview, where values may be unknown because nothing is deployed yet. */
export const isPreview = (): boolean => told ?? runtime.isDryRun();

/**
 * The engine says so in its call ConfigureStack, of which @pulumi/policy reads the tags alone; the
 * variable that `isDryRun` reads it sets for a language whose host it does not find. Has to be called
 * before the pack starts its server.
 */
export function listenForPreview(): void {
  const { configureStack } = AnalyzerService;
  const read = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (bytes) => {
    const request = read(bytes);
    told = request.getDryRun();
    return request;
  };
}
