#!/bin/sh
# usage: check.sh GATE...     runs every gate, even after one has failed, and names those that failed at the end
# Gates: ruff format mypy imports tests long-tests
set -u
cd "$(dirname "$0")/.."

run() {
    case $1 in
        ruff) .venv/bin/ruff check ;;
        format) .venv/bin/ruff format --check ;;
        mypy) .venv/bin/mypy ;;
        imports) .venv/bin/lint-imports --no-logo ;;
        tests) .venv/bin/pytest ;;
        long-tests) .venv/bin/pytest -m "not real" --hypothesis-profile long ;;
        *) echo "no gate named $1" >&2; return 2 ;;
    esac
}

export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
failed=""
for gate in "$@"; do
    echo "== $gate"
    run "$gate" || failed="$failed $gate"
done
if [ -n "$failed" ]; then
    echo "Failed:$failed" >&2
    exit 1
fi
