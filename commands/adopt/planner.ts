import { mayRequest, type Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveRole, LiveUser } from "../accounts/live-account";
import { unlessUnreadable } from "../accounts/documents";
import { takersOf, type Taker } from "../accounts/takers";
import { firstOpenedBy } from "./denials";
import {
  administratorRoles,
  isAdministered,
  isEntered,
  roleOfCaller,
  userOfCaller,
  type Caller,
} from "./last-administrator";
import { permissionsBesidePattern, permissionsThrough } from "./permissions";
import { stages, type Step } from "./step";
import { missingFor, type Deployed } from "./proof";
import { levelOf } from "./reach";
import type { Removal } from "./removal";
import { RolesInUse } from "./roles-in-use";
import { supersededIn } from "./superseded";
import { usedOfLate } from "./used-within";

export const stillMember = (user: string, group: string): string =>
  `${user} is still a member of ${group}`;

/** What differs from one kind of removal to another. */
type Judged = Pick<Step, "stage" | "waitsFor"> & Partial<Pick<Step, "stays">>;

type KeyRemoval = Extract<Removal, { readonly kind: "key" }>;
type RoleRemoval = Extract<Removal, { readonly kind: "role" }>;

/** Says of each removal what is missing for it, and asks no more than that takes. */
export class Planner {
  readonly removals: readonly Removal[];
  private readonly missing = new Map<string, readonly string[]>();
  private readonly unadministered = new Map<LiveAccount, readonly string[]>();
  private readonly roles: RolesInUse;
  /** ARNs of roles that may be removed. */
  private readonly going: ReadonlySet<string>;

  constructor(
    private readonly deployed: Deployed,
    private readonly caller: Caller,
  ) {
    const { bastion, criteria } = deployed;
    this.removals = [...supersededIn(bastion, criteria)];
    const names = this.removals.flatMap((one) =>
      one.kind === "role" && one.role !== roleOfCaller(caller)
        ? [one.role]
        : [],
    );
    const roles = bastion.roles.filter(({ name }) => names.includes(name));
    this.going = new Set(roles.map(({ arn }) => arn));
    this.roles = new RolesInUse(deployed, roles);
  }

  step(removal: Removal): Step {
    const names = this.restsOn(removal).map(({ name }) => name);
    const judged = unlessUnreadable(() => this.judge(removal));
    const {
      stage,
      waitsFor,
      stays = [],
    } = typeof judged === "string"
      ? { stage: stages[0], waitsFor: [judged] }
      : judged;
    return { stage, removal, waitsFor, stays, restsOn: new Set(names) };
  }

  private judge(removal: Removal): Judged {
    switch (removal.kind) {
      case "policy":
      case "membership":
        return this.ofPermissions(removal);
      case "group":
        return {
          stage: "groups that are not the pattern's",
          waitsFor: this.members(removal.group).map(({ name }) =>
            stillMember(name, removal.group),
          ),
        };
      case "key":
        return {
          stage: "old access keys",
          waitsFor: this.waitsForAll(this.usersOf(removal)),
          stays: this.keyInUse(removal),
        };
      case "role":
        return this.ofRole(removal);
    }
  }

  private keyInUse({ user, id }: KeyRemoval): readonly string[] {
    return this.named(user)
      .flatMap(({ accessKeys }) => accessKeys)
      .filter((key) => key.id === id && key.isActive)
      .flatMap(({ lastUsedAt }) => {
        const used = usedOfLate(lastUsedAt, this.deployed.criteria);
        return used === undefined
          ? []
          : [`${used}: put a new key in its place`];
      });
  }

  /** Everybody, where it takes users to administer an account: whoever runs this does not there. */
  private restsOn(removal: Removal): readonly LiveUser[] {
    const { bastion, workloads } = this.deployed;
    return [bastion, ...workloads].every((account) =>
      isEntered(account, this.enteredIn(account)),
    )
      ? this.usersOf(removal)
      : bastion.users;
  }

  /** Those who lose something by it, or come in through it. */
  private usersOf(removal: Removal): readonly LiveUser[] {
    switch (removal.kind) {
      case "policy":
        return removal.holder === "group"
          ? this.members(removal.name)
          : this.named(removal.name);
      case "membership":
      case "key":
        return this.named(removal.user);
      case "group":
        return [];
      case "role":
        return this.rolesOf(removal).flatMap((role) =>
          this.roles.usersInto(role),
        );
    }
  }

  private ofPermissions(removal: Removal): Judged {
    const users = this.usersOf(removal);
    const isPowerful = this.takenBy(removal).some(
      (one) => levelOf(one) === "everything",
    );
    const { bastion } = this.deployed;
    return {
      stage: isPowerful
        ? "administrators' own permissions"
        : "users' own permissions",
      waitsFor: [
        ...this.waitsForAll(users),
        ...(isPowerful ? this.unlessAdministered(bastion) : []),
        ...this.unlessWorkloadsAdministered({ ...bastion, users, roles: [] }),
        ...this.unlessRead(users),
      ],
      stays: firstOpenedBy(removal, this.deployed, users),
    };
  }

