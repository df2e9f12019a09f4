import * as ts from "typescript";
import type { TypeSpec } from "./package-spec";

/** What stands around a type and says only when its value is known. */
const wrappers: ReadonlySet<string> = new Set([
  "pulumi.Input",
  "pulumi.Output",
]);

const ofPulumi: Readonly<Record<string, string>> = {
  "pulumi.asset.Archive": "pulumi.json#/Archive",
  "pulumi.asset.Asset": "pulumi.json#/Asset",
};

const anything: TypeSpec = { $ref: "pulumi.json#/Any" };

const keywords: ReadonlyMap<ts.SyntaxKind, TypeSpec> = new Map([
  [ts.SyntaxKind.StringKeyword, { type: "string" }],
  [ts.SyntaxKind.NumberKeyword, { type: "number" }],
  [ts.SyntaxKind.BooleanKeyword, { type: "boolean" }],
]);

/** Whether a value may be left out, as the type says. */
export function mayBeUndefined(node: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(node)) return node.types.some(isUndefined);
  const within = wrapped(node);
  return within !== undefined && mayBeUndefined(within);
}

const isUndefined = (node: ts.TypeNode): boolean =>
  node.kind === ts.SyntaxKind.UndefinedKeyword;

/**
 * The type of a property, in the words of Pulumi's schema.
 *
 * @param refer gives the reference to a type of the package that is named for its interface, as
 *   `iam.RoleInlinePolicy`
 */
export function propertyType(
  node: ts.TypeNode,
  refer: (name: string) => string,
): TypeSpec {
  const typeOf = (one: ts.TypeNode): TypeSpec => propertyType(one, refer);
  const within = wrapped(node);
  if (within !== undefined) return typeOf(within);
  if (ts.isUnionTypeNode(node)) {
    return anyOf(node.types.filter((one) => !isUndefined(one)).map(typeOf));
  }
  if (ts.isArrayTypeNode(node)) {
    return { type: "array", items: typeOf(node.elementType) };
  }
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return {
      type: "object",
      additionalProperties: index ? typeOf(index.type) : anything,
    };
  }
  if (ts.isTypeReferenceNode(node)) return named(nameOf(node), refer);
  return keywords.get(node.kind) ?? anything;
}

function wrapped(node: ts.TypeNode): ts.TypeNode | undefined {
  return ts.isTypeReferenceNode(node) && wrappers.has(nameOf(node))
    ? node.typeArguments?.[0]
    : undefined;
}

function named(name: string, refer: (name: string) => string): TypeSpec {
  const [, ofPackage] = /^(?:inputs|outputs)\.(.+)$/.exec(name) ?? [];
  if (ofPackage !== undefined) return { $ref: refer(ofPackage) };
  const $ref = ofPulumi[name];
  // An enum is text, and so is a resource that stands for its own name or ARN.
  return $ref === undefined ? { type: "string" } : { $ref };
}

function anyOf(types: readonly TypeSpec[]): TypeSpec {
  const different = new Map(types.map((one) => [JSON.stringify(one), one]));
  const [first = anything, ...others] = different.values();
  return others.length === 0 ? first : { oneOf: [first, ...others] };
}

const nameOf = (node: ts.TypeReferenceNode): string =>
  entityName(node.typeName);

const entityName = (name: ts.EntityName): string =>
  ts.isIdentifier(name)
    ? name.text
    : `${entityName(name.left)}.${name.right.text}`;
