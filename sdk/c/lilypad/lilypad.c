#include "lilypad.h"
#include "serve.h"

const uint8_t lilypad_nothing[512];

// The fault of the call, if there is one.
static struct {
	int32_t status;
	const char *text;
} fault;

void lilypad_fault(int32_t status, const char *text) {
	if (fault.status == 0) {
		fault.status = status;
		fault.text = text;
	}
}

void lilypad_fail(const char *text) {
	lilypad_fault(LILYPAD_AUTHOR_ERROR, text);
}

bool lilypad_failed(void) {
	return fault.status != 0;
}

bool lilypad_same_bytes(const void *a, const void *b, uint32_t n) {
	const uint8_t *x = a, *y = b;
	for (uint32_t i = 0; i < n; i++) {
		if (x[i] != y[i]) {
			return false;
		}
	}
	return true;
}

bool lilypad_equal(lilypad_str a, lilypad_str b) {
	return a.len == b.len && lilypad_same_bytes(a.at, b.at, a.len);
}

lilypad_str lilypad_text(const char *s) {
	uint32_t n = 0;
	while (s[n] != 0) {
		n++;
	}
	return (lilypad_str){s, n};
}

// say writes a status's text, cut between two characters.
static void say(uint8_t *out, uint32_t room, const char *text) {
	if (room < 4) {
		return;
	}
	uint32_t most = room - 4 < 1024 ? room - 4 : 1024, n = lilypad_text(text).len;
	if (n > most) {
		n = most;
		while (n > 0 && (text[n] & 0xc0) == 0x80) {
			n--;
		}
	}
	lilypad_put_u32(out, 0, n);
	__builtin_memcpy(out + 4, text, n);
}

// report is the status of the call's fault.
static int32_t report(uint8_t *out, uint32_t room) {
	int32_t status = fault.status;
	say(out, room, fault.text);
	fault.status = 0;
	return status;
}

__attribute__((import_module("lilypad"), import_name("log"))) void lilypad_host_log(const char *at, uint32_t len);

void lilypad_log(lilypad_str line) {
	if (line.len > 0) {
		lilypad_host_log(line.at, line.len);
	}
}

// Memory.

extern uint8_t __heap_base;
static uintptr_t heap;

void *lilypad_alloc(uint32_t n) {
	const uint64_t page = 1 << 16;
	uint64_t at = ((heap ? heap : (uintptr_t)&__heap_base) + 15) & ~(uint64_t)15;
	uint64_t have = __builtin_wasm_memory_size(0) * page;
	if (at + n > have && __builtin_wasm_memory_grow(0, (uint32_t)((at + n - have + page - 1) / page)) == (uintptr_t)-1) {
		return 0;
	}
	heap = (uintptr_t)(at + n);
	return (void *)(uintptr_t)at;
}

static uint8_t *arena;
static uint32_t arena_len;

LILYPAD_EXPORT(lilypad_arena) uint8_t *lilypad_arena(uint32_t len) {
	arena = lilypad_alloc(len);
	arena_len = arena ? len : 0;
	return arena;
}

static bool within(const uint8_t *p, uint32_t len) {
	return p >= arena && (uint64_t)(p - arena) + len <= arena_len;
}

bool lilypad_inside(const uint8_t *in, uint32_t len, const uint8_t *out, uint32_t room) {
	return within(in, len) && within(out, room);
}

// Messages.

bool lilypad_begin(lilypad_message *m, const uint8_t *in, uint32_t len, uint32_t hook) {
	lilypad_item head = {in, len};
	*m = (lilypad_message){in, len, 0, 0};
	if (len < 32 || lilypad_read_u32(head, 0) != 0x594c494c || lilypad_read_u16(head, 4) != hook || lilypad_read_u32(head, 8) != len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "this is no message for the hook");
		return false;
	}
	if (lilypad_read_u16(head, 6) > LILYPAD_MINOR) {
		lilypad_fault(LILYPAD_UNKNOWN_MINOR, "the message is of a later minor version than the plugin");
		return false;
	}
	m->n = (uint32_t)lilypad_read_u32(head, 12);
	m->table = (uint32_t)lilypad_read_u32(head, 16);
	if (m->table < 32 || m->table + 4 * (uint64_t)m->n > len) {
		lilypad_fault(LILYPAD_BAD_INPUT, "the table of items leaves the message");
		return false;
	}
	return true;
}

int32_t lilypad_finish(const lilypad_message *m, const lilypad_output *w) {
	if (w->room < 16) {
		lilypad_fault(LILYPAD_OUTPUT_FULL, "");
	}
	if (lilypad_failed()) {
		return report(w->b, w->room);
	}
	uint32_t end = w->end ? w->end : 16;
	lilypad_put_u32(w->b, 0, end);
	lilypad_put_u32(w->b, 4, w->n);
	lilypad_put_u16(w->b, 8, (uint16_t)w->stride);
	lilypad_put_u16(w->b, 10, (uint16_t)lilypad_read_u16((lilypad_item){m->b, m->len}, 6));
	lilypad_put_u32(w->b, 12, 0);
	return (int32_t)end;
}

