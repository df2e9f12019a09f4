import type { Permissions } from "../../policy-pack/decide/powers";
import type { LiveUser } from "../accounts/live-account";
import { userPermissions } from "../accounts/permissions";
import {
  hasAdministrator,
  roleOfCaller,
  userOfCaller,
  type Caller,
} from "./last-administrator";
import { supersededIn } from "./superseded";
import { permissionsBesidePattern, permissionsThrough } from "./permissions";
import { missingFor, type Deployed } from "./proof";
import { anyWay, levelOf, mayAssume } from "./reach";
import type { Removal } from "./removal";

/** In this order, so that whoever can repair a mistake keeps their permissions the longest. */
export const stages = [
  "users' own permissions",
  "administrators' own permissions",
  "groups that are not the pattern's",
  "old access keys",
  "roles that are taken without MFA",
] as const;
export type Stage = (typeof stages)[number];

/** One removal, and what has to happen before. */
export interface Step {
  readonly stage: Stage;
  readonly removal: Removal;
  /** Empty: it is proven that nobody is locked out. */
  readonly waitsFor: readonly string[];
}

export const stillMember = (user: string, group: string): string =>
  `${user} is still a member of ${group}`;

/** Every removal, each with what is still missing for it. */
export function planRemovals(
  deployed: Deployed,
  caller: Caller,
): readonly Step[] {
  const { bastion, criteria } = deployed;
  const removals = [...supersededIn(bastion, criteria)];
  const planner = new Planner(deployed, caller, removals);
  const steps = removals.map((removal) => planner.step(removal));
  return stages.flatMap((stage) =>
    steps.filter((step) => step.stage === stage),
  );
}

class Planner {
  private readonly missing = new Map<string, readonly string[]>();
  private readonly going: ReadonlySet<string>;

  constructor(
    private readonly deployed: Deployed,
    private readonly caller: Caller,
    removals: readonly Removal[],
  ) {
    const own = roleOfCaller(caller);
    this.going = new Set(
      removals.flatMap((one) =>
        one.kind === "role" && one.role !== own ? [one.role] : [],
      ),
    );
  }

  step(removal: Removal): Step {
    switch (removal.kind) {
      case "policy":
        return removal.holder === "group"
          ? this.ofGroup(removal, removal.name)
          : this.ofUser(removal, removal.name);
      case "membership":
        return this.ofUser(removal, removal.user);
      case "group":
        return {
          stage: "groups that are not the pattern's",
          removal,
          waitsFor: this.members(removal.group).map(({ name }) =>
            stillMember(name, removal.group),
          ),
        };
      case "key":
        return {
          stage: "old access keys",
          removal,
          waitsFor: this.waitsForAll([removal.user]),
        };
      case "role":
        return this.ofRole(removal, removal.role, removal.isCertain);
    }
  }

  private ofUser(removal: Removal, name: string): Step {
    const { bastion } = this.deployed;
    const users = bastion.users.filter((one) => one.name === name);
    const had = users.map((user) => permissionsBesidePattern(bastion, user));
    return this.ofPermissions(removal, [name], had);
  }

  private ofGroup(removal: Removal, name: string): Step {
    const { bastion } = this.deployed;
    const groups = bastion.groups.filter((one) => one.name === name);
    const had = groups.map((group) => permissionsThrough(bastion, group));
    const members = this.members(name).map((user) => user.name);
    return this.ofPermissions(removal, members, had);
  }

  private ofPermissions(
    removal: Removal,
    users: readonly string[],
    had: readonly Permissions[],
  ): Step {
    const isPowerful = had.some((one) => levelOf(one) === "everything");
    return {
      stage: isPowerful
        ? "administrators' own permissions"
        : "users' own permissions",
      removal,
      waitsFor: [
        ...this.waitsForAll(users),
        ...(isPowerful ? this.unlessAdministered() : []),
      ],
    };
  }

  private ofRole(removal: Removal, name: string, isCertain: boolean): Step {
    const { bastion } = this.deployed;
    const roles = bastion.roles.filter((one) => one.name === name);
    const users = bastion.users.filter((user) =>
      roles.some(
        (role) =>
          mayAssume(userPermissions(bastion, user), role, anyWay) !== "closed",
      ),
    );
    const toJudge = `${name} is for a person to judge: remove it by hand, or keep it (--keep)`;
    const inUse =
      "this runs in a session of the role: run it through another, or keep the role (--keep)";
    return {
      stage: "roles that are taken without MFA",
      removal,
      waitsFor: [
        ...(isCertain ? [] : [toJudge]),
        ...users.flatMap((user) => this.waitsForUser(user.name)),
        ...(roleOfCaller(this.caller) === name ? [inUse] : []),
        ...this.unlessAdministered(),
      ],
    };
  }

  /** None of them may be who runs this. */
  private waitsForAll(users: readonly string[]): readonly string[] {
    const own = userOfCaller(this.caller);
    return [
      ...users.flatMap((name) => this.waitsForUser(name)),
      ...users
        .filter((name) => name === own)
        .map(
          (name) =>
            `${name} is who runs this: run it through the deployment role`,
        ),
    ];
  }

  private waitsForUser(name: string): readonly string[] {
    const known = this.missing.get(name);
    if (known !== undefined) return known;
    const missing = this.deployed.bastion.users
      .filter((one) => one.name === name)
      .flatMap((user) => missingFor(this.deployed, user));
    this.missing.set(name, missing);
    return missing;
  }

  private unlessAdministered(): readonly string[] {
    const { bastion } = this.deployed;
    const proven = bastion.users.filter(
      ({ name }) => this.waitsForUser(name).length === 0,
    );
    return hasAdministrator(bastion, this.caller, this.going, proven)
      ? []
      : [
          "nobody is proven to administer the account afterwards: run this through the deployment role",
        ];
  }

  private members(group: string): readonly LiveUser[] {
    return this.deployed.bastion.users.filter(({ groups }) =>
      groups.includes(group),
    );
  }
}
