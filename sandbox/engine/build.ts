import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Attempt } from "./download";
import { goFolders, goVersionProblem } from "./go";
import { cachedPulumiHome, cliIn, pulumiVersion, toolCache } from "./paths";
import { run } from "./run";
import { tellTime } from "./tell-time";

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable =
  "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Begins the names of the folders that builds are made in. */
const buildFolder = "build-";

/**
 * Builds the CLI from its Go module, for machines that reach a Go module proxy and not Pulumi's
 * downloads. `cli/go.mod` and `cli/go.sum` pin every module by version and checksum.
 *
 * To be called by whoever has the tool cache's lock.
 */
export async function buildCli(
  progress: (line: string) => void,
): Promise<Attempt> {
  await mkdir(toolCache(), { recursive: true });
  await discardCutOffBuilds();
  const folder = await mkdtemp(join(toolCache(), buildFolder));
  try {
    const failure = await goVersionProblem(folder);
    if (failure !== undefined) return { failure };
    return await buildIn(folder, progress);
  } finally {
    await discard(folder);
  }
}

async function buildIn(
  folder: string,
  progress: (line: string) => void,
): Promise<Attempt> {
  await cp(join(__dirname, "cli"), folder, { recursive: true });
  progress(
    `Building the Pulumi CLI ${pulumiVersion} from its Go module: some minutes, once`,
  );
  const built = join(folder, "pulumi");
  // Go prints a line for each module, and one for each package.
  let modules = 0;
  let packages = 0;
  const linkerFlags = `-s -w -X ${versionVariable}=${pulumiVersion}`;
  const { code, stderr } = await run(
    "go",
    ["build", "-v", "-o", built, "-ldflags", linkerFlags, cliPackage],
    {
      cwd: folder,
      environment: {
        ...goFolders(folder),
        GOFLAGS: "-mod=mod",
        GOTOOLCHAIN: "auto",
        GOWORK: "off",
        CGO_ENABLED: "0",
      },
      onLine: (line) => {
        if (line.startsWith("go: ")) modules += 1;
        else packages += 1;
      },
    },
  ).finally(
    tellTime(
      progress,
      () => `${modules} modules downloaded, ${packages} packages compiled`,
    ),
  );
  if (code !== 0) {
    return { failure: stderr.trim().split("\n").slice(-3).join("; ") };
  }
  const cli = cliIn(cachedPulumiHome());
  await mkdir(dirname(cli), { recursive: true });
  await rename(built, cli);
  return { cli };
}

/** A build that was stopped could not clean up after itself. */
async function discardCutOffBuilds(): Promise<void> {
  for (const name of await readdir(toolCache())) {
    if (name.startsWith(buildFolder)) await discard(join(toolCache(), name));
  }
}

async function discard(folder: string): Promise<void> {
  // Go keeps its modules read-only, and says how to be rid of them.
  await run("go", ["clean", "-modcache"], { environment: goFolders(folder) });
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
