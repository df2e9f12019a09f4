/**
 * Every action that changes IAM, Organizations or the account, by its verb. Verbs rather than
 * names, so that an action that AWS adds tomorrow is closed the day it appears.
 */
const byVerb = (service: string, verbs: string): readonly string[] =>
  verbs.split(" ").map((verb) => `${service}:${verb}*`);

export const iamWrites = byVerb(
  "iam",
  "Accept Add Associate Attach Change Create Deactivate Delete Detach Disable Enable Pass Put " +
    "Reject Remove Reset Resync Send Set Tag Untag Update Upload",
);

export const organizationsWrites = byVerb(
  "organizations",
  "Accept Attach Cancel Close Create Decline Delete Deregister Detach Disable Enable Invite " +
    "Leave Move Put Register Remove Tag Terminate Untag Update",
);

export const accountSettingWrites = byVerb(
  "account",
  "Accept Close Create Delete Disable Enable Put Start Update",
);
