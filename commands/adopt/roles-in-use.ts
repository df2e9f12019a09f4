import { pipelineRoles } from "../../infra/names";
import { conditionTexts } from "../../policy-pack/decide/callers";
import { trustOf } from "../accounts/documents";
import type { LiveRole, LiveUser } from "../accounts/live-account";
import type { AccountName } from "../accounts/organisation";
import { takersOf, type Taker } from "../accounts/takers";
import { fewOf } from "../formats/few-of";
import type { Deployed } from "./proof";
import { howItSpeaksOf } from "./speaks-of-role";
import { takerWords } from "./taker-words";
import { madeOfLate, usedOfLate } from "./used-within";

/** What keeps a role; nothing: it is not in use, as far as all that speaks of it was read. */
export interface RoleInUse {
  readonly waitsFor: readonly string[];
  /** Why it stays until a person decides. */
  readonly stays: readonly string[];
}

/** A role whose trust policy speaks of another. */
interface Speaker {
  readonly arn: string;
  readonly how: string;
}

/** Who takes the roles that are to go: a role goes when nobody does who is not provided for. */
export class RolesInUse {
  private readonly takers = new Map<string, readonly Taker[]>();
  private readonly speakers = new Map<string, readonly Speaker[]>();
  private readonly ownRoles: ReadonlySet<string>;
  private readonly users: ReadonlyMap<string, LiveUser>;
  private found: ReadonlySet<string> | undefined;

  /** @param going the bastion's roles that are superseded */
  constructor(
    private readonly deployed: Deployed,
    private readonly going: readonly LiveRole[],
  ) {
    const { bastion, deploymentRole } = deployed;
    const { partition, accountId } = bastion;
    this.ownRoles = new Set(
      [deploymentRole ?? [], ...Object.values(pipelineRoles)]
        .flat()
        .map((role) => `arn:${partition}:iam::${accountId}:role/${role}`),
    );
    this.users = new Map(bastion.users.map((user) => [user.arn, user]));
  }

  /** What keeps the role. What was not read may speak of any role, so it keeps all of them. */
  keeping(role: LiveRole): RoleInUse {
    const { unread } = this.deployed;
    return {
      waitsFor: unread.length === 0 ? [] : [notKnownOfRoles(unread)],
      stays: this.reasonsToStay(role),
    };
  }

  private reasonsToStay(role: LiveRole): readonly string[] {
    const others = this.othersInto(role, this.freed);
    const words = (taker: Taker): string =>
      takerWords(taker, this.deployed.bastion.accountId);
    return [
      ...this.lastUse(role),
      ...this.spokenOf(role, this.freed),
      ...(others.length === 0
        ? []
        : [`it may be taken by ${others.map(words).join("; ")}`]),
      ...(others.some(({ kind }) => kind === "outside") && asksForId(role)
        ? ["its trust policy asks for an external id, as a vendor's does"]
        : []),
    ];
  }

  /** The users who come in through the role, by others that go as well too. */
  usersInto(role: LiveRole): readonly LiveUser[] {
    const seen = new Set([role.arn]);
    const users = new Set<LiveUser>();
    const ways = [role];
    for (const one of ways) {
      for (const { name } of this.takersOf(one)) {
        const user = this.users.get(name);
        if (user !== undefined) users.add(user);
        const next = this.going.find(({ arn }) => arn === name);
        if (next === undefined || seen.has(name)) continue;
        seen.add(name);
        ways.push(next);
      }
    }
    return [...users];
  }

  /** ARNs of roles that nobody else may take but by one of them. It takes long, and is found when asked. */
  private get freed(): ReadonlySet<string> {
    this.found ??= this.findFreed();
    return this.found;
  }

  /** Roles that take each other hold each other up only where another holds one of them. */
  private findFreed(): ReadonlySet<string> {
    let freed = this.going.filter((role) => this.lastUse(role).length === 0);
    for (;;) {
      const arns = new Set(freed.map(({ arn }) => arn));
      const left = freed.filter(
        (role) =>
          this.othersInto(role, arns).length === 0 &&
          this.spokenOf(role, arns).length === 0,
      );
      if (left.length === freed.length) return arns;
      freed = left;
    }
  }

  private othersInto(
    role: LiveRole,
    freed: ReadonlySet<string>,
  ): readonly Taker[] {
    return this.takersOf(role).filter(
      ({ name }) =>
        !this.users.has(name) && !this.ownRoles.has(name) && !freed.has(name),
    );
  }

  /** Of one that was made lately, a use that is still to come can't be told. */
  private lastUse({ lastUsedAt, createdAt }: LiveRole): readonly string[] {
    const { criteria } = this.deployed;
    const used = usedOfLate(lastUsedAt, criteria);
    if (used !== undefined) {
      return [`${used}: CloudTrail's AssumeRole events tell by whom`];
    }
    const isNew = madeOfLate(createdAt, criteria);
    return isNew === undefined ? [] : [isNew];
  }

  /** By roles that stay: each leads there, or keeps this one from it. */
  private spokenOf(
    role: LiveRole,
    freed: ReadonlySet<string>,
  ): readonly string[] {
    const staying = this.speakersOf(role).filter(({ arn }) => !freed.has(arn));
    return [...new Set(staying.map(({ how }) => how))].map((how) => {
      const arns = staying.filter((one) => one.how === how);
      return `the trust policy of ${fewOf(arns.map(({ arn }) => arn))} ${how}`;
    });
  }

  /** Roles whose trust policies speak of this one. */
  private speakersOf(role: LiveRole): readonly Speaker[] {
    const { bastion, workloads } = this.deployed;
    const speakers =
      this.speakers.get(role.arn) ??
      [bastion, ...workloads]
        .flatMap(({ roles }) => roles)
        .filter(({ arn }) => arn !== role.arn)
        .map((one) => ({ arn: one.arn, how: howItSpeaksOf(role, one) }))
        .filter(({ how }) => how !== "");
    this.speakers.set(role.arn, speakers);
    return speakers;
  }

  private takersOf(role: LiveRole): readonly Taker[] {
    const { bastion, workloads } = this.deployed;
    const takers =
      this.takers.get(role.arn) ?? takersOf(role, [bastion, ...workloads]);
    this.takers.set(role.arn, takers);
    return takers;
  }
}

const notKnownOfRoles = (unread: readonly AccountName[]): string =>
  `a role can't go before ${fewOf(unread.map(({ name }) => name))} can be read: who takes it from there, or names it there, is not known`;

/**
 * Source: AWS documentation, "Access to AWS accounts owned by third parties".
 */
const asksForId = (role: LiveRole): boolean =>
  conditionTexts(trustOf(role), ["sts:externalid"]).length > 0;
