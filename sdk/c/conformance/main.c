// The C SDK's conformance guest: it logs all that it reads and answers with
// fixed records, as hostapi/conformance/README.md says.
#include "lilypad/admit.h"
#include "lilypad/allow.h"
#include "lilypad/compare.h"
#include "lilypad/match.h"
#include "lilypad/mediate.h"

#include "dump_gen.h"

match_score score(match_job j, match_offer o) {
	leave(0);
	enter("job");
	dump_match_job(j);
	leave(0);
	enter("offer");
	dump_match_offer(o);
	return sample_score;
}

admit_admission admit(admit_node n, admit_request r) {
	leave(0);
	enter("node");
	dump_admit_node(n);
	leave(0);
	enter("request");
	dump_admit_request(r);
	return sample_admission;
}

allow_ruling rule(allow_module m) {
	leave(0);
	enter("module");
	dump_allow_module(m);
	return sample_ruling;
}

mediate_plan *decide(mediate_case c) {
	leave(0);
	enter("case");
	dump_mediate_case(c);
	return mediate_do(&sample_action, 1);
}

compare_comparison compare(compare_pair p) {
	leave(0);
	enter("pair");
	dump_compare_pair(p);
	return sample_comparison;
}
