/** Pulumi's schema of a package, as far as the declarations of its npm package tell it. */
export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly config: { readonly variables: Properties };
  readonly provider: ResourceSpec;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly types: Readonly<Record<string, ObjectSpec>>;
}

export interface ResourceSpec extends ObjectSpec {
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
}

export interface FunctionSpec {
  readonly inputs?: ObjectSpec;
  readonly outputs: ObjectSpec;
}

export interface ObjectSpec {
  readonly type: "object";
  readonly properties: Properties;
  readonly required: readonly string[];
}

export type Properties = Readonly<Record<string, PropertySpec>>;

export interface PropertySpec extends TypeSpec {
  readonly secret?: true;
}

export interface TypeSpec {
  readonly type?: "string" | "number" | "boolean" | "array" | "object";
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly $ref?: string;
}
