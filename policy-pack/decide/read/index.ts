import type { Document, Statement } from "../document";
import { elementsOf, isObject, type Elements } from "./element";
import { Faults } from "./faults";
import { deepest, isTooDeep } from "./nesting";
import { repeatedKeys } from "./repeated-keys";
import { hasNumbers, withWholeNumbers } from "./whole-numbers";
import type { DocumentKind } from "./document-kind";
import { readStatement, type StatementContext } from "./statement";

export type { DocumentKind } from "./document-kind";

export type Reading =
  | { readonly kind: "document"; readonly document: Document }
  /** What IAM would refuse, each in a line. */
  | { readonly kind: "malformed"; readonly faults: readonly string[] };

/**
 * Reads a document in any form that a stack may hold it in: JSON text, an object, the arguments of
 * `getPolicyDocument`; one statement or a list of them; element names in any case.
 */
export function readDocument(value: unknown, kind: DocumentKind): Reading {
  const faults = new Faults();
  const document = read(value, kind, faults);
  return document === undefined || faults.all.length > 0
    ? { kind: "malformed", faults: faults.all }
    : { kind: "document", document };
}

function read(
  value: unknown,
  kind: DocumentKind,
  faults: Faults,
): Document | undefined {
  const parsed = typeof value === "string" ? parse(value, faults) : value;
  if (faults.all.length > 0) return undefined;
  if (isTooDeep(parsed)) {
    faults.say(
      `the document has lists and objects in each other, more than ${deepest} deep; IAM expects six at most`,
    );
    return undefined;
  }
  if (!isObject(parsed)) {
    // Its kind alone: what is no document may be anything, a secret, too.
    faults.say(`The document is ${kindOf(parsed)}; IAM expects an object`);
    return undefined;
  }
  const elements = elementsOf(parsed, "The document", faults);
  if (elements === undefined) return undefined;
  for (const [lower, { name }] of elements) {
    if (
      !["version", "id", "statement", "statements", "policyid"].includes(lower)
    ) {
      faults.say(
        `the document has the element ${name}, which IAM does not know`,
      );
    }
  }
  const place: StatementContext = {
    kind,
    hasVariables: readVersion(elements, faults),
    effectIsOptional: elements.has("statements"),
  };
  const statements = readStatements(elements, place, faults);
  checkSids(statements, faults);
  return { statements };
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (Array.isArray(value)) return "a list";
  return `a ${typeof value}`;
}

function parse(text: string, faults: Faults): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    for (const key of repeatedKeys(text, parsed)) {
      faults.say(`the document has ${JSON.stringify(key)} twice in one object`);
    }
    if (!hasNumbers(parsed)) return parsed;
    const whole = withWholeNumbers(text);
    return whole === text ? parsed : JSON.parse(whole);
  } catch {
    // What Node.js says of it quotes the text, which may be anything: a secret, too.
    faults.say("the document is not JSON");
    return undefined;
  }
}

/** Whether the document has policy variables: those of 2008, the default, do not. */
function readVersion(elements: Elements, faults: Faults): boolean {
  const version = elements.get("version")?.value;
  // getPolicyDocument writes the newer one when it is left out.
  if (version === undefined) return elements.has("statements");
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    faults.add("Version", version, '"2012-10-17" or "2008-10-17"');
  }
  return version === "2012-10-17";
}

function readStatements(
  elements: Elements,
  place: StatementContext,
  faults: Faults,
): readonly Statement[] {
  const found = elements.get("statement") ?? elements.get("statements");
  if (found === undefined) {
    faults.say("the document has no Statement");
    return [];
  }
  const list: readonly unknown[] = Array.isArray(found.value)
    ? found.value
    : [found.value];
  return list.flatMap((one, index) => {
    const statement = readStatement(one, index + 1, place, faults);
    return statement === undefined ? [] : [statement];
  });
}

function checkSids(statements: readonly Statement[], faults: Faults): void {
  const seen = new Set<string>();
  for (const { sid, number } of statements) {
    if (sid === undefined) continue;
    if (seen.has(sid)) {
      faults.say(`Statement[${number}].Sid is "${sid}" for a second time`);
    }
    seen.add(sid);
  }
}
