// For plugins that rank the offers a job can have.
//
//	#include "lilypad/match.h"
//
//	match_score score(match_job j, match_offer o) {
//		return match_rank((int64_t)(match_job_max_price(j) - match_offer_price(o)));
//	}
//
// The solver has already dropped every offer that cannot run the job. Offers
// and jobs are views: keep none after score returns.
#pragma once

#include "lilypad.h"
#include "match_gen.h"
#include "serve.h"

// score is the author's. The answer may depend on nothing else: neither on
// other offers nor on earlier calls.
match_score score(match_job j, match_offer o);

// match_rank puts the offer above all with a lower score.
static inline match_score match_rank(int64_t score) {
	return (match_score){.decision = MATCH_DECISION_RANK, .score = score};
}

// match_refuse keeps the offer from the job. Words for the reason are in the
// manifest.
static inline match_score match_refuse(uint16_t reason) {
	return (match_score){.decision = MATCH_DECISION_REFUSE, .reason = reason};
}

// match_abstain leaves the offer in the solver's own order.
static inline match_score match_abstain(void) {
	return (match_score){.decision = MATCH_DECISION_ABSTAIN};
}

// match_with fills in the reason's arguments.
static inline match_score match_with(match_score s, uint64_t arg0, uint64_t arg1) {
	s.arg0 = arg0;
	s.arg1 = arg1;
	return s;
}

// match_because gives a reason to a rank, too.
static inline match_score match_because(match_score s, uint16_t reason) {
	s.reason = reason;
	return s;
}

static inline void match_reply(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w) {
	(void)i;
	match_score s = score((match_job){context}, (match_offer){item});
	uint8_t *b = lilypad_next(w, MATCH_SCORE_SIZE);
	if (b) {
		match_score_put(&s, b);
	}
}

LILYPAD_EXPORT(lilypad_match_1) int32_t lilypad_match_1(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	lilypad_hook h = {LILYPAD_HOOK_MATCH, MATCH_JOB_KIND, MATCH_JOB_SIZE, MATCH_OFFER_KIND, MATCH_OFFER_SIZE, match_reply};
	return lilypad_serve(h, in, len, out, room);
}
