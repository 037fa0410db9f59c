// Finds two results equal when every file has the same bytes, but for files
// that the settings name: those may differ in white space, or at all.
import * as compare from "../../compare";
export { lilypad_arena, lilypad_configure, lilypad_compare_1 } from "../../compare";

// Reasons, with words in the manifest.
enum Reason {
  FilesDiffer = 1,
  TooLarge = 2,
}

const MAX_FILE: u64 = 8 << 20;

class FileRule {
  constructor(readonly suffix: string, readonly ignore: bool) {}
}

class Lenient extends compare.Hook {
  private rules: FileRule[] = [];

  constructor(s: compare.Settings) {
    super();
    for (let i = 0; i < s.len("files"); i++) {
      const file = s.at("files", i);
      this.rules.push(new FileRule(file.text("suffix"), file.bool("ignore")));
    }
  }

  compare(pair: compare.Pair): compare.Comparison {
    let differ: u64 = 0;
    for (const d = pair.differences(); d.next();) {
      const rule = this.ruleFor(d.path);
      if (rule && rule.ignore) continue;
      const size = max(d.aSize, d.bSize);
      if (rule && size > MAX_FILE) return compare.incomparable().because(Reason.TooLarge).with(size, MAX_FILE);
      if (!rule || !d.inBoth || !sameLetters(d.readA(), d.readB())) differ++;
    }
    if (!differ) return compare.equal();
    const files = max(max(pair.aFiles, pair.bFiles), 1);
    return compare.different(min(differ, files) * 1_000_000 / files).because(Reason.FilesDiffer).with(differ, files);
  }

  private ruleFor(path: string): FileRule | null {
    for (let i = 0; i < this.rules.length; i++) if (path.endsWith(this.rules[i].suffix)) return this.rules[i];
    return null;
  }
}

/** skip is where the next byte stands that is no white space. */
function skip(b: Uint8Array, i: i32): i32 {
  while (i < b.length && (b[i] == 0x20 || b[i] == 0x09 || b[i] == 0x0d || b[i] == 0x0a)) i++;
  return i;
}

function sameLetters(a: Uint8Array, b: Uint8Array): bool {
  let i = skip(a, 0), j = skip(b, 0);
  while (i < a.length && j < b.length) {
    if (a[i] != b[j]) return false;
    i = skip(a, i + 1);
    j = skip(b, j + 1);
  }
  return i == a.length && j == b.length;
}

compare.register((s) => new Lenient(s));
