// Code generated from hostapi/schema; DO NOT EDIT.

import * as guest from "../guest";
import { Param, Sameness } from "../guest";

/** Phase is the state of a deal in which a case is decided. */
export enum Phase {
  Review = 1, // the creator judges the result of its own deal
  Mediation = 2, // a drawn mediator judges a challenged one
}

/** Standing is why a party is part of a case. */
export enum Standing {
  Provider = 1, // of the deal that is judged; exactly one
  Creator = 2,
  Replica = 3, // a provider that was asked to run the same job
  Mediator = 4, // the one that decides; its own run is under this party
}

/** ActionKind is what a scheme asks its host to do. */
export enum ActionKind {
  Execute = 1,
  Compare = 2,
  Draw = 3,
  Wait = 4,
  Verdict = 5,
  Bisect = 6, // play two results against each other until one step is left
}

/** Place is where a replica may run. */
export enum Place {
  Any = 0,
  SameClass = 1, // on the hardware class of the deal's provider
  OtherOwner = 2, // at an operator with no part in the case
}

/** Outcome is what a verdict says of the judged result. */
export enum Outcome {
  None = 0,
  Upheld = 1,
  Late = 2,
  Refund = 3,
  Fraud = 4,
}

/** Absence is why an order was not answered. */
export enum Absence {
  Declined = 1,
  Late = 2,
  Fault = 3,
}

/** RunStatus is how a job ended. */
export enum RunStatus {
  Succeeded = 1,
  Failed = 2,
  OutOfMemory = 3,
  TimedOut = 4,
}

export const KIND_CASE_RECORD: u32 = 7;
export const SIZE_CASE_RECORD: u32 = 184;

/** Case is one doubt, with all that is known of it. */
@unmanaged
export class CaseRecord {
  get id(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 16); }
  /** review: the audit coin, a big-endian number, audited when it modulo 10000 is below audit_rate; mediation: the draw seed; zero when there is none */
  get seed(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  /** hasSeed tells that there is one. */
  get hasSeed(): bool { return guest.has(changetype<usize>(this), 0); }
  /** s, block time since the Unix epoch */
  get opened(): u64 { return load<u64>(changetype<usize>(this), 80); }
  /** s, block time since the Unix epoch */
  get now(): u64 { return load<u64>(changetype<usize>(this), 88); }
  /** s, block time since the Unix epoch; of the verdict */
  get deadline(): u64 { return load<u64>(changetype<usize>(this), 96); }
  /** s, block time since the Unix epoch; zero when there is none */
  get challenged(): u64 { return load<u64>(changetype<usize>(this), 104); }
  /** hasChallenged tells that there is one. */
  get hasChallenged(): bool { return guest.has(changetype<usize>(this), 1); }
  /** micro-LILY */
  get price(): u64 { return load<u64>(changetype<usize>(this), 112); }
  /** micro-LILY */
  get providerStake(): u64 { return load<u64>(changetype<usize>(this), 120); }
  /** micro-LILY */
  get creatorStake(): u64 { return load<u64>(changetype<usize>(this), 128); }
  /** micro-LILY */
  get mediationFee(): u64 { return load<u64>(changetype<usize>(this), 136); }
  /** micro-LILY */
  get latePenalty(): u64 { return load<u64>(changetype<usize>(this), 144); }
  /** execute actions that the host will perform */
  get maxRuns(): u64 { return load<u32>(changetype<usize>(this), 152); }
  /** parts in ten thousand */
  get auditRate(): u64 { return load<u32>(changetype<usize>(this), 156); }
  /** panels that decided before this one */
  get level(): u64 { return load<u16>(changetype<usize>(this), 160); }
  get phase(): Phase { return <Phase>load<u8>(changetype<usize>(this), 162); }
  get params(): guest.List<Param> { return new guest.List<Param>(changetype<usize>(this), 168, 16); }
  /** ordered by time; an event that was seen never moves */
  get events(): guest.Items<Event> { return new guest.Items<Event>(changetype<usize>(this), 176, leastEvent); }
}

export const KIND_PARTY: u32 = 8;
export const SIZE_PARTY: u32 = 160;

/** Party is someone who takes part. Its position in the events is its name in all others. */
@unmanaged
export class Party {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events; its own position */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; none */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  get hardwareClass(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 32); }
  get address(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 64); }
  get operator(): guest.Bytes20 { return changetype<guest.Bytes20>(changetype<usize>(this) + 84); }
  /** micro-LILY */
  get stake(): u64 { return load<u64>(changetype<usize>(this), 104); }
  /** s, block time since the Unix epoch */
  get since(): u64 { return load<u64>(changetype<usize>(this), 112); }
  get jobsOk(): u64 { return load<u32>(changetype<usize>(this), 120); }
  get jobsBad(): u64 { return load<u32>(changetype<usize>(this), 124); }
  /** runs of it that were checked and found good */
  get checksOk(): u64 { return load<u32>(changetype<usize>(this), 128); }
  get checksBad(): u64 { return load<u32>(changetype<usize>(this), 132); }
  get standing(): Standing { return <Standing>load<u8>(changetype<usize>(this), 136); }
  /** zero when there is none */
  get region(): string { return guest.str(changetype<usize>(this), 144); }
  /** hasRegion tells that there is one. */
  get hasRegion(): bool { return guest.has(changetype<usize>(this), 0); }
  /** micro-LILY; what a run of it costs */
  get fee(): u64 { return load<u64>(changetype<usize>(this), 152); }
}

