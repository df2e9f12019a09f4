import { createHash } from "node:crypto";
import { visible, visibleLines } from "../../formats/visible";
import type { Report } from "../report";
import { controlsOf, findingKinds, factsOf } from "../finding-kinds";
import type { AccountFinding } from "../findings";
import type { ConfigPlace, PlaceOf } from "../config-lines";
import { unreadWords, verdictOf } from "./words";

/** What found it. */
export interface Tool {
  readonly version: string;
  /** Of the repository; undefined: nothing tells. */
  readonly address: string | undefined;
}

/**
 * SARIF 2.1.0, as code scanning services take it. A finding is about something in AWS, whose ARN is its
 * logical location; the line of the config that speaks of it stands for it.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export const toSarif = (report: Report, tool: Tool, placeOf: PlaceOf): string =>
  visibleLines(
    JSON.stringify(
      {
        $schema:
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [runOf(report, tool, placeOf)],
      },
      undefined,
      2,
    ),
  );

const runOf = (
  report: Report,
  { version, address }: Tool,
  placeOf: PlaceOf,
) => ({
  tool: {
    driver: {
      name: "bastion-account verify",
      version,
      ...(address === undefined ? {} : { informationUri: address }),
      rules: findingKinds.map((id) => ({
        id,
        shortDescription: { text: factsOf[id].title },
        fullDescription: { text: `${factsOf[id].title}.` },
        help: { text: factsOf[id].remedy },
        defaultConfiguration: { level: factsOf[id].level },
        properties: { tags: controlsOf(id) },
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
      toolExecutionNotifications: report.unread.map((one) => ({
        level: "error",
        message: { text: visible(unreadWords(one)) },
      })),
    },
  ],
  results: [
    ...report.findings.map((one) => resultOf(one, placeOf(one))),
    ...report.accepted.map((one) => ({
      ...resultOf(one, placeOf(one)),
      suppressions: [
        {
          kind: "external",
          justification: visible(`${one.reason} (until ${one.until})`),
        },
      ],
    })),
  ],
});

const resultOf = (found: AccountFinding, { file, line }: ConfigPlace) => ({
  ruleId: found.rule,
  ruleIndex: findingKinds.indexOf(found.rule),
  level: found.level,
  message: {
    text: visible(
      [found.message, ...(found.remedy ? [`Fix: ${found.remedy}`] : [])].join(
        ". ",
      ),
    ),
  },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(file) },
        region: { startLine: line },
      },
      logicalLocations: [
        { fullyQualifiedName: visible(found.subject), kind: "resource" },
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
