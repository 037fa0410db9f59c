// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#include "common_gen.h"

// admit_weekday is a day by ISO 8601.
typedef enum {
	ADMIT_WEEKDAY_MONDAY = 1,
	ADMIT_WEEKDAY_TUESDAY = 2,
	ADMIT_WEEKDAY_WEDNESDAY = 3,
	ADMIT_WEEKDAY_THURSDAY = 4,
	ADMIT_WEEKDAY_FRIDAY = 5,
	ADMIT_WEEKDAY_SATURDAY = 6,
	ADMIT_WEEKDAY_SUNDAY = 7,
} admit_weekday;

// admit_answer is what a provider says to a job.
typedef enum {
	ADMIT_ANSWER_TAKE = 1,
	ADMIT_ANSWER_DECLINE = 2,
} admit_answer;

// admit_node is the provider's own state.
typedef struct {
	lilypad_item it;
} admit_node;

enum {
	ADMIT_NODE_KIND = 4,
	ADMIT_NODE_SIZE = 96,
};

_Static_assert(96 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// admit_request is a job that the solver offers to this provider.
typedef struct {
	lilypad_item it;
} admit_request;

enum {
	ADMIT_REQUEST_KIND = 5,
	ADMIT_REQUEST_SIZE = 272,
};

_Static_assert(272 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// admit_admission is one per request. A price of 0 is the standing price; a quote to take may only be lower; a decline with a higher price asks the solver to rank again.
typedef struct {
	uint64_t price; // micro-LILY
	uint64_t arg0;
	uint64_t arg1;
	admit_answer answer;
	uint16_t reason;
} admit_admission;

enum {
	ADMIT_ADMISSION_SIZE = 32,
};

static inline void admit_admission_put(const admit_admission *x, uint8_t *b) {
	lilypad_put_u64(b, 0, (uint64_t)x->price);
	lilypad_put_u64(b, 8, (uint64_t)x->arg0);
	lilypad_put_u64(b, 16, (uint64_t)x->arg1);
	lilypad_put_u8(b, 24, (uint8_t)x->answer);
	lilypad_put_u16(b, 26, (uint16_t)x->reason);
}

static inline const uint8_t *admit_node_address(admit_node x) {
	return x.it.at + 16;
}
// jobs
static inline uint64_t admit_node_running(admit_node x) {
	return lilypad_read_u32(x.it, 36);
}
static inline uint64_t admit_node_queued(admit_node x) {
	return lilypad_read_u32(x.it, 40);
}
// jobs at once
static inline uint64_t admit_node_slots(admit_node x) {
	return lilypad_read_u32(x.it, 44);
}
// jobs that may wait
static inline uint64_t admit_node_queue(admit_node x) {
	return lilypad_read_u32(x.it, 48);
}
static inline uint64_t admit_node_gpus(admit_node x) {
	return lilypad_read_u32(x.it, 52);
}
static inline uint64_t admit_node_gpus_free(admit_node x) {
	return lilypad_read_u32(x.it, 56);
}
// 10⁶ bytes; of the emptiest free GPU
static inline uint64_t admit_node_vram_free(admit_node x) {
	return lilypad_read_u32(x.it, 60);
}
// thousandths of a core
static inline uint64_t admit_node_cpu_free(admit_node x) {
	return lilypad_read_u32(x.it, 64);
}
// 10⁶ bytes
static inline uint64_t admit_node_ram_free(admit_node x) {
	return lilypad_read_u32(x.it, 68);
}
// 10⁶ bytes
static inline uint64_t admit_node_disk_free(admit_node x) {
	return lilypad_read_u32(x.it, 72);
}
// 0 to 1439, block time in the zone of the provider's configuration
static inline uint64_t admit_node_minute_of_day(admit_node x) {
	return lilypad_read_u16(x.it, 76);
}
// in the same zone
static inline admit_weekday admit_node_weekday(admit_node x) {
	return (admit_weekday)lilypad_read_u8(x.it, 78);
}
// micro-LILY; free in its account
static inline uint64_t admit_node_deposit(admit_node x) {
	return lilypad_read_u64(x.it, 80);
}
// zero when there is none
static inline lilypad_str admit_node_region(admit_node x) {
	return lilypad_read_str(x.it, 88);
}
static inline bool admit_node_has_region(admit_node x) {
	return lilypad_has(x.it, 0);
}

static inline const uint8_t *admit_request_id(admit_request x) {
	return x.it.at + 16;
}
static inline const uint8_t *admit_request_module(admit_request x) {
	return x.it.at + 48;
}
static inline const uint8_t *admit_request_creator(admit_request x) {
	return x.it.at + 80;
}
static inline uint64_t admit_request_gpus(admit_request x) {
	return lilypad_read_u32(x.it, 100);
}
// 10⁶ bytes; per GPU
static inline uint64_t admit_request_vram(admit_request x) {
	return lilypad_read_u32(x.it, 104);
}
// thousandths of a core
static inline uint64_t admit_request_cpu(admit_request x) {
	return lilypad_read_u32(x.it, 108);
}
// 10⁶ bytes
static inline uint64_t admit_request_ram(admit_request x) {
	return lilypad_read_u32(x.it, 112);
}
// 10⁶ bytes
static inline uint64_t admit_request_disk(admit_request x) {
	return lilypad_read_u32(x.it, 116);
}
// micro-LILY
static inline uint64_t admit_request_max_price(admit_request x) {
	return lilypad_read_u64(x.it, 120);
}
// micro-LILY; of the offer that was ranked
static inline uint64_t admit_request_standing_price(admit_request x) {
	return lilypad_read_u64(x.it, 128);
}
// micro-LILY
static inline uint64_t admit_request_provider_stake(admit_request x) {
	return lilypad_read_u64(x.it, 136);
}
// micro-LILY
static inline uint64_t admit_request_mediation_fee(admit_request x) {
	return lilypad_read_u64(x.it, 144);
}
// parts in ten thousand
static inline uint64_t admit_request_audit_rate(admit_request x) {
	return lilypad_read_u32(x.it, 152);
}
// s
static inline uint64_t admit_request_timeout(admit_request x) {
	return lilypad_read_u32(x.it, 156);
}
static inline lilypad_engine admit_request_engine(admit_request x) {
	return (lilypad_engine)lilypad_read_u8(x.it, 160);
}
static inline bool admit_request_network(admit_request x) {
	return lilypad_read_bool(x.it, 161);
}
// bytes
static inline uint64_t admit_request_input_size(admit_request x) {
	return lilypad_read_u64(x.it, 168);
}
// good deals of this provider with the creator
static inline uint64_t admit_request_creator_ok(admit_request x) {
	return lilypad_read_u32(x.it, 176);
}
// bad ones
static inline uint64_t admit_request_creator_bad(admit_request x) {
	return lilypad_read_u32(x.it, 180);
}
// that the creator challenged
static inline uint64_t admit_request_creator_disputes(admit_request x) {
	return lilypad_read_u32(x.it, 184);
}
// good runs of the module here
static inline uint64_t admit_request_module_ok(admit_request x) {
	return lilypad_read_u32(x.it, 188);
}
static inline uint64_t admit_request_module_failed(admit_request x) {
	return lilypad_read_u32(x.it, 192);
}
// s, block time since the Unix epoch; the first deal with the creator; zero when there is none
static inline uint64_t admit_request_creator_since(admit_request x) {
	return lilypad_read_u64(x.it, 200);
}
static inline bool admit_request_has_creator_since(admit_request x) {
	return lilypad_has(x.it, 0);
}
static inline lilypad_str admit_request_module_name(admit_request x) {
	return lilypad_read_str(x.it, 208);
}
// zero when there is none
static inline lilypad_str admit_request_publisher(admit_request x) {
	return lilypad_read_str(x.it, 216);
}
static inline bool admit_request_has_publisher(admit_request x) {
	return lilypad_has(x.it, 1);
}
// zero when there is none
static inline lilypad_str admit_request_gpu_model(admit_request x) {
	return lilypad_read_str(x.it, 224);
}
static inline bool admit_request_has_gpu_model(admit_request x) {
	return lilypad_has(x.it, 2);
}
// zero when there is none
static inline lilypad_str admit_request_region(admit_request x) {
	return lilypad_read_str(x.it, 232);
}
static inline bool admit_request_has_region(admit_request x) {
	return lilypad_has(x.it, 3);
}
static inline uint32_t admit_request_labels_count(admit_request x) {
	return lilypad_list_of(x.it, 240, 16).n;
}
static inline lilypad_label admit_request_labels_at(admit_request x, uint32_t i) {
	return lilypad_label_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 240, 16), i));
}
// zero when there is none
static inline lilypad_str admit_request_repository(admit_request x) {
	return lilypad_read_str(x.it, 248);
}
static inline bool admit_request_has_repository(admit_request x) {
	return lilypad_has(x.it, 4);
}
// identities that signed the module
static inline uint32_t admit_request_signers_count(admit_request x) {
	return lilypad_list_of(x.it, 256, 16).n;
}
static inline lilypad_signer admit_request_signers_at(admit_request x, uint32_t i) {
	return lilypad_signer_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 256, 16), i));
}
// deals of this provider that the creator let run out
static inline uint64_t admit_request_creator_timeouts(admit_request x) {
	return lilypad_read_u32(x.it, 264);
}
// its image is named by digest, or it is a WASI command
static inline bool admit_request_image_pinned(admit_request x) {
	return lilypad_read_bool(x.it, 268);
}
