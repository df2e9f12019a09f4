import { cachedPulumiHome, cliIn, pulumiVersion } from "./paths";
import { isExecutable } from "./find";
import { run } from "./run";

/** Milliseconds; a connection that hangs must not keep the build from being tried. */
const patience = 5 * 60_000;

/** The CLI, or why it can't be had this way. */
export type Attempt = { readonly cli: string } | { readonly failure: string };

/** Has the npm package `pulumi` download the official CLI, with its language hosts. */
export async function downloadCli(
  progress: (line: string) => void,
): Promise<Attempt> {
  progress(`Downloading the Pulumi CLI ${pulumiVersion}`);
  const home = cachedPulumiHome();
  const { stderr } = await run(
    process.execPath,
    [require.resolve("pulumi/run.js"), "version"],
    {
      environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "1" },
      timeout: patience,
    },
  );
  const cli = cliIn(home);
  return isExecutable(cli)
    ? { cli }
    : { failure: stderr.trim().split("\n").at(-1) ?? "no answer" };
}
