import type { Planned } from "./planned";

/** A program that declares just these resources, one after the other, as somebody writes it by hand. */
export function programText(
  resources: readonly Planned[],
  language: "typescript" | "javascript",
): string {
  const variables = new Map(
    resources.map(({ urn }, index) => [urn, `resource${index}`]),
  );
  return [
    importLine("@pulumi/aws", "aws", language),
    importLine("@pulumi/pulumi", "pulumi", language),
    ...resources
      .filter(({ type }) => type !== "pulumi:pulumi:Stack")
      .map((resource) => declaration(resource, variables)),
    "",
  ].join("\n");
}

const importLine = (from: string, name: string, language: string): string =>
  language === "typescript"
    ? `import * as ${name} from "${from}";`
    : `const ${name} = require("${from}");`;

function declaration(
  { urn, type, inputs, parent = "", provider = "" }: Planned,
  variables: ReadonlyMap<string, string>,
): string {
  const name = JSON.stringify(urn.split("::").at(-1));
  const providerUrn = provider.split("::").slice(0, -1).join("::");
  // The stack is a parent too, and no variable of the program.
  const isInStack = parent.includes("::pulumi:pulumi:Stack::");
  const options = [
    ...(isInStack ? [] : [`parent: ${variables.get(parent) ?? "undefined"}`]),
    ...(provider === ""
      ? []
      : [`provider: ${variables.get(providerUrn) ?? "undefined"}`]),
  ].join(", ");
  const args = JSON.stringify(inputs, undefined, 2);
  const made =
    type.startsWith("aws:") || type === "pulumi:providers:aws"
      ? `new ${className(type)}(${name}, ${args}, { ${options} })`
      : `new pulumi.ComponentResource("${type}", ${name}, {}, { ${options} })`;
  return `const ${variables.get(urn) ?? "_"} = ${made};`;
}

/** `aws:iam/role:Role` is `aws.iam.Role`. */
function className(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return type === "pulumi:providers:aws"
    ? "aws.Provider"
    : `aws.${module.split("/")[0] ?? ""}.${name}`;
}
