// What plugins of every hook have: settings, text, the log, memory, and how a
// call is given up. The header of a hook includes it.
#pragma once

#include "common_gen.h"

// lilypad_fail gives the call up as the author's error, with a text that must
// last. The hook's function goes on until it returns; the first text counts.
void lilypad_fail(const char *text);

// lilypad_alloc is memory for good, 16-aligned and zero, or NULL when there is
// no more. Call it while the plugin is being set up: a node throws an instance
// away whose memory has grown in a call.
void *lilypad_alloc(uint32_t n);

// Texts.

bool lilypad_same_bytes(const void *a, const void *b, uint32_t n);
bool lilypad_equal(lilypad_str a, lilypad_str b);
lilypad_str lilypad_text(const char *zero_ended);

// Settings are the operator's, after the manifest's schema has been checked
// and its defaults filled in. A key that is not set reads as zero. They and
// their texts are good for the life of the plugin.
typedef struct {
	lilypad_item it;
	lilypad_str prefix;
} lilypad_settings;

bool lilypad_has_setting(lilypad_settings s, const char *key);
int64_t lilypad_int(lilypad_settings s, const char *key);
lilypad_str lilypad_string(lilypad_settings s, const char *key);
bool lilypad_bool(lilypad_settings s, const char *key);

// lilypad_len is the number of elements of an array.
uint32_t lilypad_len(lilypad_settings s, const char *key);

// lilypad_string_at is the i-th element of an array of strings.
lilypad_str lilypad_string_at(lilypad_settings s, const char *key, uint32_t i);

// lilypad_settings_at are the settings of the i-th object of an array.
lilypad_settings lilypad_settings_at(lilypad_settings s, const char *key, uint32_t i);

// lilypad_setup is the author's, if there is something to set up: it returns
// NULL, or why it refuses the settings.
__attribute__((weak)) const char *lilypad_setup(lilypad_settings s);

// lilypad_log writes a line to the operator's log. Capability: log.
void lilypad_log(lilypad_str line);
