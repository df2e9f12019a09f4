# Prints who it is by the profile named, with the options that every AWS CLI has:
# sh assume-role.sh <AWS CLI> <profile>
set -eu
aws=$1
of() { "$aws" configure get "$1" --profile "$2" || true; }
role=$(of role_arn "$2")
source=$(of source_profile "$2")
serial=$(of mfa_serial "$2")
set -- --role-arn "$role" --role-session-name "$(of role_session_name "$2")"
if [ -n "$serial" ]; then
  printf 'MFA code: '
  read -r code
  set -- "$@" --serial-number "$serial" --token-code "$code"
fi
"$aws" --endpoint-url "$AWS_ENDPOINT_URL" --profile "$source" sts assume-role "$@" \
  --query AssumedRoleUser.Arn --output text
