import {
  halfReplacedIn,
  pendingOperationsOf,
  resourcesOf,
  type ExportedResource,
  type ExportedStack,
} from "../stacks/exported-stack";
import type { Examined } from "./examine";

/**
 * The state in which the engine knows what became of the creations: what is there stands among its
 * resources, as the engine would have written it, and what never was is forgotten. What it is in detail
 * is told by the refresh that follows.
 *
 * Pulumi has `refresh --import-pending-creates` for it, which up to 3.259 at least forgets what it is told to
 * import (test/commands/recover/recover.engine.test.ts); by its documentation the state is edited then.
 */
export function resolvedState(
  stack: ExportedStack,
  examined: readonly Examined[],
): ExportedStack {
  const { deployment = {} } = stack;
  const settled = new Set(
    examined
      .filter(({ made }) => isSettled(made))
      .map(({ resource }) => resource.urn),
  );
  const pending = pendingOperationsOf(stack).filter(
    (operation) =>
      !(operation.type === "creating" && settled.has(operation.resource.urn)),
  );
  let resources: readonly ExportedResource[] =
    resourcesOf(stack).map(readAgain);
  const gone = new Set(halfReplacedIn(stack).map(({ urn }) => urn));
  for (const { resource, made } of examined) {
    if (made.answer === "there" || made.answer === "read it") {
      const one = imported(resource, made.id);
      resources = withResource(resources, one, gone.has(one.urn));
    }
  }
  return {
    ...stack,
    deployment: {
      ...deployment,
      resources,
      pending_operations: pending,
    },
  };
}

/** Whether nothing is left to be decided by a person. */
export const isSettled = ({ answer }: Examined["made"]): boolean =>
  answer !== "somebody else's" && answer !== "not known";

/**
 * One that was deleted in order to be made anew: the refresh does not find it, or finds the new one. As it
 * stands, the engine would make it and then delete it as the original.
 */
const readAgain = (resource: ExportedResource): ExportedResource =>
  resource.pendingReplacement === true
    ? { ...resource, pendingReplacement: false }
    : resource;

/** Without outputs, the provider reads it as one that is imported. */
const imported = (
  resource: ExportedResource,
  id: string,
): ExportedResource => ({
  ...resource,
  id,
  outputs: {},
});

/**
 * In the place of one that it replaces, which is gone or is still to be deleted; or at the end: behind what
 * it depends on, which was there when its creation began.
 *
 * @param isGone whether the one that it replaces was deleted first
 */
function withResource(
  resources: readonly ExportedResource[],
  made: ExportedResource,
  isGone: boolean,
): readonly ExportedResource[] {
  const replaced = resources.find(({ urn }) => urn === made.urn);
  if (replaced === undefined) return [...resources, made];
  const inPlace = resources.map((one) => (one === replaced ? made : one));
  return isGone ? inPlace : [...inPlace, { ...replaced, delete: true }];
}
