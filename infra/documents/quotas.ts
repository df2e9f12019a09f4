/**
 * Sizes that IAM allows, in characters without white space, and in pieces.
 * Source: AWS documentation, "IAM and AWS STS quotas".
 */
export const quotas = {
  /** All inline policies of one group together. */
  groupInlineCharacters: 5_120,
  /** All inline policies of one role together. */
  roleInlineCharacters: 10_240,
  managedPolicyCharacters: 6_144,
  managedPoliciesPerGroup: 10,
  managedPoliciesPerRole: 10,
  trustPolicyCharacters: 2_048,
  groupsPerUser: 10,
  /** As many as AWS raises it to; an account that has not asked has 300. */
  groupsPerAccount: 500,
  tagsPerResource: 50,
  audiencesPerIdentityProvider: 100,
  /** Seconds; the shortest and longest `MaxSessionDuration` of a role. */
  roleSession: { least: 3_600, most: 43_200 },
  /**
   * Seconds; how long a user's session lasts, by GetSessionToken: `usual` where it is not asked for a
   * time, which is also how long a sign-in to the console lasts. Source: AWS STS API reference,
   * "GetSessionToken".
   */
  userSession: { usual: 43_200, most: 129_600 },
} as const;
