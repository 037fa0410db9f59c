// Code generated from hostapi/schema; DO NOT EDIT.

/// The state of a deal in which a case is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phase(pub u8);

impl Phase {
    /// the creator judges the result of its own deal.
    pub const REVIEW: Phase = Phase(1);
    /// a drawn mediator judges a challenged one.
    pub const MEDIATION: Phase = Phase(2);
}

/// Why a party is part of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing(pub u8);

impl Standing {
    /// of the deal that is judged; exactly one.
    pub const PROVIDER: Standing = Standing(1);
    pub const CREATOR: Standing = Standing(2);
    /// a provider that was asked to run the same job.
    pub const REPLICA: Standing = Standing(3);
    /// the one that decides; its own run is under this party.
    pub const MEDIATOR: Standing = Standing(4);
}

/// What a scheme asks its host to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionKind(pub u8);

impl ActionKind {
    pub const EXECUTE: ActionKind = ActionKind(1);
    pub const COMPARE: ActionKind = ActionKind(2);
    pub const DRAW: ActionKind = ActionKind(3);
    pub const WAIT: ActionKind = ActionKind(4);
    pub const VERDICT: ActionKind = ActionKind(5);
    /// play two results against each other until one step is left.
    pub const BISECT: ActionKind = ActionKind(6);
}

/// Where a replica may run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place(pub u8);

impl Place {
    pub const ANY: Place = Place(0);
    /// on the hardware class of the deal's provider.
    pub const SAME_CLASS: Place = Place(1);
    /// at an operator with no part in the case.
    pub const OTHER_OWNER: Place = Place(2);
}

/// What a verdict says of the judged result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome(pub u8);

impl Outcome {
    pub const NONE: Outcome = Outcome(0);
    pub const UPHELD: Outcome = Outcome(1);
    pub const LATE: Outcome = Outcome(2);
    pub const REFUND: Outcome = Outcome(3);
    pub const FRAUD: Outcome = Outcome(4);
}

/// Why an order was not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absence(pub u8);

impl Absence {
    pub const DECLINED: Absence = Absence(1);
    pub const LATE: Absence = Absence(2);
    pub const FAULT: Absence = Absence(3);
}

/// How a job ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunStatus(pub u8);

impl RunStatus {
    pub const SUCCEEDED: RunStatus = RunStatus(1);
    pub const FAILED: RunStatus = RunStatus(2);
    pub const OUT_OF_MEMORY: RunStatus = RunStatus(3);
    pub const TIMED_OUT: RunStatus = RunStatus(4);
}

/// One doubt, with all that is known of it.
#[derive(Clone, Copy)]
pub struct Case<'a>(Item<'a>);

impl<'a> Case<'a> {
    pub(crate) const KIND: u64 = 7;
    pub(crate) const SIZE: usize = 184;

    pub fn id(self) -> &'a [u8; 32] {
        self.0.bytes32(16)
    }

    /// review: the audit coin, a big-endian number, audited when it modulo 10000 is below audit_rate; mediation: the draw seed; zero when there is none.
    pub fn seed(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    /// Tells that there is one.
    pub fn has_seed(self) -> bool {
        self.0.has(0)
    }

    /// s, block time since the Unix epoch.
    pub fn opened(self) -> u64 {
        self.0.u64(80)
    }

    /// s, block time since the Unix epoch.
    pub fn now(self) -> u64 {
        self.0.u64(88)
    }

    /// s, block time since the Unix epoch; of the verdict.
    pub fn deadline(self) -> u64 {
        self.0.u64(96)
    }

    /// s, block time since the Unix epoch; zero when there is none.
    pub fn challenged(self) -> u64 {
        self.0.u64(104)
    }

    /// Tells that there is one.
    pub fn has_challenged(self) -> bool {
        self.0.has(1)
    }

    /// micro-LILY.
    pub fn price(self) -> u64 {
        self.0.u64(112)
    }

    /// micro-LILY.
    pub fn provider_stake(self) -> u64 {
        self.0.u64(120)
    }

    /// micro-LILY.
    pub fn creator_stake(self) -> u64 {
        self.0.u64(128)
    }

    /// micro-LILY.
    pub fn mediation_fee(self) -> u64 {
        self.0.u64(136)
    }

    /// micro-LILY.
    pub fn late_penalty(self) -> u64 {
        self.0.u64(144)
    }

    /// execute actions that the host will perform.
    pub fn max_runs(self) -> u64 {
        self.0.u32(152)
    }

    /// parts in ten thousand.
    pub fn audit_rate(self) -> u64 {
        self.0.u32(156)
    }

    /// panels that decided before this one.
    pub fn level(self) -> u64 {
        self.0.u16(160)
    }

    pub fn phase(self) -> Phase {
        Phase(self.0.u8(162) as u8)
    }

    pub fn params(self) -> List<'a, Param<'a>> {
        List::new(self.0, 168, 16, Param::read)
    }

    /// ordered by time; an event that was seen never moves.
    pub fn events(self) -> List<'a, Event<'a>> {
        List::new(self.0, 176, 4, |it, at| Event::view(it.nested(at)))
    }
}

