#!/bin/sh
# usage: bench.sh [--json]     runs every benchmark of benchmarks/, one after the other
set -eu
cd "$(dirname "$0")/.."

for benchmark in benchmarks/[a-z]*.py; do
    .venv/bin/python "$benchmark" "$@"
done
