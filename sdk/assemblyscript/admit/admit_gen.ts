// Code generated from hostapi/schema; DO NOT EDIT.

import * as guest from "../guest";
import { Engine, Label, Signer } from "../guest";

/** Weekday is a day by ISO 8601. */
export enum Weekday {
  Monday = 1,
  Tuesday = 2,
  Wednesday = 3,
  Thursday = 4,
  Friday = 5,
  Saturday = 6,
  Sunday = 7,
}

/** Answer is what a provider says to a job. */
export enum Answer {
  Take = 1,
  Decline = 2,
}

export const KIND_NODE: u32 = 4;
export const SIZE_NODE: u32 = 96;

/** Node is the provider's own state. */
@unmanaged
export class Node {
  get address(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 16); }
  /** jobs */
  get running(): u64 { return load<u32>(changetype<usize>(this), 36); }
  get queued(): u64 { return load<u32>(changetype<usize>(this), 40); }
  /** jobs at once */
  get slots(): u64 { return load<u32>(changetype<usize>(this), 44); }
  /** jobs that may wait */
  get queue(): u64 { return load<u32>(changetype<usize>(this), 48); }
  get gpus(): u64 { return load<u32>(changetype<usize>(this), 52); }
  get gpusFree(): u64 { return load<u32>(changetype<usize>(this), 56); }
  /** 10⁶ bytes; of the emptiest free GPU */
  get vramFree(): u64 { return load<u32>(changetype<usize>(this), 60); }
  /** thousandths of a core */
  get cpuFree(): u64 { return load<u32>(changetype<usize>(this), 64); }
  /** 10⁶ bytes */
  get ramFree(): u64 { return load<u32>(changetype<usize>(this), 68); }
  /** 10⁶ bytes */
  get diskFree(): u64 { return load<u32>(changetype<usize>(this), 72); }
  /** 0 to 1439, block time in the zone of the provider's configuration */
  get minuteOfDay(): u64 { return load<u16>(changetype<usize>(this), 76); }
  /** in the same zone */
  get weekday(): Weekday { return <Weekday>load<u8>(changetype<usize>(this), 78); }
  /** micro-LILY; free in its account */
  get deposit(): u64 { return load<u64>(changetype<usize>(this), 80); }
  /** zero when there is none */
  get region(): string { return guest.str(changetype<usize>(this), 88); }
  /** hasRegion tells that there is one. */
  get hasRegion(): bool { return guest.has(changetype<usize>(this), 0); }
}

export const KIND_REQUEST_RECORD: u32 = 5;
export const SIZE_REQUEST_RECORD: u32 = 272;

/** Request is a job that the solver offers to this provider. */
@unmanaged
export class RequestRecord {
  get id(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 16); }
  get module(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  get creator(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 80); }
  get gpus(): u64 { return load<u32>(changetype<usize>(this), 100); }
  /** 10⁶ bytes; per GPU */
  get vram(): u64 { return load<u32>(changetype<usize>(this), 104); }
  /** thousandths of a core */
  get cpu(): u64 { return load<u32>(changetype<usize>(this), 108); }
  /** 10⁶ bytes */
  get ram(): u64 { return load<u32>(changetype<usize>(this), 112); }
  /** 10⁶ bytes */
  get disk(): u64 { return load<u32>(changetype<usize>(this), 116); }
  /** micro-LILY */
  get maxPrice(): u64 { return load<u64>(changetype<usize>(this), 120); }
  /** micro-LILY; of the offer that was ranked */
  get standingPrice(): u64 { return load<u64>(changetype<usize>(this), 128); }
  /** micro-LILY */
  get providerStake(): u64 { return load<u64>(changetype<usize>(this), 136); }
  /** micro-LILY */
  get mediationFee(): u64 { return load<u64>(changetype<usize>(this), 144); }
  /** parts in ten thousand */
  get auditRate(): u64 { return load<u32>(changetype<usize>(this), 152); }
  /** s */
  get timeout(): u64 { return load<u32>(changetype<usize>(this), 156); }
  get engine(): Engine { return <Engine>load<u8>(changetype<usize>(this), 160); }
  get network(): bool { return load<u8>(changetype<usize>(this), 161) != 0; }
  /** bytes */
  get inputSize(): u64 { return load<u64>(changetype<usize>(this), 168); }
  /** good deals of this provider with the creator */
  get creatorOk(): u64 { return load<u32>(changetype<usize>(this), 176); }
  /** bad ones */
  get creatorBad(): u64 { return load<u32>(changetype<usize>(this), 180); }
  /** that the creator challenged */
  get creatorDisputes(): u64 { return load<u32>(changetype<usize>(this), 184); }
  /** good runs of the module here */
  get moduleOk(): u64 { return load<u32>(changetype<usize>(this), 188); }
  get moduleFailed(): u64 { return load<u32>(changetype<usize>(this), 192); }
  /** s, block time since the Unix epoch; the first deal with the creator; zero when there is none */
  get creatorSince(): u64 { return load<u64>(changetype<usize>(this), 200); }
  /** hasCreatorSince tells that there is one. */
  get hasCreatorSince(): bool { return guest.has(changetype<usize>(this), 0); }
  get moduleName(): string { return guest.str(changetype<usize>(this), 208); }
  /** zero when there is none */
  get publisher(): string { return guest.str(changetype<usize>(this), 216); }
  /** hasPublisher tells that there is one. */
  get hasPublisher(): bool { return guest.has(changetype<usize>(this), 1); }
  /** zero when there is none */
  get gpuModel(): string { return guest.str(changetype<usize>(this), 224); }
  /** hasGpuModel tells that there is one. */
  get hasGpuModel(): bool { return guest.has(changetype<usize>(this), 2); }
  /** zero when there is none */
  get region(): string { return guest.str(changetype<usize>(this), 232); }
  /** hasRegion tells that there is one. */
  get hasRegion(): bool { return guest.has(changetype<usize>(this), 3); }
  get labels(): guest.List<Label> { return new guest.List<Label>(changetype<usize>(this), 240, 16); }
  /** zero when there is none */
  get repository(): string { return guest.str(changetype<usize>(this), 248); }
  /** hasRepository tells that there is one. */
  get hasRepository(): bool { return guest.has(changetype<usize>(this), 4); }
  /** identities that signed the module */
  get signers(): guest.List<Signer> { return new guest.List<Signer>(changetype<usize>(this), 256, 16); }
  /** deals of this provider that the creator let run out */
  get creatorTimeouts(): u64 { return load<u32>(changetype<usize>(this), 264); }
  /** its image is named by digest, or it is a WASI command */
  get imagePinned(): bool { return load<u8>(changetype<usize>(this), 268) != 0; }
}

export const SIZE_ADMISSION_RECORD: u32 = 32;

/** Admission is one per request. A price of 0 is the standing price; a quote to take may only be lower; a decline with a higher price asks the solver to rank again. */
export class AdmissionRecord {
  price: u64; // micro-LILY
  arg0: u64;
  arg1: u64;
  answer: Answer;
  reason: u16;

  /** put writes it to its place in the answer, if it has one. */
  put(at: usize): void {
    if (!at) return;
    store<u64>(at, this.price, 0);
    store<u64>(at, this.arg0, 8);
    store<u64>(at, this.arg1, 16);
    store<u8>(at, <u8>this.answer, 24);
    store<u16>(at, this.reason, 26);
  }
}
