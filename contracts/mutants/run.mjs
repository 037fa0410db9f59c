#!/usr/bin/env node
// Plants each bug of mutants.json in a copy of the contracts and runs the tests that should see it.
// Fails if one survives, if a bug no longer applies, or if a named test does not exist or was red before.
// Usage: mutants/run.mjs [words of a bug's description]
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "mutants-"));
const only = process.argv.slice(2).join(" ");
const mutants = JSON.parse(readFileSync(join(home, "mutants/mutants.json"), "utf8"))
  .filter((m) => m.bug.includes(only));

// The quick compiler pipeline: what is tested here is the source, not the code generator.
const env = {
  ...process.env,
  FOUNDRY_VIA_IR: "false",
  FOUNDRY_OPTIMIZER: "false",
  FOUNDRY_DYNAMIC_TEST_LINKING: "true",
  FOUNDRY_FUZZ_SEED: "0x2", // whether a bug is found must not be luck
  FOUNDRY_INVARIANT_RUNS: "100",
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0",
};

function forge(...args) {
  const run = spawnSync(join(home, "tools/forge"), ["test", ...args], { cwd: copy, env, encoding: "utf8" });
  const output = run.stdout + run.stderr;
  // A mutant that does not compile also exits with an error, but has caught nothing.
  return { output, failed: run.status !== 0 && output.includes("[FAIL"), passed: run.status === 0 };
}

function caught(mutant) {
  const unit = forge("--match-test", mutant.tests);
  if (!unit.failed) return { ok: false, output: unit.output };
  if (!mutant.invariant) return { ok: true };
  const invariants = forge("--match-contract", "InvariantsTest");
  return { ok: invariants.failed, output: invariants.output };
}

let survivors = 0;
try {
  for (const part of ["src", "test", "testdata", "tools", "foundry.toml"]) {
    cpSync(join(home, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(home, "node_modules"), join(copy, "node_modules"));
  const clean = forge("--match-test", mutants.map((m) => m.tests).join("|"));
  if (!clean.passed) throw new Error(`the tests are red without any bug:\n${clean.output}`);

  for (const mutant of mutants) {
    const file = join(copy, mutant.file);
    const source = readFileSync(file, "utf8");
    if (source.split(mutant.find).length !== 2) {
      throw new Error(`"${mutant.find}" must be in ${mutant.file} exactly once`);
    }
    writeFileSync(file, source.replace(mutant.find, () => mutant.plant));
    const start = Date.now();
    const { ok, output } = caught(mutant);
    console.log(`${ok ? "caught  " : "SURVIVED"} ${((Date.now() - start) / 1000).toFixed(1)}s  ${mutant.bug}`);
    if (!ok) {
      survivors += 1;
      console.log(output);
    }
    writeFileSync(file, source);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutants.length - survivors} of ${mutants.length} caught`);
process.exit(survivors === 0 && mutants.length > 0 ? 0 : 1);
