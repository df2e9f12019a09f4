import { pathToFileURL } from "node:url";

/**
 * The address of a folder of states, as Pulumi takes it: it reads what is behind `file://` as a path, and
 * that with its %-escapes. On Windows a path begins with its drive, so that the third slash would be wrong.
 * Source: pulumi/pulumi, pkg/backend/diy/backend.go.
 */
export const addressOfStates = (
  folder: string,
  windows = process.platform === "win32",
): string => {
  const { href } = pathToFileURL(folder, { windows });
  return windows ? href.replace(/^file:\/{3}/, "file://") : href;
};
