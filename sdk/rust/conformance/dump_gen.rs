// Code generated from hostapi/schema; DO NOT EDIT.

fn dump_job(name: &str, x: lilypad::r#match::Job) {
    hexed(name, "id", x.id());
    hexed(name, "module", x.module());
    hexed(name, "creator", x.creator());
    number(name, "gpus", x.gpus() as u64);
    number(name, "vram", x.vram() as u64);
    number(name, "cpu", x.cpu() as u64);
    number(name, "ram", x.ram() as u64);
    number(name, "disk", x.disk() as u64);
    number(name, "max_price", x.max_price() as u64);
    number(name, "provider_stake", x.provider_stake() as u64);
    number(name, "mediation_fee", x.mediation_fee() as u64);
    number(name, "audit_rate", x.audit_rate() as u64);
    number(name, "timeout", x.timeout() as u64);
    number(name, "engine", x.engine().0 as u64);
    number(name, "network", x.network() as u64);
    hexed(name, "module_name", x.module_name().as_bytes());
    if !x.has_gpu_model() {
        absent(name, "gpu_model");
    } else {
        hexed(name, "gpu_model", x.gpu_model().as_bytes());
    }
    if !x.has_region() {
        absent(name, "region");
    } else {
        hexed(name, "region", x.region().as_bytes());
    }
    number(name, "labels", x.labels().len() as u64);
    for (i, e) in x.labels().enumerate() {
        let at = element(name, "labels", i);
        hexed(&at, "key", e.key.as_bytes());
        hexed(&at, "value", e.value.as_bytes());
    }
}

fn dump_offer(name: &str, x: lilypad::r#match::Offer) {
    hexed(name, "id", x.id());
    hexed(name, "hardware_class", x.hardware_class());
    hexed(name, "provider", x.provider());
    hexed(name, "operator", x.operator());
    number(name, "price", x.price() as u64);
    number(name, "max_stake", x.max_stake() as u64);
    number(name, "deposit", x.deposit() as u64);
    number(name, "since", x.since() as u64);
    number(name, "gpus", x.gpus() as u64);
    number(name, "vram", x.vram() as u64);
    number(name, "cpu", x.cpu() as u64);
    number(name, "ram", x.ram() as u64);
    number(name, "disk", x.disk() as u64);
    number(name, "max_timeout", x.max_timeout() as u64);
    number(name, "up_rate", x.up_rate() as u64);
    number(name, "jobs_ok", x.jobs_ok() as u64);
    number(name, "jobs_failed", x.jobs_failed() as u64);
    number(name, "disputes", x.disputes() as u64);
    number(name, "slashes", x.slashes() as u64);
    number(name, "slots", x.slots() as u64);
    number(name, "pair_ok", x.pair_ok() as u64);
    number(name, "pair_bad", x.pair_bad() as u64);
    number(name, "load", x.load() as u64);
    if !x.has_gpu_model() {
        absent(name, "gpu_model");
    } else {
        hexed(name, "gpu_model", x.gpu_model().as_bytes());
    }
    if !x.has_region() {
        absent(name, "region");
    } else {
        hexed(name, "region", x.region().as_bytes());
    }
    number(name, "labels", x.labels().len() as u64);
    for (i, e) in x.labels().enumerate() {
        let at = element(name, "labels", i);
        hexed(&at, "key", e.key.as_bytes());
        hexed(&at, "value", e.value.as_bytes());
    }
    number(name, "queue", x.queue() as u64);
    number(name, "recent_jobs", x.recent_jobs() as u64);
    number(name, "inputs_here", x.inputs_here() as u64);
    number(name, "module_here", x.module_here() as u64);
}

fn dump_node(name: &str, x: lilypad::admit::Node) {
    hexed(name, "address", x.address());
    number(name, "running", x.running() as u64);
    number(name, "queued", x.queued() as u64);
    number(name, "slots", x.slots() as u64);
    number(name, "queue", x.queue() as u64);
    number(name, "gpus", x.gpus() as u64);
    number(name, "gpus_free", x.gpus_free() as u64);
    number(name, "vram_free", x.vram_free() as u64);
    number(name, "cpu_free", x.cpu_free() as u64);
    number(name, "ram_free", x.ram_free() as u64);
    number(name, "disk_free", x.disk_free() as u64);
    number(name, "minute_of_day", x.minute_of_day() as u64);
    number(name, "weekday", x.weekday().0 as u64);
    number(name, "deposit", x.deposit() as u64);
    if !x.has_region() {
        absent(name, "region");
    } else {
        hexed(name, "region", x.region().as_bytes());
    }
}

