import type { ResourceValidationArgs } from "@pulumi/policy";
import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../../policy-pack/policies";
import { Shown, type Declared } from "../pack";

type Inputs = Readonly<Record<string, unknown>>;

/** The package has these, but strips them from its types. */
const { deserializeProperties, serializeProperties } =
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- there is nothing to import by name
  require("@pulumi/policy/deserialize") as {
    readonly deserializeProperties: (sent: Struct, secrets: true) => Inputs;
    readonly serializeProperties: (props: unknown) => Promise<Inputs>;
  };

/**
 * The inputs of a resource after one rule's remediation, as the engine gets them back; undefined
 * where nothing is to be changed. They go through the same hands as in the server of @pulumi/policy.
 */
export async function remediate(
  rule: string,
  declared: Declared,
  organisation: object = {},
): Promise<Inputs | undefined> {
  const shown = new Shown("orders/dev", [declared]);
  const [first, ...others] = policies();
  const argsOf = (resource: Declared, props: Inputs) =>
    ({
      ...shown.resource(resource, props),
      getConfig: () => organisation,
    }) as unknown as ResourceValidationArgs;
  // The stack comes first: from its call on, the organisation is known.
  if (first !== undefined && "validateResource" in first) {
    const { validateResource: validate } = first;
    if (typeof validate === "function") {
      void validate(argsOf(shown.root, {}), () => undefined);
    }
  }
  const policy = others.find(({ name }) => name === rule);
  if (policy === undefined || !("remediateResource" in policy))
    return undefined;
  const sent = Struct.fromJavaScript(
    declared.inputs as Record<string, JavaScriptValue>,
  );
  const args = argsOf(declared, deserializeProperties(sent, true));
  const repaired: unknown = policy.remediateResource(args);
  return repaired === undefined ? undefined : serializeProperties(repaired);
}

/** A secret, as the engine sends it. */
export const secret = (value: unknown): Inputs => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
