import { hex } from "../guest";
import * as host from "../host";

function line(name: string, value: string): void { host.log(name + "=" + value); }

export function absent(name: string): void { line(name, "-"); }
export function number(name: string, v: u64): void { line(name, v.toString()); }
export function signed(name: string, v: i64): void { line(name, v.toString()); }
export function truth(name: string, v: bool): void { line(name, v ? "1" : "0"); }
export function element(name: string, i: i32): string { return name + "." + i.toString() + "."; }

/** hexed writes bytes that are in hex behind 0x. */
export function hexed(name: string, v: string): void { line(name, v.slice(2)); }

/** text writes the UTF-8 of a text in hex. */
export function text(name: string, v: string): void {
  const utf8 = String.UTF8.encode(v);
  hexed(name, hex(changetype<usize>(utf8), utf8.byteLength));
}
