import { readFileSync } from "node:fs";
import * as ts from "typescript";

/** A property of an interface or a class, as it is declared. */
export interface Declared {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly optional: boolean;
}

export type Shapes = ReadonlyMap<string, readonly Declared[]>;

/** The interfaces and classes of a `.d.ts`, by name, with the names of their namespaces before it. */
export function shapesIn(file: string): Shapes {
  const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), {
    languageVersion: ts.ScriptTarget.ES2022,
    // Ten times as much text as the types.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const found = new Map<string, readonly Declared[]>();
  gather(statements, "", found);
  return found;
}

function gather(
  statements: readonly ts.Statement[],
  namespace: string,
  found: Map<string, readonly Declared[]>,
): void {
  for (const one of statements) {
    if (ts.isInterfaceDeclaration(one)) {
      found.set(namespace + one.name.text, one.members.flatMap(declared));
    } else if (ts.isClassDeclaration(one) && one.name) {
      found.set(namespace + one.name.text, one.members.flatMap(declared));
    } else if (
      ts.isModuleDeclaration(one) &&
      one.body &&
      ts.isModuleBlock(one.body)
    ) {
      gather(one.body.statements, `${namespace}${one.name.text}.`, found);
    }
  }
}

const declared = (
  member: ts.TypeElement | ts.ClassElement,
): readonly Declared[] =>
  (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) &&
  member.type &&
  (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))
    ? [
        {
          name: member.name.text,
          type: member.type,
          optional: member.questionToken !== undefined,
        },
      ]
    : [];
