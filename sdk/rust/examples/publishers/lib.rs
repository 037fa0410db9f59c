//! Allows modules of the publishers on a list, and denies all others.
use lilypad::allow::*;

// Reasons, with words in the manifest.
const LISTED: u16 = 1;
const NOT_LISTED: u16 = 2;

struct Publishers(Vec<String>);

impl Hook for Publishers {
    fn new(s: &Settings) -> Result<Self, String> {
        let publishers = s.texts("publishers");
        if let Some(i) = (1..publishers.len()).find(|i| publishers[..*i].contains(&publishers[*i])) {
            return Err(format!("publishers: {} stands twice", publishers[i]));
        }
        Ok(Publishers(publishers))
    }

    fn rule(&self, module: Module) -> Ruling {
        match self.0.iter().position(|p| p == module.publisher()) {
            Some(i) => allow(i as u32 + 1).because(LISTED).with(i as u64 + 1, 0),
            None => deny(0).because(NOT_LISTED),
        }
    }
}

lilypad::plugin!(allow: Publishers);