// Settings.

LILYPAD_EXPORT(lilypad_configure) int32_t lilypad_configure(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	if (!lilypad_inside(in, len, out, room)) {
		return LILYPAD_BAD_INPUT;
	}
	uint8_t *kept = lilypad_alloc(len);
	if (!kept) {
		lilypad_fail("there is no memory for the settings");
		return report(out, room);
	}
	__builtin_memcpy(kept, in, len);
	lilypad_settings s = {lilypad_open(lilypad_part(kept, len, 0), LILYPAD_SETTINGS_RECORD_KIND, LILYPAD_SETTINGS_RECORD_SIZE), {"", 0}};
	const char *refusal = lilypad_failed() || !lilypad_setup ? 0 : lilypad_setup(s);
	if (lilypad_failed()) {
		return report(out, room);
	}
	if (refusal) {
		say(out, room, refusal);
		return LILYPAD_SETTINGS_REFUSED;
	}
	return 0;
}

// is tells whether a leaf's key is the prefix and key.
static bool is(lilypad_str leaf, lilypad_settings s, lilypad_str key) {
	return leaf.len == s.prefix.len + key.len && lilypad_same_bytes(leaf.at, s.prefix.at, s.prefix.len) &&
	       lilypad_same_bytes(leaf.at + s.prefix.len, key.at, key.len);
}

static bool find(lilypad_settings s, lilypad_str key, lilypad_setting *leaf) {
	lilypad_settings_record all = {s.it};
	for (uint32_t i = 0; i < lilypad_settings_record_settings_count(all); i++) {
		*leaf = lilypad_settings_record_settings_at(all, i);
		if (is(leaf->key, s, key)) {
			return true;
		}
	}
	*leaf = (lilypad_setting){.text = {"", 0}};
	return false;
}

static lilypad_setting leaf_of(lilypad_settings s, lilypad_str key, lilypad_setting_type want) {
	lilypad_setting leaf;
	if (find(s, key, &leaf) && leaf.type != want) {
		lilypad_fail("a setting is of another type than the plugin reads");
	}
	return leaf;
}

bool lilypad_has_setting(lilypad_settings s, const char *key) {
	lilypad_setting leaf;
	return find(s, lilypad_text(key), &leaf);
}

int64_t lilypad_int(lilypad_settings s, const char *key) {
	return leaf_of(s, lilypad_text(key), LILYPAD_SETTING_TYPE_INT).int_;
}

lilypad_str lilypad_string(lilypad_settings s, const char *key) {
	return leaf_of(s, lilypad_text(key), LILYPAD_SETTING_TYPE_TEXT).text;
}

bool lilypad_bool(lilypad_settings s, const char *key) {
	return leaf_of(s, lilypad_text(key), LILYPAD_SETTING_TYPE_BOOL).int_ == 1;
}

uint32_t lilypad_len(lilypad_settings s, const char *key) {
	return (uint32_t)leaf_of(s, lilypad_text(key), LILYPAD_SETTING_TYPE_LIST).int_;
}

// element is key.i followed by end, in memory for good.
static lilypad_str element(lilypad_str prefix, const char *key, uint32_t i, const char *end) {
	lilypad_str name = lilypad_text(key), tail = lilypad_text(end);
	char digits[10];
	uint32_t d = sizeof digits;
	do {
		digits[--d] = (char)('0' + i % 10);
		i /= 10;
	} while (i > 0);
	uint32_t n = prefix.len + name.len + 1 + (uint32_t)(sizeof digits - d) + tail.len;
	char *s = lilypad_alloc(n), *at = s;
	if (!s) {
		lilypad_fail("there is no memory for a setting's name");
		return (lilypad_str){"", 0};
	}
	__builtin_memcpy(at, prefix.at, prefix.len), at += prefix.len;
	__builtin_memcpy(at, name.at, name.len), at += name.len;
	*at++ = '.';
	__builtin_memcpy(at, digits + d, sizeof digits - d), at += sizeof digits - d;
	__builtin_memcpy(at, tail.at, tail.len);
	return (lilypad_str){s, n};
}

lilypad_str lilypad_string_at(lilypad_settings s, const char *key, uint32_t i) {
	lilypad_settings all = {s.it, {"", 0}};
	return leaf_of(all, element(s.prefix, key, i, ""), LILYPAD_SETTING_TYPE_TEXT).text;
}

lilypad_settings lilypad_settings_at(lilypad_settings s, const char *key, uint32_t i) {
	return (lilypad_settings){s.it, element(s.prefix, key, i, ".")};
}
