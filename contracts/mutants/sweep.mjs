#!/usr/bin/env node
// Changes every comparison, sum, connective, number, condition, statement and pair of arguments of the sources, one at
// a time, and runs the tests, which must see it. Those of unseen.json change nothing that anyone could see, and say why.
// Usage: mutants/sweep.mjs [--workers N] [words of a mutant's description]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { home, workers } from "./workshop.mjs";

const tests = ["--no-match-contract", "InvariantsTest|GasTest"];
const files = [
  "src/Settlement.sol",
  "src/libraries/Payouts.sol",
  "src/libraries/Terms.sol",
  "src/libraries/Draw.sol",
  "src/types/AccountWord.sol",
  "src/types/DealWord.sol",
  "src/types/Work.sol",
  "src/JobClient.sol",
  "src/ModuleList.sol",
  "src/PluginRegistry.sol",
  "examples/CowsayClient.sol",
];

const swaps = {
  "<=": ["<"], ">=": [">"], "<": ["<="], ">": [">="], "==": ["!="], "!=": ["=="],
  "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["/"],
};
const operator = /(?<= )(<=|>=|==|!=|&&|\|\||<|>|\+|-|\*|\/|%)(?= )/g;

/** All mutants of a file: where the text changes, and to what. */
function* mutantsOf(source) {
  // Comments, imports and the like have no behaviour; blanked, so that places stay.
  const blank = (text) => text.replace(/[^\n]/g, " ");
  const code = source
    .replace(/\/\/.*$/gm, blank)
    .replace(/^import[^;]*;/gm, blank)
    .replace(/^(pragma|using).*$/gm, blank)
    .replace(/assembly \("memory-safe"\) \{/g, blank);

  for (const m of code.matchAll(operator)) {
    for (const to of swaps[m[0]]) yield { at: m.index, from: m[0], to };
  }
  for (const m of code.matchAll(/(?<![\w.])\d[\d_]*(?![\w.])/g)) {
    const n = BigInt(m[0].replaceAll("_", ""));
    yield { at: m.index, from: m[0], to: String(n + 1n) };
    if (n > 1n) yield { at: m.index, from: m[0], to: String(n - 1n) };
  }
  for (const m of code.matchAll(/\b(true|false)\b/g)) {
    yield { at: m.index, from: m[0], to: m[0] === "true" ? "false" : "true" };
  }
  for (const m of code.matchAll(/\bif \(/g)) {
    const condition = balanced(code, m.index + 3);
    if (condition) yield { at: m.index + 3, from: condition, to: "(false)" };
  }
  for (const m of code.matchAll(/ \? ((?:[^()?:;]|\([^()]*\))+) : ((?:[^()?:;,]|\([^()]*\))+)/g)) {
    yield { at: m.index, from: m[0], to: ` ? ${m[2]} : ${m[1]}` };
  }
  // A statement that stands alone: a call, an event, an assignment.
  for (const m of code.matchAll(/(?<=[{};]\s*\n\s+)(emit |_?\w+(?:\.\w+|\[[^\]\n]*\])*(?:\(| [-+]?= |\+\+))[^;{}]*(?:\{[^;{}]*\})?[^;{}]*;/g)) {
    if (!/^(return|if|for|revert|assembly)\b/.test(m[0])) yield { at: m.index, from: m[0], to: "" };
  }
  // Neighbours in a list of arguments; what then does not compile is no mutant.
  for (const m of code.matchAll(/\w(\()(?=[^()])/g)) {
    const list = balanced(code, m.index + 1);
    const line = code.slice(code.lastIndexOf("\n", m.index) + 1, m.index);
    if (!list || /^\s*(function|constructor|error|event|mapping)\b/.test(line)) continue;
    const parts = split(list.slice(1, -1));
    for (let i = 0; i + 1 < parts.length; ++i) {
      if (parts[i].trim() === parts[i + 1].trim()) continue;
      const swapped = parts.toSpliced(i, 2, parts[i + 1], parts[i]);
      yield { at: m.index + 1, from: list, to: `(${swapped.join(",")})` };
    }
  }
}

function balanced(code, at) {
  for (let i = at, depth = 0; i < code.length && i < at + 1500; ++i) {
    if (code[i] === "(") ++depth;
    if (code[i] === ")" && --depth === 0) return code.slice(at, i + 1);
  }
}

function split(list) {
  const parts = [""];
  let depth = 0;
  for (const c of list) {
    if ("([{".includes(c)) ++depth;
    if (")]}".includes(c)) --depth;
    if (c === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts;
}

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function describe(file, source, { at, from, to }) {
  const start = source.lastIndexOf("\n", at) + 1;
  const end = source.indexOf("\n", at + from.length);
  const before = squeeze(source.slice(start, end));
  const after = squeeze(source.slice(start, at) + to + source.slice(at + from.length, end));
  return `${file}: ${before} => ${after}`;
}

const { each, words } = workers(process.argv.slice(2));
const unseen = JSON.parse(readFileSync(join(home, "mutants/unseen.json"), "utf8"));
const known = new Map(unseen.map((u) => [u.mutant, u.why]));

const queue = [];
for (const file of files) {
  const source = readFileSync(join(home, file), "utf8");
  for (const m of mutantsOf(source)) {
    const name = describe(file, source, m);
    if (name.includes(words)) queue.push({ file, name, ...m });
  }
}
const total = queue.length;
const stale = words ? [] : [...known.keys()].filter((name) => !queue.some((m) => m.name === name));
const counts = { caught: 0, unseen: 0, invalid: 0 };
const survivors = [];

await each(async (workshop) => {
  const clean = await workshop.test(...tests);
  if (!clean.passed) throw new Error(`the tests are red without any bug:\n${clean.output}`);
  for (let m = queue.shift(); m; m = queue.shift()) {
    if (known.has(m.name)) {
      ++counts.unseen;
      continue;
    }
    const change = (source) => source.slice(0, m.at) + m.to + source.slice(m.at + m.from.length);
    const { passed, failed } = await workshop.planted(m.file, change, () => workshop.test(...tests, "--fail-fast"));
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
