import { spawn, spawnSync } from "node:child_process";

/** What a command did on a terminal of its own. */
export interface Shown {
  readonly code: number;
  readonly screen: string;
  /** How many times it asked. */
  readonly asked: number;
}

/** Why a command can't be run on a terminal here; `script` is util-linux's, and of other shape elsewhere. */
export const noTerminal = (): string | undefined =>
  process.platform === "linux" && !spawnSync("script", ["--version"]).error
    ? undefined
    : "no script command of util-linux";

/** Runs a shell command on a terminal, and answers each time that `prompt` appears. */
export function onTerminal(
  command: string,
  prompt: RegExp,
  answer: () => string,
  environment: Readonly<Record<string, string>>,
): Promise<Shown> {
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const prompts = new RegExp(prompt, "g");
  let screen = "";
  let asked = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    screen += chunk.toString();
    const count = screen.match(prompts)?.length ?? 0;
    // As the Enter key does: some prompts read single keys.
    for (; asked < count; asked += 1) child.stdin.write(`${answer()}\r`);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code: code ?? 1, screen, asked });
    });
  });
}
