#define LILYPAD_LIBRARY // the export is the plugin's
#include "mediate.h"

// Keys of actions: what it is, then which one. A case has at most 4096 events,
// so two positions fit.
enum {
	KEY_EXECUTE = 1 << 24,
	KEY_COMPARE = 2 << 24,
	KEY_OTHER = 3 << 24,
};

// events is how many there are.
static uint32_t events(mediate_case c) {
	uint32_t n = mediate_case_events_count(c);
	if (n > MEDIATE_MAX_EVENTS) {
		lilypad_fault(LILYPAD_BAD_INPUT, "a case has too many events");
		return 0;
	}
	return n;
}

int64_t mediate_param(mediate_case c, const char *key) {
	lilypad_str name = lilypad_text(key);
	for (uint32_t i = 0; i < mediate_case_params_count(c); i++) {
		lilypad_param p = mediate_case_params_at(c, i);
		if (lilypad_equal(p.key, name)) {
			return p.value;
		}
	}
	return 0;
}

bool mediate_audited(mediate_case c) {
	const uint8_t *seed = mediate_case_seed(c);
	uint64_t coin = 0;
	for (int i = 0; i < 32; i++) {
		coin = (coin << 8 | seed[i]) % 10000;
	}
	return coin < mediate_case_audit_rate(c);
}

// answer is the result at a position.
static mediate_answer answer(mediate_case c, uint32_t position) {
	mediate_answer a = {mediate_event_as_result(mediate_case_events_at(c, position)), {{lilypad_nothing, 0}}, position};
	uint64_t who = mediate_result_who(a.result);
	if (who < events(c)) {
		mediate_event e = mediate_case_events_at(c, (uint32_t)who);
		if (mediate_event_is_party(e)) {
			a.by = mediate_event_as_party(e);
			return a;
		}
	}
	lilypad_fail("a result is by no party");
	return a;
}

static bool given_by(mediate_case c, mediate_standing s, mediate_answer *first) {
	bool found = false;
	for (uint32_t i = 0, n = events(c); i < n; i++) {
		if (!mediate_event_is_result(mediate_case_events_at(c, i))) {
			continue;
		}
		mediate_answer a = answer(c, i);
		if (!found && mediate_party_standing(a.by) == s) {
			*first = a;
			found = true;
		}
	}
	return found;
}

bool mediate_claim(mediate_case c, mediate_answer *claim) {
	return given_by(c, MEDIATE_STANDING_PROVIDER, claim);
}

bool mediate_own(mediate_case c, mediate_answer *own) {
	return given_by(c, MEDIATE_STANDING_MEDIATOR, own);
}

mediate_runs mediate_count_runs(mediate_case c) {
	mediate_runs r = {0, 0, 0, 0};
	for (uint32_t i = 0, n = events(c); i < n; i++) {
		mediate_event e = mediate_case_events_at(c, i);
		r.ordered += mediate_event_is_ordered(e) && mediate_ordered_kind(mediate_event_as_ordered(e)) == MEDIATE_ACTION_KIND_EXECUTE;
		r.done += mediate_event_is_result(e) && mediate_event_re(e) != MEDIATE_NONE;
		r.missing += mediate_event_is_missing(e) && (mediate_missing_key(mediate_event_as_missing(e)) & ~0xffffffull) == KEY_EXECUTE;
	}
	r.open = r.ordered > r.done + r.missing ? r.ordered - r.done - r.missing : 0;
	return r;
}

bool mediate_exhausted(mediate_case c) {
	mediate_runs r = mediate_count_runs(c);
	return r.open == 0 && r.ordered >= mediate_case_max_runs(c);
}

// The last count. of is an answer's group by its first member, apart are pairs
// of answers that were compared and not found equal.
static struct {
	mediate_case c;
	uint32_t total, aparts;
	uint16_t position[MEDIATE_MAX_EVENTS], of[MEDIATE_MAX_EVENTS], apart[MEDIATE_MAX_EVENTS][2];
} votes;

