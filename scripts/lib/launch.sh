#!/usr/bin/env bash
# Usage: scripts/lib/launch.sh PROGRAM LAUNCHER ARGS
#
# Starts knight's PROGRAM, a jar or a native executable, with what it needs: a JDK and its flags, the
# pinned pi where knight.yml names none, and a bubblewrap. LAUNCHER is the path under which knight is
# found also after an upgrade; a service is told to start that.
set -euo pipefail

lib=$(readlink -f -- "${BASH_SOURCE[0]}")
lib=${lib%/*}
program=$1 launcher=$2
shift 2

# Whether knight.yml names an agent itself; only the agent has a key of this name.
names_agent() {
  local file=${KNIGHT_HOME:-$HOME/.knight}/knight.yml
  while [ $# -gt 0 ]; do
    case $1 in
      --config) file=${2:-} ;;
      --config=*) file=${1#*=} ;;
    esac
    shift
  done
  [ -r "$file" ] && grep -Eq '^[^#]*\bcommand:' "$file"
}

flags=()
case " $* " in
  *" serve "* | *" run "* | *" demo "* | *" chaos "* | *" doctor "*)
    # What makes jails, which is looked for beside pi; knight itself says so where there is none.
    if [ "${KNIGHT_SANDBOX:-}" != none ]; then exec 3< <("$lib/tools.sh" bwrap); else exec 3</dev/null; fi
    if [ -z "${KNIGHT_AGENT_COMMAND:-}" ] && ! names_agent "$@"; then
      if pi=$("$lib/tools.sh" pi); then
        export KNIGHT_AGENT_COMMAND=$pi
      elif [[ " $* " != *" doctor "* ]]; then
        exit 1
      fi # doctor says itself what that means, and looks at all the rest
    fi
    read -r bwrap <&3 || bwrap=
    exec 3<&-
    wait # or knight, which this becomes, had a dead child of which it knows nothing
    if [ -n "$bwrap" ] && [ "$bwrap" != "$(command -v bwrap || true)" ]; then
      export PATH=${bwrap%/bwrap}:$PATH
    fi
    ;;
esac
# Which of the caches that scripts/lib/aot.sh makes fits best.
cache=client
case " $* " in
  *" serve "* | *" run "*) cache=service ;;
esac
case " $* " in
  # What lives long: no life after a full heap, and a heap that begins small and stays so, not with a share of the
  # machine: until it is as large as it may be, the old part of it is not collected. What is large, as the table of
  # the jar is, goes there at once and is not copied at a start. What is young begins with 5 MB: a start fills
  # all of it, and nothing of it is given back.
  *" serve "* | *" run "* | *" demo "* | *" chaos "*)
    flags+=(-XX:+ExitOnOutOfMemoryError -Xms24m -Xmx512m -XX:NewSize=5m -XX:PretenureSizeThreshold=2m)
    flags+=(-XX:TrimNativeHeapInterval=5000)
    ;;
  # What answers and ends: code soon.
  *) flags+=(-XX:TieredStopAtLevel=1) ;;
esac
# One that is of another JDK or jar is passed over by the JVM, without a word.
cache=${program%.jar}.$cache.aot
if [ -f "$cache" ]; then flags+=("-XX:AOTCache=$cache" '-Xlog:aot*=off' '-Xlog:cds*=off'); fi

# The user's own, at last, so that they win.
read -ra own <<<"${KNIGHT_JAVA_OPTS:-}"

# What a process held in memory, a token for one, is not written to a file when it crashes.
ulimit -c 0

# exec: a signal to this script is a signal to knight.
case $program in
  *.jar)
    JAVA_HOME=$("$lib/jdk.sh")
    export JAVA_HOME
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      -XX:+UseSerialGC "${flags[@]}" "-Ddev.knight.launcher=$launcher" "${own[@]}" -jar "$program" "$@"
    ;;
  *) exec "$program" "-Ddev.knight.launcher=$launcher" "$@" ;;
esac
