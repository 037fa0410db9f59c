//! Keeps a provider's price floor: a job that can pay it is asked to, any
//! other is declined.
use lilypad::admit::*;

// Reasons, with words in the manifest.
const BELOW_FLOOR: u16 = 1;

struct Floor {
    floor: u64, // micro-LILY
}

impl Hook for Floor {
    fn new(s: &Settings) -> Result<Self, String> {
        Ok(Floor { floor: s.int("price_floor") as u64 })
    }

    fn admit(&self, _: Node, request: Request) -> Admission {
        if request.standing_price() >= self.floor {
            return take();
        }
        let no = decline(BELOW_FLOOR).with(request.standing_price(), self.floor);
        if self.floor <= request.max_price() {
            return no.at(self.floor);
        }
        no
    }
}

lilypad::plugin!(admit: Floor);
