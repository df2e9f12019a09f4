/** What Ctrl-C and a signal from elsewhere ask for. */
export interface Interruption {
  /** Nothing is begun any more. */
  readonly stopping: AbortSignal;
  /** What runs is told to end. */
  readonly ending: AbortSignal;
  readonly release: () => void;
}

const signals = ["SIGINT", "SIGTERM"] as const;

/** npm hands on the Ctrl-C that the terminal has sent to all already: within a second it is the same one. */
const same = 1_000;

/**
 * Pulumi ends a deployment in good order at a first signal, and at once at a second. A terminal sends
 * Ctrl-C to Pulumi as well, so that handing it on would be the second.
 *
 * @param hasTerminal whether Ctrl-C comes from one
 */
export function interruption(
  hasTerminal: boolean,
  tell: (line: string) => void,
  source: Pick<NodeJS.EventEmitter, "on" | "off"> = process,
): Interruption {
  const stopping = new AbortController();
  const ending = new AbortController();
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = Date.now();
    if (first === undefined) {
      first = now;
      tell(
        "Stops: what runs ends what it has begun. Ctrl-C again ends it now.",
      );
      stopping.abort();
      if (signal === "SIGTERM" || !hasTerminal) ending.abort();
    } else if (now - first >= same) ending.abort();
  };
  for (const signal of signals) source.on(signal, onSignal);
  return {
    stopping: stopping.signal,
    ending: ending.signal,
    release: () => {
      for (const signal of signals) source.off(signal, onSignal);
    },
  };
}
