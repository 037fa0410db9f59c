// For schemes: plugins that say how a result is verified.
//
//	#include "lilypad/mediate.h"
//
//	mediate_plan *decide(mediate_case c) {
//		mediate_answer claim;
//		if (mediate_claim(c, &claim)) {
//			return mediate_verdict(MEDIATE_OUTCOME_UPHELD);
//		}
//		return mediate_wait(c);
//	}
//
// decide is called again after each event with all events so far, so a scheme
// keeps no state and a replay needs nothing but the events. What it asks for
// has a key that follows from the case alone, and is done once.
#pragma once

#include "lilypad.h"
#include "mediate_gen.h"
#include "serve.h"

// The position of no event.
#define MEDIATE_NONE UINT32_MAX

// The most events that a case has, and actions that a plan has.
enum { MEDIATE_MAX_EVENTS = 4096, MEDIATE_MAX_ACTIONS = 64 };

// What a scheme wants done next. There is one at a time: each function that
// returns a plan overwrites the last, or returns its argument changed.
typedef struct {
	uint32_t n;
	mediate_action actions[MEDIATE_MAX_ACTIONS];
} mediate_plan;

// decide is the author's: what comes next in one case. The answer may depend
// on nothing else: neither on other cases nor on earlier calls.
mediate_plan *decide(mediate_case c);

// A result with who gave it and where it stands among the events.
typedef struct {
	mediate_result result;
	mediate_party by;
	uint32_t position;
} mediate_answer;

// How far the orders of a case are; open are the runs on their way.
typedef struct {
	uint32_t ordered, done, missing, open;
} mediate_runs;

// The results of a case, grouped: those of equal content, and those that a
// comparison found equal, stand together. There is one at a time.
typedef struct {
	uint32_t total, groups;
} mediate_votes;

// Results that are the same: n of total, the first of them at an index of the
// answers.
typedef struct {
	uint32_t n, total, first;
} mediate_group;

// The case.

// mediate_param is a parameter of the deal, 0 when it has none of the name.
int64_t mediate_param(mediate_case c, const char *key);

// mediate_expired tells that the deadline has come.
static inline bool mediate_expired(mediate_case c) {
	return mediate_case_now(c) >= mediate_case_deadline(c);
}

// mediate_audited tells that the coin of the deal chose this result: the seed
// as a big-endian number, modulo 10000, is below the audit rate.
bool mediate_audited(mediate_case c);

// mediate_claim is the deal's own result, mediate_own the mediator's, if they
// are there.
bool mediate_claim(mediate_case c, mediate_answer *claim);
bool mediate_own(mediate_case c, mediate_answer *own);

// mediate_count_runs counts the runs that were ordered and what became of
// them.
mediate_runs mediate_count_runs(mediate_case c);

// mediate_exhausted tells that no run is on its way and none may be ordered.
bool mediate_exhausted(mediate_case c);

// Votes.

// mediate_count_votes groups the results. Groups stand in the order of their
// first result.
mediate_votes mediate_count_votes(mediate_case c);

// mediate_group_at is the i-th group of the last count.
mediate_group mediate_group_at(uint32_t i);

// mediate_top is the largest group of the last count, the earlier of equals;
// empty without results.
mediate_group mediate_top(void);

// mediate_ppm is the group's share of all results, in parts in a million.
static inline uint32_t mediate_ppm(mediate_group g) {
	return g.total == 0 ? 0 : (uint32_t)((uint64_t)g.n * 1000000 / g.total);
}

// mediate_undecided are two results of the last count that differ in content,
// of groups that no comparison has told apart, if there are two.
bool mediate_undecided(mediate_answer *a, mediate_answer *b);

// mediate_outcome_for is the verdict on the deal's own result if a group of
// the last count is right: upheld or late when the result is in it, else
// fraud. Nobody is accused for an empty group: it is a refund.
mediate_outcome mediate_outcome_for(mediate_case c, mediate_group g);

// Plans.

// mediate_do is a plan of actions made by hand, with keys of the author's own.
mediate_plan *mediate_do(const mediate_action *actions, uint32_t n);

// mediate_verdict ends the case. In review anything but upheld makes the
// creator challenge.
mediate_plan *mediate_verdict(mediate_outcome o);

// mediate_draw ends a review with doubt: the creator challenges, without an
// opinion of its own, and mediators are drawn.
mediate_plan *mediate_draw(void);

// mediate_wait asks to be called at the next event, or at the deadline.
mediate_plan *mediate_wait(mediate_case c);

// mediate_execute asks for so many runs more than there are results: those on
// their way count, the rest is ordered, up to the case's max_runs. With
// nothing to order it waits.
mediate_plan *mediate_execute(mediate_case c, int64_t more);

// mediate_compare asks the deal's comparator about two results. Once it was
// asked, it waits.
mediate_plan *mediate_compare(mediate_case c, mediate_answer a, mediate_answer b);

// mediate_compare_all asks about all pairs of groups of the last count that
// the comparator was not asked about, as mediate_compare does. NULL: there are
// none. A scheme that needs all of them sees them after one call, and not
// after one for each.
mediate_plan *mediate_compare_all(mediate_case c);

// mediate_same_class places runs on the hardware class of the deal's provider,
// mediate_other_owner at operators that have no part in the case.
mediate_plan *mediate_same_class(mediate_plan *p);
mediate_plan *mediate_other_owner(mediate_plan *p);

// mediate_confidence says how sure a verdict is, in parts in a million.
mediate_plan *mediate_confidence(mediate_plan *p, uint32_t ppm);

// mediate_because gives a reason. Words for it are in the manifest.
mediate_plan *mediate_because(mediate_plan *p, uint16_t reason);

// mediate_with fills in the reason's arguments.
mediate_plan *mediate_with(mediate_plan *p, uint64_t arg0, uint64_t arg1);

// Reasons that mediate_rerun gives. Its users say them in their manifests.
enum {
	MEDIATE_AGREED = 1,       // the own run gave the same
	MEDIATE_DISAGREED = 2,    // the own run gave something else: by {0} ppm
	MEDIATE_WITHHELD = 3,     // the provider showed no result until the deadline
	MEDIATE_NO_RUN = 4,       // no own run could be had until the deadline
	MEDIATE_INCOMPARABLE = 5, // the comparator cannot tell
};

// mediate_rerun is what a mediator does when a scheme asks no more of it: it
// runs the job itself and holds the provider's result against its own.
mediate_plan *mediate_rerun(mediate_case c);

#ifndef LILYPAD_LIBRARY
static inline void mediate_reply(lilypad_item context, lilypad_item item, uint32_t i, lilypad_output *w) {
	(void)context;
	mediate_plan *p = decide((mediate_case){item});
	for (uint32_t k = 0; k < p->n; k++) {
		p->actions[k].item = i;
		uint8_t *b = lilypad_next(w, MEDIATE_ACTION_SIZE);
		if (b) {
			mediate_action_put(&p->actions[k], b);
		}
	}
}

LILYPAD_EXPORT(lilypad_mediate_1) int32_t lilypad_mediate_1(const uint8_t *in, uint32_t len, uint8_t *out, uint32_t room) {
	lilypad_hook h = {LILYPAD_HOOK_MEDIATE, 0, 0, MEDIATE_CASE_KIND, MEDIATE_CASE_SIZE, mediate_reply};
	return lilypad_serve(h, in, len, out, room);
}
#endif
