import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from "yaml";
import { yamlFault } from "./yaml-fault";

/** Why a text is not read. */
export interface Refusal {
  readonly found: string;
  readonly expected: string;
}

/** A YAML document that is safe to be made into values, with the lines of what stands in it. */
export interface ReadDocument {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Characters: 5,000 users with keys of their own take a fifth of it, and more takes minutes to read. */
const textAtMost = 5_000_000;

/** Values, with those that aliases stand for: a few lines of aliases of aliases make billions. */
const valuesAtMost = 1_000_000;

/** What a value may be called that it is without saying so. */
const plainTag = /^tag:yaml\.org,2002:(map|seq|str|int|float|bool|null)$/;

/**
 * Reads a text as YAML, or says why not: it is too much, it is not YAML, or it holds what Pulumi and this
 * would read differently.
 */
export function readYamlText(text: string): ReadDocument | Refusal {
  if (text.length > textAtMost) {
    return {
      found: `a file of ${millions(text.length)} million characters`,
      expected: `at most ${millions(textAtMost)} million. Fix: see whether it is the right file`,
    };
  }
  if (text.includes("\0")) {
    return { found: "zero bytes (UTF-16, perhaps)", expected: "UTF-8" };
  }
  const lines = new LineCounter();
  // The package compares each key with each: `Contents` looks for repeated ones itself.
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    uniqueKeys: false,
    resolveKnownTags: false,
  });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) return notYaml(fault.message);
  try {
    new Contents(lines).size(document.contents);
  } catch (error) {
    if (error instanceof RefusedContents) return error.refusal;
    if (error instanceof RangeError) return notYaml(error.message);
    throw error;
  }
  return { document, lines };
}

const millions = (characters: number): string =>
  (characters / 1_000_000).toFixed(0);

function notYaml(message: string): Refusal {
  return message.includes("call stack")
    ? {
        found: "values inside of values, too deep to be read",
        expected: "YAML. Fix: see whether it is the right file",
      }
    : { found: yamlFault(message), expected: "YAML" };
}

class RefusedContents extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.found);
  }
}

/** How many values a document makes, unless it is refused. */
class Contents {
  private readonly anchors = new Map<string, Node>();
  /** By what has an anchor; undefined: its own values are being counted. */
  private readonly sizes = new Map<Node, number | undefined>();

  constructor(private readonly lines: LineCounter) {}

  /** @throws RefusedContents */
  size(node: Node | null): number {
    if (node === null) return 1;
    if (isAlias(node)) return this.sizeOfAlias(node.source, node);
    this.refuseTag(node);
    const { anchor } = node;
    if (anchor === undefined) return this.sizeInside(node);
    this.anchors.set(anchor, node);
    this.sizes.set(node, undefined);
    const size = this.sizeInside(node);
    this.sizes.set(node, size);
    return size;
  }

  private sizeOfAlias(source: string, alias: Node): number {
    const target = this.anchors.get(source);
    if (target === undefined) {
      throw this.refused(alias, "an alias (*) that no & names before it");
    }
    const size = this.sizes.get(target);
    if (size === undefined) {
      throw this.refused(alias, "an alias (*) inside of what it stands for");
    }
    return size;
  }

  private sizeInside(node: Node): number {
    const parts = isSeq<Node | null>(node)
      ? node.items
      : isMap<Node | null, Node | null>(node)
        ? node.items.flatMap(({ key, value }) => [key, value])
        : [];
    const size = parts.reduce((sum, part) => sum + this.size(part), 1);
    if (isMap<Node | null>(node)) {
      this.refuseKeys(node.items.map(({ key }) => key));
    }
    if (size <= valuesAtMost) return size;
    throw new RefusedContents({
      found: `${size} values, with those that aliases stand for`,
      expected: `at most ${valuesAtMost}. Fix: write them without aliases of aliases`,
    });
  }

  private refuseKeys(keys: readonly (Node | null)[]): void {
    const seen = new Set<unknown>();
    for (const written of keys) {
      const key = isAlias(written) ? this.anchors.get(written.source) : written;
      if (isMap(key) || isSeq(key)) {
        throw this.refused(written ?? key, "a map or a list for a key");
      }
      if (!isScalar(key)) continue;
      if (seen.has(key.value)) {
        throw this.refused(
          written ?? key,
          `the key ${String(key.value)} again`,
        );
      }
      seen.add(key.value);
    }
  }

  /** `!!set`, `!!binary` and those of programs mean something else to each reader. */
  private refuseTag(node: Node): void {
    const { tag } = node as { readonly tag?: string };
    if (tag === undefined || tag === "!" || plainTag.test(tag)) return;
    throw this.refused(node, `the tag ${tag}`);
  }

  private refused(node: Node, what: string): RefusedContents {
    const { line } = this.lines.linePos(node.range?.[0] ?? 0);
    return new RefusedContents({
      found: `${what}, at line ${line}`,
      expected: "plain YAML, which every reader takes for the same",
    });
  }
}
