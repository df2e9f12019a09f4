import type { Declared, StackToJudge } from "../pack";

/** What `pulumi stack export` writes, as far as a pack is shown it. */
export interface ExportedState {
  readonly deployment: { readonly resources?: readonly StateResource[] };
}

type Properties = Readonly<Record<string, unknown>>;

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  /** `<urn>::<id>`. */
  readonly provider?: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** The stack of an export as `pulumi policy analyze` shows it to the pack. */
export function stackOf({ deployment }: ExportedState): StackToJudge {
  const { resources = [] } = deployment;
  const [, , stack = "", , project = ""] = (resources[0]?.urn ?? "").split(":");
  return {
    stack: `${project}/${stack}`,
    resources: resources
      .filter(({ type }) => type !== "pulumi:pulumi:Stack")
      .map((one) => declared(one, resources)),
    isPreview: false,
  };
}

function declared(
  {
    urn,
    type,
    custom,
    inputs,
    outputs,
    provider,
    propertyDependencies = {},
  }: StateResource,
  all: readonly StateResource[],
): Declared {
  const by = all.find((one) => provider?.startsWith(`${one.urn}::`));
  return {
    type,
    name: nameIn(urn),
    isComponent: !custom,
    ...(inputs && { inputs: decrypted(inputs) }),
    ...(outputs && { outputs: decrypted(outputs) }),
    ...(by && { provider: by.inputs ?? {} }),
    from: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [
        property,
        urns.map(nameIn),
      ]),
    ),
  };
}

/** Nobody's passphrase is there; what a secret is, no rule asks. */
const decrypted = (properties: Properties): Properties =>
  JSON.parse(
    JSON.stringify(properties).replaceAll('"ciphertext":', '"value":'),
  ) as Properties;

const nameIn = (urn: string): string => urn.split("::").at(-1) ?? "";
