#!/usr/bin/env bash
# Runs a command with a home folder, a session bus and an unlocked key store of its own, all thrown away afterwards.
# Tests so never see, and never touch, the keys and settings of whoever runs them.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  # cargo and rustup look under HOME unless told otherwise.
  export CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}"
  home="$(mktemp -d)"
  # What the session started may write a moment longer: the folder is removed as soon as nobody does.
  remove_home() {
    for _ in {1..100}; do
      rm -rf "$home" 2>/dev/null && return
      sleep 0.1
    done
    rm -rf "$home"
  }
  trap remove_home EXIT
  export HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
  export XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/run"
  mkdir -m 700 "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$XDG_RUNTIME_DIR"
  # No exec: the folder is removed when the bus, and all that it started, is gone.
  dbus-run-session -- "$0" --inside "$@"
  exit
fi
shift

printf 'practice' | gnome-keyring-daemon --unlock --components=secrets --daemonize >"$HOME/keyring.log" 2>&1 || {
  echo "The throwaway key store did not start:" >&2
  cat "$HOME/keyring.log" >&2
  exit 1
}

# The key store outlives its bus by a moment and would write into the folder while it is removed: it is ended first.
end_keyring() {
  local pid
  pid="$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets | awk '{ print $2 }')" || return 0
  kill "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
}
trap end_keyring EXIT
"$@"
