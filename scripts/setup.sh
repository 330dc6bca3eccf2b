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

# A moved checkout needs a new environment too, since paths are written into it.
state="$here $(cat "$lock" pyproject.toml | cksum)"
if [ "$(cat ".venv/.$kind" 2>/dev/null)" = "$state" ]; then exit 0; fi

uv=$(sh scripts/find_uv.sh)
if ! .venv/bin/python -c "import sys; sys.exit(sys.prefix != '$here/.venv')" 2>/dev/null; then
    rm -rf .venv
    "$uv" venv --quiet .venv
fi
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
rm -f .venv/.program .venv/.development
printf '%s\n' "$state" >".venv/.$kind"
