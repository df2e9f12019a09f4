import type { StackLog } from "../../../commands/deploy/stack-log";

/** Of a run that nobody reads of. */
export const silentLog = {
  text: "",
  write: () => undefined,
  heading: () => undefined,
} as unknown as StackLog;
