#!/usr/bin/env bash
# start.sh penstock   (foreground; state in $PEER_DATA, the outside world at $STUB_URL)
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
data=${PEER_DATA:?folder for state}
mkdir -p "$data/definitions"
for file in "$here"/definitions/*.yaml; do
  sed "s#http://127.0.0.1:9901#${STUB_URL:-http://127.0.0.1:9901}#" "$file" >"$data/definitions/$(basename "$file")"
done
set -- "${PENSTOCK_HOME:-$here/../../..}/penstock" dev --port 9840 --kafka-port 9841 --data "$data/penstock" --definitions "$data/definitions"

# The bench counts this process and its children. PostgreSQL detaches itself from whoever starts it;
# a process that has said so to Linux (PR_SET_CHILD_SUBREAPER, kept by exec) gets it back as a child,
# to be counted, and killed, with the rest.
case $(uname -m) in
x86_64) prctl=157 ;;
aarch64) prctl=167 ;;
*) prctl='' ;;
esac
if [ -n "$prctl" ] && command -v perl >/dev/null; then
  exec perl -e 'syscall(shift, 36, 1, 0, 0, 0) == 0 or die "prctl: $!\n"; exec @ARGV or die "$ARGV[0]: $!\n"' "$prctl" "$@"
fi
echo "start.sh: without perl on x86-64 or aarch64 the bench does not see PostgreSQL's CPU time and memory" >&2
exec "$@"
