/** `npm run client-config -- <user>`: see `usage`. */
import { join } from "node:path";
import { fromCaller } from "../command-line/options";
import { runCommand } from "../command-line/run";
import { ask, hasTerminal } from "../command-line/terminal";
import { usage } from "./options";
import { runClientConfig } from "./run";

runCommand(usage, (args) =>
  runClientConfig(args, {
    project: join(__dirname, "../.."),
    folder: fromCaller(),
    environment: process.env,
    say: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    ...(hasTerminal() ? { ask } : {}),
  }),
);
