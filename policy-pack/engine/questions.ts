import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { Analysis } from "./analysis";

/**
 * Tells the analysis when the engine asks about a resource, and when it has its answer. Has to be called
 * before the pack starts its server.
 */
export function followQuestions(
  analysis: Pick<Analysis, "begin" | "end">,
): void {
  const { analyze } = AnalyzerService;
  const { requestDeserialize: read, responseSerialize: write } = analyze;
  analyze.requestDeserialize = (bytes) => {
    analysis.begin();
    return read(bytes);
  };
  analyze.responseSerialize = (response) => {
    analysis.end();
    return write(response);
  };
}
