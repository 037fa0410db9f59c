#!/usr/bin/env node
// Takes apart what forge built of each contract: writes abi/NAME.json, abi/NAME.bin (creation code, unless the
// contract is abstract), abi/NAME.storage.json (layout of its storage), and the sizes of all in snapshots/Sizes.json.
// Usage: tools/artifacts.mjs BUILT OUT NAME...   with artifacts in BUILT/NAME/NAME.sol/NAME.json
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [built, out, ...names] = process.argv.slice(2);
const write = (file, value) => writeFileSync(join(out, file), `${JSON.stringify(value, null, 2)}\n`);
const size = (code) => (code.object.length - 2) / 2;

// Numbers that the compiler gives to syntax nodes are no property of the layout.
const type = (id) => id.replace(/\)\d+(?=_|,|\)|$)/g, ")");
const member = ({ label, slot, offset, type: id }) => ({ label, slot, offset, type: type(id) });

const sizes = {};
for (const name of names) {
  const artifact = JSON.parse(readFileSync(join(built, name, `${name}.sol`, `${name}.json`), "utf8"));
  write(`abi/${name}.json`, artifact.abi);
  const types = Object.entries(artifact.storageLayout.types ?? {}).map(([id, t]) => [
    type(id),
    { encoding: t.encoding, bytes: t.numberOfBytes, ...(t.members && { members: t.members.map(member) }) },
  ]);
  write(`abi/${name}.storage.json`, {
    storage: artifact.storageLayout.storage.map(member),
    types: Object.fromEntries(types.sort(([a], [b]) => (a < b ? -1 : 1))),
  });
  if (size(artifact.bytecode) === 0) continue;
  writeFileSync(join(out, `abi/${name}.bin`), `${artifact.bytecode.object}\n`);
  sizes[name] = { creation: size(artifact.bytecode), deployed: size(artifact.deployedBytecode) };
}
write("snapshots/Sizes.json", sizes);
