// What a plugin may ask of its host. Each function is a capability that the
// manifest lists and the operator grants; a plugin that uses one without is
// refused when it is loaded. Nothing else exists: no clock, no randomness, no
// network, no files.
import { fault, Status } from "../guest";

@external("lilypad", "log")
declare function lilypad_log(ptr: usize, len: u32): void;
@external("lilypad", "blob_read")
declare function lilypad_blob_read(handle: u32, offset: u64, ptr: usize, len: u32): i32;
@external("lilypad", "tree_diff")
declare function lilypad_tree_diff(a: u32, b: u32, cursor: u32, out: usize, room: u32): i32;

/** log writes a line to the operator's log. Capability: log. */
export function log(text: string): void {
  const utf8 = String.UTF8.encode(text);
  if (utf8.byteLength) lilypad_log(changetype<usize>(utf8), utf8.byteLength);
}

/**
 * blobRead fills p with the bytes of a file from an offset. It returns how
 * many there were, 0 at the end, or a negative status. Capability: blob_read.
 */
export function blobRead(handle: u64, offset: u64, p: Uint8Array): i32 {
  return lilypad_blob_read(<u32>handle, offset, p.dataStart, p.length);
}

/**
 * treeDiff writes the page of differences of two trees that begins at cursor.
 * It returns the bytes written or a negative status. Capability: tree_diff.
 */
export function treeDiff(a: u64, b: u64, cursor: u64, out: Uint8Array): i32 {
  return lilypad_tree_diff(<u32>a, <u32>b, <u32>cursor, out.dataStart, out.length);
}

/** fail gives up: the call ends with the text, as the plugin's own error. */
export function fail(text: string): void { fault(Status.AUTHOR_ERROR, text); }
