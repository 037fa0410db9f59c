#!/usr/bin/env node
// Plants each bug of mutants.json in a copy of the contracts and runs the tests that should see it.
// Fails if one survives, if a bug no longer applies, or if a named test does not exist or was red before.
// Usage: mutants/run.mjs [--workers N] [words of a bug's description or of the attack it allows]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { home, Workshop, workers } from "./workshop.mjs";

const { each, words } = workers(process.argv.slice(2));
const mutants = JSON.parse(readFileSync(join(home, "mutants/mutants.json"), "utf8"))
  .filter((m) => m.bug.includes(words) || m.attack?.includes(words));

function change({ file, find, plant }) {
  return (source) => {
    if (source.split(find).length !== 2) throw new Error(`"${find}" must be in ${file} exactly once`);
    return source.replace(find, () => plant);
  };
}

async function caught(workshop, mutant) {
  const unit = await workshop.test("--match-test", mutant.tests);
  if (!unit.failed || !mutant.invariant) return { ok: unit.failed, output: unit.output };
  const invariants = await workshop.test("--match-contract", "InvariantsTest");
  return { ok: invariants.failed, output: invariants.output };
}

const survivors = [];
const queue = [...mutants];
await each(async (workshop) => {
  const clean = await workshop.test("--match-test", mutants.map((m) => m.tests).join("|"));
  if (!clean.passed) throw new Error(`the tests are red without any bug:\n${clean.output}`);
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const start = Date.now();
    const { ok, output } = await workshop.planted(mutant.file, change(mutant), () => caught(workshop, mutant));
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`${ok ? "caught  " : "SURVIVED"} ${seconds}s  ${mutant.attack ? `[${mutant.attack}] ` : ""}${mutant.bug}`);
    if (!ok) {
      survivors.push(mutant.bug);
      console.log(output);
    }
  }
});
for (const bug of survivors) console.log(`SURVIVED: ${bug}`);
console.log(`${mutants.length - survivors.length} of ${mutants.length} caught`);
process.exit(survivors.length === 0 && mutants.length > 0 ? 0 : 1);
