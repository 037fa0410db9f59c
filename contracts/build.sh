#!/bin/sh
# Regenerates abi/ and bindings/ from src/. With --check it writes nothing and fails if they differ.
set -eu
cd "$(dirname "$0")"
abigen=github.com/ethereum/go-ethereum/cmd/abigen@v1.17.10

[ -d node_modules ] || npm ci --silent
out=.
if [ "${1-}" = --check ]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi

# Apart from the tests: the compiler's output depends on what else is in the compilation.
export FOUNDRY_OUT=out/src FOUNDRY_CACHE_PATH=cache/src
tools/forge build --quiet --skip test
for contract in Settlement LilyToken; do
  package=$(echo "$contract" | tr '[:upper:]' '[:lower:]')
  mkdir -p "$out/abi" "$out/bindings/$package"
  tools/forge inspect "$contract" abi --json >"$out/abi/$contract.json"
  tools/forge inspect "$contract" bytecode >"$out/abi/$contract.bin"
  go run "$abigen" --v2 --abi "$out/abi/$contract.json" --bin "$out/abi/$contract.bin" \
    --pkg "$package" --type "$contract" --out "$out/bindings/$package/$package.go"
  chmod 644 "$out/bindings/$package/$package.go"
done

if [ "$out" != . ]; then
  diff -r abi "$out/abi"
  diff -r --exclude=doc.go bindings "$out/bindings"
fi
