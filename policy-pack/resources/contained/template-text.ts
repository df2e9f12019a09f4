import type { LineCounter, Node, YAMLMap } from "yaml";
import { Unread, withUnknowns } from "../unknown";

/**
 * A template as plain data. The short forms of YAML (`!Ref x`) become the long ones (`{Ref: x}`).
 *
 * @returns why nobody can read it, where it is neither JSON nor YAML; the same stands inside for the
 *   parts that CloudFormation would refuse, or may read in another way
 */
export function readTemplate(text: string): unknown {
  const known = templates.get(text);
  if (known !== undefined) return known;
  const template = withUnknowns(parse(text));
  templates.set(text, template);
  return template;
}

/** Each rule asks for what lies in a template. */
const templates = new Map<string, unknown>();

/** JSON is YAML as well. */
function parse(text: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few stacks need it: an import would load it always
  const yaml = require("yaml") as Yaml;
  const lines = new yaml.LineCounter();
  // The tags of the short forms are none of YAML's: they stay, and are no reason for a warning.
  const { contents, errors } = yaml.parseDocument(text, {
    // Silent, it would pass over a second document.
    logLevel: "error",
    lineCounter: lines,
    // The parser compares each key with each other: below a set tells.
    uniqueKeys: false,
  });
  const [error] = errors;
  if (error === undefined) return toPlain(contents, { yaml, lines });
  // What the parser says of it quotes the text, which may be anything: a secret, too.
  const { line } = lines.linePos(error.pos[0]);
  return error.code === "MULTIPLE_DOCS"
    ? new Unread(
        `the template goes on with another document in line ${line}`,
        "leave one of them",
      )
    : new Unread(
        `the template is neither JSON nor YAML in line ${line}`,
        "correct it there",
      );
}

type Yaml = typeof import("yaml");

interface Text {
  readonly yaml: Yaml;
  readonly lines: LineCounter;
}

/** Source: AWS CloudFormation user guide, "CloudFormation template formats": neither aliases nor merges. */
function toPlain(node: unknown, text: Text): unknown {
  const { yaml } = text;
  if (yaml.isAlias(node)) {
    return refused(node, "an alias, which CloudFormation does not take", text);
  }
  const plain = yaml.isMap(node)
    ? fromMap(node, text)
    : yaml.isSeq(node)
      ? node.items.map((item) => toPlain(item, text))
      : yaml.isScalar(node)
        ? scalar(node.value, node.source)
        : null;
  return yaml.isNode(node) ? longForm(node, plain) : plain;
}

function fromMap({ items }: YAMLMap, text: Text): unknown {
  const plain = new Map<string, unknown>();
  for (const { key, value } of items) {
    const name = String(toPlain(key, text));
    if (name === "<<") {
      return refused(key, "a merge, which CloudFormation does not take", text);
    }
    plain.set(
      name,
      plain.has(name)
        ? refused(key, `the key ${name} again`, text)
        : toPlain(value, text),
    );
  }
  return Object.fromEntries(plain);
}

function refused(node: unknown, what: string, { yaml, lines }: Text): Unread {
  const start = yaml.isNode(node) ? node.range?.[0] : undefined;
  return new Unread(
    `line ${lines.linePos(start ?? 0).line} has ${what}`,
    "write there once what is meant",
  );
}

/** CloudFormation keeps what a number was written as: 033333333333 is an account. */
const scalar = (value: unknown, source: string | undefined): unknown =>
  typeof value === "number" ? (source ?? String(value)) : value;

function longForm({ tag }: Node, plain: unknown): unknown {
  const [, name] = /^!(\w+)$/.exec(tag ?? "") ?? [];
  if (name === undefined) return plain;
  if (name === "Ref" || name === "Condition") return { [name]: plain };
  return { [`Fn::${name}`]: plain };
}
