// Code generated from hostapi/schema; DO NOT EDIT.

import * as match from "../match";
import * as admit from "../admit";
import * as allow from "../allow";
import * as mediate from "../mediate";
import * as compare from "../compare";
import { absent, element, hexed, number, signed, text, truth } from "./line";

export function dumpJob(name: string, x: match.Job): void {
  hexed(name + "id", x.id.toString());
  hexed(name + "module", x.module.toString());
  hexed(name + "creator", x.creator.toString());
  number(name + "gpus", x.gpus);
  number(name + "vram", x.vram);
  number(name + "cpu", x.cpu);
  number(name + "ram", x.ram);
  number(name + "disk", x.disk);
  number(name + "max_price", x.maxPrice);
  number(name + "provider_stake", x.providerStake);
  number(name + "mediation_fee", x.mediationFee);
  number(name + "audit_rate", x.auditRate);
  number(name + "timeout", x.timeout);
  number(name + "engine", x.engine);
  truth(name + "network", x.network);
  text(name + "module_name", x.moduleName);
  if (!x.hasGpuModel) absent(name + "gpu_model");
  else {
  text(name + "gpu_model", x.gpuModel);
  }
  if (!x.hasRegion) absent(name + "region");
  else {
  text(name + "region", x.region);
  }
  const labels = x.labels;
  number(name + "labels", labels.length);
  for (let i = 0; i < labels.length; i++) {
    const at = element(name + "labels", i), e = labels[i];
    text(at + "key", e.key);
    text(at + "value", e.value);
  }
}

export function dumpOffer(name: string, x: match.Offer): void {
  hexed(name + "id", x.id.toString());
  hexed(name + "hardware_class", x.hardwareClass.toString());
  hexed(name + "provider", x.provider.toString());
  hexed(name + "operator", x.operator.toString());
  number(name + "price", x.price);
  number(name + "max_stake", x.maxStake);
  number(name + "deposit", x.deposit);
  number(name + "since", x.since);
  number(name + "gpus", x.gpus);
  number(name + "vram", x.vram);
  number(name + "cpu", x.cpu);
  number(name + "ram", x.ram);
  number(name + "disk", x.disk);
  number(name + "max_timeout", x.maxTimeout);
  number(name + "up_rate", x.upRate);
  number(name + "jobs_ok", x.jobsOk);
  number(name + "jobs_failed", x.jobsFailed);
  number(name + "disputes", x.disputes);
  number(name + "slashes", x.slashes);
  number(name + "slots", x.slots);
  number(name + "pair_ok", x.pairOk);
  number(name + "pair_bad", x.pairBad);
  number(name + "load", x.load);
  if (!x.hasGpuModel) absent(name + "gpu_model");
  else {
  text(name + "gpu_model", x.gpuModel);
  }
  if (!x.hasRegion) absent(name + "region");
  else {
  text(name + "region", x.region);
  }
  const labels = x.labels;
  number(name + "labels", labels.length);
  for (let i = 0; i < labels.length; i++) {
    const at = element(name + "labels", i), e = labels[i];
    text(at + "key", e.key);
    text(at + "value", e.value);
  }
  number(name + "queue", x.queue);
  number(name + "recent_jobs", x.recentJobs);
  number(name + "inputs_here", x.inputsHere);
  truth(name + "module_here", x.moduleHere);
}

export function dumpNode(name: string, x: admit.Node): void {
  hexed(name + "address", x.address.toString());
  number(name + "running", x.running);
  number(name + "queued", x.queued);
  number(name + "slots", x.slots);
  number(name + "queue", x.queue);
  number(name + "gpus", x.gpus);
  number(name + "gpus_free", x.gpusFree);
  number(name + "vram_free", x.vramFree);
  number(name + "cpu_free", x.cpuFree);
  number(name + "ram_free", x.ramFree);
  number(name + "disk_free", x.diskFree);
  number(name + "minute_of_day", x.minuteOfDay);
  number(name + "weekday", x.weekday);
  number(name + "deposit", x.deposit);
  if (!x.hasRegion) absent(name + "region");
  else {
  text(name + "region", x.region);
  }
}

