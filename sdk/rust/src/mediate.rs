//! For schemes: plugins that say how a result is verified.
//!
//! A scheme is asked again after each event with all events so far, so it
//! keeps no state and a replay needs nothing but the events. What it asks for
//! has a key that follows from the case alone, and is done once.

use crate::item::{Item, List};
use crate::serve::{fail, serve, Runner};
pub use crate::{Param, Sameness, Settings};

include!("mediate_gen.rs");

/// The position of no event.
pub const NONE: u64 = u32::MAX as u64;

const MAX_ACTIONS: u64 = 64;

/// Decides what comes next in one case. The answer may depend on nothing else:
/// neither on other cases nor on earlier calls.
pub trait Hook: Sized + 'static {
    /// Makes the hook from its settings; an error refuses them.
    fn new(settings: &Settings) -> Result<Self, String>;

    fn decide(&self, case: Case) -> Plan;
}

#[doc(hidden)]
pub fn build<H: Hook>(settings: &Settings) -> Result<Runner, String> {
    let hook = H::new(settings)?;
    Ok(Box::new(move |input, out| {
        serve(input, out, crate::HOOK_MEDIATE, None, (Case::KIND, Case::SIZE), |_, it, i, w| {
            for action in hook.decide(Case(it)).0 {
                w.next(Action::SIZE, |b| Action { item: i, ..action }.put(b));
            }
        })
    }))
}

/// A result with who gave it and where it stands among the events.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    pub result: ResultRecord<'a>,
    pub by: Party<'a>,
    pub position: u32,
}

/// How far the orders of a case are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    pub ordered: u64,
    pub done: u64,
    pub missing: u64,
}

impl Runs {
    /// The number of runs on their way.
    pub fn open(self) -> u64 {
        self.ordered.saturating_sub(self.done + self.missing)
    }
}

impl<'a> Case<'a> {
    /// A parameter of the deal, 0 when it has none of the name.
    pub fn param(self, key: &str) -> i64 {
        self.params().find(|p| p.key == key).map_or(0, |p| p.value)
    }

    /// Tells that the deadline has come.
    pub fn expired(self) -> bool {
        self.now() >= self.deadline()
    }

    /// Tells that the coin of the deal chose this result: the seed as a
    /// big-endian number, modulo 10000, is below the audit rate.
    pub fn audited(self) -> bool {
        self.seed().iter().fold(0, |coin, b| (coin << 8 | u64::from(*b)) % 10_000) < self.audit_rate()
    }

