const trust = (statement: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", ...statement }],
  });

/** People of the bastion, with MFA and what more is asked for. */
export const people = (more: object = {}): string =>
  trust({
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: "sts:AssumeRole",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, ...more },
  });

export const github = "token.actions.githubusercontent.com";

/** Workflows of GitHub whose token is as the condition asks. */
export const workflows = (condition: object): string =>
  trust({
    Principal: {
      Federated: `arn:aws:iam::222222222222:oidc-provider/${github}`,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });
