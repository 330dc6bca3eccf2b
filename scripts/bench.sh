#!/bin/sh
# usage: bench.sh [--json]     runs every benchmark of benchmarks/, even after a goal was missed, and names those at the end
set -u
cd "$(dirname "$0")/.."

PLN_BENCH_STORES=$(mktemp -d) # filled stores, used by several benchmarks
export PLN_BENCH_STORES
trap 'rm -rf "$PLN_BENCH_STORES"' EXIT
trap 'exit 130' INT TERM

missed=""
for benchmark in benchmarks/[a-z]*.py; do
    echo "== $benchmark" >&2
    .venv/bin/python "$benchmark" "$@" || missed="$missed $benchmark"
done
if [ -n "$missed" ]; then
    echo "Goals missed:$missed" >&2
    exit 1
fi