/// Someone who takes part. Its position in the events is its name in all others.
#[derive(Clone, Copy)]
pub struct Party<'a>(Item<'a>);

impl<'a> Party<'a> {
    pub(crate) const KIND: u64 = 8;
    pub(crate) const SIZE: usize = 160;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events; its own position.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; none.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    pub fn hardware_class(self) -> &'a [u8; 32] {
        self.0.bytes32(32)
    }

    pub fn address(self) -> &'a [u8; 20] {
        self.0.bytes20(64)
    }

    pub fn operator(self) -> &'a [u8; 20] {
        self.0.bytes20(84)
    }

    /// micro-LILY.
    pub fn stake(self) -> u64 {
        self.0.u64(104)
    }

    /// s, block time since the Unix epoch.
    pub fn since(self) -> u64 {
        self.0.u64(112)
    }

    pub fn jobs_ok(self) -> u64 {
        self.0.u32(120)
    }

    pub fn jobs_bad(self) -> u64 {
        self.0.u32(124)
    }

    /// runs of it that were checked and found good.
    pub fn checks_ok(self) -> u64 {
        self.0.u32(128)
    }

    pub fn checks_bad(self) -> u64 {
        self.0.u32(132)
    }

    pub fn standing(self) -> Standing {
        Standing(self.0.u8(136) as u8)
    }

    /// zero when there is none.
    pub fn region(self) -> &'a str {
        self.0.str(144)
    }

    /// Tells that there is one.
    pub fn has_region(self) -> bool {
        self.0.has(0)
    }

    /// micro-LILY; what a run of it costs.
    pub fn fee(self) -> u64 {
        self.0.u64(152)
    }
}

/// The fact that an action was performed.
#[derive(Clone, Copy)]
pub struct Ordered<'a>(Item<'a>);

impl<'a> Ordered<'a> {
    pub(crate) const KIND: u64 = 9;
    pub(crate) const SIZE: usize = 40;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events; asked: the replica or mediator of an execute, the party of b of a bisect, else none.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; none.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    pub fn key(self) -> u64 {
        self.0.u32(32)
    }

    pub fn kind(self) -> ActionKind {
        ActionKind(self.0.u8(36) as u8)
    }
}

/// The fact that a run ended.
#[derive(Clone, Copy)]
pub struct ResultRecord<'a>(Item<'a>);

impl<'a> ResultRecord<'a> {
    pub(crate) const KIND: u64 = 10;
    pub(crate) const SIZE: usize = 96;

    /// s, block time since the Unix epoch; when it was handed over; of the deal's own, by the provider.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order; none for the deal's own result.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// content id of what is compared.
    pub fn content(self) -> &'a [u8; 32] {
        self.0.bytes32(32)
    }

    /// ms.
    pub fn gpu_time(self) -> u64 {
        self.0.u64(64)
    }

    /// ms.
    pub fn wall_time(self) -> u64 {
        self.0.u64(72)
    }

    /// bytes.
    pub fn size(self) -> u64 {
        self.0.u64(80)
    }

    pub fn status(self) -> RunStatus {
        RunStatus(self.0.u8(88) as u8)
    }
}

/// The fact that two results were compared.
#[derive(Clone, Copy)]
pub struct Compared<'a>(Item<'a>);

impl<'a> Compared<'a> {
    pub(crate) const KIND: u64 = 11;
    pub(crate) const SIZE: usize = 64;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events; none.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// the position of an event in its case's events.
    pub fn a(self) -> u64 {
        self.0.u32(32)
    }

    /// the position of an event in its case's events.
    pub fn b(self) -> u64 {
        self.0.u32(36)
    }

    /// ppm, as the comparator gave it.
    pub fn distance(self) -> u64 {
        self.0.u64(40)
    }

    pub fn reason(self) -> u64 {
        self.0.u16(48)
    }

