#!/usr/bin/env bash
# Node 24 and AWS's runtime client, to start the built artifacts as Lambda does. Compiled once for each lock file.
#   .ci/lambda.sh   prints ROLLCALL_TEST_LAMBDA=<folder that holds node_modules>
set -euo pipefail
cd "$(dirname "$0")/lambda"
lock=$(sha256sum package-lock.json | cut -c1-16)
folder=${ROLLCALL_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rollcall}/lambda-$lock

if [ ! -e "$folder/ready" ]; then
  packages=(cmake make g++ xz-utils)
  if ! dpkg -s "${packages[@]}" >/dev/null 2>&1; then
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
  rm -rf "$folder"
  mkdir -p "$folder"
  cp package.json package-lock.json "$folder"
  cd "$folder"
  npm ci --ignore-scripts --no-audit --no-fund >&2
  npm rebuild aws-lambda-ric >"$folder/build.log" 2>&1 || { tail -n 20 "$folder/build.log" >&2; exit 1; }
  touch ready
fi
echo "ROLLCALL_TEST_LAMBDA=$folder"
