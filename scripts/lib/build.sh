#!/usr/bin/env bash
# Prints where this checkout's jar is, and builds it first where a source is newer.
set -euo pipefail

root=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")")
jar=$root/target/knight.jar

is_built() {
  [ -f "$jar" ] &&
    [ -z "$(find "$root/pom.xml" "$root/scripts/lib/SlimJar.java" "$root/src/main" -newer "$jar" -print -quit)" ]
}

# The jar gets the time at which the build began, so that a source edited meanwhile is newer.
build() {
  local log=$root/target/build.log
  echo "knight: building, which takes a minute (the first time some more) ..." >&2
  touch "$root/target/.began"
  (cd "$root" && ./mvnw -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package) >"$log" 2>&1 || {
    sed -n '/Help 1/q; s/^\[ERROR\] //p' "$log" | head -n 20 >&2
    echo "knight: the build failed; all of it is in $log" >&2
    exit 1
  }
  touch -r "$root/target/.began" "$jar"
  "$root/scripts/lib/aot.sh" "$jar" || true # which has said what that means
}

if ! is_built; then
  "$root/scripts/lib/jdk.sh" >/dev/null
  mkdir -p "$root/target"
  (
    # One build at a time; who waited finds it done.
    if command -v flock >/dev/null; then flock 9; fi
    if ! is_built; then build; fi
  ) 9>"$root/target/.lock"
fi
echo "$jar"
