// A whole plugin: it ranks offers by price.
#include "lilypad/match.h"

match_score score(match_job j, match_offer o) {
	return match_rank((int64_t)(match_job_max_price(j) - match_offer_price(o)));
}
