import type { ResourceValidationArgs } from "@pulumi/policy";
import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../../policy-pack/policies";
import { Shown, type Declared } from "../pack";
import {
  deserializeProperties,
  serializeProperties,
  type Inputs,
} from "../serialisation";

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
