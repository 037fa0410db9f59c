//! Believes what enough results agree on: the deal's own and those of replicas
//! at other owners. When the creator challenges, each mediator runs the job
//! once and compares.
use lilypad::mediate::*;

// Reasons beyond those of Case::rerun, with words in the manifest.
const QUORUM: u16 = 10;
const NO_QUORUM: u16 = 11;
const NO_RESULT: u16 = 12;

struct Quorum {
    agree: i64,
}

impl Hook for Quorum {
    fn new(s: &Settings) -> Result<Self, String> {
        Ok(Quorum { agree: s.int("agree") })
    }

    fn decide(&self, c: Case) -> Plan {
        if c.phase() == Phase::MEDIATION {
            return c.rerun();
        }
        if c.claim().is_none() {
            return if c.expired() { verdict(Outcome::REFUND).because(NO_RESULT) } else { c.wait() };
        }
        let votes = c.votes();
        let top = votes.top();
        let (n, total) = (top.n() as u64, votes.total() as u64);
        if n as i64 >= self.agree {
            return verdict(c.outcome_for(&top)).confidence(top.ppm()).because(QUORUM).with(n, total);
        }
        if !c.expired() {
            if let Some(comparisons) = c.compare_all(&votes) {
                return comparisons;
            }
            if !c.exhausted() {
                return c.execute(self.agree - n as i64).other_owner();
            }
        }
        verdict(Outcome::REFUND).confidence(top.ppm()).because(NO_QUORUM).with(n, total)
    }
}

lilypad::plugin!(mediate: Quorum);
