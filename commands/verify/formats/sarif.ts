import { createHash } from "node:crypto";
import type { Report } from "../report";
import { findingKinds, factsOf, type AccountFinding } from "../findings";
import { verdictOf } from "./words";

/**
 * SARIF 2.1.0, as code scanning services take it. A finding is about something in AWS, which has
 * no line in a file: the stack file stands for it, and the ARN is its logical location.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export const toSarif = (report: Report, stackFile: string): string =>
  JSON.stringify(
    {
      $schema:
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [runOf(report, stackFile)],
    },
    undefined,
    2,
  );

const runOf = (report: Report, stackFile: string) => ({
  tool: {
    driver: {
      name: "bastion-account verify",
      rules: findingKinds.map((id) => ({
        id,
        shortDescription: { text: factsOf[id].title },
        fullDescription: { text: `${factsOf[id].title}.` },
        help: { text: factsOf[id].remedy },
        defaultConfiguration: { level: factsOf[id].level },
      })),
    },
  },
  automationDetails: { id: "bastion-account/verify/" },
  columnKind: "utf16CodeUnits",
  invocations: [
    {
      executionSuccessful: report.unread.length === 0,
      endTimeUtc: report.at.toISOString(),
      properties: { verdict: verdictOf(report), pairs: report.pairs },
      toolExecutionNotifications: report.unread.map(({ id, name, why }) => ({
        level: "error",
        message: { text: `${name} (${id}) could not be read: ${why}` },
      })),
    },
  ],
  results: [
    ...report.findings.map((one) => resultOf(one, stackFile)),
    ...report.accepted.map((one) => ({
      ...resultOf(one, stackFile),
      suppressions: [
        {
          kind: "external",
          justification: `${one.reason} (until ${one.until})`,
        },
      ],
    })),
  ],
});

const resultOf = (found: AccountFinding, stackFile: string) => ({
  ruleId: found.rule,
  ruleIndex: findingKinds.indexOf(found.rule),
  level: found.level,
  message: {
    text: [
      found.message,
      ...(found.remedy ? [`Fix: ${found.remedy}`] : []),
    ].join(". "),
  },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(stackFile) },
        region: { startLine: 1 },
      },
      logicalLocations: [
        { fullyQualifiedName: found.subject, kind: "resource" },
      ],
    },
  ],
  partialFingerprints: {
    "bastionFinding/v1": fingerprint(found),
  },
});

/** The same as long as the fault is the same: ages in the text change by the day. */
const fingerprint = ({ rule, subject, message }: AccountFinding): string =>
  createHash("sha256")
    .update(JSON.stringify([rule, subject, message.replace(/\d+ days/g, "")]))
    .digest("hex");
