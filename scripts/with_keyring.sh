#!/bin/sh
# usage: with_keyring.sh COMMAND...
# Runs a command with a real, unlocked password store that lives in a temporary folder and goes away with it.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for name in home data config cache state; do mkdir "$folder/$name"; done
mkdir -m 700 "$folder/runtime"
export HOME="$folder/home" XDG_DATA_HOME="$folder/data" XDG_CONFIG_HOME="$folder/config"
export XDG_CACHE_HOME="$folder/cache" XDG_STATE_HOME="$folder/state" XDG_RUNTIME_DIR="$folder/runtime"
export PLN_THROWAWAY_SESSION=1 # tests/conftest.py keeps this session instead of making its own
unset PYTHON_KEYRING_BACKEND DBUS_SESSION_BUS_ADDRESS || true

dbus-run-session -- sh -c '
    printf throw-away | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    exec "$@"' sh "$@"