  /** What the removal is a part of: all that its users have beside the pattern, or its group. */
  private takenBy(removal: Removal): readonly Permissions[] {
    const { bastion } = this.deployed;
    if (removal.kind === "policy" && removal.holder === "group") {
      return bastion.groups
        .filter(({ name }) => name === removal.name)
        .map((group) => permissionsThrough(bastion, group));
    }
    return this.usersOf(removal).map((user) =>
      permissionsBesidePattern(bastion, user),
    );
  }

  private ofRole(removal: RoleRemoval): Judged {
    const name = removal.role;
    const inUse =
      "this runs in a session of the role: run it through another, or keep the role (--keep)";
    const { bastion } = this.deployed;
    const roles = this.rolesOf(removal);
    const kept = roles.map((role) => this.roles.keeping(role));
    return {
      stage: "roles that are taken without MFA",
      waitsFor: [
        ...new Set([
          ...this.usersOf(removal).flatMap((user) => this.waitsForUser(user)),
          ...(roleOfCaller(this.caller) === name ? [inUse] : []),
          ...this.unlessAdministered(bastion),
          ...this.unlessWorkloadsAdministered({ ...bastion, users: [], roles }),
          ...kept.flatMap(({ waitsFor }) => waitsFor),
        ]),
      ],
      stays: [
        ...(removal.isCertain ? [] : ["who gets in could not be decided"]),
        ...kept.flatMap(({ stays }) => stays),
      ],
    };
  }

  /** None of them may be who runs this. */
  private waitsForAll(users: readonly LiveUser[]): readonly string[] {
    const own = userOfCaller(this.caller);
    return [
      ...users.flatMap((user) => this.waitsForUser(user)),
      ...users
        .filter(({ name }) => name === own)
        .map(
          ({ name }) =>
            `${name} is who runs this: run it through the deployment role`,
        ),
    ];
  }

  private waitsForUser(user: LiveUser): readonly string[] {
    const known = this.missing.get(user.name);
    if (known !== undefined) return known;
    const missing = unlessUnreadable(() => missingFor(this.deployed, user));
    const lines = typeof missing === "string" ? [missing] : missing;
    this.missing.set(user.name, lines);
    return lines;
  }

  /** @param losing those of the bastion who may lose a role there by the removal */
  private unlessWorkloadsAdministered(losing: LiveAccount): readonly string[] {
    return this.deployed.workloads.flatMap((account) => {
      const missing = this.unlessAdministered(account);
      const administer = () =>
        administratorRoles(account).some((role) =>
          takersOf(role, [losing]).some(isIn(losing)),
        );
      return missing.length > 0 && administer() ? missing : [];
    });
  }

  /** One of them may be the last who administers an account that was not read. */
  private unlessRead(losing: readonly LiveUser[]): readonly string[] {
    const { bastion, unread } = this.deployed;
    const old = losing.map((user) => permissionsBesidePattern(bastion, user));
    return unread
      .filter(({ id }) => old.some((one) => mayEnter(one, bastion, id)))
      .map(
        ({ name }) =>
          `whether anybody administers ${name} afterwards is not known: it could not be read`,
      );
  }

  private unlessAdministered(account: LiveAccount): readonly string[] {
    const missing =
      this.unadministered.get(account) ?? this.findAdministrator(account);
    this.unadministered.set(account, missing);
    return missing;
  }

  private findAdministrator(account: LiveAccount): readonly string[] {
    const { bastion } = this.deployed;
    const proven = () =>
      bastion.users.filter((user) => this.waitsForUser(user).length === 0);
    return isEntered(account, this.enteredIn(account)) ||
      isAdministered(account, bastion, this.going, proven)
      ? []
      : [
          `nobody is proven to administer account ${account.accountId} afterwards: run this through the deployment role`,
        ];
  }

  /** The name of the role that whoever runs this has taken there. */
  private enteredIn(account: LiveAccount): string | undefined {
    const { bastion, deploymentRole } = this.deployed;
    return account === bastion
      ? roleOfCaller(this.caller)
      : deploymentRole?.split("/").at(-1);
  }

  private members(group: string): readonly LiveUser[] {
    return this.deployed.bastion.users.filter(({ groups }) =>
      groups.includes(group),
    );
  }

  private named(user: string): readonly LiveUser[] {
    return this.deployed.bastion.users.filter(({ name }) => name === user);
  }

  private rolesOf({ role }: RoleRemoval): readonly LiveRole[] {
    return this.deployed.bastion.roles.filter(({ name }) => name === role);
  }
}

/** Whether some role of the account could be taken, as far as its other side lets it. */
const mayEnter = (
  permissions: Permissions,
  { partition }: LiveAccount,
  accountId: string,
): boolean =>
  mayRequest(permissions, {
    action: "sts:AssumeRole",
    resource: `arn:${partition}:iam::${accountId}:role/?*`,
  }).answer !== "closed";

const isIn =
  ({ users, roles }: LiveAccount) =>
  ({ name }: Taker): boolean =>
    [...users, ...roles].some(({ arn }) => arn === name);
