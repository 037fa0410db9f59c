// Finds two results equal when every file has the same bytes and the same
// executable bit.
#include "lilypad/compare.h"

// Reasons, with words in the manifest.
enum { FILES_DIFFER = 1 };

static uint64_t most(uint64_t a, uint64_t b) {
	return a > b ? a : b;
}

compare_comparison compare(compare_pair p) {
	uint64_t differ = 0;
	compare_difference d;
	for (compare_walk w = compare_begin(p); compare_next(&w, &d);) {
		differ++;
	}
	if (differ == 0) {
		return compare_equal();
	}
	uint64_t files = most(most(compare_pair_a_files(p), compare_pair_b_files(p)), 1);
	uint64_t share = (differ < files ? differ : files) * 1000000 / files;
	return compare_with(compare_because(compare_different(share), FILES_DIFFER), differ, files);
}
