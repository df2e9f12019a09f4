import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../../commands/bastion-config";
import type { AccountClients } from "../../../commands/accounts/clients";
import { clientsIn, type WayIn } from "../../../commands/accounts/clients";
import { readOrganisation } from "../../../commands/accounts/organisation";
import {
  accountsToRead,
  expectedAccess,
  parseExpected,
  type ExpectedAccess,
} from "../../../commands/verify/expected";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import { verify, type Report } from "../../../commands/verify/report";
import type { SandboxAws } from "../../../sandbox/aws";
import type { Account } from "../../../sandbox/aws/model";
import { checkout } from "../../../sandbox/engine/paths";

export const bastionId = "111111111111";
export const devId = "222222222222";
export const prodId = "033333333333";

/** What the committed stacks say, handed over as JSON. */
export function committedExpectation(): ExpectedAccess {
  const project = { folder: checkout, stack: "bastion" };
  const config = readBastionConfig(project);
  const workloads = readWorkloadConfigs(project, config);
  return parseExpected(JSON.stringify(expectedAccess(config, workloads)));
}

export const wayInto = (aws: SandboxAws): WayIn => ({
  partition: "aws",
  region: "us-east-1",
  role: "OrganizationAccountAccessRole",
  sessionName: "administrator",
  client: { endpoint: aws.endpoint, credentials: aws.deployment },
});

/** An administrator's clients in an account: to plant a fault with. */
export const administrator = (
  aws: SandboxAws,
  accountId: string,
): AccountClients => clientsIn(wayInto(aws), accountId);

/** Reads and decides, as the command does. */
export async function verified(
  aws: SandboxAws,
  expected: ExpectedAccess,
  settings: Partial<VerificationSettings> = {},
): Promise<Report> {
  const organisation = await readOrganisation(
    wayInto(aws),
    accountsToRead(expected),
  );
  return verify(
    organisation,
    expected,
    { ...defaultSettings, ...settings },
    aws.clock.now(),
  );
}

/** What is wrong: the notes about accounts that nobody has set up for an audit are the same throughout. */
export const wrongIn = ({ findings }: Report): Report["findings"] =>
  findings.filter(({ level }) => level !== "note");

/** Puts every account back to what it is now. */
export function snapshotOf({ cloud }: SandboxAws): () => void {
  const accounts = structuredClone(cloud.accounts);
  const features = [...cloud.rootFeatures];
  return () => {
    cloud.accounts.clear();
    for (const [id, account] of structuredClone(accounts)) {
      cloud.accounts.set(id, account);
    }
    cloud.rootFeatures.clear();
    for (const feature of features) cloud.rootFeatures.add(feature);
  };
}

/** What no API can bring about: the state of root, the age of a key. */
export function inside({ cloud }: SandboxAws, accountId: string): Account {
  const account = cloud.accounts.get(accountId);
  if (account === undefined) throw new Error(`no account ${accountId}`);
  return account;
}
