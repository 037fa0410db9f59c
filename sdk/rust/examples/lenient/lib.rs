//! Finds two results equal when every file has the same bytes, but for files
//! that the settings name: those may differ in white space, or at all.
use lilypad::compare::*;

// Reasons, with words in the manifest.
const FILES_DIFFER: u16 = 1;
const TOO_LARGE: u16 = 2;

const MAX_FILE: u64 = 8 << 20;

struct Rule {
    suffix: String,
    ignore: bool,
}

struct Lenient(Vec<Rule>);

impl Hook for Lenient {
    fn new(s: &Settings) -> Result<Self, String> {
        let rule = |file: Settings| Rule { suffix: file.text("suffix").to_string(), ignore: file.bool("ignore") };
        Ok(Lenient((0..s.len("files")).map(|i| rule(s.at("files", i))).collect()))
    }

    fn compare(&self, pair: Pair) -> Comparison {
        let (mut differ, mut too_large) = (0, None);
        pair.differences(|d| {
            let size = d.a_size.max(d.b_size);
            match self.0.iter().find(|r| d.path.ends_with(&r.suffix)) {
                Some(rule) if rule.ignore => {}
                Some(_) if size > MAX_FILE => too_large = Some(size),
                Some(_) if d.in_both() && letters(&d.read_a()).eq(letters(&d.read_b())) => {}
                _ => differ += 1,
            }
            too_large.is_none()
        });
        if let Some(size) = too_large {
            return incomparable().because(TOO_LARGE).with(size, MAX_FILE);
        }
        if differ == 0 {
            return equal();
        }
        let files = pair.a_files().max(pair.b_files()).max(1);
        different(differ.min(files) * 1_000_000 / files).because(FILES_DIFFER).with(differ, files)
    }
}

/// The bytes that are no white space.
fn letters(file: &[u8]) -> impl Iterator<Item = &u8> {
    file.iter().filter(|c| !b" \t\r\n".contains(c))
}

lilypad::plugin!(compare: Lenient);
