// For plugins that say which modules may run.
//
//	#include "lilypad/allow.h"
//
//	allow_ruling rule(allow_module m) {
//		if (allow_module_signers_count(m) == 0) {
//			return allow_because(allow_deny(1), UNSIGNED);
//		}
//		return allow_abstain();
//	}
//
// Modules are views: keep none after rule returns.
#pragma once

#include "allow_gen.h"
#include "lilypad.h"
#include "serve.h"

// rule is the author's. The answer may depend on nothing else: neither on
// other modules nor on earlier calls.
allow_ruling rule(allow_module m);

// allow_allow lets the module run by a rule, counted from 1.
static inline allow_ruling allow_allow(uint32_t rule) {
	return (allow_ruling){.permission = ALLOW_PERMISSION_ALLOW, .rule = rule};
}

// allow_deny keeps the module out by a rule, counted from 1; 0 when it is by
// none.
static inline allow_ruling allow_deny(uint32_t rule) {
	return (allow_ruling){.permission = ALLOW_PERMISSION_DENY, .rule = rule};
}

// allow_abstain leaves the module to the next plugin.
static inline allow_ruling allow_abstain(void) {
	return (allow_ruling){.permission = ALLOW_PERMISSION_ABSTAIN};
}

// allow_because gives a reason. Words for it are in the manifest.
static inline allow_ruling allow_because(allow_ruling r, uint16_t reason) {
	r.reason = reason;
	return r;
}

// allow_with fills in the reason's arguments.
static inline allow_ruling allow_with(allow_ruling r, uint64_t arg0, uint64_t arg1) {
	r.arg0 = arg0;
	r.arg1 = arg1;
	return r;
}

static inline void allow_reply(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w) {
	(void)context, (void)i;
	allow_ruling r = rule((allow_module){item});
	uint8_t *b = lilypad_next(w, ALLOW_RULING_SIZE);
	if (b) {
		allow_ruling_put(&r, b);
	}
}

LILYPAD_EXPORT(lilypad_allow_1) int32_t lilypad_allow_1(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	lilypad_hook h = {LILYPAD_HOOK_ALLOW, 0, 0, ALLOW_MODULE_KIND, ALLOW_MODULE_SIZE, allow_reply};
	return lilypad_serve(h, in, len, out, room);
}