export function dumpRequest(name: string, x: admit.Request): void {
  hexed(name + "id", x.id.toString());
  hexed(name + "module", x.module.toString());
  hexed(name + "creator", x.creator.toString());
  number(name + "gpus", x.gpus);
  number(name + "vram", x.vram);
  number(name + "cpu", x.cpu);
  number(name + "ram", x.ram);
  number(name + "disk", x.disk);
  number(name + "max_price", x.maxPrice);
  number(name + "standing_price", x.standingPrice);
  number(name + "provider_stake", x.providerStake);
  number(name + "mediation_fee", x.mediationFee);
  number(name + "audit_rate", x.auditRate);
  number(name + "timeout", x.timeout);
  number(name + "engine", x.engine);
  truth(name + "network", x.network);
  number(name + "input_size", x.inputSize);
  number(name + "creator_ok", x.creatorOk);
  number(name + "creator_bad", x.creatorBad);
  number(name + "creator_disputes", x.creatorDisputes);
  number(name + "module_ok", x.moduleOk);
  number(name + "module_failed", x.moduleFailed);
  if (!x.hasCreatorSince) absent(name + "creator_since");
  else {
  number(name + "creator_since", x.creatorSince);
  }
  text(name + "module_name", x.moduleName);
  if (!x.hasPublisher) absent(name + "publisher");
  else {
  text(name + "publisher", x.publisher);
  }
  if (!x.hasGpuModel) absent(name + "gpu_model");
  else {
  text(name + "gpu_model", x.gpuModel);
  }
  if (!x.hasRegion) absent(name + "region");
  else {
  text(name + "region", x.region);
  }
  const labels = x.labels;
  number(name + "labels", labels.length);
  for (let i = 0; i < labels.length; i++) {
    const at = element(name + "labels", i), e = labels[i];
    text(at + "key", e.key);
    text(at + "value", e.value);
  }
  if (!x.hasRepository) absent(name + "repository");
  else {
  text(name + "repository", x.repository);
  }
  const signers = x.signers;
  number(name + "signers", signers.length);
  for (let i = 0; i < signers.length; i++) {
    const at = element(name + "signers", i), e = signers[i];
    text(at + "identity", e.identity);
    text(at + "issuer", e.issuer);
  }
  number(name + "creator_timeouts", x.creatorTimeouts);
  truth(name + "image_pinned", x.imagePinned);
}

export function dumpModule(name: string, x: allow.Module): void {
  hexed(name + "id", x.id.toString());
  hexed(name + "digest", x.digest.toString());
  hexed(name + "template", x.template.toString());
  number(name + "gpus", x.gpus);
  number(name + "vram", x.vram);
  number(name + "cpu", x.cpu);
  number(name + "ram", x.ram);
  number(name + "disk", x.disk);
  number(name + "timeout", x.timeout);
  number(name + "role", x.role);
  number(name + "engine", x.engine);
  number(name + "listing", x.listing);
  truth(name + "network", x.network);
  text(name + "name", x.name);
  text(name + "repository", x.repository);
  text(name + "commit", x.commit);
  text(name + "publisher", x.publisher);
  text(name + "image", x.image);
  if (!x.hasGpuModel) absent(name + "gpu_model");
  else {
  text(name + "gpu_model", x.gpuModel);
  }
  if (!x.hasBlockReason) absent(name + "block_reason");
  else {
  text(name + "block_reason", x.blockReason);
  }
  const signers = x.signers;
  number(name + "signers", signers.length);
  for (let i = 0; i < signers.length; i++) {
    const at = element(name + "signers", i), e = signers[i];
    text(at + "identity", e.identity);
    text(at + "issuer", e.issuer);
  }
}

export function dumpCase(name: string, x: mediate.Case): void {
  hexed(name + "id", x.id.toString());
  if (!x.hasSeed) absent(name + "seed");
  else {
  hexed(name + "seed", x.seed.toString());
  }
  number(name + "opened", x.opened);
  number(name + "now", x.now);
  number(name + "deadline", x.deadline);
  if (!x.hasChallenged) absent(name + "challenged");
  else {
  number(name + "challenged", x.challenged);
  }
  number(name + "price", x.price);
  number(name + "provider_stake", x.providerStake);
  number(name + "creator_stake", x.creatorStake);
  number(name + "mediation_fee", x.mediationFee);
  number(name + "late_penalty", x.latePenalty);
  number(name + "max_runs", x.maxRuns);
  number(name + "audit_rate", x.auditRate);
  number(name + "level", x.level);
  number(name + "phase", x.phase);
  const params = x.params;
  number(name + "params", params.length);
  for (let i = 0; i < params.length; i++) {
    const at = element(name + "params", i), e = params[i];
    text(at + "key", e.key);
    signed(at + "value", e.value);
  }
  const events = x.events;
  number(name + "events", events.length);
  for (let i = 0; i < events.length; i++) dumpEvent(element(name + "events", i), events[i]);
}

export function dumpPair(name: string, x: compare.Pair): void {
  hexed(name + "a_root", x.aRoot.toString());
  hexed(name + "b_root", x.bRoot.toString());
  number(name + "a_size", x.aSize);
  number(name + "b_size", x.bSize);
  number(name + "a", x.a);
  number(name + "b", x.b);
  number(name + "a_files", x.aFiles);
  number(name + "b_files", x.bFiles);
  const params = x.params;
  number(name + "params", params.length);
  for (let i = 0; i < params.length; i++) {
    const at = element(name + "params", i), e = params[i];
    text(at + "key", e.key);
    signed(at + "value", e.value);
  }
  number(name + "engine", x.engine);
}

