#!/usr/bin/env bash
# Installs the Pulumi CLI where the npm package `pulumi` looks for it, which would otherwise run a script
# from the network. The release must have the SHA-256 that sandbox/engine/checksums.json pins.
#
# PULUMI_HOME (~/.pulumi) says where. PULUMI_VERSION names another version than the pinned one, with its
# PULUMI_SHA256, as the release's own checksums have it for linux-x64.
set -euo pipefail

checksums="$(dirname "${BASH_SOURCE[0]}")/../../sandbox/engine/checksums.json"
pinned=$(jq --raw-output .version "$checksums")
version="${PULUMI_VERSION:-$pinned}"
expected="${PULUMI_SHA256:-}"
if [ -z "$expected" ] && [ "$version" = "$pinned" ]; then
  expected=$(jq --raw-output '.sha256["linux-x64"]' "$checksums")
fi
if [ -z "$expected" ]; then
  echo "::error::pulumi-sha256: nothing, expected the SHA-256 of Pulumi $version for linux-x64. Fix: give it, or take version $pinned." >&2
  exit 1
fi

tarball="$RUNNER_TEMP/pulumi-$version.tar.gz"
curl --silent --show-error --fail --location --retry 3 --output "$tarball" \
  "https://github.com/pulumi/pulumi/releases/download/v$version/pulumi-v$version-linux-x64.tar.gz"
found=$(openssl dgst -sha256 -r "$tarball" | cut -d ' ' -f 1)
if [ "$found" != "$expected" ]; then
  echo "::error::pulumi-sha256: found $found, expected $expected. Fix: take the SHA-256 that the release's checksums have; if it is theirs, do not use this download." >&2
  exit 1
fi

bin="${PULUMI_HOME:-$HOME/.pulumi}/versions/$version/bin"
mkdir -p "$bin"
tar -xzf "$tarball" -C "$bin" --strip-components=1 --no-same-owner
