#!/usr/bin/env node
// Changes every comparison, sum, condition, number, name of a member, statement and pair of arguments of the sources, one
// at a time, and runs the tests, which must see it. Those of unseen.json change nothing that anyone could see, and say why.
// Usage: mutants/sweep.mjs [--workers N] [words of a mutant's description]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { changesOf } from "./changes.mjs";
import { home, workers } from "./workshop.mjs";

const slow = ["Gas.t.sol", "Handler.sol", "Invariants.t.sol"];
const files = [
  "src/Settlement.sol",
  "src/libraries/Payouts.sol",
  "src/libraries/Terms.sol",
  "src/libraries/Draw.sol",
  "src/types/AccountWord.sol",
  "src/types/DealWord.sol",
  "src/types/Work.sol",
  "src/LilyToken.sol",
  "src/JobClient.sol",
  "src/ModuleList.sol",
  "src/PluginRegistry.sol",
  "examples/CowsayClient.sol",
];
const read = (file) => readFileSync(join(home, file), "utf8");
const types = ["src/types/Terms.sol", "src/types/Work.sol", "src/libraries/Payouts.sol"].map(read).join("\n");

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function describe(file, source, { at, from, to }) {
  const start = source.lastIndexOf("\n", at) + 1;
  const end = source.indexOf("\n", at + from.length);
  const before = squeeze(source.slice(start, end));
  const after = squeeze(source.slice(start, at) + to + source.slice(at + from.length, end));
  return `${file}: ${before} => ${after}`;
}

const { each, words } = workers(process.argv.slice(2), slow);
const unseen = JSON.parse(read("mutants/unseen.json"));
const known = new Map(unseen.map((u) => [u.mutant, u.why]));

const queue = [];
for (const file of files) {
  const source = read(file);
  for (const m of changesOf(source, types)) {
    const name = describe(file, source, m);
    if (name.includes(words)) queue.push({ file, name, ...m });
  }
}
const total = queue.length;
const stale = words ? [] : [...known.keys()].filter((name) => !queue.some((m) => m.name === name));
const counts = { caught: 0, unseen: 0, invalid: 0 };
const survivors = [];

const began = Date.now();
const tell = () => {
  const done = total - queue.length;
  const left = done ? `${Math.ceil(((Date.now() - began) / done) * queue.length / 60_000)} minutes` : "unknown time";
  console.error(`${done} of ${total} mutants, ${survivors.length} survived, about ${left} left`);
};
setInterval(tell, 30_000).unref();

await each(async (workshop) => {
  const clean = await workshop.test();
  if (!clean.passed) throw new Error(`the tests are red without any bug:\n${clean.output}`);
  for (let m = queue.shift(); m; m = queue.shift()) {
    if (known.has(m.name)) {
      ++counts.unseen;
      continue;
    }
    const change = (source) => source.slice(0, m.at) + m.to + source.slice(m.at + m.from.length);
    const { passed, failed } = await workshop.planted(m.file, change, () => workshop.test("--fail-fast"));
    if (failed) ++counts.caught;
    else if (!passed) ++counts.invalid;
    else {
      survivors.push(m.name);
      console.log(`SURVIVED ${m.name}`);
    }
  }
});
for (const name of stale) console.log(`STALE in unseen.json: ${name}`);
console.log(`${total} mutants: ${counts.caught} caught, ${counts.invalid} do not compile, ` +
  `${counts.unseen} known to be unseen, ${survivors.length} survived`);
process.exit(survivors.length + stale.length === 0 && total > 0 ? 0 : 1);
