// Lines of a dump: a name that grows while records are entered, and a value.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lilypad/lilypad.h"

static char line[64 << 10];
static uint32_t names, end; // where the names of records end, and the line

static void put(char c) {
	if (end == sizeof line) {
		lilypad_fail("a line is too long");
		end = 0;
	}
	line[end++] = c;
}

static void puts_(const char *s) {
	for (; *s; s++) {
		put(*s);
	}
}

static void put_number(uint64_t v) {
	char digits[20];
	uint32_t n = 0;
	do {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	while (n > 0) {
		put(digits[--n]);
	}
}

static void begin(const char *name) {
	end = names;
	puts_(name);
	put('=');
}

static void finish(void) {
	lilypad_log((lilypad_str){line, end});
}

// enter appends a record's name, enter_element the name of a list and a
// position; leave goes back to where it was.
static uint32_t enter(const char *name) {
	uint32_t back = names;
	end = names;
	puts_(name);
	put('.');
	names = end;
	return back;
}

static uint32_t enter_element(const char *name, uint32_t i) {
	uint32_t back = enter(name);
	put_number(i);
	put('.');
	names = end;
	return back;
}

static void leave(uint32_t back) {
	names = back;
}

static void absent(const char *name) {
	begin(name);
	put('-');
	finish();
}

static void number(const char *name, uint64_t v) {
	begin(name);
	put_number(v);
	finish();
}

static void signed_number(const char *name, int64_t v) {
	begin(name);
	if (v < 0) {
		put('-');
	}
	put_number(v < 0 ? -(uint64_t)v : (uint64_t)v);
	finish();
}

static void hexed(const char *name, const uint8_t *at, uint32_t len) {
	begin(name);
	for (uint32_t i = 0; i < len; i++) {
		put("0123456789abcdef"[at[i] >> 4]);
		put("0123456789abcdef"[at[i] & 15]);
	}
	finish();
}

static void text(const char *name, lilypad_str s) {
	hexed(name, (const uint8_t *)s.at, s.len);
}
