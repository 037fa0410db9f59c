// For plugins that say whether two results are the same.
//
// The manifest asks for tree_diff, and for blob_read if files are read. The
// host answers for equal trees itself.
import * as guest from "../guest";
import { Sameness } from "../guest";
import { ComparisonRecord, PairRecord, KIND_PAIR_RECORD, SIZE_PAIR_RECORD, SIZE_COMPARISON_RECORD } from "./compare_gen";
import { Walk } from "./tree";

export * from "./tree";

/** Pair is two result trees. Handles name them in host calls. */
@unmanaged
export class Pair extends PairRecord {
  /** hasParam tells whether the deal has the parameter. */
  hasParam(key: string): bool {
    const params = this.params;
    for (let i = 0; i < params.length; i++) if (params[i].key == key) return true;
    return false;
  }

  /** param is a parameter of the deal, 0 when it has none of the name. */
  param(key: string): i64 {
    const params = this.params;
    for (let i = 0; i < params.length; i++) if (params[i].key == key) return params[i].value;
    return 0;
  }

  /** differences walks the paths at which the trees differ, in their order. */
  differences(): Walk { return new Walk(this.a, this.b); }
}

/** Hook compares one pair. The answer may depend on nothing else: neither on other pairs nor on earlier calls. */
export abstract class Hook {
  abstract compare(pair: Pair): Comparison;
}

let make: ((s: guest.Settings) => Hook) | null = null;
let hook: Hook | null = null;

/** register names what makes the hook from its settings. */
export function register(f: (s: guest.Settings) => Hook): void {
  make = f;
  guest.register((s) => { hook = make!(s); });
}

export function lilypad_compare_1(input: usize, len: u32, out: usize, room: u32): i32 {
  if (guest.open(guest.HOOK_COMPARE, hook != null, input, len, out, room)) {
    for (let i: u32 = 0; i < guest.count(); i++) {
      const pair = guest.item(i, KIND_PAIR_RECORD, SIZE_PAIR_RECORD);
      if (!pair) break;
      hook!.compare(changetype<Pair>(pair)).put(guest.next(SIZE_COMPARISON_RECORD));
    }
  }
  return guest.close();
}

/** Comparison is what a hook says of a pair. */
export class Comparison extends ComparisonRecord {
  constructor(sameness: Sameness) {
    super();
    this.sameness = sameness;
  }

  /** because gives a reason. Words for it are in the manifest. */
  because(reason: i32): Comparison {
    this.reason = <u16>reason;
    return this;
  }

  /** at states the distance in parts in a million. */
  at(distance: u64): Comparison {
    this.distance = distance;
    return this;
  }

  /** with fills in the reason's arguments. */
  with(arg0: u64, arg1: u64): Comparison {
    this.arg0 = arg0;
    this.arg1 = arg1;
    return this;
  }
}

/** equal says that the results are the same. */
export function equal(): Comparison { return new Comparison(Sameness.Equal); }

/** different says that they are not, and by how much in parts in a million. */
export function different(distance: u64): Comparison { return new Comparison(Sameness.Different).at(distance); }

/** incomparable says that this comparator cannot tell. */
export function incomparable(): Comparison { return new Comparison(Sameness.Incomparable); }
