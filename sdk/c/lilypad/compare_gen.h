// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#include "common_gen.h"

// compare_pair is two result trees. Handles name them in host calls.
typedef struct {
	lilypad_item it;
} compare_pair;

enum {
	COMPARE_PAIR_KIND = 15,
	COMPARE_PAIR_SIZE = 128,
};

_Static_assert(128 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// compare_comparison is one per pair.
typedef struct {
	uint64_t distance; // ppm; 0 for equal results
	uint64_t arg0;
	uint64_t arg1;
	uint16_t reason;
	lilypad_sameness sameness;
} compare_comparison;

enum {
	COMPARE_COMPARISON_SIZE = 32,
};

static inline void compare_comparison_put(const compare_comparison *x, uint8_t *b) {
	lilypad_put_u64(b, 0, (uint64_t)x->distance);
	lilypad_put_u64(b, 8, (uint64_t)x->arg0);
	lilypad_put_u64(b, 16, (uint64_t)x->arg1);
	lilypad_put_u16(b, 24, (uint16_t)x->reason);
	lilypad_put_u8(b, 26, (uint8_t)x->sameness);
}

// compare_difference is a path at which two trees differ.
typedef struct {
	lilypad_str path;
	uint64_t a_size; // bytes
	uint64_t b_size; // bytes
	uint64_t a; // handle of a file; 0: not in this tree
	uint64_t b;
	bool a_executable;
	bool b_executable;
} compare_difference;

static inline compare_difference compare_difference_read(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (compare_difference){0};
	}
	return (compare_difference){
		.path = lilypad_read_str(it, at),
		.a_size = lilypad_read_u64(it, at + 8),
		.b_size = lilypad_read_u64(it, at + 16),
		.a = lilypad_read_u32(it, at + 24),
		.b = lilypad_read_u32(it, at + 28),
		.a_executable = lilypad_read_bool(it, at + 32),
		.b_executable = lilypad_read_bool(it, at + 33),
	};
}

// compare_differences is what tree_diff writes.
typedef struct {
	lilypad_item it;
} compare_differences;

enum {
	COMPARE_DIFFERENCES_KIND = 16,
	COMPARE_DIFFERENCES_SIZE = 32,
};

_Static_assert(32 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// content id
static inline const uint8_t *compare_pair_a_root(compare_pair x) {
	return x.it.at + 16;
}
static inline const uint8_t *compare_pair_b_root(compare_pair x) {
	return x.it.at + 48;
}
// bytes; of all files
static inline uint64_t compare_pair_a_size(compare_pair x) {
	return lilypad_read_u64(x.it, 80);
}
// bytes
static inline uint64_t compare_pair_b_size(compare_pair x) {
	return lilypad_read_u64(x.it, 88);
}
// handle of a tree
static inline uint64_t compare_pair_a(compare_pair x) {
	return lilypad_read_u32(x.it, 96);
}
static inline uint64_t compare_pair_b(compare_pair x) {
	return lilypad_read_u32(x.it, 100);
}
static inline uint64_t compare_pair_a_files(compare_pair x) {
	return lilypad_read_u32(x.it, 104);
}
static inline uint64_t compare_pair_b_files(compare_pair x) {
	return lilypad_read_u32(x.it, 108);
}
// as the deal has them
static inline uint32_t compare_pair_params_count(compare_pair x) {
	return lilypad_list_of(x.it, 112, 16).n;
}
static inline lilypad_param compare_pair_params_at(compare_pair x, uint32_t i) {
	return lilypad_param_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 112, 16), i));
}
static inline lilypad_engine compare_pair_engine(compare_pair x) {
	return (lilypad_engine)lilypad_read_u8(x.it, 120);
}

// the cursor of the next page; 0: this is the last
static inline uint64_t compare_differences_next(compare_differences x) {
	return lilypad_read_u32(x.it, 16);
}
static inline uint32_t compare_differences_differences_count(compare_differences x) {
	return lilypad_list_of(x.it, 24, 40).n;
}
static inline compare_difference compare_differences_differences_at(compare_differences x, uint32_t i) {
	return compare_difference_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 24, 40), i));
}
