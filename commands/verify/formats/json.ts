import type { Report } from "../report";

/** The form's own version: a change that breaks readers counts it up. */
const formatVersion = 1;

export const toJson = (report: Report): string =>
  JSON.stringify({ formatVersion, ...report }, undefined, 2);
