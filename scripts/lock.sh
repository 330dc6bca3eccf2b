#!/bin/sh
# usage: lock.sh [--upgrade]
# Writes the hashed requirement files: exact versions for every platform, no addresses and no paths.
set -eu
cd "$(dirname "$0")/.."

uv=$(sh scripts/find_uv.sh)

compile() {
    out=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --output-file "$out" "$@"
}

compile requirements.txt "$@" --extra build pyproject.toml
compile requirements-dev.txt "$@" --extra build --extra dev --constraint requirements.txt pyproject.toml
echo uv | compile scripts/uv.txt "$@" --no-annotate -
