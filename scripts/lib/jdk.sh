#!/bin/sh
# Prints the home of a JDK that can build and run knight: JAVA_HOME if it will do, else the one of
# the java on PATH, else the newest in the usual places. Without any, says in one sentence how to
# get one, and fails.
set -eu

needed=25

# The feature version of the JDK at $1, as 25; 0 when there is no whole JDK.
feature() {
  version=
  if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    while IFS='"' read -r key value _; do
      if [ "$key" = JAVA_VERSION= ]; then version=${value%%[!0-9]*}; fi
    done <"$1/release"
  fi
  echo "${version:-0}"
}

suffices() {
  [ "$(feature "$1")" -ge "$needed" ]
}

on_path() {
  java=$(command -v java) || return 0
  java=$(readlink -f "$java") && dirname "$(dirname "$java")"
}

newest_in_the_usual_places() {
  best='' best_version=$((needed - 1))
  for home in /usr/lib/jvm/* /usr/java/* /usr/local/openjdk-* /opt/* /opt/java/* \
    "${SDKMAN_DIR:-${HOME:-/}/.sdkman}"/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* "${HOME:-/}"/.asdf/installs/java/* \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(feature "$home")
    if [ "$version" -gt "$best_version" ]; then
      best=$home best_version=$version
    fi
  done
  printf '%s\n' "$best"
}

# Prints $1 and ends, if it will do.
take() {
  if [ -n "$1" ] && suffices "$1"; then
    printf '%s\n' "$1"
    exit 0
  fi
}

# Each is looked for only where the one before will not do: every command of knight waits for it.
take "${JAVA_HOME:-}"
take "$(on_path)"
take "$(newest_in_the_usual_places)"

echo "knight needs a JDK $needed or newer and found none in JAVA_HOME, on PATH or in the usual places:" \
  "install one with \"sudo apt install openjdk-$needed-jdk\" (Debian 13, Ubuntu 24.04 or newer)," \
  "\"sudo dnf install java-$needed-openjdk-devel\" (Fedora)" \
  "or \"sdk install java $needed-tem\" (SDKMAN, any Linux)." >&2
exit 1
