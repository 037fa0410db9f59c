// Ranks offers by price: the less it costs, the higher it stands. Offers that
// failed too often are refused; an offer in the job's region may cost a little
// more.
#include "lilypad/match.h"

// Reasons, with words in the manifest.
enum { UNRELIABLE = 1 };

static struct {
	int64_t region_bonus; // micro-LILY
	uint64_t max_failures;
	uint64_t after_jobs; // before so many jobs a record says nothing
} settings;

const char *lilypad_setup(lilypad_settings s) {
	settings.region_bonus = lilypad_int(s, "region_bonus");
	settings.max_failures = (uint64_t)lilypad_int(s, "max_failures_ppm");
	settings.after_jobs = (uint64_t)lilypad_int(s, "after_jobs");
	return NULL;
}

match_score score(match_job j, match_offer o) {
	uint64_t failed = match_offer_jobs_failed(o), jobs = match_offer_jobs_ok(o) + failed;
	if (jobs >= settings.after_jobs && jobs > 0) {
		uint64_t failures = failed * 1000000 / jobs;
		if (failures > settings.max_failures) {
			return match_with(match_refuse(UNRELIABLE), failures, settings.max_failures);
		}
	}
	uint64_t score = -match_offer_price(o); // unsigned, since it may wrap
	if (match_job_has_region(j) && lilypad_equal(match_job_region(j), match_offer_region(o))) {
		score += (uint64_t)settings.region_bonus;
	}
	return match_rank((int64_t)score);
}
