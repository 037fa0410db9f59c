// For plugins that say whether two results are the same.
//
//	#include "lilypad/compare.h"
//
//	compare_comparison compare(compare_pair p) {
//		compare_difference d;
//		for (compare_walk w = compare_begin(p); compare_next(&w, &d);) {
//			if (d.a_size != d.b_size) {
//				return compare_different(1000000);
//			}
//		}
//		return compare_equal();
//	}
//
// Its manifest asks for tree_diff, and for blob_read if it reads files. The
// host answers for equal trees itself.
#pragma once

#include "compare_gen.h"
#include "lilypad.h"
#include "serve.h"

// compare is the author's. The answer may depend on nothing else: neither on
// other pairs nor on earlier calls.
compare_comparison compare(compare_pair p);

// compare_equal says that the results are the same.
static inline compare_comparison compare_equal(void) {
	return (compare_comparison){.sameness = LILYPAD_SAMENESS_EQUAL};
}

// compare_different says that they are not, and by how much in parts in a
// million.
static inline compare_comparison compare_different(uint64_t distance) {
	return (compare_comparison){.sameness = LILYPAD_SAMENESS_DIFFERENT, .distance = distance};
}

// compare_incomparable says that this comparator cannot tell.
static inline compare_comparison compare_incomparable(void) {
	return (compare_comparison){.sameness = LILYPAD_SAMENESS_INCOMPARABLE};
}

// compare_because gives a reason. Words for it are in the manifest.
static inline compare_comparison compare_because(compare_comparison c, uint16_t reason) {
	c.reason = reason;
	return c;
}

// compare_at states the distance in parts in a million.
static inline compare_comparison compare_at(compare_comparison c, uint64_t distance) {
	c.distance = distance;
	return c;
}

// compare_with fills in the reason's arguments.
static inline compare_comparison compare_with(compare_comparison c, uint64_t arg0, uint64_t arg1) {
	c.arg0 = arg0;
	c.arg1 = arg1;
	return c;
}

// compare_param is a parameter of the deal, or otherwise when it has none of
// the name.
int64_t compare_param(compare_pair p, const char *key, int64_t otherwise);

// A walk over the paths at which two trees differ. One walk at a time: they
// share a page. Capability: tree_diff.
typedef struct {
	compare_pair pair;
	compare_differences page;
	uint32_t next, i;
	bool last;
} compare_walk;

// compare_begin begins a walk.
compare_walk compare_begin(compare_pair p);

// compare_next tells whether there is another difference; it is good until the
// next call.
bool compare_next(compare_walk *w, compare_difference *d);

// compare_in_both tells that the path is a file of both trees.
static inline bool compare_in_both(compare_difference d) {
	return d.a != 0 && d.b != 0;
}

// compare_read fills a buffer with the bytes of a file, by the handle and the
// offset. It tells whether all were there. Capability: blob_read.
bool compare_read(uint64_t handle, uint64_t offset, uint8_t *buffer, uint32_t n);

#ifndef LILYPAD_LIBRARY
static inline void compare_reply(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w) {
	(void)context, (void)i;
	compare_comparison c = compare((compare_pair){item});
	uint8_t *b = lilypad_next(w, COMPARE_COMPARISON_SIZE);
	if (b) {
		compare_comparison_put(&c, b);
	}
}

LILYPAD_EXPORT(lilypad_compare_1) int32_t lilypad_compare_1(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	lilypad_hook h = {LILYPAD_HOOK_COMPARE, 0, 0, COMPARE_PAIR_KIND, COMPARE_PAIR_SIZE, compare_reply};
	return lilypad_serve(h, in, len, out, room);
}
#endif
