# Prints who it is by the profile named, which aws-mfa doesn't read: sh aws-mfa.sh <aws-mfa> <profile>
set -eu
of() { sed -n "/^\[profile $2\]/,/^\[/s/^$1 = //p" "$AWS_CONFIG_FILE"; }
source=$(of source_profile "$2")
"$1" --profile "$source" --device "$(of mfa_serial "$2")" --assume-role "$(of role_arn "$2")" \
  --role-session-name "$(of role_session_name "$2")"
AWS_PROFILE=$source exec node "$(dirname "$0")/who-am-i.js"