static void join(uint32_t i, uint32_t j) {
	uint16_t low = votes.of[i] < votes.of[j] ? votes.of[i] : votes.of[j];
	uint16_t high = votes.of[i] < votes.of[j] ? votes.of[j] : votes.of[i];
	for (uint32_t k = 0; k < votes.total; k++) {
		if (votes.of[k] == high) {
			votes.of[k] = low;
		}
	}
}

// index_of is the answer at a position of the events.
static bool index_of(uint64_t position, uint32_t *i) {
	for (*i = 0; *i < votes.total; ++*i) {
		if (votes.position[*i] == position) {
			return true;
		}
	}
	return false;
}

static bool same_content(uint32_t i, uint32_t j) {
	mediate_event a = mediate_case_events_at(votes.c, votes.position[i]), b = mediate_case_events_at(votes.c, votes.position[j]);
	return lilypad_same_bytes(mediate_result_content(mediate_event_as_result(a)), mediate_result_content(mediate_event_as_result(b)), 32);
}

static void count_answers(mediate_case c) {
	for (uint32_t i = 0, n = events(c); i < n; i++) {
		if (!mediate_event_is_result(mediate_case_events_at(c, i))) {
			continue;
		}
		answer(c, i);
		uint32_t at = votes.total++;
		votes.position[at] = (uint16_t)i;
		votes.of[at] = (uint16_t)at;
		for (uint32_t j = 0; j < at; j++) {
			if (same_content(at, j)) {
				join(at, j);
				break;
			}
		}
	}
}

static void count_comparisons(mediate_case c) {
	for (uint32_t k = 0, n = events(c); k < n; k++) {
		mediate_event e = mediate_case_events_at(c, k);
		if (!mediate_event_is_compared(e)) {
			continue;
		}
		mediate_compared x = mediate_event_as_compared(e);
		uint32_t i, j;
		if (!index_of(mediate_compared_a(x), &i) || !index_of(mediate_compared_b(x), &j)) {
			continue;
		}
		if (mediate_compared_sameness(x) == LILYPAD_SAMENESS_EQUAL) {
			join(i, j);
			continue;
		}
		votes.apart[votes.aparts][0] = (uint16_t)i;
		votes.apart[votes.aparts++][1] = (uint16_t)j;
	}
}

mediate_votes mediate_count_votes(mediate_case c) {
	votes.c = c;
	votes.total = votes.aparts = 0;
	count_answers(c);
	count_comparisons(c);
	mediate_votes v = {votes.total, 0};
	for (uint32_t i = 0; i < votes.total; i++) {
		v.groups += votes.of[i] == i;
	}
	return v;
}

// group_of is the group whose first member is an answer.
static mediate_group group_of(uint32_t first) {
	mediate_group g = {0, votes.total, first};
	for (uint32_t k = 0; k < votes.total; k++) {
		g.n += votes.of[k] == first;
	}
	return g;
}

mediate_group mediate_group_at(uint32_t i) {
	for (uint32_t k = 0; k < votes.total; k++) {
		if (votes.of[k] == k && i-- == 0) {
			return group_of(k);
		}
	}
	lilypad_fail("there is no such group");
	return (mediate_group){0, 0, 0};
}

mediate_group mediate_top(void) {
	mediate_group top = {0, votes.total, 0};
	for (uint32_t k = 0; k < votes.total; k++) {
		mediate_group g = group_of(k);
		if (g.n > top.n) {
			top = g;
		}
	}
	return top;
}

static bool told_apart(uint32_t i, uint32_t j) {
	for (uint32_t k = 0; k < votes.aparts; k++) {
		uint32_t a = votes.of[votes.apart[k][0]], b = votes.of[votes.apart[k][1]];
		if ((a == i && b == j) || (a == j && b == i)) {
			return true;
		}
	}
	return false;
}

// undecided is the first pair after *i and *j that mediate_undecided is about.
static bool undecided(uint32_t *i, uint32_t *j) {
	for (; *i < votes.total; ++*i, *j = 0) {
		for (; *j < *i; ++*j) {
			if (votes.of[*i] == *i && votes.of[*j] == *j && !told_apart(*i, *j)) {
				return true;
			}
		}
	}
	return false;
}

bool mediate_undecided(mediate_answer *a, mediate_answer *b) {
	uint32_t i = 0, j = 0;
	if (!undecided(&i, &j)) {
		return false;
	}
	*a = answer(votes.c, votes.position[j]);
	*b = answer(votes.c, votes.position[i]);
	return true;
}

