import { isAlias, isMap, isScalar, isSeq, type Node } from "yaml";
import type { ReadDocument } from "./yaml-document";

/** A value of a YAML file, with the line that its key, or itself in a list, stands on. */
export interface YamlEntry {
  /** As a path goes on from what holds it: `.ada`, or `[0]`. */
  readonly step: string;
  readonly line: number;
  readonly node: Node | undefined;
}

/** A YAML file, by the lines of what stands in it. */
export class YamlLines {
  /** What was looked at: the same maps are looked into for each problem. */
  private readonly entries = new Map<Node, Entries>();

  constructor(private readonly read: ReadDocument) {}

  /** What stands at the path, or undefined. */
  at(...keys: readonly string[]): YamlEntry | undefined {
    const node = this.read.document.contents ?? undefined;
    return keys.reduce<YamlEntry | undefined>(
      (entry, key) => entry && this.next(entry, key),
      { step: "", line: 1, node },
    );
  }

  /** What stands in the entry under a key, or undefined. */
  next({ node }: YamlEntry, key: string): YamlEntry | undefined {
    return this.under(node).get(`.${key}`);
  }

  valueOf({ node }: YamlEntry): unknown {
    return node?.toJS(this.read.document, { maxAliasCount: -1 });
  }

  /**
   * The line of what the path leads to from the entry, or of the last that is there: what is missing has
   * no line. Names may have dots, so a path is followed by what the file has.
   */
  lineOf(entry: YamlEntry, path: string): number {
    return this.deepest(entry, path).line;
  }

  private deepest(entry: YamlEntry, path: string): Found {
    const under = this.under(entry.node);
    return stepsOf(path)
      .flatMap((step) => under.get(step) ?? [])
      .map((next) => this.deepest(next, path.slice(next.step.length)))
      .reduce((best, found) => (found.left < best.left ? found : best), {
        line: entry.line,
        left: path.length,
      });
  }

  private under(node: Node | undefined): Entries {
    if (node === undefined) return new Map();
    const known = this.entries.get(node);
    if (known !== undefined) return known;
    const found = isAlias(node)
      ? this.under(node.resolve(this.read.document))
      : new Map(this.inside(node).map((entry) => [entry.step, entry]));
    this.entries.set(node, found);
    return found;
  }

  private inside(node: Node): readonly YamlEntry[] {
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
    return this.read.lines.linePos(node.range?.[0] ?? 0).line;
  }
}

/** By their step. */
type Entries = ReadonlyMap<string, YamlEntry>;

interface Found {
  readonly line: number;
  /** Characters of the path that the file has nothing for. */
  readonly left: number;
}

/** What the path may begin with: it ends before a dot or a bracket, or with the path. */
export const stepsOf = (path: string): readonly string[] =>
  [...path.matchAll(/[.[]|$/g)]
    .map(({ index }) => path.slice(0, index))
    .filter((step) => step !== "");
