import type { Stack } from "../stack";

/** A resource that a preview plans, as its program declared it. */
export interface Planned {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** The provider's URN and id. */
  readonly provider?: string;
}

interface Plan {
  readonly steps: readonly {
    readonly newState: Planned & { readonly inputs?: Planned["inputs"] };
  }[];
}

/** What a preview of a stack plans, parents and providers before what refers to them. */
export async function plannedResources(
  stack: Stack,
): Promise<readonly Planned[]> {
  const { code, stdout } = await stack.preview({}, "--json");
  if (code !== 0) throw new Error(stdout);
  const { steps } = JSON.parse(stdout) as Plan;
  return steps.map(({ newState }) => ({
    ...newState,
    inputs: declared(newState),
  }));
}

/** Without what the engine, the SDK and the provider have added. A component makes nothing of what it is given. */
const declared = ({ type, inputs, provider }: Planned): Planned["inputs"] => {
  const isProvider = type.startsWith("pulumi:providers:");
  if (provider === undefined && !isProvider) return {};
  return Object.fromEntries(
    Object.entries((inputs as Planned["inputs"] | undefined) ?? {})
      .filter(([key]) => !key.startsWith("__"))
      .filter(([key]) => key !== (isProvider ? "version" : "tagsAll"))
      .map(([key, value]) => [key, isProvider ? fromJson(value) : value]),
  );
};

/** A provider's inputs travel as JSON, all but texts. */
function fromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
