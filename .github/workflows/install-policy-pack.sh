#!/usr/bin/env bash
# Installs the policy pack, its rules and the Pulumi CLI below /opt, for root alone to change.
#
# The pack is the tarball of a release, as `npm pack` makes it, and must be the very one that the integrity
# says. PACK_REPOSITORY, PACK_RELEASE, PACK_INTEGRITY (sha512-…), PULUMI_VERSION
# (with PULUMI_SHA256 where it is not the pinned one) and RULES, a file, say what.
set -euo pipefail

tarball="$RUNNER_TEMP/policy-pack.tgz"
gh release download "$PACK_RELEASE" --repo "$PACK_REPOSITORY" \
  --pattern "bastion-account-policy-pack-*.tgz" --output "$tarball"

found="sha512-$(openssl dgst -sha512 -binary "$tarball" | openssl base64 -A)"
if [ "$found" != "$PACK_INTEGRITY" ]; then
  echo "::error::pack-integrity: found $found, expected $PACK_INTEGRITY. Fix: take pack-release and pack-integrity as the platform team publishes them." >&2
  exit 1
fi

as_root() { sudo env "PATH=$PATH" "$@"; }
pack="${INSTALL_FOLDER:-/opt}/policy-pack"
as_root mkdir -p "$pack"
as_root tar -xzf "$tarball" -C "$pack" --strip-components=1 --no-same-owner
# What it depends on is pinned in its package.json; nothing of it runs while it is installed.
as_root npm install --prefix "$pack" --omit=dev --ignore-scripts --no-audit --no-fund
as_root install -m 0444 "$RULES" "${INSTALL_FOLDER:-/opt}/rules.json"

pulumi="${INSTALL_FOLDER:-/opt}/pulumi"
as_root env "PULUMI_HOME=$pulumi/home" "RUNNER_TEMP=$RUNNER_TEMP" \
  "PULUMI_VERSION=$PULUMI_VERSION" "PULUMI_SHA256=${PULUMI_SHA256:-}" \
  "$(dirname "${BASH_SOURCE[0]}")/install-pulumi.sh"
as_root ln -sfn "$pulumi/home/versions/$PULUMI_VERSION/bin" "$pulumi/cli"
as_root chmod -R a+rX,go-w "$pack" "$pulumi"