fn dump_request(name: &str, x: lilypad::admit::Request) {
    hexed(name, "id", x.id());
    hexed(name, "module", x.module());
    hexed(name, "creator", x.creator());
    number(name, "gpus", x.gpus() as u64);
    number(name, "vram", x.vram() as u64);
    number(name, "cpu", x.cpu() as u64);
    number(name, "ram", x.ram() as u64);
    number(name, "disk", x.disk() as u64);
    number(name, "max_price", x.max_price() as u64);
    number(name, "standing_price", x.standing_price() as u64);
    number(name, "provider_stake", x.provider_stake() as u64);
    number(name, "mediation_fee", x.mediation_fee() as u64);
    number(name, "audit_rate", x.audit_rate() as u64);
    number(name, "timeout", x.timeout() as u64);
    number(name, "engine", x.engine().0 as u64);
    number(name, "network", x.network() as u64);
    number(name, "input_size", x.input_size() as u64);
    number(name, "creator_ok", x.creator_ok() as u64);
    number(name, "creator_bad", x.creator_bad() as u64);
    number(name, "creator_disputes", x.creator_disputes() as u64);
    number(name, "module_ok", x.module_ok() as u64);
    number(name, "module_failed", x.module_failed() as u64);
    if !x.has_creator_since() {
        absent(name, "creator_since");
    } else {
        number(name, "creator_since", x.creator_since() as u64);
    }
    hexed(name, "module_name", x.module_name().as_bytes());
    if !x.has_publisher() {
        absent(name, "publisher");
    } else {
        hexed(name, "publisher", x.publisher().as_bytes());
    }
    if !x.has_gpu_model() {
        absent(name, "gpu_model");
    } else {
        hexed(name, "gpu_model", x.gpu_model().as_bytes());
    }
    if !x.has_region() {
        absent(name, "region");
    } else {
        hexed(name, "region", x.region().as_bytes());
    }
    number(name, "labels", x.labels().len() as u64);
    for (i, e) in x.labels().enumerate() {
        let at = element(name, "labels", i);
        hexed(&at, "key", e.key.as_bytes());
        hexed(&at, "value", e.value.as_bytes());
    }
    if !x.has_repository() {
        absent(name, "repository");
    } else {
        hexed(name, "repository", x.repository().as_bytes());
    }
    number(name, "signers", x.signers().len() as u64);
    for (i, e) in x.signers().enumerate() {
        let at = element(name, "signers", i);
        hexed(&at, "identity", e.identity.as_bytes());
        hexed(&at, "issuer", e.issuer.as_bytes());
    }
    number(name, "creator_timeouts", x.creator_timeouts() as u64);
    number(name, "image_pinned", x.image_pinned() as u64);
}

fn dump_module(name: &str, x: lilypad::allow::Module) {
    hexed(name, "id", x.id());
    hexed(name, "digest", x.digest());
    hexed(name, "template", x.template());
    number(name, "gpus", x.gpus() as u64);
    number(name, "vram", x.vram() as u64);
    number(name, "cpu", x.cpu() as u64);
    number(name, "ram", x.ram() as u64);
    number(name, "disk", x.disk() as u64);
    number(name, "timeout", x.timeout() as u64);
    number(name, "role", x.role().0 as u64);
    number(name, "engine", x.engine().0 as u64);
    number(name, "listing", x.listing().0 as u64);
    number(name, "network", x.network() as u64);
    hexed(name, "name", x.name().as_bytes());
    hexed(name, "repository", x.repository().as_bytes());
    hexed(name, "commit", x.commit().as_bytes());
    hexed(name, "publisher", x.publisher().as_bytes());
    hexed(name, "image", x.image().as_bytes());
    if !x.has_gpu_model() {
        absent(name, "gpu_model");
    } else {
        hexed(name, "gpu_model", x.gpu_model().as_bytes());
    }
    if !x.has_block_reason() {
        absent(name, "block_reason");
    } else {
        hexed(name, "block_reason", x.block_reason().as_bytes());
    }
    number(name, "signers", x.signers().len() as u64);
    for (i, e) in x.signers().enumerate() {
        let at = element(name, "signers", i);
        hexed(&at, "identity", e.identity.as_bytes());
        hexed(&at, "issuer", e.issuer.as_bytes());
    }
}

