import { remedyInPrinted } from "../command-line/explained";
import { counted } from "../formats/counted";
import { table, type Columns } from "../formats/table";
import { visibleLines } from "../formats/visible";
import { wrapWords } from "../formats/wrap";
import type { Leftover } from "../stacks/leftovers";
import {
  isFine,
  type Leftovers,
  type Outcome,
  type StackResult,
} from "./outcome";
import { countOf, noChanges, type Changes } from "./watch";

type Failed = Extract<Outcome, { readonly kind: "failed" }>;

/** Lines of the reasons; the rest stands in the log. */
const mostLines = 12;

/** What is printed at the end, for people. */
export function reportText(
  results: readonly StackResult[],
  folder: string | undefined,
  width = 80,
): string {
  return [
    table(columns, results, width),
    ...results.flatMap((result) => whatToDo(result, width)),
    "",
    ...wrapWords(summary(results), width),
    ...(folder === undefined ? [] : logsIn(folder, results)),
    "",
  ].join("\n");
}

const logsIn = (
  folder: string,
  results: readonly StackResult[],
): readonly string[] => [
  ...(results.some(({ outcome }) => wouldChange(outcome))
    ? ["What exactly would change, each log says."]
    : []),
  `Logs: ${folder}`,
];

const columns: Columns<StackResult> = [
  ["stack", ({ stack }) => stack],
  ["result", ({ outcome }) => resultOf(outcome)],
  ["made", ({ outcome }) => count(outcome, "made")],
  ["changed", ({ outcome }) => count(outcome, "changed")],
  ["replaced", ({ outcome }) => count(outcome, "replaced")],
  ["deleted", ({ outcome }) => count(outcome, "deleted")],
  ["s", ({ seconds }) => String(Math.round(seconds))],
];

const wouldChange = (outcome: Outcome): boolean =>
  outcome.kind === "previewed" && countOf(outcome.changes) > 0;

export function resultOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "previewed":
      return wouldChange(outcome) ? "would change" : "no change";
    case "unchanged":
      return "no change";
    default:
      return outcome.kind;
  }
}

function count(outcome: Outcome, kind: keyof Changes): string {
  const { [kind]: number } = "changes" in outcome ? outcome.changes : noChanges;
  return number === 0 ? "" : String(number);
}

/**
 * The reasons of one that failed, and what helps; of one that was cut off, what it left; of any other,
 * what policies have found.
 */
function whatToDo(result: StackResult, width: number): readonly string[] {
  const { stack, outcome } = result;
  switch (outcome.kind) {
    case "failed":
      return [
        "",
        `${stack} failed at ${outcome.at}:`,
        ...reasonsOf(outcome, result.log, width),
        ...logOf(result),
        ...leftLines(stack, outcome.leftovers),
      ];
    case "cut off":
      return [
        "",
        `${stack} was cut off:`,
        ...logOf(result),
        ...cutOffLines(stack, outcome.leftovers),
      ];
    case "deployed":
    case "previewed":
    case "unchanged":
      return outcome.advice === undefined
        ? []
        : [
            "",
            `${stack}: the policy pack has found what it does not stop:`,
            ...linesOf(outcome.advice, result.log, width),
            ...logOf(result),
          ];
    default:
      return [];
  }
}

const logOf = ({ log }: StackResult): readonly string[] =>
  log === undefined ? [] : [`  Log: ${log}`];

function reasonsOf(
  { reasons }: Failed,
  log: StackResult["log"],
  width: number,
): readonly string[] {
  const remedy = remedyInPrinted(reasons.join("\n"));
  return [
    ...linesOf(reasons, log, width),
    ...(remedy === undefined
      ? []
      : wrapWords(sentence(remedy), width - 2).map((line) => `  ${line}`)),
  ];
}

/** As many as a person reads. */
function linesOf(
  texts: readonly string[],
  log: StackResult["log"],
  width: number,
): readonly string[] {
  const lines = texts.flatMap((text) =>
    visibleLines(text)
      .split("\n")
      .flatMap((line) => wrapWords(line, width - 2)),
  );
  const left = lines.length - mostLines;
  const more =
    left > 0
      ? [
          `… and ${counted(left, "line")} more${log === undefined ? "" : ": see the log below"}`,
        ]
      : [];
  return [...lines.slice(0, mostLines), ...more].map((line) => `  ${line}`);
}

/** What was begun may be open where nobody could look. */
function leftLines(stack: string, leftovers: Leftovers): readonly string[] {
  if (leftovers === undefined) {
    return [
      "  Whether an operation is left open could not be read.",
      `  Fix: npm run recover -- --stack ${stack}`,
    ];
  }
  return leftovers.length === 0
    ? []
    : [
        `  A deployment that was cut off has left: ${kindsOf(leftovers)}.`,
        `  Fix: npm run recover -- --stack ${stack}${ifMade(leftovers)}${ifLocked(leftovers)}`,
      ];
}

const sentence = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);

/** What the state does not name is to be looked for. */
const ifMade = (leftovers: readonly Leftover[]): string =>
  leftovers.some(({ kind }) => kind === "made already") ? " --search" : "";

const ifLocked = (leftovers: readonly Leftover[]): string =>
  leftovers.some(({ kind }) => kind === "lock")
    ? ", and --lift-lock if nobody deploys it now"
    : "";

const cutOffLines = (stack: string, leftovers: Leftovers): readonly string[] =>
  leftovers?.length === 0
    ? ["  No operation is left open. Fix: run it again."]
    : leftLines(stack, leftovers);

const kindsOf = (leftovers: readonly Leftover[]): string =>
  [...new Set(leftovers.map(({ kind }) => kind))].join(", ");

function summary(results: readonly StackResult[]): string {
  const fine = results.filter(isFine).length;
  if (fine === results.length) {
    return results.length === 1 ? "Done." : `All ${fine} stacks are done.`;
  }
  const failed = results.filter(({ outcome }) => outcome.kind === "failed");
  const rest = results.length - fine - failed.length;
  return [
    `${fine} of ${results.length} stacks are done, ${failed.length} failed`,
    ...(rest === 0 ? [] : [`, ${rest} not finished`]),
    ". Run it again when it is mended: what is done already stays as it is.",
  ].join("");
}
