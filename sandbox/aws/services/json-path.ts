import { isFields } from "./json-body";

/** What is at a path of names in an event or a pattern; undefined where nothing is. */
export const valueAt = (whole: unknown, names: readonly string[]): unknown =>
  names.reduce((at, name) => (isFields(at) ? at[name] : undefined), whole);

/** A text as it is, all else as JSON; what is not there leaves nothing. */
export const asText = (value: unknown = ""): string =>
  typeof value === "string" ? value : JSON.stringify(value);