fn dump_case(name: &str, x: lilypad::mediate::Case) {
    hexed(name, "id", x.id());
    if !x.has_seed() {
        absent(name, "seed");
    } else {
        hexed(name, "seed", x.seed());
    }
    number(name, "opened", x.opened() as u64);
    number(name, "now", x.now() as u64);
    number(name, "deadline", x.deadline() as u64);
    if !x.has_challenged() {
        absent(name, "challenged");
    } else {
        number(name, "challenged", x.challenged() as u64);
    }
    number(name, "price", x.price() as u64);
    number(name, "provider_stake", x.provider_stake() as u64);
    number(name, "creator_stake", x.creator_stake() as u64);
    number(name, "mediation_fee", x.mediation_fee() as u64);
    number(name, "late_penalty", x.late_penalty() as u64);
    number(name, "max_runs", x.max_runs() as u64);
    number(name, "audit_rate", x.audit_rate() as u64);
    number(name, "level", x.level() as u64);
    number(name, "phase", x.phase().0 as u64);
    number(name, "params", x.params().len() as u64);
    for (i, e) in x.params().enumerate() {
        let at = element(name, "params", i);
        hexed(&at, "key", e.key.as_bytes());
        signed(&at, "value", e.value);
    }
    number(name, "events", x.events().len() as u64);
    for (i, e) in x.events().enumerate() {
        dump_event(&element(name, "events", i), e);
    }
}

fn dump_pair(name: &str, x: lilypad::compare::Pair) {
    hexed(name, "a_root", x.a_root());
    hexed(name, "b_root", x.b_root());
    number(name, "a_size", x.a_size() as u64);
    number(name, "b_size", x.b_size() as u64);
    number(name, "a", x.a() as u64);
    number(name, "b", x.b() as u64);
    number(name, "a_files", x.a_files() as u64);
    number(name, "b_files", x.b_files() as u64);
    number(name, "params", x.params().len() as u64);
    for (i, e) in x.params().enumerate() {
        let at = element(name, "params", i);
        hexed(&at, "key", e.key.as_bytes());
        signed(&at, "value", e.value);
    }
    number(name, "engine", x.engine().0 as u64);
}

fn dump_party(name: &str, x: lilypad::mediate::Party) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    hexed(name, "hardware_class", x.hardware_class());
    hexed(name, "address", x.address());
    hexed(name, "operator", x.operator());
    number(name, "stake", x.stake() as u64);
    number(name, "since", x.since() as u64);
    number(name, "jobs_ok", x.jobs_ok() as u64);
    number(name, "jobs_bad", x.jobs_bad() as u64);
    number(name, "checks_ok", x.checks_ok() as u64);
    number(name, "checks_bad", x.checks_bad() as u64);
    number(name, "standing", x.standing().0 as u64);
    if !x.has_region() {
        absent(name, "region");
    } else {
        hexed(name, "region", x.region().as_bytes());
    }
    number(name, "fee", x.fee() as u64);
}

fn dump_ordered(name: &str, x: lilypad::mediate::Ordered) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "key", x.key() as u64);
    number(name, "kind", x.kind().0 as u64);
}

fn dump_result(name: &str, x: lilypad::mediate::ResultRecord) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    hexed(name, "content", x.content());
    number(name, "gpu_time", x.gpu_time() as u64);
    number(name, "wall_time", x.wall_time() as u64);
    number(name, "size", x.size() as u64);
    number(name, "status", x.status().0 as u64);
}

fn dump_compared(name: &str, x: lilypad::mediate::Compared) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "a", x.a() as u64);
    number(name, "b", x.b() as u64);
    number(name, "distance", x.distance() as u64);
    number(name, "reason", x.reason() as u64);
    number(name, "sameness", x.sameness().0 as u64);
    number(name, "key", x.key() as u64);
}

