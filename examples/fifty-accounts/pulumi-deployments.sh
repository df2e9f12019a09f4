#!/usr/bin/env bash
# Has Pulumi Deployments preview and deploy each stack, by settings of its own in Pulumi Cloud. Run it again
# when an account comes:
#
#   ORGANIZATION=acme REPOSITORY=acme/bastion-account ROLE_ARN=arn:aws:iam::… \
#     examples/fifty-accounts/pulumi-deployments.sh
#
# ROLE_ARN is a role that trusts Pulumi Cloud's tokens for these stacks, and may take the deployment role
# in each account.
set -euo pipefail

stacks=$(npm run --silent deploy -- --matrix --jobs 256 | jq --raw-output '.include[].only | split(",")[]')
for stack in bastion $stacks; do
  pulumi stack select --create "$ORGANIZATION/$stack"
  pulumi deployment settings edit --stack "$ORGANIZATION/$stack" \
    --github-repo "$REPOSITORY" --branch main --preview-prs --push-to-deploy \
    --path-filter Pulumi.yaml --path-filter "Pulumi.$stack.yaml" --path-filter "infra/**" \
    --oidc-aws-role-arn "$ROLE_ARN" --oidc-aws-session-name "$stack" --oidc-aws-duration 30m
done