    /// All results, in their order.
    pub fn answers(self) -> Vec<Answer<'a>> {
        let results = self.events().enumerate().filter_map(|(i, e)| Some((i as u32, e.result()?)));
        results.map(|(position, result)| Answer { result, by: self.party(result.who()), position }).collect()
    }

    fn party(self, at: u64) -> Party<'a> {
        self.events().get(at as usize).and_then(Event::party).unwrap_or_else(|| {
            fail("a result is by no party");
            Party(Item(&[]))
        })
    }

    /// The deal's own result, if it is there.
    pub fn claim(self) -> Option<Answer<'a>> {
        self.by(Standing::PROVIDER)
    }

    /// The mediator's own result, if it is there.
    pub fn own(self) -> Option<Answer<'a>> {
        self.by(Standing::MEDIATOR)
    }

    fn by(self, standing: Standing) -> Option<Answer<'a>> {
        self.answers().into_iter().find(|a| a.by.standing() == standing)
    }

    /// Counts the runs that were ordered and what became of them.
    pub fn runs(self) -> Runs {
        let mut runs = Runs::default();
        for e in self.events() {
            runs.ordered += u64::from(e.ordered().map_or(false, |o| o.kind() == ActionKind::EXECUTE));
            runs.done += u64::from(e.result().map_or(false, |r| r.re() != NONE));
            runs.missing += u64::from(e.missing().map_or(false, |m| m.key() & !0xffffff == KEY_EXECUTE.into()));
        }
        runs
    }

    /// Tells that no run is on its way and none may be ordered.
    pub fn exhausted(self) -> bool {
        let runs = self.runs();
        runs.open() == 0 && runs.ordered >= self.max_runs()
    }

    /// Groups the results. Groups stand in the order of their first result.
    pub fn votes(self) -> Votes<'a> {
        let answers = self.answers();
        let mut of: Vec<usize> = Vec::new(); // the first answer that is the same
        for (i, a) in answers.iter().enumerate() {
            of.push(i);
            if let Some(j) = answers[..i].iter().position(|b| a.result.content() == b.result.content()) {
                join(&mut of, i, j);
            }
        }
        let at = |position: u64| answers.iter().position(|a| u64::from(a.position) == position);
        let mut apart = Vec::new();
        for c in self.events().filter_map(Event::compared) {
            match (at(c.a()), at(c.b())) {
                (Some(i), Some(j)) if c.sameness() == Sameness::EQUAL => join(&mut of, i, j),
                (Some(i), Some(j)) => apart.push((i, j)),
                _ => {}
            }
        }
        Votes::group(answers, of, apart)
    }

    /// The verdict on the deal's own result if the group is right: upheld or
    /// late when the result is in it, else fraud. Nobody is accused for an
    /// empty group: it is a refund.
    pub fn outcome_for(self, group: &Group) -> Outcome {
        match group.answers.iter().find(|a| a.by.standing() == Standing::PROVIDER) {
            None if group.answers.is_empty() => Outcome::REFUND,
            None => Outcome::FRAUD,
            Some(claim) => self.in_time(claim),
        }
    }

    fn in_time(self, claim: &Answer) -> Outcome {
        if self.has_challenged() && claim.result.at() > self.challenged() {
            return Outcome::LATE;
        }
        Outcome::UPHELD
    }

    /// Asks to be called at the next event, or at the deadline.
    pub fn wait(self) -> Plan {
        one(Action {
            kind: ActionKind::WAIT,
            key: KEY_OTHER | u32::from(ActionKind::WAIT.0),
            until: self.deadline(),
            ..Action::default()
        })
    }

    /// Asks for so many runs more than there are results: those on their way
    /// count, the rest is ordered, up to the case's max_runs. With nothing to
    /// order it waits.
    pub fn execute(self, more: i64) -> Plan {
        let runs = self.runs();
        let wanted = u64::try_from(more).unwrap_or(0).saturating_sub(runs.open());
        let last = runs.ordered.saturating_add(wanted).min(self.max_runs());
        if last <= runs.ordered {
            return self.wait();
        }
        let order = |n: u64| Action {
            kind: ActionKind::EXECUTE,
            place: Place::ANY,
            until: self.deadline(),
            key: KEY_EXECUTE | n as u32,
            ..Action::default()
        };
        if last - runs.ordered > MAX_ACTIONS {
            fail("a plan has too many actions");
            return Plan::default();
        }
        Plan((runs.ordered..last).map(order).collect())
    }

    /// Asks the deal's comparator about two results. Once it was asked, it
    /// waits.
    pub fn compare(self, a: &Answer, b: &Answer) -> Plan {
        let action = comparison(a, b);
        if self.ordered(&action) {
            return self.wait();
        }
        one(action)
    }

    /// Asks the deal's comparator about all pairs of groups that it was not
    /// asked about, as `compare` does; `None` when there are no such pairs. A
    /// scheme that needs all of them sees them after one call, and not after
    /// one for each.
    pub fn compare_all(self, votes: &Votes) -> Option<Plan> {
        let mut open = votes.open().take(MAX_ACTIONS as usize).peekable();
        open.peek()?;
        let actions: Vec<_> = open.map(|(a, b)| comparison(&a, &b)).filter(|a| !self.ordered(a)).collect();
        Some(if actions.is_empty() { self.wait() } else { Plan(actions) })
    }

    /// Tells whether the host was asked for an action.
    fn ordered(self, action: &Action) -> bool {
        self.events().filter_map(Event::ordered).any(|o| o.key() == u64::from(action.key))
    }

    /// What a mediator does when a scheme asks no more of it: it runs the job
    /// itself and holds the provider's result against its own.
    pub fn rerun(self) -> Plan {
        let (claim, own) = match (self.claim(), self.own()) {
            (None, _) if self.expired() => return verdict(Outcome::FRAUD).because(WITHHELD),
            (_, None) if self.expired() || self.exhausted() => return verdict(Outcome::REFUND).because(NO_RUN),
            (_, None) => return self.execute(1),
            (None, _) => return self.wait(),
            (Some(claim), Some(own)) => (claim, own),
        };
        if own.result.content() == claim.result.content() {
            return verdict(self.in_time(&claim)).because(AGREED);
        }
        let (i, j) = (u64::from(own.position), u64::from(claim.position));
        let between = |c: &Compared| (c.a(), c.b()) == (i, j) || (c.a(), c.b()) == (j, i);
        match self.events().filter_map(Event::compared).find(between) {
            None if self.expired() => verdict(Outcome::REFUND).because(INCOMPARABLE),
            None => self.compare(&claim, &own),
            Some(c) if c.sameness() == Sameness::EQUAL => verdict(self.in_time(&claim)).because(AGREED),
            Some(c) if c.sameness() == Sameness::DIFFERENT => {
                verdict(Outcome::FRAUD).because(DISAGREED).with(c.distance(), 0)
            }
            Some(_) => verdict(Outcome::REFUND).because(INCOMPARABLE),
        }
    }
}

/// Reasons that `Case::rerun` gives. Its users say them in their manifests.
pub const AGREED: u16 = 1; // the own run gave the same
pub const DISAGREED: u16 = 2; // the own run gave something else: by {0} ppm
pub const WITHHELD: u16 = 3; // the provider showed no result until the deadline
pub const NO_RUN: u16 = 4; // no own run could be had until the deadline
pub const INCOMPARABLE: u16 = 5; // the comparator cannot tell

fn join(of: &mut [usize], i: usize, j: usize) {
    let (low, high) = (of[i].min(of[j]), of[i].max(of[j]));
    for x in of.iter_mut().filter(|x| **x == high) {
        *x = low;
    }
}

