import { runsCode } from "../../../policy-pack/decide/escalation-paths";
import type { NamedAccount } from "../../accounts/organisation";
import { usersInto } from "../../accounts/takers";
import type { Trusted } from "../../accounts/trusted";
import { firstOf } from "../../formats/few-of";
import type { GivenFacts } from "../facts";
import type { RoleHere } from "./alike";
import type { Roles } from "./roles";
import { originOf } from "./origin";
import { trustedWords, type Place } from "./trusted-words";
import { useOfRole } from "./use-of-role";
import { waysTo, type Way } from "./ways";
import type { WhoTakes } from "./who-takes";

/** Who can take roles, in words: by the trust policies, and by chains of roles. */
export class Takers {
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    private readonly facts: GivenFacts,
    private readonly roles: Roles,
    private readonly who: WhoTakes,
  ) {
    const { bastion, accounts } = facts.expected;
    this.names = new Map(
      [bastion, ...accounts].map(({ id, name }) => [id, name]),
    );
  }

  all(here: RoleHere): string {
    const direct = this.who.of(here);
    const ways = this.ways(here);
    const weaker = ways.filter((one) => this.isWeaker(one));
    const strong = ways.filter((one) => !weaker.includes(one));
    const words = [
      ...this.directWords(here, direct),
      ...this.users(here, direct),
      ...weaker.map((one) => this.wayWords(one)),
      ...(strong.length === 0 ? [] : [strongWords(strong)]),
    ];
    const code = direct.some(
      (one) => one.kind === "service" && runsCode(one.name),
    )
      ? `. ${useOfRole(here.role)}`
      : "";
    return words.length === 0
      ? "Nobody takes it, as far as its trust policy says"
      : `Who takes it: ${firstOf(words, 7).join("; ")}${code}`;
  }

  /** Those for whom it is not; undefined: there are none. */
  others(
    here: RoleHere,
    isProvidedFor: (taker: Trusted) => boolean,
  ): string | undefined {
    const direct = this.who.of(here);
    const ways = this.ways(here).filter(
      (one) => this.isWeaker(one) && originOf(this.facts, one.from) !== "known",
    );
    const words = [
      ...this.directWords(
        here,
        direct.filter((one) => !isProvidedFor(one)),
      ),
      ...this.users(here, direct),
      ...ways.map((one) => this.wayWords(one)),
    ];
    return words.length === 0
      ? undefined
      : [
          `Who gets there: ${firstOf(words, 7).join("; ")}`,
          ...unreadOn(ways),
        ].join(". ");
  }

  /**
   * Ways from the account's roles of the config: whoever holds one of them gets there, or perhaps does.
   * What another account's role trusts is told as such.
   */
  held(here: RoleHere): readonly Way[] {
    return this.ways(here).filter(
      ({ from }) =>
        from.account.id === here.account.id &&
        originOf(this.facts, from) === "of the config",
    );
  }

  /** Roles that were read are said with who has them. */
  private directWords(
    here: RoleHere,
    takers: readonly Trusted[],
  ): readonly string[] {
    const isRead = (one: Trusted) =>
      one.kind === "role session" &&
      one.arn !== undefined &&
      this.roles.at(one.arn) !== undefined;
    return trustedWords(
      takers.filter((one) => !isRead(one)),
      this.placeOf(here),
    );
  }

  /** Of accounts that it is left to; the bastion's users are each asked about anyway. */
  private users(
    { role }: RoleHere,
    takers: readonly Trusted[],
  ): readonly string[] {
    const { organisation, expected } = this.facts;
    const isLeftTo = ({ id }: NamedAccount): boolean =>
      id !== expected.bastion.id &&
      takers.some(
        (one) =>
          one.kind === "user" && one.account === id && one.arn === undefined,
      );
    return organisation.accounts
      .filter(isLeftTo)
      .flatMap((account) =>
        usersInto(role, account.live).map(
          ({ name }) =>
            `the user ${name.split("/").at(-1) ?? ""} of ${account.name}`,
        ),
      );
  }

  private ways(here: RoleHere): readonly Way[] {
    const { roles, who, facts } = this;
    return waysTo(here, {
      roles,
      takersOf: (one) => who.of(one),
      // Who leads to those is said of themselves, or people hold them.
      endsAt: (one) =>
        roles.power(one).kind !== "none" ||
        originOf(facts, one) === "of the config",
    }).filter(({ from }) => who.of(from).length > 0);
  }

  /** Whoever has as much power gains nothing by it. */
  private isWeaker({ from }: Way): boolean {
    const { kind } = this.roles.power(from);
    return kind === "none" || kind === "undecided";
  }

  wayWords({ from, chain, through, doubt }: Way): string {
    const held = trustedWords(this.who.of(from), this.placeOf(from));
    const between = chain.slice(1, -1).map(({ role }) => role.name);
    const by = [...between, ...through].join(", ");
    return [
      doubt === undefined ? "" : "perhaps ",
      `the role ${from.role.name} of ${from.account.name}`,
      by === "" ? "" : ` by way of ${by}`,
      ` (${firstOf(held, 3).join("; ")})`,
    ].join("");
  }

  private placeOf({ account }: RoleHere): Place {
    return {
      own: account.id,
      bastion: this.facts.expected.bastion.id,
      nameOf: (id) => this.names.get(id) ?? `account ${id}`,
    };
  }
}

/** What IAM tells of the roles on the ways of which was not read what runs with them. */
export const unreadOn = (ways: readonly Way[]): readonly string[] => [
  ...new Set(
    ways.flatMap(({ unread }) => unread.map(({ role }) => useOfRole(role))),
  ),
];

const strongWords = (ways: readonly Way[]): string => {
  const names = ways.map(
    ({ from: { role, account } }) => `${role.name} of ${account.name}`,
  );
  return `roles that have such power themselves (${firstOf(names, 4).join("; ")})`;
};
