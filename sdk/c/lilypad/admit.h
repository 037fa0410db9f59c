// For plugins that choose which jobs a provider takes.
//
//	#include "lilypad/admit.h"
//
//	admit_admission admit(admit_node n, admit_request r) {
//		if (admit_request_disk(r) > 1000) {
//			return admit_with(admit_decline(TOO_LARGE), admit_request_disk(r), 1000);
//		}
//		return admit_take();
//	}
//
// Nodes and requests are views: keep none after admit returns.
#pragma once

#include "admit_gen.h"
#include "lilypad.h"
#include "serve.h"

// admit is the author's. The answer may depend on nothing else: neither on
// other requests nor on earlier calls.
admit_admission admit(admit_node n, admit_request r);

// admit_take accepts the job at the standing price.
static inline admit_admission admit_take(void) {
	return (admit_admission){.answer = ADMIT_ANSWER_TAKE};
}

// admit_decline leaves the job to others. Words for the reason are in the
// manifest.
static inline admit_admission admit_decline(uint16_t reason) {
	return (admit_admission){.answer = ADMIT_ANSWER_DECLINE, .reason = reason};
}

// admit_at names a price in micro-LILY: to take for less than the standing
// price, or to decline unless the solver ranks this provider again with more.
static inline admit_admission admit_at(admit_admission a, uint64_t price) {
	a.price = price;
	return a;
}

// admit_with fills in the reason's arguments.
static inline admit_admission admit_with(admit_admission a, uint64_t arg0, uint64_t arg1) {
	a.arg0 = arg0;
	a.arg1 = arg1;
	return a;
}

static inline void admit_reply(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w) {
	(void)i;
	admit_admission a = admit((admit_node){context}, (admit_request){item});
	uint8_t *b = lilypad_next(w, ADMIT_ADMISSION_SIZE);
	if (b) {
		admit_admission_put(&a, b);
	}
}

LILYPAD_EXPORT(lilypad_admit_1) int32_t lilypad_admit_1(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	lilypad_hook h = {LILYPAD_HOOK_ADMIT, ADMIT_NODE_KIND, ADMIT_NODE_SIZE, ADMIT_REQUEST_KIND, ADMIT_REQUEST_SIZE, admit_reply};
	return lilypad_serve(h, in, len, out, room);
}
