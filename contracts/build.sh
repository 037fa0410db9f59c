#!/bin/sh
# Regenerates abi/, bindings/ and snapshots/Sizes.json from the sources. With --check it writes nothing and fails if
# they differ.
set -eu
cd "$(dirname "$0")"
abigen=github.com/ethereum/go-ethereum/cmd/abigen@v1.17.10
contracts="Settlement LilyToken ModuleList PluginRegistry JobClient CowsayClient"

[ -d node_modules ] || npm ci --silent
out=.
if [ "${1-}" = --check ]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi
mkdir -p "$out/abi" "$out/snapshots"

# Each contract alone: what else is in a compilation changes the bytecode, and with it the address.
for contract in $contracts; do
  FOUNDRY_OUT="out/build/$contract" FOUNDRY_CACHE_PATH="cache/build/$contract" \
    tools/forge build --quiet --skip test -- "$(ls src/"$contract".sol examples/"$contract".sol 2>/dev/null)"
done
# shellcheck disable=SC2086
tools/artifacts.mjs out/build "$out" $contracts
for contract in $contracts; do
  package=$(echo "$contract" | tr '[:upper:]' '[:lower:]')
  mkdir -p "$out/bindings/$package"
  set -- --abi "$out/abi/$contract.json"
  [ ! -f "$out/abi/$contract.bin" ] || set -- "$@" --bin "$out/abi/$contract.bin"
  go run "$abigen" --v2 "$@" --pkg "$package" --type "$contract" --out "$out/bindings/$package/$package.go"
  chmod 644 "$out/bindings/$package/$package.go"
done

if [ "$out" != . ]; then
  diff -r abi "$out/abi"
  diff -r --exclude=doc.go --exclude='*_test.go' bindings "$out/bindings"
  diff snapshots/Sizes.json "$out/snapshots/Sizes.json"
fi
