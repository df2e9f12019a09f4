import {
  inlinePoliciesOf,
  organizationsRole,
  helpedTag,
  standardRoles,
} from "../../../infra/names";
import { withMfaOfAge, type MfaState } from "../../../policy-pack/decide/mfa";
import type { Permissions } from "../../../policy-pack/decide/powers";
import type { Moment, ObservedChange } from "./observed";
import { Decisions, mfaStates, type PlacedRole } from "./rights";

/** A moment on the way at which something holds that should not. */
export interface UnsafeStep {
  /** The call after which it is so. */
  readonly operation: string;
  /** From 1 on. */
  readonly number: number;
  readonly what: string;
}

/**
 * Decides each moment of a change: no role that people take is open without MFA; no user, and nobody whom a
 * role lets in, may do what they may do neither before nor after; nobody is without the guard in a group
 * that gives anything; and where somebody reached OpsSudo before and after, somebody does on the way.
 */
export class Safety {
  private readonly decisions: Decisions;

  constructor(bastionId: string) {
    this.decisions = new Decisions(bastionId);
  }

  unsafeSteps(change: ObservedChange): readonly UnsafeStep[] {
    const { before, steps, after } = change;
    const moments = [before, ...steps.map(({ moment }) => moment), after];
    const states = mfaStates(moments);
    const kept = this.opsSudoOf(before).filter((role) =>
      this.opsSudoOf(after).includes(role),
    );
    return steps.flatMap(({ operation, moment }, index) =>
      [
        ...this.openWithoutMfa(moment),
        ...this.unguarded(moment),
        ...this.beyond(moment, [before, after], states),
        ...this.beyondForMachines(moment, [before, after]),
        ...this.administratorsAtTheHelpDesk(moment),
        ...kept
          .filter((role) => !this.opsSudoOf(moment).includes(role))
          .map((role) => `nobody reaches ${role}`),
      ].map((what) => ({ operation, number: index + 1, what })),
    );
  }

  private openWithoutMfa(moment: Moment): readonly string[] {
    const accounts = [...moment.keys()];
    return rolesAt(moment).flatMap((placed) => {
      if (vendors.test(placed.role.trust)) return [];
      const open = this.decisions.withoutMfaInto(placed, accounts);
      return open === "" ? [] : [`${placed.role.arn} without MFA: ${open}`];
    });
  }

  private unguarded(moment: Moment): readonly string[] {
    const bastion = this.decisions.bastionAt(moment);
    if (bastion === undefined) return [];
    const giving = bastion.groups
      .filter(({ name }) => inlinePoliciesOf(name) !== undefined)
      .filter((group) => this.decisions.gives(bastion, group))
      .map(({ name }) => name);
    return bastion.users.flatMap(({ name, groups }) => {
      const own = groups.filter((group) => giving.includes(group));
      const user = this.decisions.userAt(moment, name);
      return own.length > 0 && user && this.decisions.unguarded(user) !== ""
        ? [`${name} is in ${own.join(", ")} without the guard`]
        : [];
    });
  }

  private beyond(
    moment: Moment,
    meant: readonly Moment[],
    states: readonly MfaState[],
  ): readonly string[] {
    return this.decisions.usersAt(moment).flatMap(({ name }) => {
      const user = this.decisions.userAt(moment, name);
      if (user === undefined) return [];
      const allowed = meant.flatMap(
        (one) => this.decisions.userAt(one, name) ?? [],
      );
      const more = this.decisions.beyond(user, allowed);
      return [
        ...(more === "" ? [] : [`${name} may do more: ${more}`]),
        ...this.beyondInRoles({ name, user }, moment, meant, states),
      ];
    });
  }

  /** With each role that the user gets into, what it gives has to be what it gave them before, or will. */
  private beyondInRoles(
    { name, user }: { readonly name: string; readonly user: Permissions },
    moment: Moment,
    meant: readonly Moment[],
    states: readonly MfaState[],
  ): readonly string[] {
    return rolesAt(moment).flatMap((placed) =>
      this.decisions.waysInto(user, placed, states).flatMap((state) => {
        const allowed = meant.flatMap((one) =>
          this.takenThen(one, name, placed, state),
        );
        const found = this.decisions.roleAt(placed);
        const more = this.decisions.beyond(found, allowed);
        return more === ""
          ? []
          : [`${name} in ${placed.role.arn}, ${state.name}: ${more}`];
      }),
    );
  }

  /** What the role of that name gives the user in that moment. */
  private takenThen(
    moment: Moment,
    name: string,
    { role: { arn } }: PlacedRole,
    state: MfaState,
  ): readonly Permissions[] {
    const user = this.decisions.userAt(moment, name);
    const placed = rolesAt(moment).find(({ role }) => role.arn === arn);
    return user &&
      placed &&
      this.decisions.waysInto(user, placed, [state]).length > 0
      ? [this.decisions.roleAt(placed)]
      : [];
  }

  /** Whom a trust policy lets in that asks for no MFA, gets what the role gave to those before, or will. */
  private beyondForMachines(
    moment: Moment,
    meant: readonly Moment[],
  ): readonly string[] {
    return rolesAt(moment)
      .filter(({ role }) => !role.trust.includes(peoples))
      .flatMap((placed) => {
        const allowed = meant
          .flatMap(rolesAt)
          .filter(({ role }) => role.arn === placed.role.arn)
          .filter(({ role }) => role.trust === placed.role.trust)
          .map((one) => this.decisions.roleAt(one));
        const found = this.decisions.roleAt(placed);
        const more = this.decisions.beyond(found, allowed);
        return more === ""
          ? []
          : [`whom ${placed.role.arn} lets in, may do more: ${more}`];
      });
  }

  /** Whoever helps a user can become that user. */
  private administratorsAtTheHelpDesk(moment: Moment): readonly string[] {
    const bastion = this.decisions.bastionAt(moment);
    const helps = bastion?.roles.some(({ inlinePolicies }) =>
      inlinePolicies.some(({ text }) =>
        text.includes(`aws:ResourceTag/${helpedTag.key}`),
      ),
    );
    if (helps !== true) return [];
    return this.decisions
      .usersAt(moment)
      .filter(({ tags }) => tags[helpedTag.key] === helpedTag.value)
      .flatMap(({ name }) =>
        this.administered(moment, name).map(
          (role) => `${name}, whom the help desk helps, reaches ${role}`,
        ),
      );
  }

  /** The accounts' OpsSudo that somebody reaches. */
  private opsSudoOf(moment: Moment): readonly string[] {
    const all = this.decisions
      .usersAt(moment)
      .flatMap(({ name }) => this.administered(moment, name));
    return [...new Set(all)];
  }

  private administered(moment: Moment, name: string): readonly string[] {
    const user = this.decisions.userAt(moment, name);
    if (user === undefined) return [];
    return rolesAt(moment)
      .filter(({ role }) => role.name === standardRoles.opsSudo)
      .filter(
        (placed) =>
          this.decisions.waysInto(user, placed, [withMfaOfAge(1)]).length > 0,
      )
      .map(({ role }) => role.arn);
  }
}

/** Stands in the trust policy of each role that people take. */
const peoples = "aws:MultiFactorAuthPresent";
/** And of each role that a vendor takes, or another account's role. */
const vendors = /"sts:ExternalId"|"StringEquals":\{"aws:PrincipalArn"/;

/** All roles but those by which the organisation gets in. */
const rolesAt = (moment: Moment): readonly PlacedRole[] =>
  [...moment.values()].flatMap((account) =>
    account.roles
      .filter(({ name }) => name !== organizationsRole)
      .map((role) => ({ account, role })),
  );
