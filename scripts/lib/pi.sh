#!/bin/sh
# Runs the pi of this directory with the Node of this directory. The ripgrep that pi's grep tool
# needs comes last on PATH, so that what the user has installed goes first; Node is not put there,
# so that a project keeps its own.
set -eu
modules=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")/node_modules
case $(uname -m) in
  aarch64 | arm64) platform=linux-arm64 ;;
  *) platform=linux-x64 ;;
esac
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}:$modules/@vscode/ripgrep-$platform/bin
export PATH
exec "$modules/node-$platform/bin/node" \
  "$modules/@earendil-works/pi-coding-agent/dist/bundle/cli.js" "$@"
