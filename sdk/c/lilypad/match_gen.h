// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#include "common_gen.h"

// match_decision is what a match plugin makes of an offer.
typedef enum {
	MATCH_DECISION_RANK = 1,
	MATCH_DECISION_REFUSE = 2,
	MATCH_DECISION_ABSTAIN = 3, // no opinion: the solver's own order holds
} match_decision;

// match_job is a job as the solver sees it.
typedef struct {
	lilypad_item it;
} match_job;

enum {
	MATCH_JOB_KIND = 2,
	MATCH_JOB_SIZE = 192,
};

_Static_assert(192 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// match_offer is a provider's standing offer. Every offer of a batch can run the job.
typedef struct {
	lilypad_item it;
} match_offer;

enum {
	MATCH_OFFER_KIND = 3,
	MATCH_OFFER_SIZE = 264,
};

_Static_assert(264 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// match_score is one per offer. A higher score is better; ties go to the solver's own order.
typedef struct {
	int64_t score;
	uint64_t arg0;
	uint64_t arg1;
	match_decision decision;
	uint16_t reason;
} match_score;

enum {
	MATCH_SCORE_SIZE = 32,
};

static inline void match_score_put(const match_score *x, uint8_t *b) {
	lilypad_put_u64(b, 0, (uint64_t)x->score);
	lilypad_put_u64(b, 8, (uint64_t)x->arg0);
	lilypad_put_u64(b, 16, (uint64_t)x->arg1);
	lilypad_put_u8(b, 24, (uint8_t)x->decision);
	lilypad_put_u16(b, 26, (uint16_t)x->reason);
}

static inline const uint8_t *match_job_id(match_job x) {
	return x.it.at + 16;
}
static inline const uint8_t *match_job_module(match_job x) {
	return x.it.at + 48;
}
static inline const uint8_t *match_job_creator(match_job x) {
	return x.it.at + 80;
}
static inline uint64_t match_job_gpus(match_job x) {
	return lilypad_read_u32(x.it, 100);
}
// 10⁶ bytes; per GPU
static inline uint64_t match_job_vram(match_job x) {
	return lilypad_read_u32(x.it, 104);
}
// thousandths of a core
static inline uint64_t match_job_cpu(match_job x) {
	return lilypad_read_u32(x.it, 108);
}
// 10⁶ bytes
static inline uint64_t match_job_ram(match_job x) {
	return lilypad_read_u32(x.it, 112);
}
// 10⁶ bytes
static inline uint64_t match_job_disk(match_job x) {
	return lilypad_read_u32(x.it, 116);
}
// micro-LILY
static inline uint64_t match_job_max_price(match_job x) {
	return lilypad_read_u64(x.it, 120);
}
// micro-LILY; what the provider must risk
static inline uint64_t match_job_provider_stake(match_job x) {
	return lilypad_read_u64(x.it, 128);
}
// micro-LILY
static inline uint64_t match_job_mediation_fee(match_job x) {
	return lilypad_read_u64(x.it, 136);
}
// parts in ten thousand
static inline uint64_t match_job_audit_rate(match_job x) {
	return lilypad_read_u32(x.it, 144);
}
// s
static inline uint64_t match_job_timeout(match_job x) {
	return lilypad_read_u32(x.it, 148);
}
static inline lilypad_engine match_job_engine(match_job x) {
	return (lilypad_engine)lilypad_read_u8(x.it, 152);
}
// it asks for the network
static inline bool match_job_network(match_job x) {
	return lilypad_read_bool(x.it, 153);
}
static inline lilypad_str match_job_module_name(match_job x) {
	return lilypad_read_str(x.it, 160);
}
// zero when there is none
static inline lilypad_str match_job_gpu_model(match_job x) {
	return lilypad_read_str(x.it, 168);
}
static inline bool match_job_has_gpu_model(match_job x) {
	return lilypad_has(x.it, 0);
}
// zero when there is none
static inline lilypad_str match_job_region(match_job x) {
	return lilypad_read_str(x.it, 176);
}
static inline bool match_job_has_region(match_job x) {
	return lilypad_has(x.it, 1);
}
// all are on every offer of the batch
static inline uint32_t match_job_labels_count(match_job x) {
	return lilypad_list_of(x.it, 184, 16).n;
}
static inline lilypad_label match_job_labels_at(match_job x, uint32_t i) {
	return lilypad_label_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 184, 16), i));
}

