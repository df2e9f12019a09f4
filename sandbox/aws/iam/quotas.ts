/** Source: AWS documentation, "IAM and AWS STS quotas". Sizes are in characters. */
export const quotas = {
  identities: { User: 5_000, Group: 300, Role: 1_000 },
  policies: 1_500,
  instanceProfiles: 1_000,
  groupsPerUser: 10,
  keysPerUser: 2,
  devicesPerUser: 8,
  attachedPolicies: 10,
  policyVersions: 5,
  tags: 50,
  managedPolicySize: 6_144,
  trustPolicySize: 2_048,
  inlineSize: { User: 2_048, Group: 5_120, Role: 10_240 },
} as const;
