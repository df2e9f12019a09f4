/**
 * What `npm run recover` does, agreed to, in a process of its own: the caller's credentials are read once a
 * process. Its argument is the request as JSON. The sandbox is never behind, unless it is told to be, so
 * nothing is waited for.
 */
import { recoverStack } from "../../../commands/recover/recover-stack";

/** What a test says of a recovery. */
export interface RecoveringProcess {
  readonly folder: string;
  readonly stack: string;
  readonly configFile: string | undefined;
}

async function main(asked: string | undefined): Promise<void> {
  const request = JSON.parse(asked ?? "{}") as RecoveringProcess;
  process.exitCode = await recoverStack(
    {
      ...{ ...request, config: [], liftLock: true, search: false },
      ...{ backup: undefined, role: undefined, tokenFile: undefined },
      patience: { delay: 0, pause: 0 },
      progress: console.log,
    },
    { print: console.log, isAgreed: () => Promise.resolve(true), width: 80 },
  );
}

void main(process.argv[2]);