    pub fn sameness(self) -> Sameness {
        Sameness(self.0.u8(50) as u8)
    }

    pub fn key(self) -> u64 {
        self.0.u32(56)
    }
}

/// The fact that an order was not answered.
#[derive(Clone, Copy)]
pub struct Missing<'a>(Item<'a>);

impl<'a> Missing<'a> {
    pub(crate) const KIND: u64 = 12;
    pub(crate) const SIZE: usize = 40;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    pub fn key(self) -> u64 {
        self.0.u32(32)
    }

    pub fn why(self) -> Absence {
        Absence(self.0.u8(36) as u8)
    }
}

/// The fact that someone pays for a further level. Simulation and shadow mode only.
#[derive(Clone, Copy)]
pub struct Appeal<'a>(Item<'a>);

impl<'a> Appeal<'a> {
    pub(crate) const KIND: u64 = 13;
    pub(crate) const SIZE: usize = 48;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; none.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// micro-LILY.
    pub fn paid(self) -> u64 {
        self.0.u64(32)
    }

    pub fn reason(self) -> u64 {
        self.0.u16(40)
    }
}

/// The fact that time has passed.
#[derive(Clone, Copy)]
pub struct Tick<'a>(Item<'a>);

impl<'a> Tick<'a> {
    pub(crate) const KIND: u64 = 14;
    pub(crate) const SIZE: usize = 32;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events; none.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; none.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }
}

/// The fact that a party to a bisect stood by the trace of its run.
#[derive(Clone, Copy)]
pub struct Commit<'a>(Item<'a>);

impl<'a> Commit<'a> {
    pub(crate) const KIND: u64 = 17;
    pub(crate) const SIZE: usize = 104;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// that the run took.
    pub fn steps(self) -> u64 {
        self.0.u64(32)
    }

    /// root over the states of all steps.
    pub fn trace(self) -> &'a [u8; 32] {
        self.0.bytes32(40)
    }

    /// the state that it ended in.
    pub fn last(self) -> &'a [u8; 32] {
        self.0.bytes32(72)
    }
}

/// The fact that a party opened a node of its trace.
#[derive(Clone, Copy)]
pub struct Open<'a>(Item<'a>);

impl<'a> Open<'a> {
    pub(crate) const KIND: u64 = 18;
    pub(crate) const SIZE: usize = 80;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// of the node in its level.
    pub fn index(self) -> u64 {
        self.0.u64(32)
    }

    pub fn node(self) -> &'a [u8; 32] {
        self.0.bytes32(40)
    }

    /// 1 is above the states.
    pub fn level(self) -> u64 {
        self.0.u8(72)
    }

    /// the first in which the parties differ.
    pub fn child(self) -> u64 {
        self.0.u8(73)
    }
}

/// The fact that one step was run, which shows a party wrong.
#[derive(Clone, Copy)]
pub struct Segment<'a>(Item<'a>);

impl<'a> Segment<'a> {
    pub(crate) const KIND: u64 = 19;
    pub(crate) const SIZE: usize = 176;

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events; that is wrong; none: nobody was shown to be.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events; the order.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    pub fn key(self) -> u64 {
        self.0.u32(32)
    }

    pub fn step(self) -> u64 {
        self.0.u64(40)
    }

    /// the state before it.
    pub fn start(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    /// the state behind it, as the party has it.
    pub fn claimed(self) -> &'a [u8; 32] {
        self.0.bytes32(80)
    }

    /// the state behind it, as it was run.
    pub fn ran(self) -> &'a [u8; 32] {
        self.0.bytes32(112)
    }

    /// content id; zero when there is none.
    pub fn proof(self) -> &'a [u8; 32] {
        self.0.bytes32(144)
    }
}

/// At least one per case; of a case with a verdict the only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// an action is performed once per key.
    pub key: u32,
    /// position of the case in the batch.
    pub item: u32,
    /// the position of an event in its case's events; compare: a result; bisect: the deal's own.
    pub a: u32,
    /// the position of an event in its case's events; compare: another; bisect: another, or none: what was shown against a.
    pub b: u32,
    /// s, block time since the Unix epoch; execute, wait: when to stop waiting.
    pub until: u64,
    pub arg0: u64,
    pub arg1: u64,
    /// parts in a million; verdict.
    pub confidence: u32,
    pub reason: u16,
    pub kind: ActionKind,
    /// execute.
    pub place: Place,
    /// verdict.
    pub outcome: Outcome,
}