export const KIND_ORDERED: u32 = 9;
export const SIZE_ORDERED: u32 = 40;

/** Ordered is the fact that an action was performed. */
@unmanaged
export class Ordered {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events; asked: the replica or mediator of an execute, the party of b of a bisect, else none */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; none */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  get key(): u64 { return load<u32>(changetype<usize>(this), 32); }
  get kind(): ActionKind { return <ActionKind>load<u8>(changetype<usize>(this), 36); }
}

export const KIND_RESULT: u32 = 10;
export const SIZE_RESULT: u32 = 96;

/** Result is the fact that a run ended. */
@unmanaged
export class Result {
  /** s, block time since the Unix epoch; when it was handed over; of the deal's own, by the provider */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order; none for the deal's own result */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** content id of what is compared */
  get content(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 32); }
  /** ms */
  get gpuTime(): u64 { return load<u64>(changetype<usize>(this), 64); }
  /** ms */
  get wallTime(): u64 { return load<u64>(changetype<usize>(this), 72); }
  /** bytes */
  get size(): u64 { return load<u64>(changetype<usize>(this), 80); }
  get status(): RunStatus { return <RunStatus>load<u8>(changetype<usize>(this), 88); }
}

export const KIND_COMPARED: u32 = 11;
export const SIZE_COMPARED: u32 = 64;

/** Compared is the fact that two results were compared. */
@unmanaged
export class Compared {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events; none */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** the position of an event in its case's events */
  get a(): u64 { return load<u32>(changetype<usize>(this), 32); }
  /** the position of an event in its case's events */
  get b(): u64 { return load<u32>(changetype<usize>(this), 36); }
  /** ppm, as the comparator gave it */
  get distance(): u64 { return load<u64>(changetype<usize>(this), 40); }
  get reason(): u64 { return load<u16>(changetype<usize>(this), 48); }
  get sameness(): Sameness { return <Sameness>load<u8>(changetype<usize>(this), 50); }
  get key(): u64 { return load<u32>(changetype<usize>(this), 56); }
}

export const KIND_MISSING: u32 = 12;
export const SIZE_MISSING: u32 = 40;

/** Missing is the fact that an order was not answered. */
@unmanaged
export class Missing {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  get key(): u64 { return load<u32>(changetype<usize>(this), 32); }
  get why(): Absence { return <Absence>load<u8>(changetype<usize>(this), 36); }
}

export const KIND_APPEAL: u32 = 13;
export const SIZE_APPEAL: u32 = 48;

/** Appeal is the fact that someone pays for a further level. Simulation and shadow mode only. */
@unmanaged
export class Appeal {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; none */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** micro-LILY */
  get paid(): u64 { return load<u64>(changetype<usize>(this), 32); }
  get reason(): u64 { return load<u16>(changetype<usize>(this), 40); }
}

export const KIND_TICK: u32 = 14;
export const SIZE_TICK: u32 = 32;

/** Tick is the fact that time has passed. */
@unmanaged
export class Tick {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events; none */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; none */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
}

export const KIND_COMMIT: u32 = 17;
export const SIZE_COMMIT: u32 = 104;

/** Commit is the fact that a party to a bisect stood by the trace of its run. */
@unmanaged
export class Commit {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** that the run took */
  get steps(): u64 { return load<u64>(changetype<usize>(this), 32); }
  /** root over the states of all steps */
  get trace(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 40); }
  /** the state that it ended in */
  get last(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 72); }
}

export const KIND_OPEN: u32 = 18;
export const SIZE_OPEN: u32 = 80;

/** Open is the fact that a party opened a node of its trace. */
@unmanaged
export class Open {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** of the node in its level */
  get index(): u64 { return load<u64>(changetype<usize>(this), 32); }
  get node(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 40); }
  /** 1 is above the states */
  get level(): u64 { return load<u8>(changetype<usize>(this), 72); }
  /** the first in which the parties differ */
  get child(): u64 { return load<u8>(changetype<usize>(this), 73); }
}

export const KIND_SEGMENT: u32 = 19;
export const SIZE_SEGMENT: u32 = 176;

