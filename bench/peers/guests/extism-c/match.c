// The decision of the example plugin "cheapest" as an Extism guest: it copies
// the flat request through Extism's kernel, eight bytes a call, as its PDKs do.
#include <stdint.h>

#define ENV(name) __attribute__((import_module("extism:host/env"), import_name(#name)))

ENV(input_length) extern uint64_t input_length(void);
ENV(input_load_u64) extern uint64_t input_load_u64(uint64_t at);
ENV(input_load_u8) extern uint32_t input_load_u8(uint64_t at);
ENV(alloc) extern uint64_t alloc(uint64_t size);
ENV(store_u64) extern void store_u64(uint64_t at, uint64_t value);
ENV(output_set) extern void output_set(uint64_t at, uint64_t size);

static uint64_t words[8192];

static uint32_t u32(const uint8_t *p) { return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24; }
static uint64_t u64(const uint8_t *p) { return u32(p) | (uint64_t)u32(p + 4) << 32; }

// same tells whether both items have a region and the same. The field is the
// second optional one of either.
static int same(const uint8_t *job, uint32_t a, const uint8_t *offer, uint32_t b) {
	if (!(job[8] & 2) || !(offer[8] & 2) || u32(job + a + 4) != u32(offer + b + 4)) return 0;
	const uint8_t *x = job + u32(job + a), *y = offer + u32(offer + b);
	for (uint32_t i = 0; i < u32(job + a + 4); i++)
		if (x[i] != y[i]) return 0;
	return 1;
}

__attribute__((export_name("match"))) int32_t match(void) {
	uint64_t size = input_length(), i = 0;
	if (size > sizeof words) return 1;
	for (; i + 8 <= size; i += 8) words[i / 8] = input_load_u64(i);
	for (; i < size; i++) ((uint8_t *)words)[i] = input_load_u8(i);
	const uint8_t *in = (const uint8_t *)words, *job = in + u32(in + 20), *offer = in + u32(in + u32(in + 16));
	uint64_t failed = u32(offer + 184), jobs = u32(offer + 180) + failed, failures = 0;
	int64_t score = 0;
	if (jobs >= 10) failures = failed * 1000000 / jobs;
	if (failures <= 500000) {
		failures = 0;
		score = -(int64_t)u64(offer + 120) + (same(job, 176, offer, 224) ? 5 : 0);
	}
	uint64_t out = alloc(16);
	store_u64(out, (uint64_t)score);
	store_u64(out + 8, failures);
	output_set(out, 16);
	return 0;
}