export function dumpParty(name: string, x: mediate.Party): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  hexed(name + "hardware_class", x.hardwareClass.toString());
  hexed(name + "address", x.address.toString());
  hexed(name + "operator", x.operator.toString());
  number(name + "stake", x.stake);
  number(name + "since", x.since);
  number(name + "jobs_ok", x.jobsOk);
  number(name + "jobs_bad", x.jobsBad);
  number(name + "checks_ok", x.checksOk);
  number(name + "checks_bad", x.checksBad);
  number(name + "standing", x.standing);
  if (!x.hasRegion) absent(name + "region");
  else {
  text(name + "region", x.region);
  }
  number(name + "fee", x.fee);
}

export function dumpOrdered(name: string, x: mediate.Ordered): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "key", x.key);
  number(name + "kind", x.kind);
}

export function dumpResult(name: string, x: mediate.Result): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  hexed(name + "content", x.content.toString());
  number(name + "gpu_time", x.gpuTime);
  number(name + "wall_time", x.wallTime);
  number(name + "size", x.size);
  number(name + "status", x.status);
}

export function dumpCompared(name: string, x: mediate.Compared): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "a", x.a);
  number(name + "b", x.b);
  number(name + "distance", x.distance);
  number(name + "reason", x.reason);
  number(name + "sameness", x.sameness);
  number(name + "key", x.key);
}

export function dumpMissing(name: string, x: mediate.Missing): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "key", x.key);
  number(name + "why", x.why);
}

export function dumpAppeal(name: string, x: mediate.Appeal): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "paid", x.paid);
  number(name + "reason", x.reason);
}

export function dumpTick(name: string, x: mediate.Tick): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
}

export function dumpCommit(name: string, x: mediate.Commit): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "steps", x.steps);
  hexed(name + "trace", x.trace.toString());
  hexed(name + "last", x.last.toString());
}

export function dumpOpen(name: string, x: mediate.Open): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "index", x.index);
  hexed(name + "node", x.node.toString());
  number(name + "level", x.level);
  number(name + "child", x.child);
}

export function dumpSegment(name: string, x: mediate.Segment): void {
  number(name + "at", x.at);
  number(name + "who", x.who);
  number(name + "re", x.re);
  number(name + "key", x.key);
  number(name + "step", x.step);
  hexed(name + "start", x.start.toString());
  hexed(name + "claimed", x.claimed.toString());
  hexed(name + "ran", x.ran.toString());
  hexed(name + "proof", x.proof.toString());
}

function dumpEvent(name: string, x: mediate.Event): void {
  const party = x.party;
  if (party) dumpParty(name + "party.", party);
  const ordered = x.ordered;
  if (ordered) dumpOrdered(name + "ordered.", ordered);
  const result = x.result;
  if (result) dumpResult(name + "result.", result);
  const compared = x.compared;
  if (compared) dumpCompared(name + "compared.", compared);
  const missing = x.missing;
  if (missing) dumpMissing(name + "missing.", missing);
  const appeal = x.appeal;
  if (appeal) dumpAppeal(name + "appeal.", appeal);
  const tick = x.tick;
  if (tick) dumpTick(name + "tick.", tick);
  const commit = x.commit;
  if (commit) dumpCommit(name + "commit.", commit);
  const open = x.open;
  if (open) dumpOpen(name + "open.", open);
  const segment = x.segment;
  if (segment) dumpSegment(name + "segment.", segment);
}

export function sampleScore(x: match.Score): match.Score {
  x.score = <i64>0x1716151413121110;
  x.arg0 = <u64>0x2726252423222120;
  x.arg1 = <u64>0x3736353433323130;
  x.decision = <match.Decision>0x2;
  x.reason = <u16>0x5150;
  return x;
}

export function sampleAdmission(x: admit.Admission): admit.Admission {
  x.price = <u64>0x1716151413121110;
  x.arg0 = <u64>0x2726252423222120;
  x.arg1 = <u64>0x3736353433323130;
  x.answer = <admit.Answer>0x1;
  x.reason = <u16>0x5150;
  return x;
}

export function sampleRuling(x: allow.Ruling): allow.Ruling {
  x.arg0 = <u64>0x1716151413121110;
  x.arg1 = <u64>0x2726252423222120;
  x.rule = <u32>0x33323130;
  x.reason = <u16>0x4140;
  x.permission = <allow.Permission>0x3;
  return x;
}

export function sampleAction(x: mediate.Action): mediate.Action {
  x.key = <u32>0x13121110;
  x.item = <u32>0x23222120;
  x.a = <u32>0x33323130;
  x.b = <u32>0x43424140;
  x.until = <u64>0x5756555453525150;
  x.arg0 = <u64>0x6766656463626160;
  x.arg1 = <u64>0x7776757473727170;
  x.confidence = <u32>0x83828180;
  x.reason = <u16>0x9190;
  x.kind = <mediate.ActionKind>0x5;
  x.place = <mediate.Place>0x2;
  x.outcome = <mediate.Outcome>0x2;
  return x;
}

export function sampleComparison(x: compare.Comparison): compare.Comparison {
  x.distance = <u64>0x1716151413121110;
  x.arg0 = <u64>0x2726252423222120;
  x.arg1 = <u64>0x3736353433323130;
  x.reason = <u16>0x4140;
  x.sameness = <compare.Sameness>0x3;
  return x;
}
