import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { run } from "./run";

/** The first Go that fetches the newer one which a go.mod asks for. */
const oldest = { major: 1, minor: 21 };

/** Why the CLI can't be built with this machine's Go; undefined when it can. */
export async function goVersionProblem(
  folder: string,
): Promise<string | undefined> {
  const { code, stdout } = await run("go", ["env", "GOVERSION"], {
    environment: { ...goFolders(folder), GOTOOLCHAIN: "local" },
  });
  if (code !== 0) return "there is no Go on this machine";
  const version = stdout.trim();
  return isNewEnough(version)
    ? undefined
    : `Go on this machine is ${version || "older"}, and 1.21 or newer is needed`;
}

/** Takes what `go env GOVERSION` prints: `go1.25.11`, `go1.26rc1`, `devel go1.27-…`. */
export function isNewEnough(version: string): boolean {
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(version) ?? [];
  return (
    Number(major) > oldest.major ||
    (Number(major) === oldest.major && Number(minor) >= oldest.minor)
  );
}

/** All that Go keeps is kept inside the build's folder, and goes with it. */
export function goFolders(folder: string): Record<string, string> {
  const config = process.env["XDG_CONFIG_HOME"] ?? "";
  return {
    GOPATH: join(folder, "path"),
    GOMODCACHE: join(folder, "modules"),
    GOCACHE: join(folder, "objects"),
    ...(process.platform === "linux"
      ? {
          // Go counts its own use there; the user's settings stay where they are.
          XDG_CONFIG_HOME: join(folder, "config"),
          GOENV:
            process.env["GOENV"] ??
            join(
              isAbsolute(config) ? config : join(homedir(), ".config"),
              "go",
              "env",
            ),
        }
      : {}),
  };
}
