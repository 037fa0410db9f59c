// Code generated from hostapi/schema; DO NOT EDIT.

import * as guest from "../guest";
import { Engine, Label } from "../guest";

/** Decision is what a match plugin makes of an offer. */
export enum Decision {
  Rank = 1,
  Refuse = 2,
  Abstain = 3, // no opinion: the solver's own order holds
}

export const KIND_JOB: u32 = 2;
export const SIZE_JOB: u32 = 192;

/** Job is a job as the solver sees it. */
@unmanaged
export class Job {
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
  /** micro-LILY; what the provider must risk */
  get providerStake(): u64 { return load<u64>(changetype<usize>(this), 128); }
  /** micro-LILY */
  get mediationFee(): u64 { return load<u64>(changetype<usize>(this), 136); }
  /** parts in ten thousand */
  get auditRate(): u64 { return load<u32>(changetype<usize>(this), 144); }
  /** s */
  get timeout(): u64 { return load<u32>(changetype<usize>(this), 148); }
  get engine(): Engine { return <Engine>load<u8>(changetype<usize>(this), 152); }
  /** it asks for the network */
  get network(): bool { return load<u8>(changetype<usize>(this), 153) != 0; }
  get moduleName(): string { return guest.str(changetype<usize>(this), 160); }
  /** zero when there is none */
  get gpuModel(): string { return guest.str(changetype<usize>(this), 168); }
  /** hasGpuModel tells that there is one. */
  get hasGpuModel(): bool { return guest.has(changetype<usize>(this), 0); }
  /** zero when there is none */
  get region(): string { return guest.str(changetype<usize>(this), 176); }
  /** hasRegion tells that there is one. */
  get hasRegion(): bool { return guest.has(changetype<usize>(this), 1); }
  /** all are on every offer of the batch */
  get labels(): guest.List<Label> { return new guest.List<Label>(changetype<usize>(this), 184, 16); }
}

export const KIND_OFFER_RECORD: u32 = 3;
export const SIZE_OFFER_RECORD: u32 = 264;

/** Offer is a provider's standing offer. Every offer of a batch can run the job. */
@unmanaged
export class OfferRecord {
  get id(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 16); }
  get hardwareClass(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  get provider(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 80); }
  /** the paying address behind several providers */
  get operator(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 100); }
  /** micro-LILY; per job */
  get price(): u64 { return load<u64>(changetype<usize>(this), 120); }
  /** micro-LILY; the largest stake it locks in one deal */
  get maxStake(): u64 { return load<u64>(changetype<usize>(this), 128); }
  /** micro-LILY; free in its account */
  get deposit(): u64 { return load<u64>(changetype<usize>(this), 136); }
  /** s, block time since the Unix epoch; first seen */
  get since(): u64 { return load<u64>(changetype<usize>(this), 144); }
  get gpus(): u64 { return load<u32>(changetype<usize>(this), 152); }
  /** 10⁶ bytes; per GPU */
  get vram(): u64 { return load<u32>(changetype<usize>(this), 156); }
  /** thousandths of a core */
  get cpu(): u64 { return load<u32>(changetype<usize>(this), 160); }
  /** 10⁶ bytes */
  get ram(): u64 { return load<u32>(changetype<usize>(this), 164); }
  /** 10⁶ bytes */
  get disk(): u64 { return load<u32>(changetype<usize>(this), 168); }
  /** s */
  get maxTimeout(): u64 { return load<u32>(changetype<usize>(this), 172); }
  /** parts in a million; share of the time it was reachable */
  get upRate(): u64 { return load<u32>(changetype<usize>(this), 176); }
  get jobsOk(): u64 { return load<u32>(changetype<usize>(this), 180); }
  get jobsFailed(): u64 { return load<u32>(changetype<usize>(this), 184); }
  /** deals that were challenged */
  get disputes(): u64 { return load<u32>(changetype<usize>(this), 188); }
  /** deals that ended in fraud */
  get slashes(): u64 { return load<u32>(changetype<usize>(this), 192); }
  /** jobs it runs at once */
  get slots(): u64 { return load<u32>(changetype<usize>(this), 196); }
  /** good deals with this job's creator */
  get pairOk(): u64 { return load<u32>(changetype<usize>(this), 200); }
  /** bad ones */
  get pairBad(): u64 { return load<u32>(changetype<usize>(this), 204); }
  /** parts in a million; share of its slots in use */
  get load(): u64 { return load<u32>(changetype<usize>(this), 208); }
  /** zero when there is none */
  get gpuModel(): string { return guest.str(changetype<usize>(this), 216); }
  /** hasGpuModel tells that there is one. */
  get hasGpuModel(): bool { return guest.has(changetype<usize>(this), 0); }
  /** zero when there is none */
  get region(): string { return guest.str(changetype<usize>(this), 224); }
  /** hasRegion tells that there is one. */
  get hasRegion(): bool { return guest.has(changetype<usize>(this), 1); }
  get labels(): guest.List<Label> { return new guest.List<Label>(changetype<usize>(this), 232, 16); }
  /** jobs it lets wait beyond its slots */
  get queue(): u64 { return load<u32>(changetype<usize>(this), 240); }
  /** deals of the last hour that this solver gave it */
  get recentJobs(): u64 { return load<u32>(changetype<usize>(this), 244); }
  /** bytes; of the job's inputs that it already has */
  get inputsHere(): u64 { return load<u64>(changetype<usize>(this), 248); }
  /** it ran the job's module in the last day */
  get moduleHere(): bool { return load<u8>(changetype<usize>(this), 256) != 0; }
}

export const SIZE_SCORE_RECORD: u32 = 32;

/** Score is one per offer. A higher score is better; ties go to the solver's own order. */
export class ScoreRecord {
  score: i64;
  arg0: u64;
  arg1: u64;
  decision: Decision;
  reason: u16;

  /** put writes it to its place in the answer, if it has one. */
  put(at: usize): void {
    if (!at) return;
    store<i64>(at, this.score, 0);
    store<u64>(at, this.arg0, 8);
    store<u64>(at, this.arg1, 16);
    store<u8>(at, <u8>this.decision, 24);
    store<u16>(at, this.reason, 26);
  }
}
