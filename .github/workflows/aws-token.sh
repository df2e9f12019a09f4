#!/usr/bin/env bash
# Gets the job's token for AWS, and leaves it in $RUNNER_TEMP/aws-token: no key is stored anywhere.
# It lasts some minutes, so this comes right before it is used.
#
# With STATE_ROLE_ARN, AWS's own clients take that role with it: what Pulumi reads its states with.
set -euo pipefail

file="$RUNNER_TEMP/aws-token"
(
  umask 077
  curl --silent --show-error --fail --retry 3 \
    --header "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
    "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${TOKEN_AUDIENCE:-sts.amazonaws.com}" |
    jq --raw-output --exit-status .value >"$file"
)

if [ -n "${STATE_ROLE_ARN:-}" ]; then
  {
    echo "AWS_WEB_IDENTITY_TOKEN_FILE=$file"
    echo "AWS_ROLE_ARN=$STATE_ROLE_ARN"
    echo "AWS_ROLE_SESSION_NAME=${GITHUB_REPOSITORY_ID:-workflow}-${GITHUB_RUN_ID:-run}"
  } >>"$GITHUB_ENV"
fi
