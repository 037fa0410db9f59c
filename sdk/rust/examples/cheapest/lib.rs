//! Ranks offers by price: the less it costs, the higher it stands. Offers that
//! failed too often are refused; an offer in the job's region may cost a
//! little more.
use lilypad::r#match::*;

// Reasons, with words in the manifest.
const UNRELIABLE: u16 = 1;

struct Cheapest {
    region_bonus: i64, // micro-LILY
    max_failures: u64,
    after_jobs: u64, // before so many jobs a record says nothing
}

impl Hook for Cheapest {
    fn new(s: &Settings) -> Result<Self, String> {
        Ok(Cheapest {
            region_bonus: s.int("region_bonus"),
            max_failures: s.int("max_failures_ppm") as u64,
            after_jobs: s.int("after_jobs") as u64,
        })
    }

    fn score(&self, job: Job, offer: Offer) -> Score {
        let jobs = offer.jobs_ok() + offer.jobs_failed();
        if jobs >= self.after_jobs && jobs > 0 {
            let failures = offer.jobs_failed() * 1_000_000 / jobs;
            if failures > self.max_failures {
                return refuse(UNRELIABLE).with(failures, self.max_failures);
            }
        }
        let mut score = (offer.price() as i64).wrapping_neg();
        if job.has_region() && job.region() == offer.region() {
            score = score.wrapping_add(self.region_bonus);
        }
        rank(score)
    }
}

lilypad::plugin!(match: Cheapest);
