// The arena that messages lie in, and one call: its input, its answers.

import { MINOR, SettingsRecord, KIND_SETTINGS_RECORD, SIZE_SETTINGS_RECORD } from "./common_gen";
import { clear, fault, faulty, report, Status } from "./fault";
import { known, part } from "./item";
import { Settings } from "./settings";

const MAGIC: u32 = 0x594c494c;
const MESSAGE_HEADER: u32 = 32;
const OUTPUT_HEADER: u32 = 16;

/** SCRATCH is room for what an author's code allocates in a call, so that memory need not grow in one. */
const SCRATCH: usize = 1 << 20;

let arena: usize = 0;
let size: u32 = 0;

export function lilypad_arena(len: u32): usize {
  arena = heap.alloc(len); // at an address that divides by 16
  size = len;
  heap.free(heap.alloc(SCRATCH));
  return arena;
}

function within(at: usize, n: u32): bool { return at >= arena && <u64>(at - arena) + n <= size; }

let builders: ((s: Settings) => void)[] = [];
let configured = false;

/** register keeps what makes a hook from its settings. */
export function register(build: (s: Settings) => void): void { builders.push(build); }

export function lilypad_configure(input: usize, len: u32, output: usize, room: u32): i32 {
  if (!within(input, len) || !within(output, room)) return Status.BAD_INPUT;
  clear();
  const it = known(part(input, len, 0), KIND_SETTINGS_RECORD, SIZE_SETTINGS_RECORD);
  if (it) {
    if (!builders.length) fault(Status.AUTHOR_ERROR, "the plugin registers no hook");
    const settings = Settings.read(changetype<SettingsRecord>(it));
    for (let i = 0; i < builders.length && !faulty(); i++) builders[i](settings);
  }
  configured = !faulty();
  return configured ? 0 : report(output, room);
}

// One call at a time: the message, and the answers so far.
let input: usize = 0;
let length: u32 = 0;
let output: usize = 0;
let room: u32 = 0;
let records: u32 = 0;
let stride: u32 = 0;
let end: u32 = 0;

// What an item's answer allocates is taken back when the next one begins, so
// that a call needs the memory of one item: all of it lies behind this block.
let begun: usize = 0;

/** forget frees all that was allocated since begun. */
function forget(): void {
  // The stub runtime frees its last block alone, whose size stands before it:
  // this makes all blocks since begun one.
  const last = heap.alloc(0);
  store<u32>(begun - 4, <u32>(last - begun) + load<u32>(last - 4));
  begun = heap.realloc(begun, 0);
}

/** open begins a call of a hook, which is made or not: it tells whether there is a message for it. */
export function open(hook: u32, made: bool, in_: usize, len: u32, out: usize, cap: u32): bool {
  clear();
  input = in_, length = len, output = out, room = cap;
  records = 0, stride = 0, end = OUTPUT_HEADER;
  begun = heap.alloc(0);
  if (!within(in_, len) || !within(out, cap)) {
    room = 0; // there is nowhere to write
    fault(Status.BAD_INPUT, "");
  } else if (!made || !configured) {
    fault(Status.AUTHOR_ERROR, "the hook is not registered, or not configured");
  } else if (len < MESSAGE_HEADER || load<u32>(in_) != MAGIC || load<u16>(in_, 4) != hook || load<u32>(in_, 8) != len) {
    fault(Status.BAD_INPUT, "this is no message for the hook");
  } else if (load<u16>(in_, 6) > MINOR) {
    fault(Status.UNKNOWN_MINOR, `the message is of minor version ${load<u16>(in_, 6)}, the plugin of ${MINOR}`);
  } else if (table() < MESSAGE_HEADER || <u64>table() + 4 * <u64>count() > len) {
    fault(Status.BAD_INPUT, "the table of items leaves the message");
  }
  return !faulty();
}

function table(): u32 { return load<u32>(input, 16); }

/** count is the number of items. */
export function count(): u32 { return load<u32>(input, 12); }

/** now is the block time of the call in seconds. */
export function now(): u64 { return load<u64>(input, 24); }

/** context is the item that all others share, 0 when the call is at fault. */
export function context(kind: u32, size: u32): usize { return known(part(input, length, load<u32>(input, 20)), kind, size); }

/** item is the i-th item, 0 when the call is at fault. */
export function item(i: u32, kind: u32, size: u32): usize {
  if (faulty()) return 0;
  forget();
  return known(part(input, length, load<u32>(input + table() + 4 * i)), kind, size);
}

/** next is the zeroed place of the next record of an answer, 0 when the call is at fault. */
export function next(size: u32): usize {
  if (faulty()) return 0;
  if (<u64>end + size > room) {
    fault(Status.OUTPUT_FULL, "");
    return 0;
  }
  const at = output + end;
  memory.fill(at, 0, size);
  end += size;
  stride = size;
  records++;
  return at;
}

/** close ends a call: the bytes of the answer, or a status. */
export function close(): i32 {
  if (!faulty() && end > room) fault(Status.OUTPUT_FULL, "");
  if (faulty()) return report(output, room); // of a text that may lie in what forget frees
  forget();
  heap.free(begun);
  store<u32>(output, end);
  store<u32>(output, records, 4);
  store<u16>(output, stride, 8);
  store<u16>(output, load<u16>(input, 6), 10);
  store<u32>(output, 0, 12);
  return end;
}
