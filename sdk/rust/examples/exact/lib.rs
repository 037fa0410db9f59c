//! Finds two results equal when every file has the same bytes and the same
//! executable bit.
use lilypad::compare::*;

// Reasons, with words in the manifest.
const FILES_DIFFER: u16 = 1;

struct Exact;

impl Hook for Exact {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Exact)
    }

    fn compare(&self, pair: Pair) -> Comparison {
        let mut differ = 0;
        pair.differences(|_| {
            differ += 1;
            true
        });
        if differ == 0 {
            return equal();
        }
        let files = pair.a_files().max(pair.b_files()).max(1);
        different(differ.min(files) * 1_000_000 / files).because(FILES_DIFFER).with(differ, files)
    }
}

lilypad::plugin!(compare: Exact);
