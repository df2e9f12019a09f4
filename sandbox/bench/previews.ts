import assert from "node:assert/strict";
import { join } from "node:path";
import { checkout } from "../engine/paths";
import type { Sandbox } from "../sandbox";
import type { Stack } from "../stack";
import { awsGuardPack, javascriptProject, typescriptProject } from "./folders";
import { measure, type Measurement } from "./measure";
import { plannedResources, type Planned } from "./planned";
import { programText } from "./program-text";
import { inRounds } from "./rounds";

/** A way to have the bastion's resources previewed. */
export interface PreviewWay {
  readonly name: string;
  readonly stack: Stack;
  readonly pack?: string;
}

export interface PreviewWays {
  readonly committed: PreviewWay;
  readonly withoutPack: PreviewWay;
  readonly plain: PreviewWay;
  readonly floor: PreviewWay;
}

/** The policy pack of this checkout, built. */
export const ownPack = join(checkout, "policy-pack");

/** The committed stack, and two programs of the same resources, as that stack's preview tells them. */
export async function previewWays(sandbox: Sandbox): Promise<PreviewWays> {
  const stack = await sandbox.stack("bastion");
  const resources = await plannedResources(stack);
  const folder = join(sandbox.workspace.folder, "bench");
  const plain = typescriptProject(
    join(folder, "plain"),
    programText(resources, "typescript"),
  );
  const floor = javascriptProject(
    join(folder, "floor"),
    programText(resources, "javascript"),
  );
  const noConfig = "config: {}\n";
  const plainStack = await sandbox.stack("plain", noConfig, plain);
  const floorStack = await sandbox.stack("floor", noConfig, floor);
  for (const other of [plainStack, floorStack]) {
    assert.deepEqual(
      contents(await plannedResources(other)),
      contents(resources),
      `the program of ${other.name} declares something else`,
    );
  }
  return {
    committed: {
      name: "as committed, with the policy pack",
      stack,
      pack: ownPack,
    },
    withoutPack: { name: "as committed, no pack", stack },
    plain: {
      name: "plain: types checked, with awsguard",
      stack: plainStack,
      pack: awsGuardPack(join(folder, "awsguard")),
    },
    floor: {
      name: "floor: one JavaScript file, no pack",
      stack: floorStack,
    },
  };
}

/** Everything but the stack and the names that it gives to what is in it. */
const contents = (resources: readonly Planned[]): readonly string[] =>
  resources
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, urn, inputs }) =>
      JSON.stringify([type, urn.split("::").at(-1), sorted(inputs)]),
    )
    .toSorted();

const sorted = (inputs: Planned["inputs"]) =>
  Object.entries(inputs).toSorted(([a], [b]) => (a < b ? -1 : 1));

export const measurePreviews = (
  ways: PreviewWays,
): Promise<ReadonlyMap<string, readonly Measurement[]>> =>
  inRounds(Object.values(ways) as readonly PreviewWay[], ({ stack, pack }) =>
    measure(() =>
      stack.preview({}, ...(pack === undefined ? [] : ["--policy-pack", pack])),
    ),
  );
