import type {
  LiveAccount,
  LiveIdentity,
} from "../../../commands/accounts/live-account";
import type { AccountsAtWork, Reading } from "../../../commands/adopt/apply";
import type { Outcome } from "../../../commands/adopt/remove";
import type { Removal } from "../../../commands/adopt/removal";
import { deployment, deployedWith, type Situation } from "./situation";

/** Accounts that change as IAM would, when something is removed or somebody works in them. */
export class ChangingAccounts implements AccountsAtWork {
  readonly removed: Removal[] = [];
  private reading: Reading;
  /** What somebody else does, each just before a removal is checked. */
  private readonly meanwhile: ((bastion: LiveAccount) => LiveAccount)[] = [];
  /** Removals that are still let through before one fails. */
  private untilFailure = Infinity;

  constructor(situation: Situation) {
    this.reading = { deployed: deployedWith(situation), caller: deployment };
  }

  get bastion(): LiveAccount {
    return this.reading.deployed.bastion;
  }

  change(work: (bastion: LiveAccount) => LiveAccount): void {
    this.become(work(this.bastion));
  }

  changeBeforeNextRemoval(work: (bastion: LiveAccount) => LiveAccount): void {
    this.meanwhile.push(work);
  }

  failAfter(removals: number): void {
    this.untilFailure = removals;
  }

  read(): Promise<Reading> {
    return Promise.resolve(this.reading);
  }

  readAgain(): Promise<Reading> {
    if (this.untilFailure === 0) {
      this.untilFailure = Infinity;
      return Promise.reject(new Error("Throttling: Rate exceeded"));
    }
    this.untilFailure -= 1;
    const work = this.meanwhile.shift();
    if (work !== undefined) this.change(work);
    return this.read();
  }

  remove(_: LiveAccount, removal: Removal): Promise<Outcome> {
    this.removed.push(removal);
    this.change((bastion) => without(bastion, removal));
    return Promise.resolve("removed");
  }

  private become(bastion: LiveAccount): void {
    const { deployed } = this.reading;
    this.reading = { ...this.reading, deployed: { ...deployed, bastion } };
  }
}

/** The account when the removal has been done. */
function without(account: LiveAccount, removal: Removal): LiveAccount {
  const { users, groups, roles } = account;
  switch (removal.kind) {
    case "policy": {
      const { holder, name, policy } = removal;
      const strip = <Holder extends LiveIdentity>(one: Holder): Holder =>
        one.name === name
          ? {
              ...one,
              inlinePolicies: one.inlinePolicies.filter(
                (held) => policy.kind !== "inline" || held.name !== policy.name,
              ),
              attachedPolicies: one.attachedPolicies.filter(
                (held) => policy.kind !== "attached" || held.arn !== policy.arn,
              ),
            }
          : one;
      return {
        ...account,
        ...(holder === "user" && { users: users.map(strip) }),
        ...(holder === "group" && { groups: groups.map(strip) }),
      };
    }
    case "membership":
      return {
        ...account,
        users: users.map((one) =>
          one.name === removal.user
            ? {
                ...one,
                groups: one.groups.filter((name) => name !== removal.group),
              }
            : one,
        ),
      };
    case "group":
      return {
        ...account,
        groups: groups.filter(({ name }) => name !== removal.group),
      };
    case "key":
      return {
        ...account,
        users: users.map((one) => ({
          ...one,
          accessKeys: one.accessKeys.filter(({ id }) => id !== removal.id),
        })),
      };
    case "role":
      return {
        ...account,
        roles: roles.filter(({ name }) => name !== removal.role),
      };
  }
}
