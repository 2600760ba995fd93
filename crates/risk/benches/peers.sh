#!/bin/sh
# Compares this crate with pyfair and numpy on the same scenario, one core, CPU time, in one go:
#   sh crates/risk/benches/peers.sh
# Makes a Python environment below the target folder on first use (numpy, pyfair and what they need, from PyPI).
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
python=${PEERS_PYTHON:-$target/peers/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv "$target/peers"
    "$target/peers/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 pyfair==0.1a13
fi
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
ours=$(cd "$root" && cargo bench --quiet -p risk --bench speed)
theirs=$("$python" "$root/crates/risk/benches/peers.py" 2>/dev/null)
printf '%s\n%s\n' "$ours" "$theirs"
printf '%s\n%s\n' "$ours" "$theirs" | awk '
    { value[$1] = $2 }
    END {
        print ""
        printf "product: %.0f times pyfair, %.0f times numpy\n", value["product_million_draws_per_second"] / value["pyfair_product"], value["product_million_draws_per_second"] / value["numpy_product"]
        printf "compound: %.1f times numpy\n", value["compound_million_years_per_second"] / value["numpy_compound"]
    }'