/// The results of a case, grouped: those of equal content, and those that a
/// comparison found equal, stand together.
pub struct Votes<'a> {
    groups: Vec<Group<'a>>,
    total: usize,
    apart: Vec<(usize, usize)>, // groups that were compared and not found equal
}

/// Results that are the same.
#[derive(Clone, Default)]
pub struct Group<'a> {
    pub answers: Vec<Answer<'a>>,
    total: usize,
}

impl<'a> Votes<'a> {
    fn group(answers: Vec<Answer<'a>>, of: Vec<usize>, apart: Vec<(usize, usize)>) -> Self {
        let mut votes = Votes { groups: Vec::new(), total: answers.len(), apart: Vec::new() };
        let mut index = Vec::new();
        for (i, a) in answers.into_iter().enumerate() {
            if of[i] == i {
                index.push(votes.groups.len());
                votes.groups.push(Group { answers: Vec::new(), total: of.len() });
            } else {
                index.push(index[of[i]]);
            }
            votes.groups[index[i]].answers.push(a);
        }
        votes.apart = apart.into_iter().map(|(i, j)| (index[i], index[j])).collect();
        votes
    }

    /// The number of results.
    pub fn total(&self) -> usize {
        self.total
    }

    /// All groups.
    pub fn groups(&self) -> &[Group<'a>] {
        &self.groups
    }

    /// The largest group, the earlier of equals; empty without results.
    pub fn top(&self) -> Group<'a> {
        self.groups.iter().rev().max_by_key(|g| g.n()).cloned().unwrap_or_default()
    }

    /// Two results that differ in content, of groups that no comparison has
    /// told apart, if there are two.
    pub fn undecided(&self) -> Option<(Answer<'a>, Answer<'a>)> {
        self.open().next()
    }

    fn open(&self) -> impl Iterator<Item = (Answer<'a>, Answer<'a>)> + '_ {
        let pairs = (0..self.groups.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let told = move |i, j| self.apart.contains(&(i, j)) || self.apart.contains(&(j, i));
        let open = pairs.filter(move |(i, j)| !told(*i, *j));
        open.map(move |(i, j)| (self.groups[j].answers[0], self.groups[i].answers[0]))
    }
}

impl Group<'_> {
    /// The number of results in the group.
    pub fn n(&self) -> usize {
        self.answers.len()
    }

    /// The group's share of all results, in parts in a million.
    pub fn ppm(&self) -> u32 {
        (self.n() as u64 * 1_000_000).checked_div(self.total as u64).unwrap_or(0) as u32
    }
}

/// What a scheme wants done next. Its methods return it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(Vec<Action>);

// Keys of actions: what it is, then which one. A case has at most 4096 events,
// so two positions fit.
const KEY_EXECUTE: u32 = 1 << 24;
const KEY_COMPARE: u32 = 2 << 24;
const KEY_OTHER: u32 = 3 << 24;

fn one(action: Action) -> Plan {
    Plan(vec![action])
}

fn comparison(a: &Answer, b: &Answer) -> Action {
    let (i, j) = (a.position.min(b.position), a.position.max(b.position));
    Action { kind: ActionKind::COMPARE, key: KEY_COMPARE | i << 12 | j, a: i, b: j, ..Action::default() }
}

/// A plan of actions made by hand, with keys of the author's own.
pub fn plan(actions: Vec<Action>) -> Plan {
    Plan(actions)
}

/// Ends the case. In review anything but upheld makes the creator challenge.
pub fn verdict(outcome: Outcome) -> Plan {
    let kind = ActionKind::VERDICT;
    one(Action { kind, key: KEY_OTHER | u32::from(kind.0), outcome, ..Action::default() })
}

/// Ends a review with doubt: the creator challenges, without an opinion of its
/// own, and mediators are drawn.
pub fn draw() -> Plan {
    let kind = ActionKind::DRAW;
    one(Action { kind, key: KEY_OTHER | u32::from(kind.0), ..Action::default() })
}

impl Plan {
    /// Places runs on the hardware class of the deal's provider.
    pub fn same_class(self) -> Plan {
        self.placed(Place::SAME_CLASS)
    }

    /// Places runs at operators that have no part in the case.
    pub fn other_owner(self) -> Plan {
        self.placed(Place::OTHER_OWNER)
    }

    fn placed(self, place: Place) -> Plan {
        self.each(|a| {
            if a.kind == ActionKind::EXECUTE {
                a.place = place;
            }
        })
    }

    /// Says how sure a verdict is, in parts in a million.
    pub fn confidence(self, ppm: u32) -> Plan {
        self.each(|a| a.confidence = ppm)
    }

    /// Gives a reason. Words for it are in the manifest.
    pub fn because(self, reason: u16) -> Plan {
        self.each(|a| a.reason = reason)
    }

    /// Fills in the reason's arguments.
    pub fn with(self, arg0: u64, arg1: u64) -> Plan {
        self.each(|a| {
            a.arg0 = arg0;
            a.arg1 = arg1;
        })
    }

    fn each(mut self, change: impl Fn(&mut Action)) -> Plan {
        self.0.iter_mut().for_each(change);
        self
    }
}
