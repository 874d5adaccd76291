#!/usr/bin/env bash
# The Debian package on a machine that has nothing: a new Debian in a folder, the package installed there, an article
# read, the page served, man page and completion there, and nothing left once it is purged. Needs root and debootstrap.
# usage: check_package.sh PACKAGE.deb [FOLDER]     FOLDER: a Debian made before by debootstrap, which is changed
set -euo pipefail
package=$(realpath "$1")
place=${2:-}
if [ -z "$place" ]; then
  place=$(mktemp -d)
  trap 'rm -rf "$place"' EXIT
  debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$place" >/dev/null
fi
into=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$place")
inside() { "${into[@]}" "$@"; }
must() { grep "$@" >/dev/null || { echo "check_package: not there: ${*: -1}" >&2; exit 1; }; }

cp "$package" "$place/tmp/avstand.deb"
cp /etc/resolv.conf "$place/etc/resolv.conf"
inside apt-get update -q >/dev/null
# dpkg alone says what is missing; apt brings it.
inside dpkg -i /tmp/avstand.deb >/dev/null 2>&1 || inside apt-get install -f -y -q --no-install-recommends >/dev/null
inside dpkg -s avstand | must '^Status: install ok installed'
printf '– Broen er stengt, sier ordfører Kari Bø til NTB.\n' >"$place/tmp/x.txt"
inside avstand read --format json /tmp/x.txt | must 'Kari Bø'
inside avstand add --archive /tmp/news.db /tmp/x.txt
inside avstand check /tmp/news.db | must '^clean'
inside sh -c 'zcat -f /usr/share/man/man1/avstand.1*' | must -F '\-\-fail\-on'
inside test -s /usr/share/bash-completion/completions/avstand

"${into[@]}" avstand serve --port 0 --quiet --archive /tmp/news.db >"$place/tmp/address" 2>/dev/null &
server=$!
for _ in $(seq 100); do
  [ -s "$place/tmp/address" ] && break
  sleep 0.1
done
address=$(cat "$place/tmp/address")
python3 - "$address" <<'TEXT' | must 'Kari Bø'
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1] + "article?id=1").read().decode())
TEXT
kill "$server" && wait "$server"  # calmly, so with 0

inside dpkg --purge avstand >/dev/null
left=$(find "$place"/usr "$place"/etc -iname '*avstand*')
[ -z "$left" ] || { echo "check_package: left behind: $left" >&2; exit 1; }
echo "$(basename "$package"): installs on a bare Debian, reads, serves, and leaves nothing"