// outcome_in is the verdict when an answer is the provider's and right.
static mediate_outcome outcome_of(mediate_case c, mediate_answer claim) {
	bool late = mediate_case_has_challenged(c) && mediate_result_at(claim.result) > mediate_case_challenged(c);
	return late ? MEDIATE_OUTCOME_LATE : MEDIATE_OUTCOME_UPHELD;
}

mediate_outcome mediate_outcome_for(mediate_case c, mediate_group g) {
	if (g.n == 0) {
		return MEDIATE_OUTCOME_REFUND;
	}
	for (uint32_t k = 0; k < votes.total; k++) {
		if (votes.of[k] != g.first) {
			continue;
		}
		mediate_answer a = answer(c, votes.position[k]);
		if (mediate_party_standing(a.by) == MEDIATE_STANDING_PROVIDER) {
			return outcome_of(c, a);
		}
	}
	return MEDIATE_OUTCOME_FRAUD;
}

// Plans.

static mediate_plan plan;

static mediate_plan *one(mediate_action a) {
	return mediate_do(&a, 1);
}

mediate_plan *mediate_do(const mediate_action *actions, uint32_t n) {
	if (n > MEDIATE_MAX_ACTIONS) {
		lilypad_fail("a plan has too many actions");
		n = 0;
	}
	plan.n = n;
	__builtin_memcpy(plan.actions, actions, n * sizeof *actions);
	return &plan;
}

mediate_plan *mediate_verdict(mediate_outcome o) {
	return one((mediate_action){.kind = MEDIATE_ACTION_KIND_VERDICT, .key = KEY_OTHER | MEDIATE_ACTION_KIND_VERDICT, .outcome = o});
}

mediate_plan *mediate_draw(void) {
	return one((mediate_action){.kind = MEDIATE_ACTION_KIND_DRAW, .key = KEY_OTHER | MEDIATE_ACTION_KIND_DRAW});
}

mediate_plan *mediate_wait(mediate_case c) {
	return one((mediate_action){
	    .kind = MEDIATE_ACTION_KIND_WAIT, .key = KEY_OTHER | MEDIATE_ACTION_KIND_WAIT, .until = mediate_case_deadline(c)});
}

mediate_plan *mediate_execute(mediate_case c, int64_t more) {
	mediate_runs r = mediate_count_runs(c);
	plan.n = 0;
	for (int64_t n = r.open; n < more && r.ordered + plan.n < mediate_case_max_runs(c); n++) {
		if (plan.n == MEDIATE_MAX_ACTIONS) {
			lilypad_fail("a plan has too many actions");
			break;
		}
		plan.actions[plan.n] = (mediate_action){
		    .kind = MEDIATE_ACTION_KIND_EXECUTE, .place = MEDIATE_PLACE_ANY, .until = mediate_case_deadline(c), .key = KEY_EXECUTE | (r.ordered + plan.n)};
		plan.n++;
	}
	return plan.n == 0 ? mediate_wait(c) : &plan;
}

// comparison is of two results, the earlier one first.
static mediate_action comparison(uint32_t i, uint32_t j) {
	return (mediate_action){.kind = MEDIATE_ACTION_KIND_COMPARE, .key = KEY_COMPARE | i << 12 | j, .a = i, .b = j};
}

// ordered tells whether the host was asked for an action.
static bool ordered(mediate_case c, uint32_t key) {
	for (uint32_t k = 0, n = events(c); k < n; k++) {
		mediate_event e = mediate_case_events_at(c, k);
		if (mediate_event_is_ordered(e) && mediate_ordered_key(mediate_event_as_ordered(e)) == key) {
			return true;
		}
	}
	return false;
}

mediate_plan *mediate_compare(mediate_case c, mediate_answer a, mediate_answer b) {
	mediate_action x = a.position < b.position ? comparison(a.position, b.position) : comparison(b.position, a.position);
	return ordered(c, x.key) ? mediate_wait(c) : one(x);
}

