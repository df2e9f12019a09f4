import { existsSync, readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { ProjectFile } from "../../infra/config/from-files";

/** A key of the config and its value, as `--config` names them. */
export type Setting = readonly [key: string, value: string];

/**
 * The text of a stack's config: that of its file, if it has one, with the settings over it. Pulumi writes
 * into the file that it is given (a salt, an encrypted key), so it is given a copy.
 */
export function configText(
  { name, stackFile }: ProjectFile,
  settings: readonly Setting[],
): string {
  const text = existsSync(stackFile) ? readFileSync(stackFile, "utf8") : "";
  const document = parseDocument(text);
  for (const [key, value] of settings) {
    const whole = key.includes(":") ? key : `${name}:${key}`;
    document.setIn(["config", whole], value);
  }
  return document.contents === null ? "{}\n" : document.toString();
}
