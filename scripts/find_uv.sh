#!/bin/sh
# Prints the path of uv, fetching it into .uv/ of the checkout where it is missing.
# Debian's pip refuses to install beside system packages and its venv module may lack pip, so several ways are tried.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

installed() {
    for candidate in "$(command -v uv || true)" .uv/bin/uv .uv/Scripts/uv.exe; do
        if [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

into_a_venv() {
    rm -rf .uv
    python3 -m venv .uv >/dev/null 2>&1 &&
        .uv/bin/python -m pip install --quiet --require-hashes -r scripts/uv.txt >&2
}

into_a_folder() {
    rm -rf .uv
    python3 -m pip --version >/dev/null 2>&1 &&
        python3 -m pip install --quiet --target .uv --require-hashes -r scripts/uv.txt >&2
}

as_root_on_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

if installed; then exit 0; fi
say "Fetching uv, which installs what PLN needs ..."
if command -v python3 >/dev/null; then
    if into_a_venv && installed; then exit 0; fi
    if into_a_folder && installed; then exit 0; fi
fi
if as_root_on_debian; then
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
    if into_a_venv && installed; then exit 0; fi
fi
rm -rf .uv
if command -v apt-get >/dev/null; then
    say "uv could not be fetched. Please run this line and try again: sudo apt-get install python3 python3-venv"
else
    say "uv could not be fetched. Please install it with your system's packages (for example: brew install uv) and try again."
fi
exit 3
