import { spawn, spawnSync } from "node:child_process";

/** What a command did on a terminal of its own. */
export interface Shown {
  readonly code: number;
  readonly screen: string;
  /** How many times it asked. */
  readonly asked: number;
}

/** What a prompt shows, and what a person types there. */
export type Answer = readonly [prompt: RegExp, answer: string];

/** Why a command can't be run on a terminal here; `script` is util-linux's, and of other shape elsewhere. */
export const noTerminal = (): string | undefined =>
  process.platform === "linux" && !spawnSync("script", ["--version"]).error
    ? undefined
    : "no script command of util-linux";

/** Runs a shell command on a terminal, and answers each time that `prompt` appears. */
export async function onTerminal(
  command: string,
  prompt: RegExp,
  answer: () => string,
  environment: Readonly<Record<string, string>>,
): Promise<Shown> {
  const prompts = new RegExp(prompt, "g");
  let asked = 0;
  const ended = await watched(command, environment, (screen, type) => {
    const count = screen.match(prompts)?.length ?? 0;
    for (; asked < count; asked += 1) type(answer());
  });
  return { ...ended, asked };
}

/** Runs a shell command on a terminal, where it asks one thing after the other. */
export async function inDialogue(
  command: string,
  answers: readonly Answer[],
  environment: Readonly<Record<string, string>>,
): Promise<Shown> {
  let asked = 0;
  let told = 0;
  const ended = await watched(command, environment, (screen, type) => {
    const [prompt, answer = ""] = answers[asked] ?? [];
    if (prompt?.test(screen.slice(told)) !== true) return;
    told = screen.length;
    asked += 1;
    type(answer);
  });
  return { ...ended, asked };
}

/** Tells of the screen at each change, with what types a line. */
function watched(
  command: string,
  environment: Readonly<Record<string, string>>,
  onScreen: (screen: string, type: (line: string) => void) => void,
): Promise<Omit<Shown, "asked">> {
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  // As the Enter key does: some prompts read single keys.
  const type = (line: string): void => {
    child.stdin.write(`${line}\r`);
  };
  let screen = "";
  child.stdout.on("data", (chunk: Buffer) => {
    screen += chunk.toString();
    onScreen(screen, type);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code: code ?? 1, screen });
    });
  });
}
