#!/bin/sh
# usage: run.sh ARGUMENT...     starts PLN where a window can be shown; says how else, where none can
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    echo "There is no display for PLN's window here: run it on a virtual one with \`xvfb-run -a make run\`," \
        "or have its pictures written with \`QT_QPA_PLATFORM=offscreen .venv/bin/pln screens pictures\`." >&2
    exit 3
fi
exec .venv/bin/pln "$@"
