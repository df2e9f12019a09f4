import * as iam from "@aws-sdk/client-iam";
import {
  CreateAnalyzerCommand,
  type CreateAnalyzerCommandInput,
} from "@aws-sdk/client-accessanalyzer";
import { ownClients } from "../../../commands/accounts/clients";
import type { AccountFinding } from "../../../commands/verify/findings";
import { linesOf } from "../../../commands/verify/remedy-commands";
import type { SandboxAws } from "../../../sandbox/aws";
import { administrator, wayInto } from "./accounts";

/** A call that a finding says, and the account that it is for. */
export interface RemedyCall {
  readonly account: string;
  readonly command: string;
}

/** The calls that the findings' remedies say, as they stand there, each once, in the account that they say. */
export function callsIn(
  findings: readonly AccountFinding[],
): readonly RemedyCall[] {
  const calls = findings.flatMap(({ remedy = "" }) => {
    let account = "";
    return linesOf(remedy).flatMap(({ isCommand, text }) => {
      account = /in account (\d{12}):$/.exec(text)?.[1] ?? account;
      return isCommand && text.startsWith("aws ")
        ? [{ account, command: text }]
        : [];
    });
  });
  return [
    ...new Map(
      calls.map((call) => [`${call.account} ${call.command}`, call]),
    ).values(),
  ];
}

/** Does what the AWS CLI does for such a call. */
export async function run(
  aws: SandboxAws,
  { account, command }: RemedyCall,
): Promise<void> {
  const [call = "", ...options] = command.split(/ --/);
  const [, service, operation = ""] = call.split(" ");
  const clients =
    account === aws.cloud.managementAccountId
      ? ownClients(wayInto(aws))
      : administrator(aws, account);
  if (service === "accessanalyzer") {
    const input = inputOf(options, inCamelCase);
    await clients.accessAnalyzer.send(
      new CreateAnalyzerCommand(input as unknown as CreateAnalyzerCommandInput),
    );
    return;
  }
  const commands = iam as unknown as Readonly<
    Record<string, new (input: object) => iam.GetUserCommand>
  >;
  const Command = commands[`${inPascalCase(operation)}Command`];
  if (Command === undefined) throw new Error(`IAM has no ${operation}`);
  await clients.iam.send(new Command(inputOf(options, inPascalCase)));
}

const inputOf = (
  options: readonly string[],
  named: (option: string) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    options.map((option) => {
      const [name = "", value = ""] = option.split(" ");
      return [named(name), value];
    }),
  );

/** As the API spells it, which writes some words large throughout. */
const inPascalCase = (name: string): string =>
  name
    .replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/Saml|OpenId|ClientId|Mfa/g, (word) => inCapitals[word] ?? word);

const inCapitals: Readonly<Record<string, string>> = {
  Saml: "SAML",
  OpenId: "OpenID",
  ClientId: "ClientID",
  Mfa: "MFA",
};

const inCamelCase = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
