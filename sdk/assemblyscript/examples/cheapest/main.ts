// Ranks offers by price: the less it costs, the higher it stands. Offers that
// failed too often are refused; an offer in the job's region may cost a little
// more.
import * as match from "../../match";
export { lilypad_arena, lilypad_configure, lilypad_match_1 } from "../../match";

// Reasons, with words in the manifest.
enum Reason {
  Unreliable = 1,
}

class Cheapest extends match.Hook {
  private regionBonus: i64; // micro-LILY
  private maxFailures: u64;
  private afterJobs: u64; // before so many jobs a record says nothing

  constructor(s: match.Settings) {
    super();
    this.regionBonus = s.int("region_bonus");
    this.maxFailures = s.int("max_failures_ppm");
    this.afterJobs = s.int("after_jobs");
  }

  score(job: match.Job, offer: match.Offer): match.Score {
    const jobs = offer.jobsOk + offer.jobsFailed;
    if (jobs >= this.afterJobs && jobs > 0) {
      const failures = offer.jobsFailed * 1_000_000 / jobs;
      if (failures > this.maxFailures) return match.refuse(Reason.Unreliable).with(failures, this.maxFailures);
    }
    let score = -<i64>offer.price;
    if (job.hasRegion && job.region == offer.region) score += this.regionBonus;
    return match.rank(score);
  }
}

match.register((s) => new Cheapest(s));
