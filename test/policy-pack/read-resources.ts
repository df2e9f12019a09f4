import type { ResourceValidationArgs } from "@pulumi/policy";
import { Analysis } from "../../policy-pack/engine/analysis";
import { stackResourceFromEngine } from "../../policy-pack/engine/from-engine";
import type { Resource } from "../../policy-pack/resources/resource";
import { Shown, type Declared } from "./pack";

/** The resources of a stack as the pack reads them at the end of a preview. */
export function readResources(
  ...declared: readonly Declared[]
): readonly Resource[] {
  const shown = new Shown("orders/dev", declared);
  const analysis = new Analysis();
  const [, ...resources] = shown.all;
  for (const one of resources) {
    const { urn, props } = shown.resource(one, {
      ...one.inputs,
    }) as ResourceValidationArgs;
    analysis.inputs.set(urn, props);
  }
  return resources.map((one) =>
    stackResourceFromEngine(shown.inStack(one), analysis),
  );
}
