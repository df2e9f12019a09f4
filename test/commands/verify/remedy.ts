import * as sdk from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import { iam } from "./planting";

/** The commands that a remedy says, as they stand in it. */
export const commandsIn = (remedy: string): readonly string[] =>
  remedy.match(/aws iam [^;]+?(?=;|\. )/g) ?? [];

/** Does what the AWS CLI does for such a command. */
export async function runCommand(
  aws: SandboxAws,
  account: string,
  command: string,
): Promise<void> {
  const [operation = "", ...options] = command
    .replace("aws iam ", "")
    .split(/ --/);
  const input = Object.fromEntries(
    options.map((option) => {
      const [name = "", value = ""] = option.split(" ");
      return [inPascalCase(name), value];
    }),
  );
  const commands = sdk as unknown as Readonly<
    Record<string, new (input: object) => sdk.GetUserCommand>
  >;
  const Command = commands[`${inPascalCase(operation)}Command`];
  if (Command === undefined) throw new Error(`IAM has no ${operation}`);
  await iam(aws, account).send(new Command(input));
}

const inPascalCase = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