static inline const uint8_t *match_offer_id(match_offer x) {
	return x.it.at + 16;
}
static inline const uint8_t *match_offer_hardware_class(match_offer x) {
	return x.it.at + 48;
}
static inline const uint8_t *match_offer_provider(match_offer x) {
	return x.it.at + 80;
}
// the paying address behind several providers
static inline const uint8_t *match_offer_operator(match_offer x) {
	return x.it.at + 100;
}
// micro-LILY; per job
static inline uint64_t match_offer_price(match_offer x) {
	return lilypad_read_u64(x.it, 120);
}
// micro-LILY; the largest stake it locks in one deal
static inline uint64_t match_offer_max_stake(match_offer x) {
	return lilypad_read_u64(x.it, 128);
}
// micro-LILY; free in its account
static inline uint64_t match_offer_deposit(match_offer x) {
	return lilypad_read_u64(x.it, 136);
}
// s, block time since the Unix epoch; first seen
static inline uint64_t match_offer_since(match_offer x) {
	return lilypad_read_u64(x.it, 144);
}
static inline uint64_t match_offer_gpus(match_offer x) {
	return lilypad_read_u32(x.it, 152);
}
// 10⁶ bytes; per GPU
static inline uint64_t match_offer_vram(match_offer x) {
	return lilypad_read_u32(x.it, 156);
}
// thousandths of a core
static inline uint64_t match_offer_cpu(match_offer x) {
	return lilypad_read_u32(x.it, 160);
}
// 10⁶ bytes
static inline uint64_t match_offer_ram(match_offer x) {
	return lilypad_read_u32(x.it, 164);
}
// 10⁶ bytes
static inline uint64_t match_offer_disk(match_offer x) {
	return lilypad_read_u32(x.it, 168);
}
// s
static inline uint64_t match_offer_max_timeout(match_offer x) {
	return lilypad_read_u32(x.it, 172);
}
// parts in a million; share of the time it was reachable
static inline uint64_t match_offer_up_rate(match_offer x) {
	return lilypad_read_u32(x.it, 176);
}
static inline uint64_t match_offer_jobs_ok(match_offer x) {
	return lilypad_read_u32(x.it, 180);
}
static inline uint64_t match_offer_jobs_failed(match_offer x) {
	return lilypad_read_u32(x.it, 184);
}
// deals that were challenged
static inline uint64_t match_offer_disputes(match_offer x) {
	return lilypad_read_u32(x.it, 188);
}
// deals that ended in fraud
static inline uint64_t match_offer_slashes(match_offer x) {
	return lilypad_read_u32(x.it, 192);
}
// jobs it runs at once
static inline uint64_t match_offer_slots(match_offer x) {
	return lilypad_read_u32(x.it, 196);
}
// good deals with this job's creator
static inline uint64_t match_offer_pair_ok(match_offer x) {
	return lilypad_read_u32(x.it, 200);
}
// bad ones
static inline uint64_t match_offer_pair_bad(match_offer x) {
	return lilypad_read_u32(x.it, 204);
}
// parts in a million; share of its slots in use
static inline uint64_t match_offer_load(match_offer x) {
	return lilypad_read_u32(x.it, 208);
}
// zero when there is none
static inline lilypad_str match_offer_gpu_model(match_offer x) {
	return lilypad_read_str(x.it, 216);
}
static inline bool match_offer_has_gpu_model(match_offer x) {
	return lilypad_has(x.it, 0);
}
// zero when there is none
static inline lilypad_str match_offer_region(match_offer x) {
	return lilypad_read_str(x.it, 224);
}
static inline bool match_offer_has_region(match_offer x) {
	return lilypad_has(x.it, 1);
}
static inline uint32_t match_offer_labels_count(match_offer x) {
	return lilypad_list_of(x.it, 232, 16).n;
}
static inline lilypad_label match_offer_labels_at(match_offer x, uint32_t i) {
	return lilypad_label_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 232, 16), i));
}
// jobs it lets wait beyond its slots
static inline uint64_t match_offer_queue(match_offer x) {
	return lilypad_read_u32(x.it, 240);
}
// deals of the last hour that this solver gave it
static inline uint64_t match_offer_recent_jobs(match_offer x) {
	return lilypad_read_u32(x.it, 244);
}
// bytes; of the job's inputs that it already has
static inline uint64_t match_offer_inputs_here(match_offer x) {
	return lilypad_read_u64(x.it, 248);
}
// it ran the job's module in the last day
static inline bool match_offer_module_here(match_offer x) {
	return lilypad_read_bool(x.it, 256);
}
