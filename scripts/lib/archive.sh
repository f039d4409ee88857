#!/usr/bin/env bash
# Usage: scripts/lib/archive.sh PROGRAM DIRECTORY
#
# Packs PROGRAM, a jar or a native executable of this machine, with what installs and starts it, as
# scripts/install expects a release, and prints which archive in DIRECTORY it made. The same files make
# the same bytes.
set -euo pipefail

root=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")")
program=${1:?a jar or a native executable} directory=${2:?a directory for the archive}

# What is installed, and what its owner may want beside it.
files=(LICENSE README.md config scripts/install scripts/lib/{aot.sh,jdk.sh,launch.sh,pi.sh,pins,tools.sh})

# The text of element $1 in pom.xml; the first is the project's own.
element() {
  sed -n "s#^ *<$1>\(.*\)</$1>.*#\1#p" "$root/pom.xml" | head -n 1
}

case $program in
  *.jar) file=knight.jar platform=jvm ;;
  *)
    file=knight
    case $(uname -m) in
      x86_64 | amd64) platform=linux-x64 ;;
      aarch64 | arm64) platform=linux-arm64 ;;
      *) echo "knight: no release is made for $(uname -m)." >&2 && exit 1 ;;
    esac
    ;;
esac

name=knight-$(element version)-$platform
stage=$(mktemp -d)
trap 'rm -rf -- "$stage"' EXIT
mkdir -p "$stage/$name" "$directory"
(cd "$root" && cp -r --parents -- "${files[@]}" "$stage/$name/")
cp -- "$program" "$stage/$name/$file"
chmod -R u=rwX,go=rX "$stage/$name"
if [ "$file" = knight ]; then chmod 755 "$stage/$name/$file"; fi
tar -C "$stage" --sort=name --mtime="$(element project.build.outputTimestamp)" \
  --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$name" | gzip -9n >"$directory/$name.tar.gz"
echo "$directory/$name.tar.gz"
