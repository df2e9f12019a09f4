import assert from "node:assert/strict";
import { assumeRole, roleTakes, type Mfa } from "./decide";
import type { RolePolicies, UserPolicies } from "./organisation";

/** Seconds; the age of MFA at which OpsSudo closes, and at which every other role does. */
const hour = 3_600;
const halfDay = 12 * hour;

const waysIn: readonly Mfa[] = [
  { kind: "no key" },
  { kind: "without" },
  { kind: "with", ageSeconds: hour - 1 },
  { kind: "with", ageSeconds: hour },
  { kind: "with", ageSeconds: halfDay - 1 },
  { kind: "with", ageSeconds: halfDay },
];

/**
 * Tries every user at every role in every way, and holds the outcome against `isGranted`: nobody
 * without MFA, with it exactly the granted roles for half a day, and OpsSudo only while it is fresh.
 */
export async function checkEveryAssignment(
  users: readonly UserPolicies[],
  roles: readonly RolePolicies[],
  isGranted: (user: UserPolicies, role: RolePolicies) => boolean,
): Promise<void> {
  for (const user of users) {
    for (const role of roles) {
      const granted = isGranted(user, role);
      for (const mfa of waysIn) {
        const limit = role.name === "OpsSudo" ? hour : halfDay;
        const expected =
          granted && mfa.kind === "with" && mfa.ageSeconds < limit;
        assert.equal(
          await assumeRole(user, role, { mfa }),
          expected,
          `${user.name} → ${role.arn}, ${JSON.stringify(mfa)}`,
        );
      }
    }
  }
}

/**
 * Tries every role at every role: also as if its session carried MFA, which none does, so that
 * more than that stands before the next role.
 */
export async function checkNoChains(
  roles: readonly RolePolicies[],
): Promise<void> {
  for (const from of roles) {
    for (const to of roles) {
      for (const mfa of waysIn) {
        assert.equal(
          await roleTakes(from, to, mfa),
          false,
          `${from.arn} → ${to.arn}, ${JSON.stringify(mfa)}`,
        );
      }
    }
  }
}
