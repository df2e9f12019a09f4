import { PulumiError, type Stack } from "../../sandbox/stack";

/** One line of what `pulumi up --json` prints: an event of the engine. */
interface EngineEvent {
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly severity: string;
    readonly message: string;
  };
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly urn: string };
  };
}

/** What an update did to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
}

/** @throws Error with what the engine could not do */
export async function update(stack: Stack): Promise<readonly Step[]> {
  try {
    const { stdout } = await stack.up("--json");
    return eventsIn(stdout)
      .flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? [])
      .map(({ op, urn }) => ({ op, urn }));
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    const errors = eventsIn(error.run.stdout)
      .flatMap(({ diagnosticEvent }) => diagnosticEvent ?? [])
      .filter(({ severity }) => severity === "error")
      .map(({ urn = "", message }) => `${shortened(urn)}: ${message.trim()}`);
    throw new Error([error.run.stderr, ...errors].join("\n"));
  }
}

const eventsIn = (printed: string): readonly EngineEvent[] =>
  printed
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as EngineEvent);

/** The type and the logical name. */
const shortened = (urn: string): string => urn.split("::").slice(2).join(" ");

/** What leaves a deployed resource in place. A replacement has steps of other names. */
const keeping = ["same", "update", "create"];

export const removals = (steps: readonly Step[]): readonly string[] =>
  steps
    .filter(({ op }) => !keeping.includes(op))
    .map(({ op, urn }) => `${op} ${shortened(urn)}`);