mediate_plan *mediate_compare_all(mediate_case c) {
	uint32_t i = 0, j = 0, open = 0;
	plan.n = 0;
	for (; open < MEDIATE_MAX_ACTIONS && undecided(&i, &j); j++, open++) {
		mediate_action x = comparison(votes.position[j], votes.position[i]);
		if (!ordered(c, x.key)) {
			plan.actions[plan.n++] = x;
		}
	}
	if (open == 0) {
		return NULL;
	}
	return plan.n == 0 ? mediate_wait(c) : &plan;
}

static mediate_plan *placed(mediate_plan *p, mediate_place place) {
	for (uint32_t i = 0; i < p->n; i++) {
		if (p->actions[i].kind == MEDIATE_ACTION_KIND_EXECUTE) {
			p->actions[i].place = place;
		}
	}
	return p;
}

mediate_plan *mediate_same_class(mediate_plan *p) {
	return placed(p, MEDIATE_PLACE_SAME_CLASS);
}

mediate_plan *mediate_other_owner(mediate_plan *p) {
	return placed(p, MEDIATE_PLACE_OTHER_OWNER);
}

mediate_plan *mediate_confidence(mediate_plan *p, uint32_t ppm) {
	for (uint32_t i = 0; i < p->n; i++) {
		p->actions[i].confidence = ppm;
	}
	return p;
}

mediate_plan *mediate_because(mediate_plan *p, uint16_t reason) {
	for (uint32_t i = 0; i < p->n; i++) {
		p->actions[i].reason = reason;
	}
	return p;
}

mediate_plan *mediate_with(mediate_plan *p, uint64_t arg0, uint64_t arg1) {
	for (uint32_t i = 0; i < p->n; i++) {
		p->actions[i].arg0 = arg0;
		p->actions[i].arg1 = arg1;
	}
	return p;
}

// compared_with is the comparator's answer about two results, if it was given.
static bool compared_with(mediate_case c, mediate_answer a, mediate_answer b, mediate_compared *x) {
	for (uint32_t k = 0, n = events(c); k < n; k++) {
		mediate_event e = mediate_case_events_at(c, k);
		if (!mediate_event_is_compared(e)) {
			continue;
		}
		*x = mediate_event_as_compared(e);
		uint64_t i = mediate_compared_a(*x), j = mediate_compared_b(*x);
		if ((i == a.position && j == b.position) || (i == b.position && j == a.position)) {
			return true;
		}
	}
	return false;
}

mediate_plan *mediate_rerun(mediate_case c) {
	mediate_answer own, claim;
	mediate_compared x;
	bool ran = mediate_own(c, &own), shown = mediate_claim(c, &claim), expired = mediate_expired(c);
	if (!shown && expired) {
		return mediate_because(mediate_verdict(MEDIATE_OUTCOME_FRAUD), MEDIATE_WITHHELD);
	}
	if (!ran && (expired || mediate_exhausted(c))) {
		return mediate_because(mediate_verdict(MEDIATE_OUTCOME_REFUND), MEDIATE_NO_RUN);
	}
	if (!ran) {
		return mediate_execute(c, 1);
	}
	if (!shown) {
		return mediate_wait(c);
	}
	if (lilypad_same_bytes(mediate_result_content(own.result), mediate_result_content(claim.result), 32)) {
		return mediate_because(mediate_verdict(outcome_of(c, claim)), MEDIATE_AGREED);
	}
	if (!compared_with(c, own, claim, &x)) {
		return expired ? mediate_because(mediate_verdict(MEDIATE_OUTCOME_REFUND), MEDIATE_INCOMPARABLE) : mediate_compare(c, claim, own);
	}
	switch (mediate_compared_sameness(x)) {
	case LILYPAD_SAMENESS_EQUAL:
		return mediate_because(mediate_verdict(outcome_of(c, claim)), MEDIATE_AGREED);
	case LILYPAD_SAMENESS_DIFFERENT:
		return mediate_with(mediate_because(mediate_verdict(MEDIATE_OUTCOME_FRAUD), MEDIATE_DISAGREED), mediate_compared_distance(x), 0);
	default:
		return mediate_because(mediate_verdict(MEDIATE_OUTCOME_REFUND), MEDIATE_INCOMPARABLE);
	}
}
