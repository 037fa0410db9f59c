// Code generated from hostapi/schema; DO NOT EDIT.

#pragma once

#include "item.h"

#include "common_gen.h"

// allow_role is who asks.
typedef enum {
	ALLOW_ROLE_CREATOR = 1,
	ALLOW_ROLE_SOLVER = 2,
	ALLOW_ROLE_PROVIDER = 3,
} allow_role;

// allow_listing is what the chain's module list says of a module.
typedef enum {
	ALLOW_LISTING_UNLISTED = 1,
	ALLOW_LISTING_LISTED = 2,
	ALLOW_LISTING_BLOCKED = 3,
} allow_listing;

// allow_permission is what an allow plugin says of a module.
typedef enum {
	ALLOW_PERMISSION_ALLOW = 1,
	ALLOW_PERMISSION_DENY = 2,
	ALLOW_PERMISSION_ABSTAIN = 3, // no rule speaks of it: other plugins decide
} allow_permission;

// allow_module is a module that someone wants to run.
typedef struct {
	lilypad_item it;
} allow_module;

enum {
	ALLOW_MODULE_KIND = 6,
	ALLOW_MODULE_SIZE = 208,
};

_Static_assert(208 <= sizeof lilypad_nothing, "lilypad_nothing stands for any record");

// allow_ruling is one per module.
typedef struct {
	uint64_t arg0;
	uint64_t arg1;
	uint32_t rule; // the position in the settings of the rule that decided, from 1; 0: none
	uint16_t reason;
	allow_permission permission;
} allow_ruling;

enum {
	ALLOW_RULING_SIZE = 24,
};

static inline void allow_ruling_put(const allow_ruling *x, uint8_t *b) {
	lilypad_put_u64(b, 0, (uint64_t)x->arg0);
	lilypad_put_u64(b, 8, (uint64_t)x->arg1);
	lilypad_put_u32(b, 16, (uint32_t)x->rule);
	lilypad_put_u16(b, 20, (uint16_t)x->reason);
	lilypad_put_u8(b, 22, (uint8_t)x->permission);
}

static inline const uint8_t *allow_module_id(allow_module x) {
	return x.it.at + 16;
}
// of the image or the WASI command
static inline const uint8_t *allow_module_digest(allow_module x) {
	return x.it.at + 48;
}
// SHA-256 of the template file
static inline const uint8_t *allow_module_template(allow_module x) {
	return x.it.at + 80;
}
static inline uint64_t allow_module_gpus(allow_module x) {
	return lilypad_read_u32(x.it, 112);
}
// 10⁶ bytes; per GPU
static inline uint64_t allow_module_vram(allow_module x) {
	return lilypad_read_u32(x.it, 116);
}
// thousandths of a core
static inline uint64_t allow_module_cpu(allow_module x) {
	return lilypad_read_u32(x.it, 120);
}
// 10⁶ bytes
static inline uint64_t allow_module_ram(allow_module x) {
	return lilypad_read_u32(x.it, 124);
}
// 10⁶ bytes
static inline uint64_t allow_module_disk(allow_module x) {
	return lilypad_read_u32(x.it, 128);
}
// s
static inline uint64_t allow_module_timeout(allow_module x) {
	return lilypad_read_u32(x.it, 132);
}
static inline allow_role allow_module_role(allow_module x) {
	return (allow_role)lilypad_read_u8(x.it, 136);
}
static inline lilypad_engine allow_module_engine(allow_module x) {
	return (lilypad_engine)lilypad_read_u8(x.it, 137);
}
static inline allow_listing allow_module_listing(allow_module x) {
	return (allow_listing)lilypad_read_u8(x.it, 138);
}
// it asks for the network
static inline bool allow_module_network(allow_module x) {
	return lilypad_read_bool(x.it, 139);
}
// with its tag, such as cowsay:v0.0.4
static inline lilypad_str allow_module_name(allow_module x) {
	return lilypad_read_str(x.it, 144);
}
// such as github.com/owner/name
static inline lilypad_str allow_module_repository(allow_module x) {
	return lilypad_read_str(x.it, 152);
}
static inline lilypad_str allow_module_commit(allow_module x) {
	return lilypad_read_str(x.it, 160);
}
static inline lilypad_str allow_module_publisher(allow_module x) {
	return lilypad_read_str(x.it, 168);
}
// reference with digest; empty for a WASI command
static inline lilypad_str allow_module_image(allow_module x) {
	return lilypad_read_str(x.it, 176);
}
// zero when there is none
static inline lilypad_str allow_module_gpu_model(allow_module x) {
	return lilypad_read_str(x.it, 184);
}
static inline bool allow_module_has_gpu_model(allow_module x) {
	return lilypad_has(x.it, 0);
}
// the uri that the chain's list gives; zero when there is none
static inline lilypad_str allow_module_block_reason(allow_module x) {
	return lilypad_read_str(x.it, 192);
}
static inline bool allow_module_has_block_reason(allow_module x) {
	return lilypad_has(x.it, 1);
}
static inline uint32_t allow_module_signers_count(allow_module x) {
	return lilypad_list_of(x.it, 200, 16).n;
}
static inline lilypad_signer allow_module_signers_at(allow_module x, uint32_t i) {
	return lilypad_signer_read(x.it, lilypad_list_at(lilypad_list_of(x.it, 200, 16), i));
}
