import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Attempt } from "./download";
import { cachedPulumiHome, cliIn, pulumiVersion, toolCache } from "./paths";
import { run } from "./run";

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable =
  "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI from its Go module, for machines that reach a Go module proxy and not Pulumi's
 * downloads. `cli/go.mod` and `cli/go.sum` pin every module by version and checksum.
 */
export async function buildCli(
  progress: (line: string) => void,
): Promise<Attempt> {
  const go = await run("go", ["version"], {
    environment: { GOTOOLCHAIN: "local" },
  });
  if (go.code !== 0) return { failure: "there is no Go on this machine" };

  await mkdir(toolCache(), { recursive: true });
  const folder = await mkdtemp(join(toolCache(), "build-"));
  try {
    return await buildIn(folder, progress);
  } finally {
    // Go keeps its modules read-only, and says how to be rid of them.
    await run("go", ["clean", "-modcache"], { environment: goFolders(folder) });
    await rm(folder, { recursive: true, force: true });
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
  const tally = new Tally(progress);
  const { code, stderr } = await run(
    "go",
    [
      "build",
      "-v",
      "-o",
      built,
      "-ldflags",
      `-s -w -X ${versionVariable}=${pulumiVersion}`,
      cliPackage,
    ],
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
        tally.count(line);
      },
    },
  );
  tally.stop();
  if (code !== 0) {
    return { failure: stderr.trim().split("\n").slice(-3).join("; ") };
  }
  const cli = cliIn(cachedPulumiHome());
  await mkdir(dirname(cli), { recursive: true });
  await rename(built, cli);
  return { cli };
}

/** Go's own caches are kept inside the build's folder, and go with it. */
const goFolders = (folder: string): Record<string, string> => ({
  GOMODCACHE: join(folder, "modules"),
  GOCACHE: join(folder, "objects"),
});

/** Tells every ten seconds how far Go is: it prints a line a module, and a line a package. */
class Tally {
  private modules = 0;
  private packages = 0;
  private readonly began = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly progress: (line: string) => void) {
    this.timer = setInterval(() => {
      this.tell();
    }, 10_000);
  }

  count(line: string): void {
    if (line.startsWith("go: downloading")) this.modules += 1;
    else this.packages += 1;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tell(): void {
    const seconds = Math.round((Date.now() - this.began) / 1_000);
    this.progress(
      `  ${seconds} s: ${this.modules} modules downloaded, ${this.packages} packages compiled`,
    );
  }
}
