// Believes what enough results agree on: the deal's own and those of replicas
// at other owners. When the creator challenges, each mediator runs the job
// once and compares.
#include "lilypad/mediate.h"

// Reasons beyond those of mediate_rerun, with words in the manifest.
enum { QUORUM = 10, NO_QUORUM = 11, NO_RESULT = 12 };

static int64_t agree;

const char *lilypad_setup(lilypad_settings s) {
	agree = lilypad_int(s, "agree");
	return NULL;
}

// counted is a verdict that says how many results stand behind it.
static mediate_plan *counted(mediate_outcome o, mediate_group top, uint16_t reason) {
	mediate_plan *p = mediate_confidence(mediate_verdict(o), mediate_ppm(top));
	return mediate_with(mediate_because(p, reason), top.n, top.total);
}

mediate_plan *decide(mediate_case c) {
	mediate_answer claim;
	if (mediate_case_phase(c) == MEDIATE_PHASE_MEDIATION) {
		return mediate_rerun(c);
	}
	if (!mediate_claim(c, &claim)) {
		return mediate_expired(c) ? mediate_because(mediate_verdict(MEDIATE_OUTCOME_REFUND), NO_RESULT) : mediate_wait(c);
	}
	mediate_count_votes(c);
	mediate_group top = mediate_top();
	if (top.n >= agree) {
		return counted(mediate_outcome_for(c, top), top, QUORUM);
	}
	if (!mediate_expired(c)) {
		mediate_plan *comparisons = mediate_compare_all(c);
		if (comparisons) {
			return comparisons;
		}
		if (!mediate_exhausted(c)) {
			return mediate_other_owner(mediate_execute(c, agree - top.n));
		}
	}
	return counted(MEDIATE_OUTCOME_REFUND, top, NO_QUORUM);
}