fn dump_missing(name: &str, x: lilypad::mediate::Missing) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "key", x.key() as u64);
    number(name, "why", x.why().0 as u64);
}

fn dump_appeal(name: &str, x: lilypad::mediate::Appeal) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "paid", x.paid() as u64);
    number(name, "reason", x.reason() as u64);
}

fn dump_tick(name: &str, x: lilypad::mediate::Tick) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
}

fn dump_commit(name: &str, x: lilypad::mediate::Commit) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "steps", x.steps() as u64);
    hexed(name, "trace", x.trace());
    hexed(name, "last", x.last());
}

fn dump_open(name: &str, x: lilypad::mediate::Open) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "index", x.index() as u64);
    hexed(name, "node", x.node());
    number(name, "level", x.level() as u64);
    number(name, "child", x.child() as u64);
}

fn dump_segment(name: &str, x: lilypad::mediate::Segment) {
    number(name, "at", x.at() as u64);
    number(name, "who", x.who() as u64);
    number(name, "re", x.re() as u64);
    number(name, "key", x.key() as u64);
    number(name, "step", x.step() as u64);
    hexed(name, "start", x.start());
    hexed(name, "claimed", x.claimed());
    hexed(name, "ran", x.ran());
    hexed(name, "proof", x.proof());
}

fn dump_event(name: &str, x: lilypad::mediate::Event) {
    if let Some(m) = x.party() {
        dump_party(&format!("{}party.", name), m);
    }
    if let Some(m) = x.ordered() {
        dump_ordered(&format!("{}ordered.", name), m);
    }
    if let Some(m) = x.result() {
        dump_result(&format!("{}result.", name), m);
    }
    if let Some(m) = x.compared() {
        dump_compared(&format!("{}compared.", name), m);
    }
    if let Some(m) = x.missing() {
        dump_missing(&format!("{}missing.", name), m);
    }
    if let Some(m) = x.appeal() {
        dump_appeal(&format!("{}appeal.", name), m);
    }
    if let Some(m) = x.tick() {
        dump_tick(&format!("{}tick.", name), m);
    }
    if let Some(m) = x.commit() {
        dump_commit(&format!("{}commit.", name), m);
    }
    if let Some(m) = x.open() {
        dump_open(&format!("{}open.", name), m);
    }
    if let Some(m) = x.segment() {
        dump_segment(&format!("{}segment.", name), m);
    }
}

const SAMPLE_SCORE: lilypad::r#match::Score = lilypad::r#match::Score {
    score: 1663540288323457296,
    arg0: 2820983053732684064,
    arg1: 3978425819141910832,
    decision: lilypad::r#match::Decision(2),
    reason: 20816,
};

const SAMPLE_ADMISSION: lilypad::admit::Admission = lilypad::admit::Admission {
    price: 1663540288323457296,
    arg0: 2820983053732684064,
    arg1: 3978425819141910832,
    answer: lilypad::admit::Answer(1),
    reason: 20816,
};

const SAMPLE_RULING: lilypad::allow::Ruling = lilypad::allow::Ruling {
    arg0: 1663540288323457296,
    arg1: 2820983053732684064,
    rule: 858927408,
    reason: 16704,
    permission: lilypad::allow::Permission(3),
};

const SAMPLE_ACTION: lilypad::mediate::Action = lilypad::mediate::Action {
    key: 319951120,
    item: 589439264,
    a: 858927408,
    b: 1128415552,
    until: 6293311349960364368,
    arg0: 7450754115369591136,
    arg1: 8608196880778817904,
    confidence: 2206368128,
    reason: 37264,
    kind: lilypad::mediate::ActionKind(5),
    place: lilypad::mediate::Place(2),
    outcome: lilypad::mediate::Outcome(2),
};

const SAMPLE_COMPARISON: lilypad::compare::Comparison = lilypad::compare::Comparison {
    distance: 1663540288323457296,
    arg0: 2820983053732684064,
    arg1: 3978425819141910832,
    reason: 16704,
    sameness: lilypad::compare::Sameness(3),
};
