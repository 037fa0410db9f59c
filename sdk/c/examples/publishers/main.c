// Allows modules of the publishers on a list, and denies all others.
#include "lilypad/allow.h"

// Reasons, with words in the manifest.
enum { LISTED = 1, NOT_LISTED = 2 };

static uint32_t count;
static lilypad_str *publishers;

// position is where a name stands, or their count.
static uint32_t position(lilypad_str name) {
	uint32_t i = 0;
	while (i < count && !lilypad_equal(publishers[i], name)) {
		i++;
	}
	return i;
}

const char *lilypad_setup(lilypad_settings s) {
	count = lilypad_len(s, "publishers");
	publishers = lilypad_alloc(count * sizeof *publishers);
	if (!publishers) {
		return "publishers: there is no memory for so many";
	}
	for (uint32_t i = 0; i < count; i++) {
		publishers[i] = lilypad_string_at(s, "publishers", i);
		if (position(publishers[i]) < i) {
			return "publishers: one stands twice";
		}
	}
	return NULL;
}

allow_ruling rule(allow_module m) {
	uint32_t i = position(allow_module_publisher(m));
	if (i == count) {
		return allow_because(allow_deny(0), NOT_LISTED);
	}
	return allow_with(allow_because(allow_allow(i + 1), LISTED), i + 1, 0);
}
