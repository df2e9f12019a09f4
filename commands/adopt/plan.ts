import type { Permissions } from "../../policy-pack/decide/powers";
import type { LiveUser } from "../accounts/live-account";
import { userPermissions } from "../accounts/permissions";
import {
  remainingAdministrator,
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
  const planner = new Planner(deployed, caller);
  const steps = supersededIn(deployed.bastion, deployed.criteria).map(
    (removal) => planner.step(removal),
  );
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
  ) {
    this.going = new Set(
      supersededIn(deployed.bastion, deployed.criteria).flatMap((one) =>
        one.kind === "role" && one.role !== roleOfCaller(caller)
          ? [one.role]
          : [],
      ),
    );
  }

  step(removal: Removal): Step {
    switch (removal.kind) {
      case "policy of a user":
      case "membership":
        return this.ofUser(removal, removal.user);
      case "policy of a group":
        return this.ofGroup(removal, removal.group);
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
          waitsFor: [
            ...this.waitsForUser(removal.user),
            ...this.unlessCaller(removal.user),
          ],
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
        ...users.flatMap((name) => this.waitsForUser(name)),
        ...users.flatMap((name) => this.unlessCaller(name)),
        ...(isPowerful ? this.unlessAdministered() : []),
      ],
    };
  }

  private ofRole(removal: Removal, name: string, isCertain: boolean): Step {
    const { bastion } = this.deployed;
    const role = bastion.roles.find((one) => one.name === name);
    const users =
      role === undefined
        ? []
        : bastion.users.filter(
            (user) =>
              mayAssume(userPermissions(bastion, user), role, anyWay) !==
              "closed",
          );
    return {
      stage: "roles that are taken without MFA",
      removal,
      waitsFor: [
        ...(isCertain
          ? []
          : [
              `${name} is for a person to judge: remove it by hand, or keep it (--keep)`,
            ]),
        ...users.flatMap((user) => this.waitsForUser(user.name)),
        ...(roleOfCaller(this.caller) === name
          ? [
              "this runs in a session of the role: run it through another, or keep the role (--keep)",
            ]
          : []),
        ...this.unlessAdministered(),
      ],
    };
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

  private unlessCaller(name: string): readonly string[] {
    return userOfCaller(this.caller) === name
      ? [`${name} is who runs this: run it through the deployment role`]
      : [];
  }

  private unlessAdministered(): readonly string[] {
    const { bastion } = this.deployed;
    const proven = bastion.users.filter(
      ({ name }) => this.waitsForUser(name).length === 0,
    );
    const role = remainingAdministrator(
      bastion,
      this.caller,
      this.going,
      proven,
    );
    return role === undefined
      ? [
          "nobody is proven to administer the account afterwards: run this through the deployment role",
        ]
      : [];
  }

  private members(group: string): readonly LiveUser[] {
    return this.deployed.bastion.users.filter(({ groups }) =>
      groups.includes(group),
    );
  }
}
