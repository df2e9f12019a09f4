import type { AccountId, Partition } from "../partition";
import { providerArn } from "./machine-trust";
import { trustDocument, type TrustPolicy } from "./policy-document";

/** Who issues the tokens of GitHub's workflows. */
export const tokenIssuer = "token.actions.githubusercontent.com";

/** The environment whose jobs audit, where deployments come from one: it needs no reviewers. */
export const auditEnvironment = "verify";

/** For whom a token is issued: AWS's own name for its STS, which differs in China. */
export const tokenAudience = (partition: Partition): string =>
  partition === "aws-cn" ? "sts.amazonaws.com.cn" : "sts.amazonaws.com";

export const identityProviderArn = (
  partition: Partition,
  accountId: AccountId,
): string => providerArn(partition, accountId, tokenIssuer);

/** What a token says of the run that it was issued to. */
export type TokenSubject =
  | { readonly pullRequest: true }
  | { readonly branch: string }
  | { readonly environment: string };

/**
 * The trust policy of a role that a workflow takes: the token is of this repository and this kind
 * of run, both compared whole. People do not take it, so it asks for no MFA.
 *
 * A token's subject names either the environment of its job, or that it runs for a pull request, or
 * the branch. Of a repository made or renamed since 15 July 2026 it has the ids of owner and repository
 * as well, so that a name which somebody else takes over opens nothing.
 *
 * Source: GitHub documentation, "OpenID Connect reference"; AWS documentation, "Create a role for
 * OpenID Connect federation".
 */
export function pipelineTrust(
  partition: Partition,
  accountId: AccountId,
  repository: string,
  subject: TokenSubject,
): TrustPolicy {
  return trustDocument({
    sid: "WorkflowsOfTheRepository",
    principal: { Federated: [identityProviderArn(partition, accountId)] },
    condition: {
      StringEquals: {
        [`${tokenIssuer}:aud`]: tokenAudience(partition),
        [`${tokenIssuer}:sub`]: `repo:${repository}:${subjectText(subject)}`,
      },
    },
  });
}

function subjectText(subject: TokenSubject): string {
  if ("pullRequest" in subject) return "pull_request";
  return "branch" in subject
    ? `ref:refs/heads/${subject.branch}`
    : `environment:${subject.environment}`;
}
