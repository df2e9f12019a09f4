import { join } from "node:path";
import { version } from "@pulumi/aws/package.json";
import { shapesIn, type Declared, type Shapes } from "./declarations";
import { awsPackage, installedModules, type Module } from "./installed-modules";
import type {
  FunctionSpec,
  ObjectSpec,
  PackageSpec,
  Properties,
  ResourceSpec,
} from "./package-spec";
import { mayBeUndefined, propertyType } from "./property-type";

/**
 * The schema of all of the installed `@pulumi/aws`, read from its declarations: the real one stands in
 * the real provider alone. What declarations do not tell is not there: descriptions, aliases, values by
 * default, whether a number is whole, and the values of enums, which are text.
 */
export function awsSchema(): PackageSpec {
  const types = new NestedTypes();
  const modules = installedModules();
  const provider = shapesIn(join(awsPackage, "provider.d.ts"));
  const ofProvider = resource(types, provider, "Provider", []);
  return {
    name: "aws",
    version,
    description: "Read from the declarations of the npm package @pulumi/aws",
    config: { variables: ofProvider.inputProperties },
    provider: ofProvider,
    resources: byToken(modules, "resource", (shapes, name, { secrets }) =>
      resource(types, shapes, name, secrets),
    ),
    functions: byToken(modules, "function", (shapes, name) =>
      providerFunction(types, shapes, name),
    ),
    types: types.all(),
  };
}

const byToken = <Spec>(
  modules: readonly Module[],
  kind: Module["kind"],
  specOf: (shapes: Shapes, name: string, module: Module) => Spec,
): Readonly<Record<string, Spec>> =>
  Object.fromEntries(
    modules
      .filter((one) => one.kind === kind)
      .map((one) => {
        const name = one.token.split(":").at(-1) ?? "";
        return [one.token, specOf(shapesIn(one.declarations), name, one)];
      }),
  );

function resource(
  types: NestedTypes,
  shapes: Shapes,
  name: string,
  secrets: readonly string[],
): ResourceSpec {
  const inputs = types.object(shapes.get(`${name}Args`) ?? []);
  return {
    ...types.object(shapes.get(name) ?? [], secrets),
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
  };
}

function providerFunction(
  types: NestedTypes,
  shapes: Shapes,
  name: string,
): FunctionSpec {
  const interfaceName = name.charAt(0).toUpperCase() + name.slice(1);
  const inputs = shapes.get(`${interfaceName}Args`);
  return {
    ...(inputs ? { inputs: types.object(inputs) } : {}),
    outputs: types.object(shapes.get(`${interfaceName}Result`) ?? []),
  };
}

/** The types of properties that have properties of their own: those that something refers to. */
class NestedTypes {
  /** By the name of the interface: `iam.RoleInlinePolicy`. */
  private readonly referred = new Set<string>();
  private readonly refer = (name: string): string => {
    this.referred.add(name);
    return `#/types/${tokenOf(name)}`;
  };

  object(
    declared: readonly Declared[],
    secrets: readonly string[] = [],
  ): ObjectSpec {
    const properties: Properties = Object.fromEntries(
      declared.map(({ name, type }) => [
        name,
        {
          ...propertyType(type, this.refer),
          ...(secrets.includes(name) ? { secret: true as const } : {}),
        },
      ]),
    );
    return { type: "object", properties, required: requiredOf(declared) };
  }

  all(): PackageSpec["types"] {
    const inputs = shapesIn(join(awsPackage, "types", "input.d.ts"));
    const outputs = shapesIn(join(awsPackage, "types", "output.d.ts"));
    const found: Record<string, ObjectSpec> = {};
    // A type may refer to others, which then come last.
    for (const name of this.referred) {
      const given = inputs.get(name) ?? [];
      const told = outputs.get(name) ?? given;
      const properties = {
        ...this.object(told).properties,
        ...this.object(given).properties,
      };
      // What only AWS tells may be left out of what is given.
      const required = requiredOf(inputs.has(name) ? given : told);
      found[tokenOf(name)] = { type: "object", properties, required };
    }
    return found;
  }
}

/** Of `iam.RoleInlinePolicy`: `aws:iam/RoleInlinePolicy:RoleInlinePolicy`. */
function tokenOf(name: string): string {
  const [own = "", namespace = "index"] = name.split(".").reverse();
  return `aws:${namespace}/${own}:${own}`;
}

const requiredOf = (declared: readonly Declared[]): readonly string[] =>
  declared
    .filter(({ optional, type }) => !optional && !mayBeUndefined(type))
    .map(({ name }) => name);
