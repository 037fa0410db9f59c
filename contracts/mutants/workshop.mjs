// A copy of the contracts in which bugs are planted and tests are run, apart from the sources.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = fileURLToPath(new URL("..", import.meta.url));

// The quick compiler pipeline: what is tested here is the source, not the code generator.
const env = {
  ...process.env,
  FOUNDRY_PROFILE: "quick",
  FOUNDRY_SOLC: join(home, "mutants/solc"),
  FOUNDRY_FUZZ_SEED: "0x2", // whether a bug is found must not be luck
  FOUNDRY_FUZZ_RUNS: "128",
  FOUNDRY_INVARIANT_RUNS: "100",
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0",
};

export class Workshop {
  #copy = mkdtempSync(join(tmpdir(), "mutants-"));
  #socket = join(this.#copy, "solc.sock");
  #compiler = fork(join(home, "mutants/compiler.js"), [this.#socket]);
  #linked = "true";

  /** A copy that can choose between tests, or has only some, which is faster: to choose, forge compiles all interfaces. */
  constructor(without) {
    for (const part of ["src", "examples", "test", "testdata", "tools", "foundry.toml"]) {
      cpSync(join(home, part), join(this.#copy, part), { recursive: true });
    }
    if (without) {
      for (const file of without) rmSync(join(this.#copy, "test", file));
      const path = join(this.#copy, "foundry.toml");
      writeFileSync(path, readFileSync(path, "utf8").replace(/^no_match_contract = "GasTest".*\n/m, ""));
    }
    symlinkSync(join(home, "node_modules"), join(this.#copy, "node_modules"));
  }

  async opened() {
    const [said] = await Promise.race([once(this.#compiler, "message"), once(this.#compiler, "exit")]);
    if (said !== "ready") throw new Error("the compiler did not start");
    return this;
  }

  /** Runs tests; a copy that does not compile has neither passed nor failed. */
  test(...args) {
    const run = spawn(join(home, "tools/forge"), ["test", ...args], {
      cwd: this.#copy,
      env: { ...env, FOUNDRY_DYNAMIC_TEST_LINKING: this.#linked, WORKSHOP_COMPILER: this.#socket },
    });
    let output = "";
    run.stdout.on("data", (data) => (output += data));
    run.stderr.on("data", (data) => (output += data));
    return new Promise((resolve, reject) => {
      run.on("error", reject);
      run.on("close", (code) =>
        resolve({ output, passed: code === 0, failed: code !== 0 && output.includes("[FAIL") }));
    });
  }

  /** Does something while a file has other text. */
  async planted(file, change, act) {
    const path = join(this.#copy, file);
    const source = readFileSync(path, "utf8");
    // Linked, which is faster, tests run the old code of a file that is not in src.
    this.#linked = String(file.startsWith("src/"));
    writeFileSync(path, change(source));
    try {
      return await act();
    } finally {
      writeFileSync(path, source);
    }
  }

  close() {
    this.#compiler.kill();
    rmSync(this.#copy, { recursive: true, force: true });
  }
}

/** Reads "--workers N words…"; `each` does something in N workshops at once and closes them. */
export function workers(args, without) {
  const n = args[0] === "--workers" ? Number(args.splice(0, 2)[1]) : 1;
  const one = async (act) => {
    const workshop = new Workshop(without);
    try {
      await act(await workshop.opened());
    } finally {
      workshop.close();
    }
  };
  return { words: args.join(" "), each: (act) => Promise.all(Array.from({ length: n }, () => one(act))) };
}
