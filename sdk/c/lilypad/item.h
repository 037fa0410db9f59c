// What all generated views read through. It is no author's business: include
// the header of a hook.
//
// A reader never leaves its item. What breaks hostapi/SPEC.md reads as zero
// and ends the call as bad input once the hook's function has returned.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A record in the input. It is good until the call ends.
typedef struct {
	const uint8_t *at;
	uint32_t len;
} lilypad_item;

// UTF-8 in the input, without a zero at its end.
typedef struct {
	const char *at;
	uint32_t len;
} lilypad_str;

// Offsets of elements from the start of their item.
typedef struct {
	uint32_t at, n, stride;
} lilypad_list;

enum {
	LILYPAD_BAD_INPUT = -1,
	LILYPAD_UNKNOWN_MINOR = -2,
	LILYPAD_OUTPUT_FULL = -3,
	LILYPAD_SETTINGS_REFUSED = -4,
	LILYPAD_AUTHOR_ERROR = -5,
};

#define LILYPAD_NOWHERE UINT32_MAX

// Zeros, read in the place of an item that is not good.
extern const uint8_t lilypad_nothing[512];

// lilypad_fault ends the call with a status. The first one counts.
void lilypad_fault(int32_t status, const char *text);

static inline uint64_t lilypad_read_u8(lilypad_item it, uint32_t off) {
	return it.at[off];
}
static inline bool lilypad_read_bool(lilypad_item it, uint32_t off) {
	return it.at[off] != 0;
}
static inline uint64_t lilypad_read_u16(lilypad_item it, uint32_t off) {
	uint16_t v;
	__builtin_memcpy(&v, it.at + off, sizeof v);
	return v;
}
static inline uint64_t lilypad_read_u32(lilypad_item it, uint32_t off) {
	uint32_t v;
	__builtin_memcpy(&v, it.at + off, sizeof v);
	return v;
}
static inline uint64_t lilypad_read_u64(lilypad_item it, uint32_t off) {
	uint64_t v;
	__builtin_memcpy(&v, it.at + off, sizeof v);
	return v;
}
static inline int64_t lilypad_read_i64(lilypad_item it, uint32_t off) {
	return (int64_t)lilypad_read_u64(it, off);
}

static inline lilypad_str lilypad_read_str(lilypad_item it, uint32_t off) {
	uint64_t at = lilypad_read_u32(it, off), n = lilypad_read_u32(it, off + 4);
	if (n == 0) {
		return (lilypad_str){"", 0};
	}
	if (at + n > it.len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "a text leaves its item");
		return (lilypad_str){"", 0};
	}
	return (lilypad_str){(const char *)it.at + at, (uint32_t)n};
}

static inline bool lilypad_has(lilypad_item it, uint32_t bit) {
	return lilypad_read_u64(it, 8) >> bit & 1;
}
static inline uint32_t lilypad_kind(lilypad_item it) {
	return (uint32_t)lilypad_read_u16(it, 6);
}
static inline uint32_t lilypad_fixed(lilypad_item it) {
	return (uint32_t)lilypad_read_u16(it, 4);
}

// lilypad_since is the item if its writer knew the field that ends at an
// offset, else zeros.
static inline lilypad_item lilypad_since(lilypad_item it, uint32_t end) {
	return lilypad_fixed(it) < end ? (lilypad_item){lilypad_nothing, 0} : it;
}

// lilypad_least is the item, whose fixed part must have so many bytes.
static inline lilypad_item lilypad_least(lilypad_item it, uint32_t size) {
	if (lilypad_fixed(it) < size || lilypad_fixed(it) > it.len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "an item is of another kind or too short");
		return (lilypad_item){lilypad_nothing, 0};
	}
	return it;
}

// lilypad_part is the item that begins at an offset of a message or an item.
static inline lilypad_item lilypad_part(const uint8_t *b, uint32_t len, uint64_t at) {
	if (at % 8 != 0 || at + 16 > len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "an item begins outside of the message");
		return (lilypad_item){lilypad_nothing, 0};
	}
	uint64_t n = lilypad_read_u32((lilypad_item){b, len}, (uint32_t)at);
	if (n < 16 || at + n > len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "an item leaves the message");
		return (lilypad_item){lilypad_nothing, 0};
	}
	return (lilypad_item){b + at, (uint32_t)n};
}

// lilypad_list_of is a list field of elements of at least size bytes.
static inline lilypad_list lilypad_list_of(lilypad_item it, uint32_t off, uint32_t size) {
	uint64_t at = lilypad_read_u32(it, off), n = lilypad_read_u16(it, off + 4), stride = lilypad_read_u16(it, off + 6);
	if (n > 0 && (stride < size || at + n * stride > it.len)) {
		lilypad_fault(LILYPAD_BAD_INPUT, "a list leaves its item");
		return (lilypad_list){0, 0, 0};
	}
	return (lilypad_list){(uint32_t)at, (uint32_t)n, (uint32_t)stride};
}

static inline uint32_t lilypad_list_at(lilypad_list list, uint32_t i) {
	if (i >= list.n) {
		lilypad_fault(LILYPAD_AUTHOR_ERROR, "an element beyond the end of its list was asked for");
		return LILYPAD_NOWHERE;
	}
	return list.at + i * list.stride;
}

// lilypad_nested is the item whose offset stands at an offset of another.
static inline lilypad_item lilypad_nested(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (lilypad_item){lilypad_nothing, 0};
	}
	return lilypad_part(it.at, it.len, lilypad_read_u32(it, at));
}

static inline void lilypad_put_u8(uint8_t *b, uint32_t off, uint8_t v) {
	b[off] = v;
}
static inline void lilypad_put_u16(uint8_t *b, uint32_t off, uint16_t v) {
	__builtin_memcpy(b + off, &v, sizeof v);
}
static inline void lilypad_put_u32(uint8_t *b, uint32_t off, uint32_t v) {
	__builtin_memcpy(b + off, &v, sizeof v);
}
static inline void lilypad_put_u64(uint8_t *b, uint32_t off, uint64_t v) {
	__builtin_memcpy(b + off, &v, sizeof v);
}
