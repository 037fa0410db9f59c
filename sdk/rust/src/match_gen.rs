// Code generated from hostapi/schema; DO NOT EDIT.

/// What a match plugin makes of an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decision(pub u8);

impl Decision {
    pub const RANK: Decision = Decision(1);
    pub const REFUSE: Decision = Decision(2);
    /// no opinion: the solver's own order holds.
    pub const ABSTAIN: Decision = Decision(3);
}

/// A job as the solver sees it.
#[derive(Clone, Copy)]
pub struct Job<'a>(Item<'a>);

impl<'a> Job<'a> {
    pub(crate) const KIND: u64 = 2;
    pub(crate) const SIZE: usize = 192;

    pub fn id(self) -> &'a [u8; 32] {
        self.0.bytes32(16)
    }

    pub fn module(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    pub fn creator(self) -> &'a [u8; 20] {
        self.0.bytes20(80)
    }

    pub fn gpus(self) -> u64 {
        self.0.u32(100)
    }

    /// 10⁶ bytes; per GPU.
    pub fn vram(self) -> u64 {
        self.0.u32(104)
    }

    /// thousandths of a core.
    pub fn cpu(self) -> u64 {
        self.0.u32(108)
    }

    /// 10⁶ bytes.
    pub fn ram(self) -> u64 {
        self.0.u32(112)
    }

    /// 10⁶ bytes.
    pub fn disk(self) -> u64 {
        self.0.u32(116)
    }

    /// micro-LILY.
    pub fn max_price(self) -> u64 {
        self.0.u64(120)
    }

    /// micro-LILY; what the provider must risk.
    pub fn provider_stake(self) -> u64 {
        self.0.u64(128)
    }

    /// micro-LILY.
    pub fn mediation_fee(self) -> u64 {
        self.0.u64(136)
    }

    /// parts in ten thousand.
    pub fn audit_rate(self) -> u64 {
        self.0.u32(144)
    }

    /// s.
    pub fn timeout(self) -> u64 {
        self.0.u32(148)
    }

    pub fn engine(self) -> Engine {
        Engine(self.0.u8(152) as u8)
    }

    /// it asks for the network.
    pub fn network(self) -> bool {
        self.0.bool(153)
    }

    pub fn module_name(self) -> &'a str {
        self.0.str(160)
    }

    /// zero when there is none.
    pub fn gpu_model(self) -> &'a str {
        self.0.str(168)
    }

    /// Tells that there is one.
    pub fn has_gpu_model(self) -> bool {
        self.0.has(0)
    }

    /// zero when there is none.
    pub fn region(self) -> &'a str {
        self.0.str(176)
    }

    /// Tells that there is one.
    pub fn has_region(self) -> bool {
        self.0.has(1)
    }

    /// all are on every offer of the batch.
    pub fn labels(self) -> List<'a, Label<'a>> {
        List::new(self.0, 184, 16, Label::read)
    }
}

/// A provider's standing offer. Every offer of a batch can run the job.
#[derive(Clone, Copy)]
pub struct Offer<'a>(Item<'a>);

impl<'a> Offer<'a> {
    pub(crate) const KIND: u64 = 3;
    pub(crate) const SIZE: usize = 264;

    pub fn id(self) -> &'a [u8; 32] {
        self.0.bytes32(16)
    }

    pub fn hardware_class(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    pub fn provider(self) -> &'a [u8; 20] {
        self.0.bytes20(80)
    }

    /// the paying address behind several providers.
    pub fn operator(self) -> &'a [u8; 20] {
        self.0.bytes20(100)
    }

    /// micro-LILY; per job.
    pub fn price(self) -> u64 {
        self.0.u64(120)
    }

    /// micro-LILY; the largest stake it locks in one deal.
    pub fn max_stake(self) -> u64 {
        self.0.u64(128)
    }

    /// micro-LILY; free in its account.
    pub fn deposit(self) -> u64 {
        self.0.u64(136)
    }

    /// s, block time since the Unix epoch; first seen.
    pub fn since(self) -> u64 {
        self.0.u64(144)
    }

    pub fn gpus(self) -> u64 {
        self.0.u32(152)
    }

    /// 10⁶ bytes; per GPU.
    pub fn vram(self) -> u64 {
        self.0.u32(156)
    }

    /// thousandths of a core.
    pub fn cpu(self) -> u64 {
        self.0.u32(160)
    }

    /// 10⁶ bytes.
    pub fn ram(self) -> u64 {
        self.0.u32(164)
    }

    /// 10⁶ bytes.
    pub fn disk(self) -> u64 {
        self.0.u32(168)
    }

    /// s.
    pub fn max_timeout(self) -> u64 {
        self.0.u32(172)
    }

    /// parts in a million; share of the time it was reachable.
    pub fn up_rate(self) -> u64 {
        self.0.u32(176)
    }

    pub fn jobs_ok(self) -> u64 {
        self.0.u32(180)
    }

    pub fn jobs_failed(self) -> u64 {
        self.0.u32(184)
    }

    /// deals that were challenged.
    pub fn disputes(self) -> u64 {
        self.0.u32(188)
    }

    /// deals that ended in fraud.
    pub fn slashes(self) -> u64 {
        self.0.u32(192)
    }

    /// jobs it runs at once.
    pub fn slots(self) -> u64 {
        self.0.u32(196)
    }

    /// good deals with this job's creator.
    pub fn pair_ok(self) -> u64 {
        self.0.u32(200)
    }

    /// bad ones.
    pub fn pair_bad(self) -> u64 {
        self.0.u32(204)
    }

    /// parts in a million; share of its slots in use.
    pub fn load(self) -> u64 {
        self.0.u32(208)
    }

    /// zero when there is none.
    pub fn gpu_model(self) -> &'a str {
        self.0.str(216)
    }

    /// Tells that there is one.
    pub fn has_gpu_model(self) -> bool {
        self.0.has(0)
    }

    /// zero when there is none.
    pub fn region(self) -> &'a str {
        self.0.str(224)
    }

    /// Tells that there is one.
    pub fn has_region(self) -> bool {
        self.0.has(1)
    }

    pub fn labels(self) -> List<'a, Label<'a>> {
        List::new(self.0, 232, 16, Label::read)
    }

    /// jobs it lets wait beyond its slots.
    pub fn queue(self) -> u64 {
        self.0.u32(240)
    }

    /// deals of the last hour that this solver gave it.
    pub fn recent_jobs(self) -> u64 {
        self.0.u32(244)
    }

    /// bytes; of the job's inputs that it already has.
    pub fn inputs_here(self) -> u64 {
        self.0.u64(248)
    }

    /// it ran the job's module in the last day.
    pub fn module_here(self) -> bool {
        self.0.bool(256)
    }
}

/// One per offer. A higher score is better; ties go to the solver's own order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub score: i64,
    pub arg0: u64,
    pub arg1: u64,
    pub decision: Decision,
    pub reason: u16,
}

impl Score {
    pub(crate) const SIZE: usize = 32;

    pub(crate) fn put(&self, b: &mut [u8]) {
        b[0..8].copy_from_slice(&self.score.to_le_bytes());
        b[8..16].copy_from_slice(&self.arg0.to_le_bytes());
        b[16..24].copy_from_slice(&self.arg1.to_le_bytes());
        b[24..25].copy_from_slice(&self.decision.0.to_le_bytes());
        b[26..28].copy_from_slice(&self.reason.to_le_bytes());
    }
}
