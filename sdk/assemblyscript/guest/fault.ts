// What went wrong in a call. AssemblyScript has no exceptions: the first fault
// sticks, reading goes on with zeros, and the call ends with its status.

export namespace Status {
  export const BAD_INPUT: i32 = -1;
  export const UNKNOWN_MINOR: i32 = -2;
  export const OUTPUT_FULL: i32 = -3;
  export const SETTINGS_REFUSED: i32 = -4;
  export const AUTHOR_ERROR: i32 = -5;
}

const MAX_TEXT: u32 = 1 << 10;

let status: i32 = 0;
let text: string = "";

/** fault ends the call with a status and a text for people. */
export function fault(s: i32, t: string): void {
  if (status) return;
  status = s;
  text = t;
}

/** faulty tells that the call has a fault. */
export function faulty(): bool { return status != 0; }

/** clear begins a call. */
export function clear(): void {
  status = 0;
  text = "";
}

/** report writes the text of the fault to out, cut to what fits, and returns its status. */
export function report(out: usize, room: u32): i32 {
  if (room < 4) return status;
  const utf8 = String.UTF8.encode(text);
  let n = min(<u32>utf8.byteLength, min(MAX_TEXT, room - 4));
  if (n < <u32>utf8.byteLength) {
    while (n && (load<u8>(changetype<usize>(utf8) + n) & 0xc0) == 0x80) n--; // a cut character
  }
  store<u32>(out, n);
  memory.copy(out + 4, changetype<usize>(utf8), n);
  return status;
}
