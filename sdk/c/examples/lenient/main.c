// Finds two results equal when every file has the same bytes, but for files
// that the settings name: those may differ in white space, or at all.
#include "lilypad/compare.h"

// Reasons, with words in the manifest.
enum { FILES_DIFFER = 1, TOO_LARGE = 2 };

static const uint64_t max_file = 8 << 20;

typedef struct {
	lilypad_str suffix;
	bool ignore;
} file_rule;

static uint32_t count;
static file_rule *rules;

const char *lilypad_setup(lilypad_settings s) {
	count = lilypad_len(s, "files");
	rules = lilypad_alloc(count * sizeof *rules);
	if (!rules) {
		return "files: there is no memory for so many";
	}
	for (uint32_t i = 0; i < count; i++) {
		lilypad_settings file = lilypad_settings_at(s, "files", i);
		rules[i] = (file_rule){lilypad_string(file, "suffix"), lilypad_bool(file, "ignore")};
	}
	return NULL;
}

static const file_rule *rule_for(lilypad_str path) {
	for (uint32_t i = 0; i < count; i++) {
		uint32_t n = rules[i].suffix.len;
		if (path.len >= n && lilypad_same_bytes(path.at + path.len - n, rules[i].suffix.at, n)) {
			return &rules[i];
		}
	}
	return NULL;
}

// A file that is read piece by piece.
typedef struct {
	uint64_t handle, size, at;
	uint8_t piece[4096];
} file;

// letter is the file's next byte that is no white space, or -1.
static int letter(file *f) {
	while (f->at < f->size) {
		uint32_t i = f->at % sizeof f->piece;
		uint64_t left = f->size - f->at;
		if (i == 0 && !compare_read(f->handle, f->at, f->piece, left < sizeof f->piece ? (uint32_t)left : sizeof f->piece)) {
			return -1;
		}
		f->at++;
		uint8_t c = f->piece[i];
		if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
			return c;
		}
	}
	return -1;
}

static bool same_letters(compare_difference d) {
	static file a, b;
	a.handle = d.a, a.size = d.a_size, a.at = 0;
	b.handle = d.b, b.size = d.b_size, b.at = 0;
	for (;;) {
		int x = letter(&a), y = letter(&b);
		if (x != y || x < 0) {
			return x == y;
		}
	}
}

static uint64_t most(uint64_t a, uint64_t b) {
	return a > b ? a : b;
}

compare_comparison compare(compare_pair p) {
	uint64_t differ = 0;
	compare_difference d;
	for (compare_walk w = compare_begin(p); compare_next(&w, &d);) {
		const file_rule *r = rule_for(d.path);
		if (r && r->ignore) {
			continue;
		}
		uint64_t size = most(d.a_size, d.b_size);
		if (r && size > max_file) {
			return compare_with(compare_because(compare_incomparable(), TOO_LARGE), size, max_file);
		}
		differ += !(r && compare_in_both(d) && same_letters(d));
	}
	if (differ == 0) {
		return compare_equal();
	}
	uint64_t files = most(most(compare_pair_a_files(p), compare_pair_b_files(p)), 1);
	uint64_t share = (differ < files ? differ : files) * 1000000 / files;
	return compare_with(compare_because(compare_different(share), FILES_DIFFER), differ, files);
}
