import {
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { workFolder } from "./paths";

/**
 * Puts the CLI and our language host side by side in the checkout, where the engine takes the host
 * for its own; one that it finds on the PATH it warns about at every command. Gives the CLI there.
 */
export async function installBesideHost(cli: string): Promise<string> {
  const folder = await installLanguageHost();
  const beside = join(folder, basename(cli));
  const fresh = `${beside}.${process.pid}`;
  // A link costs nothing; where the cache is on another disk it takes a copy.
  await link(cli, fresh).catch(() => copyFile(cli, fresh));
  await rename(fresh, beside).finally(() => rm(fresh, { force: true }));
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
    await writeFile(join(target, file.replace(/\.ts$/, ".js")), outputText);
  }
  const launcher = join(target, "pulumi-language-nodejs");
  await writeFile(
    launcher,
    [
      "#!/bin/sh",
      `exec ${quoted(process.execPath)} ${quoted(join(target, "server.js"))} "$@"`,
      "",
    ].join("\n"),
  );
  await chmod(launcher, 0o755);
  return target;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
