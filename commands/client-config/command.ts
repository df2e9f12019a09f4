/** `npm run client-config -- <user>`: see `usage` below. */
import { stdin, stdout } from "node:process";
import { createInterface } from "node:readline/promises";
import { join } from "node:path";
import { runClientConfig } from "./run";

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

void runClientConfig(process.argv.slice(2), {
  project: join(__dirname, "../.."),
  // npm runs scripts in the project; a person means the folder that they are in.
  folder: process.env["INIT_CWD"] ?? process.cwd(),
  environment: process.env,
  say: (text) => stdout.write(text),
  complain: (text) => process.stderr.write(text),
  ...(stdin.isTTY && stdout.isTTY ? { ask } : {}),
}).then((code) => {
  process.exitCode = code;
});
