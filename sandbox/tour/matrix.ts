import {
  CreateRoleCommand,
  GetUserCommand,
  IAMClient,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../aws";
import type { StackFile } from "../project";
import { check, type Check } from "./checks";
import { doorsOf, isGranted, type Door } from "./expected";
import { clientConfig, type ClientCredentials, type Person } from "./people";
import { createTable, listBuckets } from "./requests";

/** A row of the closing table. */
export interface Row {
  readonly user: string;
  readonly door: Door;
  readonly without: Check;
  readonly with: Check;
}

/** How a person stands before the doors. */
export interface Arrival {
  readonly person: Person;
  /** An access key alone, or a sign-in without MFA. */
  readonly withoutMfa: ClientCredentials;
  readonly withMfa: ClientCredentials;
}

/** Tries every role in every account, without and with MFA. */
export async function tryEveryDoor(
  { person, withoutMfa, withMfa }: Arrival,
  stackFile: StackFile,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const door of doorsOf(stackFile)) {
    const take = (credentials: ClientCredentials) =>
      person.takeRole(credentials, door.accountId, door.role);
    const granted = isGranted(stackFile, person.name, door);
    const what = `${person.name} takes ${door.role} in ${door.account}`;
    rows.push({
      user: person.name,
      door,
      without: await check(what, "denied", take(withoutMfa)),
      with: await check(what, granted ? "allowed" : "denied", take(withMfa)),
    });
  }
  return rows;
}

/** What a session of each role may do, and what it must not. */
export async function tryRole(
  aws: SandboxAws,
  { person, withMfa }: Arrival,
  door: Door,
): Promise<readonly Check[]> {
  const session = await person.takeRole(withMfa, door.accountId, door.role);
  const config = clientConfig(aws, session);
  const iam = new IAMClient(config);
  const at = `${door.role} in ${door.account}`;
  const mayWrite = door.role !== "ReadOnly";
  const mayChangeIam = door.role === "OpsSudo";
  const allowedIf = (may: boolean) => (may ? "allowed" : "denied");
  return [
    await check(`${at} lists buckets`, "allowed", listBuckets(aws, session)),
    await check(
      `${at} makes a table`,
      allowedIf(mayWrite),
      createTable(aws, session),
    ),
    await check(
      `${at} lists roles`,
      "allowed",
      iam.send(new ListRolesCommand({ MaxItems: 1 })),
    ),
    await check(
      `${at} makes a role`,
      allowedIf(mayChangeIam),
      iam.send(
        new CreateRoleCommand({
          RoleName: `made-by-${door.role}`,
          AssumeRolePolicyDocument: serviceTrust,
        }),
      ),
    ),
  ];
}

const serviceTrust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

/** What users must not get away with. */
export async function tryMischief(
  aws: SandboxAws,
  { person, withoutMfa, withMfa }: Arrival,
  door: Door,
): Promise<readonly Check[]> {
  const { name } = person;
  const bare = new IAMClient(clientConfig(aws, withoutMfa));
  return [
    await check(
      `${name} looks around in IAM without MFA`,
      "denied",
      bare.send(new ListRolesCommand({})),
    ),
    await check(
      `${name} takes ${door.role} under another's name`,
      "denied",
      person.takeRole(withMfa, door.accountId, door.role, "somebody-else"),
    ),
    await check(
      `${name} sees their own user, with MFA`,
      "allowed",
      new IAMClient(clientConfig(aws, withMfa)).send(new GetUserCommand({})),
    ),
  ];
}