/** Segment is the fact that one step was run, which shows a party wrong. */
@unmanaged
export class Segment {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events; that is wrong; none: nobody was shown to be */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events; the order */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  get key(): u64 { return load<u32>(changetype<usize>(this), 32); }
  get step(): u64 { return load<u64>(changetype<usize>(this), 40); }
  /** the state before it */
  get start(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 48); }
  /** the state behind it, as the party has it */
  get claimed(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 80); }
  /** the state behind it, as it was run */
  get ran(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 112); }
  /** content id; zero when there is none */
  get proof(): guest.Bytes32 { return changetype<guest.Bytes32>(changetype<usize>(this) + 144); }
}

export const SIZE_ACTION_RECORD: u32 = 56;

/** Action is at least one per case; of a case with a verdict the only one. */
export class ActionRecord {
  key: u32; // an action is performed once per key
  item: u32; // position of the case in the batch
  a: u32; // the position of an event in its case's events; compare: a result; bisect: the deal's own
  b: u32; // the position of an event in its case's events; compare: another; bisect: another, or none: what was shown against a
  until: u64; // s, block time since the Unix epoch; execute, wait: when to stop waiting
  arg0: u64;
  arg1: u64;
  confidence: u32; // parts in a million; verdict
  reason: u16;
  kind: ActionKind;
  place: Place; // execute
  outcome: Outcome; // verdict

  /** put writes it to its place in the answer, if it has one. */
  put(at: usize): void {
    if (!at) return;
    store<u32>(at, this.key, 0);
    store<u32>(at, this.item, 4);
    store<u32>(at, this.a, 8);
    store<u32>(at, this.b, 12);
    store<u64>(at, this.until, 16);
    store<u64>(at, this.arg0, 24);
    store<u64>(at, this.arg1, 32);
    store<u32>(at, this.confidence, 40);
    store<u16>(at, this.reason, 44);
    store<u8>(at, <u8>this.kind, 46);
    store<u8>(at, <u8>this.place, 47);
    store<u8>(at, <u8>this.outcome, 48);
  }
}

/** leastEvent is what an item needs of its kind, or of one of later days for what all kinds share. */
function leastEvent(kind: u32): u32 {
  switch (kind) {
    case 8: return 160;
    case 9: return 40;
    case 10: return 96;
    case 11: return 64;
    case 12: return 40;
    case 13: return 48;
    case 14: return 32;
    case 17: return 104;
    case 18: return 80;
    case 19: return 176;
  }
  return 32;
}

/** Event is a fact of a case. */
@unmanaged
export class Event {
  /** s, block time since the Unix epoch */
  get at(): u64 { return load<u64>(changetype<usize>(this), 16); }
  /** the position of a party in its case's events */
  get who(): u64 { return load<u32>(changetype<usize>(this), 24); }
  /** the position of an event in its case's events */
  get re(): u64 { return load<u32>(changetype<usize>(this), 28); }
  /** party is the event as one; null when it is none. */
  get party(): Party | null { return guest.kind(changetype<usize>(this)) == 8 ? changetype<Party>(changetype<usize>(this)) : null; }
  /** ordered is the event as one; null when it is none. */
  get ordered(): Ordered | null { return guest.kind(changetype<usize>(this)) == 9 ? changetype<Ordered>(changetype<usize>(this)) : null; }
  /** result is the event as one; null when it is none. */
  get result(): Result | null { return guest.kind(changetype<usize>(this)) == 10 ? changetype<Result>(changetype<usize>(this)) : null; }
  /** compared is the event as one; null when it is none. */
  get compared(): Compared | null { return guest.kind(changetype<usize>(this)) == 11 ? changetype<Compared>(changetype<usize>(this)) : null; }
  /** missing is the event as one; null when it is none. */
  get missing(): Missing | null { return guest.kind(changetype<usize>(this)) == 12 ? changetype<Missing>(changetype<usize>(this)) : null; }
  /** appeal is the event as one; null when it is none. */
  get appeal(): Appeal | null { return guest.kind(changetype<usize>(this)) == 13 ? changetype<Appeal>(changetype<usize>(this)) : null; }
  /** tick is the event as one; null when it is none. */
  get tick(): Tick | null { return guest.kind(changetype<usize>(this)) == 14 ? changetype<Tick>(changetype<usize>(this)) : null; }
  /** commit is the event as one; null when it is none. */
  get commit(): Commit | null { return guest.kind(changetype<usize>(this)) == 17 ? changetype<Commit>(changetype<usize>(this)) : null; }
  /** open is the event as one; null when it is none. */
  get open(): Open | null { return guest.kind(changetype<usize>(this)) == 18 ? changetype<Open>(changetype<usize>(this)) : null; }
  /** segment is the event as one; null when it is none. */
  get segment(): Segment | null { return guest.kind(changetype<usize>(this)) == 19 ? changetype<Segment>(changetype<usize>(this)) : null; }
}
