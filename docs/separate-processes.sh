#!/usr/bin/env bash
# Runs the market as separate processes on this machine; see
# separate-processes.md. Usage:
#
#   separate-processes.sh FOLDER [WORDS OF lilypad run …]
#
# CHAIN_PORT, SOLVER_PORT and CREATOR_PORT choose the ports, LILYPAD_PROGRAM a
# program that is built already. With LILYPAD_NETWORK=dev the chain is one that
# runs already, at LILYPAD_RPC.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 64; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
shift
chain=${CHAIN_PORT:-8545} solver=${SOLVER_PORT:-8850} creator=${CREATOR_PORT:-8860}
network=$dir/devchain/network.json

program=${LILYPAD_PROGRAM:-$dir/lilypad}
if [ -z "${LILYPAD_PROGRAM:-}" ]; then
  (cd "$(dirname "$0")/.." && go build -o "$program" ./cmd/lilypad)
fi

pids=()
stop() {
  trap - EXIT INT TERM
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true # a role may be gone already
  wait
  rm -f "$dir"/*.pid
}
trap stop EXIT
trap 'exit 130' INT TERM

# start NAME COMMAND [FLAGS…] starts a role and waits until it serves, which
# its first line on stdout says. What it logs is in FOLDER/NAME.log.
start() {
  local name=$1
  shift
  : >"$dir/$name.out"
  set -m # a process group of its own: Ctrl-C reaches this script alone
  "$program" "$@" --data "$dir/$name" --log info >"$dir/$name.out" 2>>"$dir/$name.log" &
  local pid=$!
  set +m
  pids+=("$pid")
  echo "$pid" >"$dir/$name.pid"
  for _ in $(seq 300); do
    if [ -s "$dir/$name.out" ]; then
      echo "$name runs (process $pid)" >&2
      return
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "error: $name does not start; the end of $dir/$name.log:" >&2
  tail -n 5 "$dir/$name.log" >&2
  exit 69
}

own=(--port "$chain")
[ "${LILYPAD_NETWORK:-local}" = local ] || own=()
start devchain devchain ${own[@]+"${own[@]}"} --solver-url "http://127.0.0.1:$solver"
start solver solver --network "$network" --listen "127.0.0.1:$solver"
for name in provider-1 provider-2 mediator-1 mediator-2 mediator-3; do
  start "$name" "${name%-*}" --network "$network" --key "$name"
done
start creator creator --network "$network" --listen "127.0.0.1:$creator"

join=(--network "$network" --creator-url "http://127.0.0.1:$creator" --data "$dir/run")
if [ $# -gt 0 ]; then
  "$program" run "$@" "${join[@]}"
  exit
fi
echo "ready; Ctrl-C stops all. In another terminal:" >&2
echo "$program run cowsay:v0.0.4 -i Message=moo ${join[*]}"
wait
