// How the headers of the hooks answer a message. It is no author's business.
#pragma once

#include "item.h"

typedef struct {
	const uint8_t *b;
	uint32_t len, n, table;
} lilypad_message;

typedef struct {
	uint8_t *b;
	uint32_t room, end, n, stride;
} lilypad_output;

// lilypad_begin tells whether in is a message for a hook that may be answered.
bool lilypad_begin(lilypad_message *m, const uint8_t *in, uint32_t len, uint32_t hook);

// lilypad_failed tells whether the call has been given up.
bool lilypad_failed(void);

// lilypad_finish is what the call returns: bytes written, or a status.
int32_t lilypad_finish(const lilypad_message *m, const lilypad_output *w);

// lilypad_inside tells whether the host's pointers lie in the arena.
bool lilypad_inside(const uint8_t *in, uint32_t len, const uint8_t *out, uint32_t room);

static inline lilypad_item lilypad_open(lilypad_item it, uint32_t kind, uint32_t size) {
	return lilypad_least(it, lilypad_kind(it) == kind ? size : UINT32_MAX);
}

// lilypad_next is the zeroed place of the next record, NULL when the call has
// been given up.
static inline uint8_t *lilypad_next(lilypad_output *w, uint32_t size) {
	if (lilypad_failed()) {
		return 0;
	}
	if (w->end == 0) {
		w->end = 16;
		w->stride = size;
	}
	if ((uint64_t)w->end + size > w->room) {
		lilypad_fault(LILYPAD_OUTPUT_FULL, "");
		return 0;
	}
	uint8_t *b = w->b + w->end;
	__builtin_memset(b, 0, size);
	w->end += size;
	w->n++;
	return b;
}

// A hook: what stands in its messages, and what writes the answer about the
// i-th item. A context of kind 0 is none.
typedef struct {
	uint32_t number, context_kind, context_size, item_kind, item_size;
	void (*answer)(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w);
} lilypad_hook;

static inline int32_t lilypad_serve(lilypad_hook h, const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	if (!lilypad_inside(in, len, out, room)) {
		return LILYPAD_BAD_INPUT;
	}
	lilypad_message m;
	lilypad_output w = {out, room, 0, 0, 0};
	if (!lilypad_begin(&m, in, len, h.number)) {
		return lilypad_finish(&m, &w);
	}
	lilypad_item all = {in, len}, context = {lilypad_nothing, 0};
	if (h.context_kind != 0) {
		context = lilypad_open(lilypad_part(in, len, lilypad_read_u32(all, 20)), h.context_kind, h.context_size);
	}
	for (uint32_t i = 0; i < m.n && !lilypad_failed(); i++) {
		lilypad_item it = lilypad_open(lilypad_part(in, len, lilypad_read_u32(all, m.table + 4 * i)), h.item_kind, h.item_size);
		if (!lilypad_failed()) {
			h.answer(context, it, i, &w);
		}
	}
	return lilypad_finish(&m, &w);
}

#define LILYPAD_EXPORT(name) __attribute__((export_name(#name)))
