import * as guest from "../guest";
import * as host from "../host";
import { Difference, Differences, KIND_DIFFERENCES, SIZE_DIFFERENCES } from "./compare_gen";

// Where the host writes differences, for one walk at a time.
const page: Uint8Array = new Uint8Array(32 << 10);
let walker: Walk | null = null;

/**
 * Walk goes through the differences of two trees: each next moves it to one,
 * which it then is a view of. A walk ends where another one begins.
 */
export class Walk extends Difference {
  private left: i32 = 0;
  private stride: u32 = 0;
  private cursor: u64 = 0;
  private last: bool = false;

  constructor(private treeA: u64, private treeB: u64) { super(guest.nothing(), 0); }

  /** next moves to the next difference and tells whether there is one. */
  next(): bool {
    while (!this.left && !this.last) this.turn();
    if (!this.left) return false;
    if (walker != this) {
      host.fail("another walk began before this one ended");
      return false;
    }
    this.left--;
    this.at += this.stride;
    return true;
  }

  private turn(): void {
    walker = this;
    this.last = true;
    const n = host.treeDiff(this.treeA, this.treeB, this.cursor, page);
    if (n < 0) return host.fail("the trees cannot be read: status " + n.toString());
    const it = guest.known(guest.part(page.dataStart, n, 0), KIND_DIFFERENCES, SIZE_DIFFERENCES);
    if (!it) return;
    const list = changetype<Differences>(it).differences;
    this.cursor = changetype<Differences>(it).next;
    this.last = this.cursor == 0;
    this.left = list.length;
    this.stride = list.stride;
    this.it = it;
    this.at = list.at - list.stride;
  }

  /** inBoth tells that the path is a file of both trees. */
  get inBoth(): bool { return this.a != 0 && this.b != 0; }

  /** readA is the whole file of the first tree. */
  readA(): Uint8Array { return read(this.a, this.aSize); }

  /** readB is the whole file of the second tree. */
  readB(): Uint8Array { return read(this.b, this.bSize); }
}

function read(handle: u64, size: u64): Uint8Array {
  if (size > <u64>i32.MAX_VALUE) {
    host.fail("a file is larger than memory");
    return new Uint8Array(0);
  }
  const p = new Uint8Array(<i32>size);
  for (let at: i32 = 0; at < p.length;) {
    const n = host.blobRead(handle, at, p.subarray(at));
    if (n <= 0) {
      host.fail("a file cannot be read: status " + n.toString());
      break;
    }
    at += n;
  }
  return p;
}
