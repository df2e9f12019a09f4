import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isPinnedCli } from "./find";
import { tellTime } from "./tell-time";
import { cachedPulumiHome, cliIn, pulumiVersion } from "./paths";
import { run } from "./run";

/** Milliseconds; a connection that hangs must not keep the build from being tried. */
const downloadTime = 5 * 60_000;

/** The CLI, or why it can't be had this way. */
export type Attempt = { readonly cli: string } | { readonly failure: string };

/** Has the npm package `pulumi` download the official CLI, with its language hosts. */
export async function downloadCli(
  progress: (line: string) => void,
): Promise<Attempt> {
  progress(`Downloading the Pulumi CLI ${pulumiVersion}`);
  const home = cachedPulumiHome();
  const cli = cliIn(home);
  // What is there does not work, and would be taken for a finished download.
  await rm(dirname(cli), { recursive: true, force: true });
  const began = Date.now();
  const { stdout, stderr } = await run(
    process.execPath,
    [require.resolve("pulumi/run.js"), "version"],
    {
      environment: {
        PULUMI_HOME: home,
        PULUMI_VERSION: pulumiVersion,
        PULUMI_SKIP_UPDATE_CHECK: "1",
      },
      timeout: downloadTime,
    },
  ).finally(tellTime(progress, () => "downloading"));
  if (await isPinnedCli(cli)) return { cli };
  return {
    failure:
      Date.now() - began >= downloadTime
        ? `not done within ${downloadTime / 60_000} minutes`
        : lastLine(stderr) || lastLine(stdout) || "no answer",
  };
}

const lastLine = (text: string): string =>
  text.trim().split("\n").at(-1)?.trim() ?? "";
