// Keeps a provider's price floor: a job that can pay it is asked to, any other
// is declined.
#include "lilypad/admit.h"

// Reasons, with words in the manifest.
enum { BELOW_FLOOR = 1 };

static uint64_t floor; // micro-LILY

const char *lilypad_setup(lilypad_settings s) {
	floor = (uint64_t)lilypad_int(s, "price_floor");
	return NULL;
}

admit_admission admit(admit_node n, admit_request r) {
	(void)n;
	uint64_t price = admit_request_standing_price(r);
	if (price >= floor) {
		return admit_take();
	}
	admit_admission no = admit_with(admit_decline(BELOW_FLOOR), price, floor);
	return floor <= admit_request_max_price(r) ? admit_at(no, floor) : no;
}
