import {
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { quoted } from "../shell-quotes";
import { workFolder } from "./paths";

/**
 * Puts the CLI and our language host side by side in the checkout, where the engine takes the host
 * for its own; one that it finds on the PATH it warns about at every command. Gives the CLI there.
 */
export async function installBesideHost(cli: string): Promise<string> {
  const folder = await installLanguageHost();
  const beside = join(folder, basename(cli));
  if (await isSameFile(cli, beside)) return beside;
  // A link costs nothing; where the cache is on another disk it takes a copy.
  await inOneStep(beside, (fresh) =>
    link(cli, fresh).catch(() => copyWithTime(cli, fresh)),
  );
  return beside;
}

/**
 * Puts our language host under the name by which the engine looks for one, and gives the folder.
 *
 * The engine starts it for every command, so it is transpiled once here rather than by ts-node
 * each time. It lies inside the checkout, where it finds the checkout's node_modules.
 */
async function installLanguageHost(): Promise<string> {
  const source = join(__dirname, "language-host");
  const target = join(workFolder, "language-host");
  await mkdir(target, { recursive: true });
  for (const file of await readdir(source)) {
    const { outputText } = transpileModule(
      await readFile(join(source, file), "utf8"),
      {
        compilerOptions: {
          module: ModuleKind.CommonJS,
          target: ScriptTarget.ES2022,
          esModuleInterop: true,
        },
      },
    );
    await write(join(target, file.replace(/\.ts$/, ".js")), outputText);
  }
  const { name, text } = launcherOf(
    process.execPath,
    join(target, "server.js"),
  );
  await write(join(target, name), text, 0o755);
  return target;
}

/**
 * What starts a program of Node.js, by the name that the engine looks for: on Windows one that ends with
 * `.exe` or `.cmd`. Source: pulumi/pulumi, sdk/go/common/workspace/plugins.go.
 */
export function launcherOf(
  node: string,
  program: string,
  system: NodeJS.Platform = process.platform,
): { readonly name: string; readonly text: string } {
  const name = "pulumi-language-nodejs";
  if (system !== "win32") {
    const text = `#!/bin/sh\nexec ${quoted(node)} ${quoted(program)} "$@"\n`;
    return { name, text };
  }
  // A path can hold no quotation mark there, but what a batch file would read as a variable.
  const [runs, run] = [node, program].map(
    (path) => `"${path.replaceAll("%", "%%")}"`,
  );
  return { name: `${name}.cmd`, text: `@${runs} ${run} %*\r\n` };
}

/** Leaves a file alone that is right already: another command may be running it. */
async function write(file: string, text: string, mode = 0o644): Promise<void> {
  const there = await readFile(file, "utf8").catch(() => undefined);
  if (there === text) return;
  await inOneStep(file, async (fresh) => {
    await writeFile(fresh, text);
    await chmod(fresh, mode);
  });
}

/** Nobody sees a file that is only partly there. */
async function inOneStep(
  file: string,
  make: (fresh: string) => Promise<void>,
): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await make(fresh);
  // Renaming a link to the file that it already is leaves both.
  await rename(fresh, file).finally(() => rm(fresh, { force: true }));
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const there = await stat(other).catch(() => undefined);
  if (there === undefined) return false;
  const { ino, dev, size, mtimeMs } = await stat(one);
  return (
    (there.ino === ino && there.dev === dev) ||
    (there.size === size && Math.abs(there.mtimeMs - mtimeMs) < 1_000)
  );
}

async function copyWithTime(file: string, copy: string): Promise<void> {
  await copyFile(file, copy);
  const { atime, mtime } = await stat(file);
  await utimes(copy, atime, mtime);
}
