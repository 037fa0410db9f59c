// Finds two results equal when every file has the same bytes and the same
// executable bit.
import * as compare from "../../compare";
export { lilypad_arena, lilypad_configure, lilypad_compare_1 } from "../../compare";

// Reasons, with words in the manifest.
enum Reason {
  FilesDiffer = 1,
}

class Exact extends compare.Hook {
  compare(pair: compare.Pair): compare.Comparison {
    let differ: u64 = 0;
    for (const d = pair.differences(); d.next();) differ++;
    if (!differ) return compare.equal();
    const files = max(max(pair.aFiles, pair.bFiles), 1);
    return compare.different(min(differ, files) * 1_000_000 / files).because(Reason.FilesDiffer).with(differ, files);
  }
}

compare.register(() => new Exact());
