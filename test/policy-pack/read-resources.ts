import type { ResourceValidationArgs } from "@pulumi/policy";
import {
  resourceFromEngine,
  stackResourceFromEngine,
} from "../../policy-pack/engine/from-engine";
import type { Resource } from "../../policy-pack/resources/resource";
import { Shown, type Declared } from "./pack";

/** The resources of a stack as the pack reads them at the end of a preview. */
export function readResources(
  ...declared: readonly Declared[]
): readonly Resource[] {
  const shown = new Shown("orders/dev", declared);
  const [, ...resources] = shown.all;
  return resources.map((one) =>
    stackResourceFromEngine(
      shown.inStack(one),
      resourceFromEngine(
        shown.resource(one, { ...one.inputs }) as ResourceValidationArgs,
      ),
    ),
  );
}
