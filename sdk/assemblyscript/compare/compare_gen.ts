// Code generated from hostapi/schema; DO NOT EDIT.

import * as guest from "../guest";
import { Engine, Param, Sameness } from "../guest";

export const KIND_PAIR_RECORD: u32 = 15;
export const SIZE_PAIR_RECORD: u32 = 128;

/** Pair is two result trees. Handles name them in host calls. */
@unmanaged
export class PairRecord {
  /** content id */
  get aRoot(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 16); }
  get bRoot(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  /** bytes; of all files */
  get aSize(): u64 { return load<u64>(changetype<usize>(this), 80); }
  /** bytes */
  get bSize(): u64 { return load<u64>(changetype<usize>(this), 88); }
  /** handle of a tree */
  get a(): u64 { return load<u32>(changetype<usize>(this), 96); }
  get b(): u64 { return load<u32>(changetype<usize>(this), 100); }
  get aFiles(): u64 { return load<u32>(changetype<usize>(this), 104); }
  get bFiles(): u64 { return load<u32>(changetype<usize>(this), 108); }
  /** as the deal has them */
  get params(): guest.List<Param> { return new guest.List<Param>(changetype<usize>(this), 112, 16); }
  get engine(): Engine { return <Engine>load<u8>(changetype<usize>(this), 120); }
}

export const SIZE_COMPARISON_RECORD: u32 = 32;

/** Comparison is one per pair. */
export class ComparisonRecord {
  distance: u64; // ppm; 0 for equal results
  arg0: u64;
  arg1: u64;
  reason: u16;
  sameness: Sameness;

  /** put writes it to its place in the answer, if it has one. */
  put(at: usize): void {
    if (!at) return;
    store<u64>(at, this.distance, 0);
    store<u64>(at, this.arg0, 8);
    store<u64>(at, this.arg1, 16);
    store<u16>(at, this.reason, 24);
    store<u8>(at, <u8>this.sameness, 26);
  }
}

/** Difference is a path at which two trees differ. */
export class Difference extends guest.Element {
  get path(): string { return guest.str(this.it, this.at + 0); }
  /** bytes */
  get aSize(): u64 { return load<u64>(this.it + this.at, 8); }
  /** bytes */
  get bSize(): u64 { return load<u64>(this.it + this.at, 16); }
  /** handle of a file; 0: not in this tree */
  get a(): u64 { return load<u32>(this.it + this.at, 24); }
  get b(): u64 { return load<u32>(this.it + this.at, 28); }
  get aExecutable(): bool { return load<u8>(this.it + this.at, 32) != 0; }
  get bExecutable(): bool { return load<u8>(this.it + this.at, 33) != 0; }
}

export const KIND_DIFFERENCES: u32 = 16;
export const SIZE_DIFFERENCES: u32 = 32;

/** Differences is what tree_diff writes. */
@unmanaged
export class Differences {
  /** the cursor of the next page; 0: this is the last */
  get next(): u64 { return load<u32>(changetype<usize>(this), 16); }
  get differences(): guest.List<Difference> { return new guest.List<Difference>(changetype<usize>(this), 24, 40); }
}
