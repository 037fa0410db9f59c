//! For plugins that rank the offers a job can have.
//!
//! The solver has already dropped every offer that cannot run the job.

use crate::item::{Item, List};
use crate::serve::{serve, Runner};
pub use crate::{Engine, Label, Settings};

include!("match_gen.rs");

/// Scores one offer for a job. The answer may depend on nothing else: neither
/// on other offers nor on earlier calls.
pub trait Hook: Sized + 'static {
    /// Makes the hook from its settings; an error refuses them.
    fn new(settings: &Settings) -> Result<Self, String>;

    fn score(&self, job: Job, offer: Offer) -> Score;
}

#[doc(hidden)]
pub fn build<H: Hook>(settings: &Settings) -> Result<Runner, String> {
    let hook = H::new(settings)?;
    Ok(Box::new(move |input, out| {
        let (context, item) = ((Job::KIND, Job::SIZE), (Offer::KIND, Offer::SIZE));
        serve(input, out, crate::HOOK_MATCH, Some(context), item, |context, it, _, w| {
            let score = hook.score(Job(context), Offer(it));
            w.next(Score::SIZE, |b| score.put(b))
        })
    }))
}

/// Puts the offer above all with a lower score.
pub fn rank(score: i64) -> Score {
    Score { decision: Decision::RANK, score, ..Score::default() }
}

/// Keeps the offer from the job. Words for the reason are in the manifest.
pub fn refuse(reason: u16) -> Score {
    Score { decision: Decision::REFUSE, reason, ..Score::default() }
}

/// Leaves the offer in the solver's own order.
pub fn abstain() -> Score {
    Score { decision: Decision::ABSTAIN, ..Score::default() }
}

impl Score {
    /// Fills in the reason's arguments.
    pub fn with(self, arg0: u64, arg1: u64) -> Score {
        Score { arg0, arg1, ..self }
    }

    /// Gives a reason to a rank, too.
    pub fn because(self, reason: u16) -> Score {
        Score { reason, ..self }
    }
}
