// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#define LILYPAD_MAJOR 1
#define LILYPAD_MINOR 1

enum {
	LILYPAD_HOOK_MATCH = 1,
	LILYPAD_HOOK_ADMIT = 2,
	LILYPAD_HOOK_ALLOW = 3,
	LILYPAD_HOOK_MEDIATE = 4,
	LILYPAD_HOOK_COMPARE = 5,
};

// lilypad_setting_type is how a setting's value is stored.
typedef enum {
	LILYPAD_SETTING_TYPE_INT = 1, // the value is in int
	LILYPAD_SETTING_TYPE_TEXT = 2, // the value is in text
	LILYPAD_SETTING_TYPE_BOOL = 3, // int is 0 or 1
	LILYPAD_SETTING_TYPE_LIST = 4, // int is the number of elements, which follow as key.0, key.1, …
} lilypad_setting_type;

// lilypad_engine is what runs a job.
typedef enum {
	LILYPAD_ENGINE_WASM = 1,
	LILYPAD_ENGINE_DOCKER = 2,
	LILYPAD_ENGINE_NOOP = 3,
} lilypad_engine;

// lilypad_sameness is a comparator's answer.
typedef enum {
	LILYPAD_SAMENESS_EQUAL = 1,
	LILYPAD_SAMENESS_DIFFERENT = 2,
	LILYPAD_SAMENESS_INCOMPARABLE = 3,
} lilypad_sameness;

// lilypad_param is an integer agreed in a deal, for a scheme or a comparator.
typedef struct {
	lilypad_str key;
	int64_t value;
} lilypad_param;

static inline lilypad_param lilypad_param_read(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (lilypad_param){0};
	}
	return (lilypad_param){
		.key = lilypad_read_str(it, at),
		.value = lilypad_read_i64(it, at + 8),
	};
}

// lilypad_label is what a provider declares about itself, or a job demands.
typedef struct {
	lilypad_str key;
	lilypad_str value;
} lilypad_label;

static inline lilypad_label lilypad_label_read(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (lilypad_label){0};
	}
	return (lilypad_label){
		.key = lilypad_read_str(it, at),
		.value = lilypad_read_str(it, at + 8),
	};
}

// lilypad_signer is an identity that signed the module.
typedef struct {
	lilypad_str identity;
	lilypad_str issuer;
} lilypad_signer;

static inline lilypad_signer lilypad_signer_read(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (lilypad_signer){0};
	}
	return (lilypad_signer){
		.identity = lilypad_read_str(it, at),
		.issuer = lilypad_read_str(it, at + 8),
	};
}

// lilypad_setting is one leaf of the operator's settings. Keys of nested objects are joined by dots.
typedef struct {
	lilypad_str key;
	lilypad_str text;
	int64_t int_;
	lilypad_setting_type type;
} lilypad_setting;

static inline lilypad_setting lilypad_setting_read(lilypad_item it, uint32_t at) {
	if (at == LILYPAD_NOWHERE) {
		return (lilypad_setting){0};
	}
	return (lilypad_setting){
		.key = lilypad_read_str(it, at),
		.text = lilypad_read_str(it, at + 8),
		.int_ = lilypad_read_i64(it, at + 16),
		.type = (lilypad_setting_type)lilypad_read_u8(it, at + 24),
	};
}

// lilypad_settings_record is all settings of a plugin, sorted by key: the argument of lilypad_configure.
typedef struct {
	lilypad_item it;
} lilypad_settings_record;

enum {
	LILYPAD_SETTINGS_RECORD_KIND = 1,
	LILYPAD_SETTINGS_RECORD_SIZE = 24,
};

_Static_assert(24 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

static inline uint32_t lilypad_settings_record_settings_count(lilypad_settings_record x) {
	return lilypad_list_of(x.it, 16, 32).n;
}
static inline lilypad_setting lilypad_settings_record_settings_at(lilypad_settings_record x, uint32_t i) {
	return lilypad_setting_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 16, 32), i));
}
