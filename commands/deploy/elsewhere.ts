import { accountProvider, componentTypes } from "../../infra/logical-names";
import {
  logicalName,
  resourcesOf,
  type ExportedResource,
  type ExportedStack,
} from "../stacks/exported-stack";

/** An account that the state of one stack holds, and that another is to build. */
export interface Elsewhere {
  readonly account: string;
  readonly heldBy: string;
  readonly builtBy: string;
  /** What has no parent but the stack: a move takes all that is below. */
  readonly roots: readonly string[];
  /** Stays behind after a move. */
  readonly provider: string | undefined;
}

/** Which stack builds which account, by the account's id. */
export type Builders = ReadonlyMap<
  string,
  { readonly account: string; readonly stack: string }
>;

/** The accounts in a stack's state that another stack builds. */
export function heldElsewhere(
  stack: string,
  exported: ExportedStack,
  builders: Builders,
): readonly Elsewhere[] {
  const resources = resourcesOf(exported);
  return resources
    .filter(({ type }) => type === componentTypes.workload)
    .flatMap((component): readonly Elsewhere[] => {
      const builder = builders.get(String(component.outputs?.["accountId"]));
      if (builder === undefined || builder.stack === stack) return [];
      // Its name when it was deployed, which the config may have changed.
      const name = logicalName(component.urn);
      return [
        {
          account: builder.account,
          heldBy: stack,
          builtBy: builder.stack,
          ...ofAccount(name, resources),
        },
      ];
    });
}

function ofAccount(
  name: string,
  resources: readonly ExportedResource[],
): Pick<Elsewhere, "roots" | "provider"> {
  const byUrn = new Map(resources.map((one) => [one.urn, one]));
  const provider = resources.find(
    ({ type, urn }) =>
      type === "pulumi:providers:aws" &&
      logicalName(urn) === accountProvider(name),
  )?.urn;
  const own = resources.filter(
    ({ provider: by }) =>
      provider !== undefined && by?.startsWith(`${provider}::`),
  );
  return {
    roots: [...new Set(own.map((resource) => rootOf(resource, byUrn).urn))],
    provider,
  };
}

function rootOf(
  resource: ExportedResource,
  byUrn: ReadonlyMap<string, ExportedResource>,
): ExportedResource {
  const parent =
    resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  return parent === undefined || parent.type === "pulumi:pulumi:Stack"
    ? resource
    : rootOf(parent, byUrn);
}

/** What moves an account from one state to the other, with nothing changed in AWS. */
export const moveCommands = ({
  heldBy,
  builtBy,
  roots,
  provider,
}: Elsewhere): readonly string[] => [
  `pulumi stack select --create ${builtBy}`,
  [
    `pulumi state move --yes --source ${heldBy} --dest ${builtBy}`,
    ...roots.map((urn) => `  '${urn}'`),
  ].join(" \\\n"),
  ...(provider === undefined
    ? []
    : [`pulumi state delete --yes --stack ${heldBy} '${provider}'`]),
];

/** @throws Error with what to do, when an account would get a second stack. */
export function refuseElsewhere(found: readonly Elsewhere[]): void {
  if (found.length === 0) return;
  throw new Error(
    [
      ...found.map(
        ({ account, heldBy, builtBy }) =>
          `the account ${account} is in the state of the stack ${heldBy}, and ${builtBy} is to build it: its roles would be made twice, or taken away.`,
      ),
      "Fix: move it, with nothing changed in AWS:",
      ...found.flatMap(moveCommands),
      "Or have the config say that the first stack builds it: see docs/many-accounts.md.",
    ].join("\n"),
  );
}
