import type { LiveUser } from "../../../commands/accounts/live-account";
import { planRemovals } from "../../../commands/adopt/plan";
import type { Deployed } from "../../../commands/adopt/proof";
import { allow, bastionId, devId, inline } from "./account";
import { deployedWith, deployment, member } from "./situation";

export const vendorId = "777777777777";
export const iam = `arn:aws:iam::${bastionId}`;

export type Statements = readonly object[];

export const when = (statement: object, Condition: object) => ({
  ...statement,
  Condition,
});
export const deny = (...args: Parameters<typeof allow>) => ({
  ...allow(...args),
  Effect: "Deny",
});

/** Erin, with what is to go. */
export const erin = (team: string, old: Partial<LiveUser>): Deployed =>
  deployedWith({ users: [member("erin", team, old)], acceptLess: [] });

/** What the removal of what she has waits for; nothing: it can go. */
export const waitsFor = (deployed: Deployed): string =>
  planRemovals(deployed, deployment)[0]?.waitsFor.join("; ") ?? "no removal";

export const holding = (...statements: Statements): Partial<LiveUser> => ({
  inlinePolicies: [inline("old", ...statements)],
});

export const losing = (...lost: readonly string[]): string =>
  `erin would lose ${lost.join(", ")}: grant a role that allows it there, or --accept-less erin`;

export const atHome = `in account ${bastionId} (the bastion itself)`;
export const inDev = `in account ${devId}`;
export const atVendor = `in account ${vendorId} (where no role is granted)`;
export const anywhere = "in some account where no role is granted";
