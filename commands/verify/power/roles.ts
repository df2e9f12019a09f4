import { couldAllow } from "../../../policy-pack/decide/could-allow";
import { actionsOf } from "../../../policy-pack/decide/escalation-paths";
import { layersOf } from "../../../policy-pack/decide/permissions";
import { organisationFrom } from "../../../policy-pack/organisation/config";
import { permissionsOf } from "../../../policy-pack/identities/permissions";
import {
  stackRole,
  type StackRole,
} from "../../../policy-pack/role-chaining/role-node";
import {
  servicesIn,
  serviceSteps,
  type Services,
} from "../../../policy-pack/role-chaining/service-step";
import { mayStep } from "../../../policy-pack/role-chaining/step";
import { roleIdentity } from "../../accounts/identity";
import type { NamedAccount } from "../../accounts/organisation";
import { ownRoles } from "../assignments";
import { roleHere, type RoleHere } from "./alike";
import { unreadCarriers } from "./carriers";
import { elsewhere, Normalised } from "./normalised";
import { ownPower, type OwnPower } from "./own-power";

/** Whether a session of one role becomes another; how, where that is not by taking it. */
export interface Step {
  readonly doubt: string | undefined;
  /** The service that the role is passed to, or what runs with it. */
  readonly through?: string;
  /** Whether what runs with the role was not read: perhaps nothing does. */
  readonly isUnread?: true;
}

/**
 * All roles that were read, and what was decided of them. Roles that are alike are one question,
 * in however many accounts they stand.
 */
export class Roles {
  private readonly normalised = new Normalised();
  private readonly byAccount: ReadonlyMap<string, readonly RoleHere[]>;
  private readonly byArn: ReadonlyMap<string, RoleHere>;
  private readonly powers = new Map<
    string,
    { readonly account: string; readonly power: OwnPower }
  >();
  private readonly asking = new Map<string, boolean>();
  private readonly steps = new Map<string, Step | undefined>();

  constructor(accounts: readonly NamedAccount[]) {
    this.byAccount = new Map(
      accounts.map((account) => [
        account.id,
        ownRoles(account).map((role) =>
          roleHere(account, role, this.normalised),
        ),
      ]),
    );
    this.byArn = new Map(
      [...this.byAccount.values()].flat().map((one) => [one.role.arn, one]),
    );
  }

  of(account: NamedAccount): readonly RoleHere[] {
    return this.byAccount.get(account.id) ?? [];
  }

  /** undefined: it is not there, or in no account that was read. */
  at(arn: string): RoleHere | undefined {
    return this.byArn.get(arn);
  }

  power({ account, role, likeness }: RoleHere): OwnPower {
    const known = this.powers.get(likeness) ?? {
      account: account.id,
      power: ownPower(roleIdentity(account.live, role)),
    };
    this.powers.set(likeness, known);
    return elsewhere(known.power, known.account, account.id);
  }

  /** Roles of an account, or of all, whose own policies let them ask for some role. */
  assuming(account: string | undefined): readonly RoleHere[] {
    return this.in(account).filter((one) => this.mayAsk(one));
  }

  /** undefined: it can't. */
  step(from: RoleHere, to: RoleHere): Step | undefined {
    return this.stepBy("taking", from, to, taking);
  }

  /** The same, by what runs with the role in its account, or may be made to. */
  stepByService(from: RoleHere, to: RoleHere): Step | undefined {
    // What may be passed, or changed, may depend on its tags.
    const { tags, instanceProfiles } = to.role;
    const isInProfile = instanceProfiles.length > 0;
    const how = `service ${JSON.stringify([tags, isInProfile])}`;
    return this.stepBy(how, from, to, (one, other) =>
      byService(one, other, isInProfile),
    );
  }

  in(account: string | undefined): readonly RoleHere[] {
    return account === undefined
      ? [...this.byAccount.values()].flat()
      : (this.byAccount.get(account) ?? []);
  }

  private mayAsk(here: RoleHere): boolean {
    const known = this.asking.get(here.likeness) ?? mayAssumeSome(here);
    this.asking.set(here.likeness, known);
    return known;
  }

  private stepBy(
    how: string,
    from: RoleHere,
    to: RoleHere,
    decide: (from: StackRole, to: StackRole) => Step | undefined,
  ): Step | undefined {
    const key = JSON.stringify([
      how,
      from.likeness,
      to.likeness,
      from.account.id === to.account.id,
      this.named(from, to),
      this.named(to, from),
    ]);
    if (this.steps.has(key)) return this.steps.get(key);
    const [one, other] = [nodeOf(from), nodeOf(to)];
    const step = one && other ? decide(one, other) : notRead;
    this.steps.set(key, step);
    return step;
  }

  /** The other's account, where the role's documents speak of it. */
  private named({ documents }: RoleHere, { account }: RoleHere): string {
    return documents.some((one) => this.normalised.speaksOf(one, account.id))
      ? account.id
      : "";
  }
}

const mayAssumeSome = ({ account, role }: RoleHere): boolean =>
  couldAllow(
    layersOf(permissionsOf(roleIdentity(account.live, role))),
    "sts:AssumeRole",
  );

/** Nothing here asks how strong a role is by its name. */
const noNames = organisationFrom({ administratorRoles: [] });

/** undefined: its trust policy can't be read. */
const nodeOf = ({ account, role }: RoleHere): StackRole | undefined =>
  stackRole(
    { ...roleIdentity(account.live, role), mayBeElsewhere: false },
    noNames,
  )[0];

function taking(from: StackRole, to: StackRole): Step | undefined {
  const verdict = mayStep(from, to);
  if (verdict.answer === "closed") return undefined;
  return { doubt: verdict.answer === "undecided" ? verdict.why : undefined };
}

function byService(
  from: StackRole,
  to: StackRole,
  isInProfile: boolean,
): Step | undefined {
  const services = servicesIn([to], [])(to.home);
  const steps = [
    ...stepsBy(from, services).map(({ doubt, through }): Step => ({
      doubt,
      through,
    })),
    ...stepsBy(from, unreadCarriers(to, isInProfile)).map(
      ({ doubt, path }): Step => {
        const how = `${path.carrier ?? "?"}, by ${actionsOf(path).join(" and ")}`;
        return {
          doubt: doubt ?? unread,
          through: `what runs with ${to.label} (${how})`,
          isUnread: true,
        };
      },
    ),
  ];
  return steps.find(({ doubt }) => doubt === undefined) ?? steps[0];
}

const stepsBy = (from: StackRole, services: Services) =>
  serviceSteps(from, services)
    .filter((one) => "verdict" in one)
    .map(({ verdict, through, path }) => ({
      doubt: verdict.answer === "undecided" ? verdict.why : undefined,
      through,
      path,
    }));

const notRead: Step = { doubt: "a trust policy can't be read" };
const unread = "what runs with the role was not read";
