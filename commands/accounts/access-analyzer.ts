import {
  AccessAnalyzerServiceException,
  type AccessAnalyzer,
} from "@aws-sdk/client-accessanalyzer";

/** Whether an analyzer looks for access from outside, in the region that the client asks. */
export type ExternalAccessAnalyzer = "on" | "off" | "not known";

/** Source: IAM Access Analyzer API reference, "AnalyzerSummary", type and status. */
const external: readonly (string | undefined)[] = ["ACCOUNT", "ORGANIZATION"];

export async function readExternalAccessAnalyzer(
  client: AccessAnalyzer,
): Promise<ExternalAccessAnalyzer> {
  try {
    for await (const { analyzers = [] } of client.paginateListAnalyzers()) {
      const isOn = analyzers.some(
        ({ type, status }) => external.includes(type) && status === "ACTIVE",
      );
      if (isOn) return "on";
    }
    return "off";
  } catch (error) {
    // The role may be one that may not ask.
    if (error instanceof AccessAnalyzerServiceException) return "not known";
    throw error;
  }
}
