import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sha256 } from "./checksums.json";
import { isPinnedCli } from "./find";
import { tellTime } from "./tell-time";
import { cachedPulumiHome, cliIn, pulumiVersion, toolCache } from "./paths";
import { run } from "./run";

/** Milliseconds; a connection that hangs must not keep the build from being tried. */
const downloadTime = 5 * 60_000;

/** The CLI, or why it can't be had this way. */
export type Attempt = { readonly cli: string } | { readonly failure: string };

/** A tarball of Pulumi's, and the hash that it must have, in hexadecimal. */
export interface Release {
  readonly address: string;
  readonly sha256: string;
}

/** Of the pinned version; undefined: `checksums.json` has no hash of one for this system. */
export function pinnedRelease(
  system = `${process.platform}-${process.arch}`,
): Release | undefined {
  const hash = new Map(Object.entries(sha256)).get(system);
  return hash === undefined
    ? undefined
    : {
        address: `https://github.com/pulumi/pulumi/releases/download/v${pulumiVersion}/pulumi-v${pulumiVersion}-${system}.tar.gz`,
        sha256: hash,
      };
}

/**
 * Downloads the official CLI, with its language hosts, to where the npm package `pulumi` keeps it. That
 * package would run a script from the network, which checks no hash.
 */
export async function downloadCli(
  progress: (line: string) => void,
  release = pinnedRelease(),
): Promise<Attempt> {
  if (release === undefined) {
    return { failure: "no checksum is pinned for this system" };
  }
  progress(`Downloading the Pulumi CLI ${pulumiVersion}`);
  await mkdir(toolCache(), { recursive: true });
  const folder = await mkdtemp(join(toolCache(), "download-"));
  const stopTelling = tellTime(progress, () => "downloading");
  try {
    return await unpacked(release, folder);
  } catch (error) {
    return { failure: reasonOf(error) };
  } finally {
    stopTelling();
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpacked(release: Release, folder: string): Promise<Attempt> {
  const tarball = join(folder, "pulumi.tar.gz");
  const found = await fetchTo(tarball, release.address);
  if (found !== release.sha256) {
    return {
      failure: `${release.address} has the SHA-256 ${found}, and ${release.sha256} is pinned: it is not the release`,
    };
  }
  const bin = join(folder, "bin");
  await mkdir(bin);
  const { code, stderr } = await run("tar", [
    ...["-xzf", tarball, "-C", bin],
    "--strip-components=1",
  ]);
  if (code !== 0) return { failure: stderr.trim() || "tar did not succeed" };
  const cli = cliIn(cachedPulumiHome());
  // What is there does not work.
  await rm(dirname(cli), { recursive: true, force: true });
  await mkdir(dirname(dirname(cli)), { recursive: true });
  await rename(bin, dirname(cli));
  if (await isPinnedCli(cli)) return { cli };
  return { failure: `${cli} does not run` };
}

/** Gives the SHA-256 of what was written. */
async function fetchTo(file: string, address: string): Promise<string> {
  const signal = AbortSignal.timeout(downloadTime);
  const response = await fetch(address, { signal });
  if (!response.ok || response.body === null) {
    throw new Error(`${address} answers ${response.status}`);
  }
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(
    Readable.fromWeb(response.body),
    hashing,
    createWriteStream(file),
  );
  return hash.digest("hex");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") {
    return `not done within ${downloadTime / 60_000} minutes`;
  }
  const { cause, message } = error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
