import type { Node } from "yaml";
import { Unread } from "../unknown";

/**
 * A template as plain data. The short forms of YAML (`!Ref x`) become the long ones (`{Ref: x}`).
 *
 * @returns why nobody can read it, where it is neither JSON nor YAML
 */
export function readTemplate(text: string): unknown {
  const known = templates.get(text);
  if (known !== undefined) return known;
  const template = parse(text);
  templates.set(text, template);
  return template;
}

/** Each rule asks for what lies in a template. */
const templates = new Map<string, unknown>();

function parse(text: string): unknown {
  try {
    return text.trimStart().startsWith("{")
      ? (JSON.parse(text) as unknown)
      : fromYaml(text);
  } catch {
    // What the parsers say of it quotes the text, which may be anything: a secret, too.
    return new Unread("the template is neither JSON nor YAML");
  }
}

function fromYaml(text: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few stacks need it: an import would load it always
  const yaml = require("yaml") as Yaml;
  // The tags of the short forms are none of YAML's: they stay, and are no reason for a warning.
  const { contents, errors } = yaml.parseDocument(text, { logLevel: "silent" });
  const [error] = errors;
  if (error !== undefined) throw error;
  return toPlain(contents, yaml);
}

type Yaml = typeof import("yaml");

/** Source: AWS CloudFormation user guide, "CloudFormation template formats": it takes no aliases. */
function toPlain(node: unknown, yaml: Yaml): unknown {
  if (yaml.isAlias(node)) throw new Error("an alias");
  const plain = yaml.isMap(node)
    ? Object.fromEntries(
        node.items.map(({ key, value }) => [
          String(toPlain(key, yaml)),
          toPlain(value, yaml),
        ]),
      )
    : yaml.isSeq(node)
      ? node.items.map((item) => toPlain(item, yaml))
      : yaml.isScalar(node)
        ? scalar(node.value, node.source)
        : null;
  return yaml.isNode(node) ? longForm(node, plain) : plain;
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
