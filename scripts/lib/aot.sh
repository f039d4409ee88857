#!/usr/bin/env bash
# Usage: scripts/lib/aot.sh JAR
#
# Makes the AOT caches of JAR beside it, JAR without .jar and with .service.aot, .client.aot and .bridge.aot, with
# which a JVM starts sooner. knight plays against a stand-in for GitHub for it, in a few seconds, with no account
# and no network. Each is good for this JAR under this very path, and for this JDK; elsewhere, or
# where this fails, knight runs as well, and starts later. scripts/lib/launch.sh has the flags.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
jar=${1:?a jar}
caches=${jar%.jar}

# Short, for the sockets below it, and without blanks, for KNIGHT_JAVA_OPTS.
work=$(TMPDIR=/tmp mktemp -d)
# Of this process alone: another one may make them, too.
new=$caches.$$.new
trap 'rm -rf -- "$work" "$new"' EXIT

fail() {
  echo "knight: no AOT cache could be made, so it works as ever, and starts later: $*" >&2
  exit 1
}

# The service's own sentence, where it did not start, or else the first that the JVM says.
reason() {
  grep -m 1 '^knight: ' "$work/log" || grep -m 1 -v '^Picked up' "$work/log" || echo "nothing was said of it."
}

# A pi that is asked for its version, and whether it runs on Node, and for nothing else. It lies as one that npm has
# installed, with its package, and so does its Node, which nobody runs: they are looked for, and shown to a jail. It
# leaves something where Node would leave what it has compiled.
pi=$work/pi/bin/pi node=$work/pi/node_modules/node-bin/bin/node
package=$work/pi/node_modules/@earendil-works/pi-coding-agent
mkdir -p "${pi%/*}" "${node%/*}" "$package"
echo '{}' >"$package/package.json"
printf '%s\n' '#!/bin/sh' ': >"$NODE_COMPILE_CACHE/kept"' 'echo 1.5.2, forwarding' >"$pi"
ln -s /bin/true "$node"
chmod 755 "$pi"

# Has all of them played in directory $2, with the sandbox $1.
play() {
  mkdir "$2"
  KNIGHT_AGENT_COMMAND=$pi KNIGHT_SANDBOX=$1 \
    "$lib/launch.sh" "$jar" "" train "$2" "$lib/launch.sh" "$jar" "" >"$work/log" 2>&1
}

# What is stale would be in the way of a new one.
rm -f -- "$caches".{service,client,bridge}.aot
# With jails, as nearly everybody runs it, where this machine makes them and nothing is to be fetched for it.
made=$work/jailed
if ! command -v bwrap >/dev/null || ! play auto "$made"; then
  made=$work/open
  play none "$made" || fail "$(reason | sed 's/^knight: //')"
fi
for cache in service client bridge; do
  [ -s "$made/$cache.aot" ] || fail "the JDK wrote none."
  # Whole or not at all, and for every account that may read the jar.
  cp -- "$made/$cache.aot" "$new"
  chmod --reference="$jar" -- "$new"
  # A JVM does not look through it: one of which a power cut left a part could crash each that uses it.
  sync -- "$new"
  mv -T -- "$new" "$caches.$cache.aot"
done
