// The small changes of a Solidity source that somebody could make by mistake or on purpose.

const swaps = {
  "<=": ["<"], ">=": [">"], "<": ["<="], ">": [">="], "==": ["!="], "!=": ["=="],
  "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["/"],
};
const operator = /(?<= )(<=|>=|==|!=|&&|\|\||<|>|\+|-|\*|\/|%)(?= )/g;
const connective = /\s+(?:&&|\|\|) /g;

/** All changes of a source: where its text changes, and to what. `types` are sources with structs and enums. */
export function* changesOf(source, types) {
  const code = bare(source);
  for (const m of code.matchAll(operator)) {
    for (const to of swaps[m[0]]) yield { at: m.index, from: m[0], to };
  }
  for (const m of code.matchAll(/(?<![\w.])\d[\d_]*(?![\w.])/g)) {
    const n = BigInt(m[0].replaceAll("_", ""));
    yield { at: m.index, from: m[0], to: String(n + 1n) };
    if (n > 0n) yield { at: m.index, from: m[0], to: String(n - 1n) };
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
  yield* clauses(code);
  yield* namesakes(code, bare(types));
  // A statement that stands alone: a call, an event, an assignment.
  for (const m of code.matchAll(/(?<=[{};]\s*\n\s+)(emit |_?\w+(?:\.\w+|\[[^\]\n]*\])*(?:\(| [-+]?= |\+\+))[^;{}]*(?:\{[^;{}]*\})?[^;{}]*;/g)) {
    if (!/^(return|if|for|revert|assembly)\b/.test(m[0])) yield { at: m.index, from: m[0], to: "" };
  }
  // Neighbours in a list of arguments; what then does not compile is no mutant.
  for (const m of code.matchAll(/\w(\()(?=[^()])/g)) {
    const list = balanced(code, m.index + 1);
    const line = code.slice(code.lastIndexOf("\n", m.index) + 1, m.index);
    if (!list || /^\s*(function|constructor|error|event|mapping)\b/.test(line)) continue;
    const parts = split(list.slice(1, -1), /,/g);
    for (let i = 0; i + 1 < parts.length; ++i) {
      if (parts[i].text.trim() === parts[i + 1].text.trim()) continue;
      const swapped = parts.map((p) => p.text).toSpliced(i, 2, parts[i + 1].text, parts[i].text);
      yield { at: m.index + 1, from: list, to: `(${swapped.join(",")})` };
    }
  }
}

/** Comments, imports and the like have no behaviour; blanked, so that places stay. */
function bare(source) {
  const blank = (text) => text.replace(/[^\n]/g, " ");
  return source
    .replace(/\/\/.*$/gm, blank)
    .replace(/^import[^;]*;/gm, blank)
    .replace(/^(pragma|using).*$/gm, blank)
    .replace(/assembly \("memory-safe"\) \{/g, blank);
}

/** Conditions of several parts, without one of them. */
function* clauses(code) {
  const seen = new Set();
  for (const m of code.matchAll(connective)) {
    const start = edge(code, m.index, -1) + 1;
    if (seen.has(start)) continue;
    seen.add(start);
    const parts = split(code.slice(start, edge(code, m.index, 1)), connective);
    for (const [i, part] of parts.entries()) {
      const [from, to] = i === 0 ? [part.start, parts[1].start] : [parts[i - 1].end, part.end];
      yield { at: start + from, from: code.slice(start + from, start + to), to: "" };
    }
  }
}

/** Where the expression around a place ends: at a bracket that it does not open, or at another part of a statement. */
function edge(code, at, step) {
  for (let depth = 0; ; at += step) {
    if ("([{".includes(code[at])) depth += step;
    if (")]}".includes(code[at])) depth -= step;
    if (depth < 0) return at;
    if (depth === 0 && (";?:,".includes(code[at]) || /(\breturn|\w =) $/.test(code.slice(at - 8, at + 1)))) return at;
  }
}

/** Another member of the same struct and type, or the next of the same enum: the wrong party, window or state. */
function* namesakes(code, types) {
  const next = new Map(); // by "Struct.member"
  const structs = [];
  for (const [, kind, name, body] of types.matchAll(/\b(struct|enum) (\w+) \{([^}]*)\}/g)) {
    const groups = new Map();
    for (const line of body.split(kind === "enum" ? "," : ";")) {
      const [type, member] = kind === "enum" ? ["", line.trim()] : line.trim().split(/\s+/);
      if (member) groups.set(type, [...(groups.get(type) ?? []), member]);
    }
    for (const group of groups.values()) {
      group.forEach((m, i) => group.length > 1 && next.set(`${name}.${m}`, group[(i + 1) % group.length]));
    }
    if (kind === "struct") structs.push(name);
  }
  const kinds = new Map(); // which structs a variable or member may be
  for (const [, type, name] of `${types}\n${code}`.matchAll(/\b([A-Z]\w*)\s+(?:memory |calldata |storage )?([a-z]\w*)\b/g)) {
    if (structs.includes(type)) kinds.set(name, (kinds.get(name) ?? new Set()).add(type));
  }
  for (const m of code.matchAll(/(?<=\b(\w+)\.)[A-Za-z]\w*\b(?!\()/g)) {
    for (const kind of kinds.get(m[1]) ?? [m[1]]) {
      const to = next.get(`${kind}.${m[0]}`);
      if (to) yield { at: m.index, from: m[0], to };
    }
  }
}

function balanced(code, at) {
  for (let i = at, depth = 0; i < code.length && i < at + 1500; ++i) {
    if (code[i] === "(") ++depth;
    if (code[i] === ")" && --depth === 0) return code.slice(at, i + 1);
  }
}

/** The parts of a text between separators that stand outside of brackets. */
function split(text, separator) {
  const depths = [];
  let depth = 0;
  for (const c of text) {
    if (")]}".includes(c)) --depth;
    depths.push(depth);
    if ("([{".includes(c)) ++depth;
  }
  const parts = [];
  let start = 0;
  for (const m of text.matchAll(separator)) {
    if (depths[m.index] !== 0) continue;
    parts.push({ start, end: m.index, text: text.slice(start, m.index) });
    start = m.index + m[0].length;
  }
  return [...parts, { start, end: text.length, text: text.slice(start) }];
}
