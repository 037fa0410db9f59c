// Code generated from hostapi/schema; DO NOT EDIT.

/// A day by ISO 8601.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weekday(pub u8);

impl Weekday {
    pub const MONDAY: Weekday = Weekday(1);
    pub const TUESDAY: Weekday = Weekday(2);
    pub const WEDNESDAY: Weekday = Weekday(3);
    pub const THURSDAY: Weekday = Weekday(4);
    pub const FRIDAY: Weekday = Weekday(5);
    pub const SATURDAY: Weekday = Weekday(6);
    pub const SUNDAY: Weekday = Weekday(7);
}

/// What a provider says to a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer(pub u8);

impl Answer {
    pub const TAKE: Answer = Answer(1);
    pub const DECLINE: Answer = Answer(2);
}

/// The provider's own state.
#[derive(Clone, Copy)]
pub struct Node<'a>(Item<'a>);

impl<'a> Node<'a> {
    pub(crate) const KIND: u64 = 4;
    pub(crate) const SIZE: usize = 96;

    pub fn address(self) -> &'a [u8; 20] {
        self.0.bytes20(16)
    }

    /// jobs.
    pub fn running(self) -> u64 {
        self.0.u32(36)
    }

    pub fn queued(self) -> u64 {
        self.0.u32(40)
    }

    /// jobs at once.
    pub fn slots(self) -> u64 {
        self.0.u32(44)
    }

    /// jobs that may wait.
    pub fn queue(self) -> u64 {
        self.0.u32(48)
    }

    pub fn gpus(self) -> u64 {
        self.0.u32(52)
    }

    pub fn gpus_free(self) -> u64 {
        self.0.u32(56)
    }

    /// 10⁶ bytes; of the emptiest free GPU.
    pub fn vram_free(self) -> u64 {
        self.0.u32(60)
    }

    /// thousandths of a core.
    pub fn cpu_free(self) -> u64 {
        self.0.u32(64)
    }

    /// 10⁶ bytes.
    pub fn ram_free(self) -> u64 {
        self.0.u32(68)
    }

    /// 10⁶ bytes.
    pub fn disk_free(self) -> u64 {
        self.0.u32(72)
    }

    /// 0 to 1439, block time in the zone of the provider's configuration.
    pub fn minute_of_day(self) -> u64 {
        self.0.u16(76)
    }

    /// in the same zone.
    pub fn weekday(self) -> Weekday {
        Weekday(self.0.u8(78) as u8)
    }

    /// micro-LILY; free in its account.
    pub fn deposit(self) -> u64 {
        self.0.u64(80)
    }

    /// zero when there is none.
    pub fn region(self) -> &'a str {
        self.0.str(88)
    }

    /// Tells that there is one.
    pub fn has_region(self) -> bool {
        self.0.has(0)
    }
}

/// A job that the solver offers to this provider.
#[derive(Clone, Copy)]
pub struct Request<'a>(Item<'a>);

impl<'a> Request<'a> {
    pub(crate) const KIND: u64 = 5;
    pub(crate) const SIZE: usize = 272;

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

    /// micro-LILY; of the offer that was ranked.
    pub fn standing_price(self) -> u64 {
        self.0.u64(128)
    }

    /// micro-LILY.
    pub fn provider_stake(self) -> u64 {
        self.0.u64(136)
    }

    /// micro-LILY.
    pub fn mediation_fee(self) -> u64 {
        self.0.u64(144)
    }

    /// parts in ten thousand.
    pub fn audit_rate(self) -> u64 {
        self.0.u32(152)
    }

    /// s.
    pub fn timeout(self) -> u64 {
        self.0.u32(156)
    }

    pub fn engine(self) -> Engine {
        Engine(self.0.u8(160) as u8)
    }

    pub fn network(self) -> bool {
        self.0.bool(161)
    }

    /// bytes.
    pub fn input_size(self) -> u64 {
        self.0.u64(168)
    }

    /// good deals of this provider with the creator.
    pub fn creator_ok(self) -> u64 {
        self.0.u32(176)
    }

    /// bad ones.
    pub fn creator_bad(self) -> u64 {
        self.0.u32(180)
    }

    /// that the creator challenged.
    pub fn creator_disputes(self) -> u64 {
        self.0.u32(184)
    }

    /// good runs of the module here.
    pub fn module_ok(self) -> u64 {
        self.0.u32(188)
    }

    pub fn module_failed(self) -> u64 {
        self.0.u32(192)
    }

    /// s, block time since the Unix epoch; the first deal with the creator; zero when there is none.
    pub fn creator_since(self) -> u64 {
        self.0.u64(200)
    }

    /// Tells that there is one.
    pub fn has_creator_since(self) -> bool {
        self.0.has(0)
    }

    pub fn module_name(self) -> &'a str {
        self.0.str(208)
    }

    /// zero when there is none.
    pub fn publisher(self) -> &'a str {
        self.0.str(216)
    }

    /// Tells that there is one.
    pub fn has_publisher(self) -> bool {
        self.0.has(1)
    }

    /// zero when there is none.
    pub fn gpu_model(self) -> &'a str {
        self.0.str(224)
    }

    /// Tells that there is one.
    pub fn has_gpu_model(self) -> bool {
        self.0.has(2)
    }

    /// zero when there is none.
    pub fn region(self) -> &'a str {
        self.0.str(232)
    }

    /// Tells that there is one.
    pub fn has_region(self) -> bool {
        self.0.has(3)
    }

    pub fn labels(self) -> List<'a, Label<'a>> {
        List::new(self.0, 240, 16, Label::read)
    }

    /// zero when there is none.
    pub fn repository(self) -> &'a str {
        self.0.str(248)
    }

    /// Tells that there is one.
    pub fn has_repository(self) -> bool {
        self.0.has(4)
    }

    /// identities that signed the module.
    pub fn signers(self) -> List<'a, Signer<'a>> {
        List::new(self.0, 256, 16, Signer::read)
    }

    /// deals of this provider that the creator let run out.
    pub fn creator_timeouts(self) -> u64 {
        self.0.u32(264)
    }

    /// its image is named by digest, or it is a WASI command.
    pub fn image_pinned(self) -> bool {
        self.0.bool(268)
    }
}

/// One per request. A price of 0 is the standing price; a quote to take may only be lower; a decline with a higher price asks the solver to rank again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    /// micro-LILY.
    pub price: u64,
    pub arg0: u64,
    pub arg1: u64,
    pub answer: Answer,
    pub reason: u16,
}

impl Admission {
    pub(crate) const SIZE: usize = 32;

    pub(crate) fn put(&self, b: &mut [u8]) {
        b[0..8].copy_from_slice(&self.price.to_le_bytes());
        b[8..16].copy_from_slice(&self.arg0.to_le_bytes());
        b[16..24].copy_from_slice(&self.arg1.to_le_bytes());
        b[24..25].copy_from_slice(&self.answer.0.to_le_bytes());
        b[26..28].copy_from_slice(&self.reason.to_le_bytes());
    }
}
