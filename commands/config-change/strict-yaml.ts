import {
  isAlias,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
} from "yaml";
import { yamlFault } from "../../infra/config/yaml-fault";
import { visible } from "../formats/visible";

/** What a file says, or why readers of YAML could differ about it. */
export type Strict =
  | { readonly kind: "data"; readonly data: unknown }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/**
 * Reads YAML that every reader reads alike, and refuses the rest: this is judged here and read by Pulumi,
 * whose reader is of another version of YAML. There, U+2028 ends a line, and with it a comment; `010` is
 * 8, `yes` may be true, and `<<` takes in what an anchor has.
 */
export function readStrictly(bytes: Uint8Array): Strict {
  const text = decoded(bytes);
  if (text === undefined) return refused("is not text in UTF-8");
  const line = text.split("\n").findIndex((one) => visible(one) !== one);
  if (line >= 0) {
    return refused(`line ${line + 1} has a character that nobody sees`);
  }
  if (/^(---|\.\.\.|%)/m.test(text)) {
    return refused("has marks of a document, or directives");
  }
  const lines = new LineCounter();
  const [document, ...more] = parseAllDocuments(text, { lineCounter: lines });
  if (document === undefined || more.length > 0) {
    return refused("is not one document");
  }
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    return refused(`is not YAML: ${yamlFault(error.message)}`);
  }
  const faults = faultsIn(document, text, lines);
  return faults.length > 0
    ? { kind: "faults", faults }
    : { kind: "data", data: document.toJS() };
}

const refused = (fault: string): Strict => ({
  kind: "faults",
  faults: [fault],
});

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}

function faultsIn(
  document: Document,
  text: string,
  lines: LineCounter,
): readonly string[] {
  const faults: string[] = [];
  visit(document, {
    Node: (_, node) => {
      const fault = faultOf(node, text);
      if (fault === undefined) return;
      const { line } = lines.linePos(node.range?.[0] ?? 0);
      faults.push(`line ${line} has ${fault}`);
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value === "string") return;
      faults.push("has a key that is not a text");
    },
  });
  return faults;
}

function faultOf(node: Node, text: string): string | undefined {
  if (isAlias(node) || node.anchor !== undefined) return "an anchor";
  if (node.tag !== undefined) return "a tag";
  if (!isScalar(node)) return undefined;
  const { type, value, range } = node;
  const written = text.slice(...(range ?? []).slice(0, 2));
  if (type?.startsWith("BLOCK") || written.includes("\n")) {
    return "a text of several lines";
  }
  if (typeof value === "string" && visible(value) !== value) {
    return "a text with a character that nobody sees";
  }
  return type !== "PLAIN" || isPlainAlike(written)
    ? undefined
    : "a key or a value that not every version of YAML reads alike: write it in quotes";
}

/** Words that some version of YAML takes for a truth value or for nothing, in some case of letters. */
const words = /^(y|n|yes|no|on|off|true|false|null)$/i;
const sure = /^(true|false|null|0|[1-9]\d{0,14})?$/;

/** Whether it is the same text, number or truth value in every version of YAML. */
const isPlainAlike = (source: string): boolean =>
  sure.test(source) || (/^(--)?[\p{L}_/]/u.test(source) && !words.test(source));