impl Action {
    pub(crate) const SIZE: usize = 56;

    pub(crate) fn put(&self, b: &mut [u8]) {
        b[0..4].copy_from_slice(&self.key.to_le_bytes());
        b[4..8].copy_from_slice(&self.item.to_le_bytes());
        b[8..12].copy_from_slice(&self.a.to_le_bytes());
        b[12..16].copy_from_slice(&self.b.to_le_bytes());
        b[16..24].copy_from_slice(&self.until.to_le_bytes());
        b[24..32].copy_from_slice(&self.arg0.to_le_bytes());
        b[32..40].copy_from_slice(&self.arg1.to_le_bytes());
        b[40..44].copy_from_slice(&self.confidence.to_le_bytes());
        b[44..46].copy_from_slice(&self.reason.to_le_bytes());
        b[46..47].copy_from_slice(&self.kind.0.to_le_bytes());
        b[47..48].copy_from_slice(&self.place.0.to_le_bytes());
        b[48..49].copy_from_slice(&self.outcome.0.to_le_bytes());
    }
}

/// A fact of a case.
#[derive(Clone, Copy)]
pub struct Event<'a>(Item<'a>);

impl<'a> Event<'a> {
    /// Checks what is known of the item's kind, and of one of later days what
    /// all kinds share.
    pub(crate) fn view(it: Item<'a>) -> Self {
        Self(it.least(match it.kind() {
            Party::KIND => Party::SIZE,
            Ordered::KIND => Ordered::SIZE,
            ResultRecord::KIND => ResultRecord::SIZE,
            Compared::KIND => Compared::SIZE,
            Missing::KIND => Missing::SIZE,
            Appeal::KIND => Appeal::SIZE,
            Tick::KIND => Tick::SIZE,
            Commit::KIND => Commit::SIZE,
            Open::KIND => Open::SIZE,
            Segment::KIND => Segment::SIZE,
            _ => 32,
        }))
    }

    /// s, block time since the Unix epoch.
    pub fn at(self) -> u64 {
        self.0.u64(16)
    }

    /// the position of a party in its case's events.
    pub fn who(self) -> u64 {
        self.0.u32(24)
    }

    /// the position of an event in its case's events.
    pub fn re(self) -> u64 {
        self.0.u32(28)
    }

    /// The event as a party, if it is one.
    pub fn party(self) -> Option<Party<'a>> {
        if self.0.kind() == Party::KIND {
            Some(Party(self.0))
        } else {
            None
        }
    }

    /// The event as a ordered, if it is one.
    pub fn ordered(self) -> Option<Ordered<'a>> {
        if self.0.kind() == Ordered::KIND {
            Some(Ordered(self.0))
        } else {
            None
        }
    }

    /// The event as a result, if it is one.
    pub fn result(self) -> Option<ResultRecord<'a>> {
        if self.0.kind() == ResultRecord::KIND {
            Some(ResultRecord(self.0))
        } else {
            None
        }
    }

    /// The event as a compared, if it is one.
    pub fn compared(self) -> Option<Compared<'a>> {
        if self.0.kind() == Compared::KIND {
            Some(Compared(self.0))
        } else {
            None
        }
    }

    /// The event as a missing, if it is one.
    pub fn missing(self) -> Option<Missing<'a>> {
        if self.0.kind() == Missing::KIND {
            Some(Missing(self.0))
        } else {
            None
        }
    }

    /// The event as a appeal, if it is one.
    pub fn appeal(self) -> Option<Appeal<'a>> {
        if self.0.kind() == Appeal::KIND {
            Some(Appeal(self.0))
        } else {
            None
        }
    }

    /// The event as a tick, if it is one.
    pub fn tick(self) -> Option<Tick<'a>> {
        if self.0.kind() == Tick::KIND {
            Some(Tick(self.0))
        } else {
            None
        }
    }

    /// The event as a commit, if it is one.
    pub fn commit(self) -> Option<Commit<'a>> {
        if self.0.kind() == Commit::KIND {
            Some(Commit(self.0))
        } else {
            None
        }
    }

    /// The event as a open, if it is one.
    pub fn open(self) -> Option<Open<'a>> {
        if self.0.kind() == Open::KIND {
            Some(Open(self.0))
        } else {
            None
        }
    }

    /// The event as a segment, if it is one.
    pub fn segment(self) -> Option<Segment<'a>> {
        if self.0.kind() == Segment::KIND {
            Some(Segment(self.0))
        } else {
            None
        }
    }
}
