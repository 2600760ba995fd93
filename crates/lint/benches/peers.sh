#!/bin/sh
# Runs other checkers on the same text (write-good and alex from npm, fetched on first use; vale where it is installed) and
# prints CPU seconds with the start of each program, and ratios.
# Usage: benches/peers.sh TEXT.md [ALONGSIDE]     (TEXT.md of about 100 KB; `WRITE_CORPUS=…` of the throughput example makes one)
set -eu
text=${1:?give a Markdown file of about 100 KB}
root=$(cd "$(dirname "$0")/../../.." && pwd)
ours=${2:-$root/target/release/alongside}
peers=$root/target/peers-npm
[ -x "$peers/node_modules/.bin/alex" ] ||
    npm install --prefix "$peers" --ignore-scripts --no-audit --no-fund --silent write-good@1.0.8 alex@11.0.1
PATH=$peers/node_modules/.bin:$PATH
bytes=$(wc -c < "$text")

# CPU seconds (user and system), the median of five runs.
cpu() {
    for _ in 1 2 3 4 5; do
        { TIMEFORMAT='%U %S'; bash -c 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2> /dev/null' sh "$@"; } 2>&1 | awk '{ print $1 + $2 }'
    done | sort -n | sed -n 3p
}

show() {
    name=$1
    shift
    command -v "$1" > /dev/null 2>&1 || { echo "$name: not installed"; return; }
    seconds=$(cpu "$@")
    awk -v name="$name" -v s="$seconds" -v base="$base" -v bytes="$bytes" \
        'BEGIN { if (s == 0) s = 0.001; printf "%-12s %8.3f CPU s  %8.3f MB per CPU s  %7.1f times ours\n", name, s, bytes / 1e6 / s, s / base }'
}

base=$(cpu "$ours" check "$text" --kind awareness --format json)
[ "$base" = 0 ] && base=0.001
show alongside "$ours" check "$text" --kind awareness --format json
show write-good write-good "$text"
show alex alex "$text"
show vale vale "$text"
