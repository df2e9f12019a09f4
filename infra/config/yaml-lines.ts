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

/** A value of a YAML file, with the line that its key, or itself in a list, stands on. */
export interface YamlEntry {
  /** As a path goes on from what holds it: `.ada`, or `[0]`. */
  readonly step: string;
  readonly line: number;
  readonly node: Node | undefined;
}

/** A YAML file, by the lines of what stands in it. */
export class YamlLines {
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(text: string) {
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      merge: true,
    });
  }

  /** What stands at the path, or undefined. */
  at(...keys: readonly string[]): YamlEntry | undefined {
    const node = this.document.contents ?? undefined;
    return keys.reduce<YamlEntry | undefined>(
      (entry, key) => entry && this.next(entry, key),
      { step: "", line: 1, node },
    );
  }

  /** What stands in the entry under a key, or undefined. */
  next({ node }: YamlEntry, key: string): YamlEntry | undefined {
    return this.under(node).find(({ step }) => step === `.${key}`);
  }

  valueOf({ node }: YamlEntry): unknown {
    return node?.toJS(this.document);
  }

  /**
   * The line of what the path leads to from the entry, or of the last that is there: what is missing has
   * no line. Names may have dots, so a path is followed by what the file has.
   */
  lineOf(entry: YamlEntry, path: string): number {
    return this.deepest(entry, path).line;
  }

  private deepest(entry: YamlEntry, path: string): Found {
    return this.under(entry.node)
      .filter(({ step }) => isNext(path, step))
      .map((next) => this.deepest(next, path.slice(next.step.length)))
      .reduce((best, found) => (found.left < best.left ? found : best), {
        line: entry.line,
        left: path.length,
      });
  }

  private under(node: Node | undefined): readonly YamlEntry[] {
    if (isAlias(node)) return this.under(node.resolve(this.document));
    if (isSeq<Node>(node)) {
      return node.items.map((item, index) => ({
        step: `[${index}]`,
        line: this.lineAt(item),
        node: item,
      }));
    }
    if (!isMap<Node, Node | null>(node)) return [];
    return node.items.map(({ key, value }) => ({
      step: `.${isScalar(key) ? String(key.value) : ""}`,
      line: this.lineAt(key),
      node: value ?? undefined,
    }));
  }

  private lineAt(node: Node): number {
    return this.lines.linePos(node.range?.[0] ?? 0).line;
  }
}

interface Found {
  readonly line: number;
  /** Characters of the path that the file has nothing for. */
  readonly left: number;
}

/** Whether the path begins with what `step` names, and not with a longer name. */
export const isNext = (path: string, step: string): boolean =>
  path.startsWith(step) && /^([.[]|$)/.test(path.slice(step.length));
