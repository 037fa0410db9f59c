// Code generated from hostapi/schema; DO NOT EDIT.

import * as guest from "../guest";
import { Engine, Signer } from "../guest";

/** Role is who asks. */
export enum Role {
  Creator = 1,
  Solver = 2,
  Provider = 3,
}

/** Listing is what the chain's module list says of a module. */
export enum Listing {
  Unlisted = 1,
  Listed = 2,
  Blocked = 3,
}

/** Permission is what an allow plugin says of a module. */
export enum Permission {
  Allow = 1,
  Deny = 2,
  Abstain = 3, // no rule speaks of it: other plugins decide
}

export const KIND_MODULE_RECORD: u32 = 6;
export const SIZE_MODULE_RECORD: u32 = 208;

/** Module is a module that someone wants to run. */
@unmanaged
export class ModuleRecord {
  get id(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 16); }
  /** of the image or the WASI command */
  get digest(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  /** SHA-256 of the template file */
  get template(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 80); }
  get gpus(): u64 { return load<u32>(changetype<usize>(this), 112); }
  /** 10⁶ bytes; per GPU */
  get vram(): u64 { return load<u32>(changetype<usize>(this), 116); }
  /** thousandths of a core */
  get cpu(): u64 { return load<u32>(changetype<usize>(this), 120); }
  /** 10⁶ bytes */
  get ram(): u64 { return load<u32>(changetype<usize>(this), 124); }
  /** 10⁶ bytes */
  get disk(): u64 { return load<u32>(changetype<usize>(this), 128); }
  /** s */
  get timeout(): u64 { return load<u32>(changetype<usize>(this), 132); }
  get role(): Role { return <Role>load<u8>(changetype<usize>(this), 136); }
  get engine(): Engine { return <Engine>load<u8>(changetype<usize>(this), 137); }
  get listing(): Listing { return <Listing>load<u8>(changetype<usize>(this), 138); }
  /** it asks for the network */
  get network(): bool { return load<u8>(changetype<usize>(this), 139) != 0; }
  /** with its tag, such as cowsay:v0.0.4 */
  get name(): string { return guest.str(changetype<usize>(this), 144); }
  /** such as github.com/owner/name */
  get repository(): string { return guest.str(changetype<usize>(this), 152); }
  get commit(): string { return guest.str(changetype<usize>(this), 160); }
  get publisher(): string { return guest.str(changetype<usize>(this), 168); }
  /** reference with digest; empty for a WASI command */
  get image(): string { return guest.str(changetype<usize>(this), 176); }
  /** zero when there is none */
  get gpuModel(): string { return guest.str(changetype<usize>(this), 184); }
  /** hasGpuModel tells that there is one. */
  get hasGpuModel(): bool { return guest.has(changetype<usize>(this), 0); }
  /** the uri that the chain's list gives; zero when there is none */
  get blockReason(): string { return guest.str(changetype<usize>(this), 192); }
  /** hasBlockReason tells that there is one. */
  get hasBlockReason(): bool { return guest.has(changetype<usize>(this), 1); }
  get signers(): guest.List<Signer> { return new guest.List<Signer>(changetype<usize>(this), 200, 16); }
}

export const SIZE_RULING_RECORD: u32 = 24;

/** Ruling is one per module. */
export class RulingRecord {
  arg0: u64;
  arg1: u64;
  rule: u32; // the position in the settings of the rule that decided, from 1; 0: none
  reason: u16;
  permission: Permission;

  /** put writes it to its place in the answer, if it has one. */
  put(at: usize): void {
    if (!at) return;
    store<u64>(at, this.arg0, 0);
    store<u64>(at, this.arg1, 8);
    store<u32>(at, this.rule, 16);
    store<u16>(at, this.reason, 20);
    store<u8>(at, <u8>this.permission, 22);
  }
}
