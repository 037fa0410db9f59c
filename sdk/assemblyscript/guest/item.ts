// Views of records. A view is the address of its item, whose size and kind
// were checked, so that reading a number is one load. What lies in the tail is
// checked when it is read.

import { fault, Status } from "./fault";

const HEADER: u32 = 16;

/** NOTHING is an item of no kind, in the place of one that cannot be read. */
const NOTHING: usize = memory.data(64, 8);

/** Bytes20 is an address. It is a view: valid until the call ends. */
@unmanaged
export class Bytes20 {
  @operator("[]") at(i: i32): u8 { return byteAt(changetype<usize>(this), i, 20); }
  @operator("==") equals(other: Bytes20): bool { return memory.compare(changetype<usize>(this), changetype<usize>(other), 20) == 0; }
  @operator("!=") differs(other: Bytes20): bool { return !this.equals(other); }
  /** toString is 0x and the bytes in hex. */
  toString(): string { return hex(changetype<usize>(this), 20); }
}

/** Bytes32 is a hash. It is a view: valid until the call ends. */
@unmanaged
export class Bytes32 {
  @operator("[]") at(i: i32): u8 { return byteAt(changetype<usize>(this), i, 32); }
  @operator("==") equals(other: Bytes32): bool { return memory.compare(changetype<usize>(this), changetype<usize>(other), 32) == 0; }
  @operator("!=") differs(other: Bytes32): bool { return !this.equals(other); }
  /** toString is 0x and the bytes in hex. */
  toString(): string { return hex(changetype<usize>(this), 32); }
}

function byteAt(p: usize, i: i32, n: i32): u8 {
  if (<u32>i < <u32>n) return load<u8>(p + i);
  fault(Status.AUTHOR_ERROR, "a byte beyond the last was read");
  return 0;
}

/** hex is 0x and the bytes in hex. */
export function hex(p: usize, n: i32): string {
  const ascii = new StaticArray<u8>(2 + 2 * n);
  ascii[0] = 0x30;
  ascii[1] = 0x78;
  for (let i = 0; i < n; i++) {
    const b = load<u8>(p + i);
    ascii[2 + 2 * i] = digit(b >> 4);
    ascii[3 + 2 * i] = digit(b & 15);
  }
  return String.UTF8.decodeUnsafe(changetype<usize>(ascii), ascii.length);
}

function digit(v: u8): u8 { return v < 10 ? 0x30 + v : 0x57 + v; }

/** nothing is a field of a later version, in an item of an earlier one. */
export function nothing(): usize { return NOTHING; }

/** total is the size of an item with its tail. */
export function total(it: usize): u32 { return load<u32>(it); }

/** fixed is where the part ends that the writer's version knew. */
export function fixed(it: usize): u32 { return load<u16>(it, 4); }

/** kind is the number of the record. */
export function kind(it: usize): u32 { return load<u16>(it, 6); }

/** has tells whether an optional field is there. */
export function has(it: usize, bit: i32): bool { return ((load<u64>(it, 8) >> bit) & 1) == 1; }

/** part is the item at an offset of len bytes, 0 when it is not within them. */
export function part(b: usize, len: u32, at: u32): usize {
  if (at % 8 == 0 && <u64>at + HEADER <= len) {
    const n = load<u32>(b + at);
    if (n >= HEADER && <u64>at + n <= len) return b + at;
  }
  fault(Status.BAD_INPUT, "an item leaves what it is in");
  return 0;
}

/** known is the item if it is of the kind and its fixed part holds size bytes, 0 when not. */
export function known(it: usize, want: u32, size: u32): usize {
  if (!it) return 0;
  if (kind(it) == want && fixed(it) >= size && fixed(it) <= total(it)) return it;
  fault(Status.BAD_INPUT, "an item is of another kind or too short");
  return 0;
}

function inside(it: usize, at: u32, n: u32): bool {
  if (<u64>at + n <= total(it)) return true;
  fault(Status.BAD_INPUT, "a field points outside of its item");
  return false;
}

/** str is the text of a field at an offset of the item. */
export function str(it: usize, at: usize): string {
  const off = load<u32>(it + at), n = load<u32>(it + at, 4);
  if (!n || !inside(it, off, n)) return "";
  return String.UTF8.decodeUnsafe(it + off, n);
}

/** Element is a view of one element of a list. */
export class Element {
  constructor(protected it: usize, protected at: usize) {}
}

/** Sequence is a list field: where its elements lie. */
class Sequence {
  readonly length: i32;
  readonly at: usize;
  readonly stride: u32;

  constructor(protected it: usize, field: usize, size: u32) {
    const n = <u32>load<u16>(it + field, 4);
    this.at = load<u32>(it + field);
    this.stride = load<u16>(it + field, 6);
    if (n && this.stride < size) fault(Status.BAD_INPUT, "the elements of a list are too short");
    else if (n && inside(it, <u32>this.at, n * this.stride)) this.length = n;
  }

  /** place is where the i-th element begins, 0 when there is none. */
  protected place(i: i32): usize {
    if (<u32>i < <u32>this.length) return this.at + i * this.stride;
    fault(Status.AUTHOR_ERROR, "an element beyond the last was read");
    return 0;
  }
}

/** List is the elements of a list field. */
export class List<T> extends Sequence {
  @operator("[]") get(i: i32): T {
    const at = this.place(i);
    return instantiate<T>(at ? this.it : NOTHING, at);
  }
}

/** Items is nested items. */
export class Items<T> extends Sequence {
  /** least is how large the fixed part of an item of a kind must be. */
  constructor(it: usize, field: usize, private least: (kind: u32) => u32) { super(it, field, 4); }

  @operator("[]") get(i: i32): T {
    const at = this.place(i);
    const item = at ? part(this.it, total(this.it), load<u32>(this.it + at)) : 0;
    if (item && known(item, kind(item), this.least(kind(item)))) return changetype<T>(item);
    return changetype<T>(NOTHING);
  }
}
