//! The Rust SDK's conformance guest: it logs all that it reads and answers with
//! fixed records, as hostapi/conformance/README.md says.

use lilypad::{admit, allow, compare, host, mediate, r#match, Settings};

include!("dump_gen.rs");

struct Mirror;

impl r#match::Hook for Mirror {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Mirror)
    }

    fn score(&self, job: r#match::Job, offer: r#match::Offer) -> r#match::Score {
        dump_job("job.", job);
        dump_offer("offer.", offer);
        SAMPLE_SCORE
    }
}

impl admit::Hook for Mirror {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Mirror)
    }

    fn admit(&self, node: admit::Node, request: admit::Request) -> admit::Admission {
        dump_node("node.", node);
        dump_request("request.", request);
        SAMPLE_ADMISSION
    }
}

impl allow::Hook for Mirror {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Mirror)
    }

    fn rule(&self, module: allow::Module) -> allow::Ruling {
        dump_module("module.", module);
        SAMPLE_RULING
    }
}

impl mediate::Hook for Mirror {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Mirror)
    }

    fn decide(&self, case: mediate::Case) -> mediate::Plan {
        dump_case("case.", case);
        mediate::plan(vec![SAMPLE_ACTION])
    }
}

impl compare::Hook for Mirror {
    fn new(_: &Settings) -> Result<Self, String> {
        Ok(Mirror)
    }

    fn compare(&self, pair: compare::Pair) -> compare::Comparison {
        dump_pair("pair.", pair);
        SAMPLE_COMPARISON
    }
}

lilypad::plugin!(match: Mirror, admit: Mirror, allow: Mirror, mediate: Mirror, compare: Mirror);

fn line(name: &str, field: &str, value: &str) {
    host::log(&[name, field, "=", value].concat())
}

fn absent(name: &str, field: &str) {
    line(name, field, "-")
}

fn number(name: &str, field: &str, v: u64) {
    line(name, field, &v.to_string())
}

fn signed(name: &str, field: &str, v: i64) {
    line(name, field, &v.to_string())
}

fn hexed(name: &str, field: &str, v: &[u8]) {
    let digits: String = v.iter().map(|b| format!("{:02x}", b)).collect();
    line(name, field, &digits)
}

fn element(name: &str, list: &str, i: usize) -> String {
    format!("{}{}.{}.", name, list, i)
}
