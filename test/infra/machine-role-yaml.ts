/** Roles that no person takes, each as it stands in a config below `roles`. */

export const scanner = (vendor: string): string => `
  Scanner:
    managedPolicies: [SecurityAudit]
    trust: { vendor: { accountId: "${vendor}", externalId: acme-7f3a9c21 } }`;

/** A job on a protected branch. */
export const branchJob = (name: string): string => `
  ${name}:
    managedPolicies: [AmazonS3FullAccess]
    trust:
      oidc:
        issuer: gitlab.com
        audience: https://gitlab.com
        subjects: ["project_path:acme/shop:ref_type:branch:ref:main"]`;

/** A job on protected tags, for another audience of the same issuer. */
export const releaser = `
  Releaser:
    managedPolicies: [AmazonS3FullAccess]
    trust:
      oidc:
        issuer: gitlab.com
        audience: sts.amazonaws.com
        subjects: ["project_path:acme/shop:ref_type:tag:ref:v*"]`;

/** A role of the account prod. */
export const reportsOfProd = (name: string): string => `
  ${name}:
    managedPolicies: [AmazonS3ReadOnlyAccess]
    trust: { role: { account: prod, name: reports } }`;
