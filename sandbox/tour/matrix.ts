import { IAM } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../aws";
import type { StackFile } from "../project";
import { check, type Check } from "./checks";
import { assignmentsOf, isGranted, type Assignment } from "./expected";
import { clientConfig, type ClientCredentials, type Person } from "./people";
import { createTable, listBuckets } from "./requests";

/** A row of the closing table. */
export interface Row {
  readonly user: string;
  readonly assignment: Assignment;
  readonly without: Check;
  readonly with: Check;
}

/** How a person comes to a role. */
export interface SignedInUser {
  readonly person: Person;
  /** An access key alone, or a sign-in without MFA. */
  readonly withoutMfa: ClientCredentials;
  readonly withMfa: ClientCredentials;
  /** How long the session with MFA lives. */
  readonly hours: number;
}

/** Tries every role in every account, without and with MFA. */
export async function tryEveryAssignment(
  { person, withoutMfa, withMfa }: SignedInUser,
  stackFile: StackFile,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const assignment of assignmentsOf(stackFile)) {
    const take = (credentials: ClientCredentials) =>
      person.takeRole(credentials, assignment.accountId, assignment.role);
    const granted = isGranted(stackFile, person.name, assignment);
    const what = `${person.name} takes ${assignment.role} in ${assignment.account}`;
    rows.push({
      user: person.name,
      assignment,
      without: await check(what, "denied", take(withoutMfa)),
      with: await check(what, granted ? "allowed" : "denied", take(withMfa)),
    });
  }
  return rows;
}

/** What a session of each role may do, and what it must not. */
export async function tryRole(
  aws: SandboxAws,
  { person, withMfa }: SignedInUser,
  assignment: Assignment,
): Promise<readonly Check[]> {
  const session = await person.takeRole(
    withMfa,
    assignment.accountId,
    assignment.role,
  );
  const config = clientConfig(aws, session);
  const iam = new IAM(config);
  const at = `${assignment.role} in ${assignment.account}`;
  const mayWrite = assignment.role !== "ReadOnly";
  const mayChangeIam = assignment.role === "OpsSudo";
  const allowedIf = (may: boolean) => (may ? "allowed" : "denied");
  return [
    await check(`${at} lists buckets`, "allowed", listBuckets(aws, session)),
    await check(
      `${at} makes a table`,
      allowedIf(mayWrite),
      createTable(aws, session, `made-by-${assignment.role}`),
    ),
    await check(`${at} lists roles`, "allowed", iam.listRoles({ MaxItems: 1 })),
    await check(
      `${at} makes a role`,
      allowedIf(mayChangeIam),
      iam.createRole({
        RoleName: `made-by-${assignment.role}`,
        AssumeRolePolicyDocument: serviceTrust,
      }),
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
export async function tryForbidden(
  aws: SandboxAws,
  { person, withoutMfa, withMfa }: SignedInUser,
  assignment: Assignment,
): Promise<readonly Check[]> {
  const { name } = person;
  const bare = new IAM(clientConfig(aws, withoutMfa));
  return [
    await check(
      `${name} looks around in IAM without MFA`,
      "denied",
      bare.listRoles({}),
    ),
    await check(
      `${name} takes ${assignment.role} under another's name`,
      "denied",
      person.takeRole(
        withMfa,
        assignment.accountId,
        assignment.role,
        "somebody-else",
      ),
    ),
    await check(
      `${name} sees their own user, with MFA`,
      "allowed",
      new IAM(clientConfig(aws, withMfa)).getUser({}),
    ),
  ];
}
