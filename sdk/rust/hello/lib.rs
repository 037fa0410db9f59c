//! A whole plugin: it ranks offers by price.
use lilypad::r#match::*;

struct Hello;

impl Hook for Hello {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Hello)
    }

    fn score(&self, job: Job, offer: Offer) -> Score {
        rank(job.max_price() as i64 - offer.price() as i64)
    }
}

lilypad::plugin!(match: Hello);
