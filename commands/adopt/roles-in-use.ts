import { pipelineRoles } from "../../infra/names";
import { conditionTexts } from "../../policy-pack/decide/callers";
import { trustOf } from "../accounts/documents";
import type { LiveRole, LiveUser } from "../accounts/live-account";
import { takersOf, type Taker } from "../accounts/takers";
import { fewOf } from "../formats/few-of";
import type { Deployed } from "./proof";
import { takerWords } from "./taker-words";
import { usedOfLate } from "./used-within";

/** Who takes the roles that are to go: a role goes when nobody does who is not provided for. */
export class RolesInUse {
  private readonly takers = new Map<string, readonly Taker[]>();
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

  /** Why the role stays until a person decides; empty: nobody else may take it, or has of late. */
  reasonsToStay(role: LiveRole): readonly string[] {
    const others = this.othersInto(role, this.freed);
    const words = (taker: Taker): string =>
      takerWords(taker, this.deployed.bastion.accountId);
    return [
      ...this.lastUse(role),
      ...this.namedBy(role),
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
    let freed = this.going.filter(
      (role) => this.lastUse(role).length + this.namedBy(role).length === 0,
    );
    for (;;) {
      const arns = new Set(freed.map(({ arn }) => arn));
      const left = freed.filter(
        (role) => this.othersInto(role, arns).length === 0,
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

  private lastUse({ lastUsedAt }: LiveRole): readonly string[] {
    const used = usedOfLate(lastUsedAt, this.deployed.criteria);
    return used === undefined
      ? []
      : [`${used}: CloudTrail's AssumeRole events tell by whom`];
  }

  /** Roles that stay, and whose trust policies speak of this one: it leads there, or is kept from it. */
  private namedBy(role: LiveRole): readonly string[] {
    const { bastion, workloads } = this.deployed;
    const going = new Set(this.going.map(({ arn }) => arn));
    const naming = [bastion, ...workloads]
      .flatMap(({ roles }) => roles)
      .filter(({ arn, trust }) => !going.has(arn) && speaksOfRole(trust, role))
      .map(({ arn }) => arn);
    return naming.length === 0
      ? []
      : [`the trust policy of ${fewOf(naming)} names it`];
  }

  private takersOf(role: LiveRole): readonly Taker[] {
    const { bastion, workloads } = this.deployed;
    const takers =
      this.takers.get(role.arn) ?? takersOf(role, [bastion, ...workloads]);
    this.takers.set(role.arn, takers);
    return takers;
  }
}

/** By its ARN, as a principal or in a condition; by a session's; or by its unique id. */
const speaksOfRole = (trust: string, { arn, name, id }: LiveRole): boolean =>
  [`"${arn}"`, `:assumed-role/${name}/`, `"${id}"`].some(
    (text) =>
      trust.includes(text) || trust.replaceAll("\\/", "/").includes(text),
  );

/**
 * Source: AWS documentation, "Access to AWS accounts owned by third parties".
 */
const asksForId = (role: LiveRole): boolean =>
  conditionTexts(trustOf(role), ["sts:externalid"]).length > 0;
