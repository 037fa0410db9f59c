#define LILYPAD_LIBRARY // the export is the plugin's
#include "compare.h"

__attribute__((import_module("lilypad"), import_name("tree_diff")))
int32_t lilypad_host_tree_diff(uint32_t a, uint32_t b, uint32_t cursor, uint8_t *out, uint32_t room);

__attribute__((import_module("lilypad"), import_name("blob_read")))
int32_t lilypad_host_blob_read(uint32_t handle, uint64_t offset, uint8_t *p, uint32_t n);

int64_t compare_param(compare_pair p, const char *key, int64_t otherwise) {
	lilypad_str name = lilypad_text(key);
	for (uint32_t i = 0; i < compare_pair_params_count(p); i++) {
		lilypad_param param = compare_pair_params_at(p, i);
		if (lilypad_equal(param.key, name)) {
			return param.value;
		}
	}
	return otherwise;
}

compare_walk compare_begin(compare_pair p) {
	return (compare_walk){.pair = p, .page = {{lilypad_nothing, 0}}};
}

static uint8_t page[32 << 10];

// turn fetches the page that begins at the walk's cursor.
static bool turn(compare_walk *w) {
	uint32_t a = (uint32_t)compare_pair_a(w->pair), b = (uint32_t)compare_pair_b(w->pair);
	int32_t n = lilypad_host_tree_diff(a, b, w->next, page, sizeof page);
	if (n < 0 || (uint32_t)n > sizeof page) {
		lilypad_fail("the trees cannot be read");
		return false;
	}
	w->page = (compare_differences){lilypad_open(lilypad_part(page, (uint32_t)n, 0), COMPARE_DIFFERENCES_KIND, COMPARE_DIFFERENCES_SIZE)};
	w->next = (uint32_t)compare_differences_next(w->page);
	w->last = w->next == 0;
	w->i = 0;
	return !lilypad_failed();
}

bool compare_next(compare_walk *w, compare_difference *d) {
	while (w->i == compare_differences_differences_count(w->page)) {
		if (w->last || !turn(w)) {
			return false;
		}
	}
	*d = compare_differences_differences_at(w->page, w->i++);
	return true;
}

bool compare_read(uint64_t handle, uint64_t offset, uint8_t *buffer, uint32_t n) {
	for (uint32_t at = 0; at < n;) {
		int32_t got = lilypad_host_blob_read((uint32_t)handle, offset + at, buffer + at, n - at);
		if (got <= 0) {
			lilypad_fail("a file cannot be read");
			return false;
		}
		at += (uint32_t)got;
	}
	return true;
}
