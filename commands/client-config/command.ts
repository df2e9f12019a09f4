/** `npm run client-config -- <user>`: see `usage` below. */
import { join } from "node:path";
import { fromCaller } from "../command-line/options";
import { ask, hasTerminal } from "../command-line/terminal";
import { runClientConfig } from "./run";

void runClientConfig(process.argv.slice(2), {
  project: join(__dirname, "../.."),
  folder: fromCaller(),
  environment: process.env,
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  ...(hasTerminal() ? { ask } : {}),
}).then((code) => {
  process.exitCode = code;
});
