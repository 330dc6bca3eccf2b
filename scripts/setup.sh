#!/bin/sh
# usage: setup.sh program|development
# Makes .venv/ and installs exactly what the lock files name. Does nothing where that is already so.
set -eu
cd "$(dirname "$0")/.." && here=$(pwd -P)

kind=$1
if [ -e .venv/.development ]; then kind=development; fi # a run after a test keeps the tools of the tests
case $kind in
    program) lock=requirements.txt ;;
    development) lock=requirements-dev.txt ;;
    *) echo "usage: setup.sh program|development" >&2; exit 2 ;;
esac

state="$here $(cat "$lock" pyproject.toml | cksum)"
before=$(cat ".venv/.$kind" 2>/dev/null || true)
if [ "$before" = "$state" ]; then exit 0; fi

uv=$(sh scripts/find_uv.sh)
case $before in
    "" | "$here "*) ;;
    *) rm -rf .venv ;; # the checkout has moved, and its path stands in every script of the environment
esac
if ! .venv/bin/python -c "" 2>/dev/null; then
    rm -rf .venv
    "$uv" venv --quiet .venv
fi
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
rm -f .venv/.program .venv/.development
printf '%s\n' "$state" >".venv/.$kind"
