import {
  clientsIn,
  type AccountClients,
  type WayIn,
} from "../accounts/clients";
import { inParallel } from "../accounts/in-parallel";
import type { LiveAccount, Progress } from "../accounts/live-account";
import { defaultAccountsAtOnce, readAccounts } from "../accounts/organisation";
import { readAccount } from "../accounts/read-account";
import { readAgain } from "../accounts/read-again";
import type { AccountsAtWork, Reading } from "./apply";
import type { Project } from "./project";
import { policiesOfRoles } from "./role-of-config";
import type { Removal } from "./removal";
import { remove, type Outcome } from "./remove";

export interface TakeOverOptions {
  readonly keyAgeDays: number;
  readonly usedWithinDays: number;
  readonly keep: ReadonlySet<string>;
  readonly acceptLess: ReadonlySet<string>;
  readonly acceptLessHere: boolean;
  readonly progress: Progress;
}

/** The accounts of the project's files, through the deployment role. */
export class Accounts implements AccountsAtWork {
  private readonly way: WayIn;
  private readonly clients = new Map<string, AccountClients>();

  constructor(
    private readonly project: Project,
    private readonly options: TakeOverOptions,
    client: WayIn["client"] = {},
  ) {
    const {
      partition,
      region,
      deploymentRole: role,
    } = project.config.organisation;
    const sessionName = "bastion-account-adopt";
    this.way = { partition, region, role, sessionName, client };
  }

  async read(): Promise<Reading> {
    const { keyAgeDays, usedWithinDays, keep, progress } = this.options;
    const { acceptLess, acceptLessHere } = this.options;
    const { accountId, organisation } = this.project.config;
    const { accounts, deploymentRole } = organisation;
    const clients = this.clientsIn(accountId);
    const { Arn: arn = "", Account: id = "" } =
      await clients.sts.getCallerIdentity();
    if (id !== accountId) {
      throw new Error(
        `the credentials lead into the account ${id}, and bastionAccountId is ${accountId}`,
      );
    }
    const bastion = await readAccount(
      clients,
      progress,
      policiesOfRoles(this.project.config),
    );
    // A single account is the bastion, with roles that stand in it.
    const others = accounts.filter((one) => one.id !== accountId);
    const workloads = await readAccounts(this.way, others);
    const ownRole = deploymentRole?.split("/").slice(-1) ?? [];
    const criteria = {
      now: new Date(),
      keyAgeDays,
      usedWithinDays,
      keep: new Set([...keep, ...ownRole]),
    };
    return {
      caller: { arn },
      deployed: {
        bastion,
        workloads: workloads.accounts.map(({ live }) => live),
        unread: workloads.unread,
        criteria,
        deploymentRole,
        acceptLess,
        acceptLessHere,
      },
    };
  }

  async readAgain(
    earlier: Reading,
    users: ReadonlySet<string>,
  ): Promise<Reading> {
    const { deployed } = earlier;
    const again = (account: LiveAccount, named: ReadonlySet<string>) =>
      readAgain(this.clientsIn(account.accountId), account, named);
    const bastion = await again(deployed.bastion, users);
    const workloads = await inParallel(
      deployed.workloads,
      defaultAccountsAtOnce,
      (account) => again(account, new Set()),
    );
    return { ...earlier, deployed: { ...deployed, bastion, workloads } };
  }

  remove(bastion: LiveAccount, removal: Removal): Promise<Outcome> {
    return remove(this.clientsIn(bastion.accountId).iam, bastion, removal);
  }

  /** One session for the whole run. */
  private clientsIn(accountId: string): AccountClients {
    const clients =
      this.clients.get(accountId) ?? clientsIn(this.way, accountId);
    this.clients.set(accountId, clients);
    return clients;
  }
}
