//! For plugins that say whether two results are the same. The manifest asks
//! for tree_diff, and for blob_read if the plugin reads files. The host answers
//! for equal trees itself.

use crate::host;
use crate::item::{Item, List};
use crate::serve::{fail, failed, serve, Runner};
pub use crate::{Engine, Param, Sameness, Settings};

include!("compare_gen.rs");

const PAGE_SIZE: usize = 32 << 10;

/// Compares one pair. The answer may depend on nothing else: neither on other
/// pairs nor on earlier calls.
pub trait Hook: Sized + 'static {
    /// Makes the hook from its settings; an error refuses them.
    fn new(settings: &Settings) -> Result<Self, String>;

    fn compare(&self, pair: Pair) -> Comparison;
}

#[doc(hidden)]
pub fn build<H: Hook>(settings: &Settings) -> Result<Runner, String> {
    let hook = H::new(settings)?;
    Ok(Box::new(move |input, out| {
        serve(input, out, crate::HOOK_COMPARE, None, (Pair::KIND, Pair::SIZE), |_, it, _, w| {
            let comparison = hook.compare(Pair(it));
            w.next(Comparison::SIZE, |b| comparison.put(b))
        })
    }))
}

/// Says that the results are the same.
pub fn equal() -> Comparison {
    Comparison { sameness: Sameness::EQUAL, ..Comparison::default() }
}

/// Says that they are not, and by how much in parts in a million.
pub fn different(distance: u64) -> Comparison {
    Comparison { sameness: Sameness::DIFFERENT, distance, ..Comparison::default() }
}

/// Says that this comparator cannot tell.
pub fn incomparable() -> Comparison {
    Comparison { sameness: Sameness::INCOMPARABLE, ..Comparison::default() }
}

impl Comparison {
    /// Gives a reason. Words for it are in the manifest.
    pub fn because(self, reason: u16) -> Comparison {
        Comparison { reason, ..self }
    }

    /// States the distance in parts in a million.
    pub fn at(self, distance: u64) -> Comparison {
        Comparison { distance, ..self }
    }

    /// Fills in the reason's arguments.
    pub fn with(self, arg0: u64, arg1: u64) -> Comparison {
        Comparison { arg0, arg1, ..self }
    }
}

impl<'a> Pair<'a> {
    /// A parameter of the deal, if it has it.
    pub fn param(self, key: &str) -> Option<i64> {
        self.params().find(|p| p.key == key).map(|p| p.value)
    }

    /// Has the paths at which the trees differ looked at, in their order, for
    /// as long as each returns true.
    pub fn differences(self, mut each: impl FnMut(Difference) -> bool) {
        let mut buf = vec![0; PAGE_SIZE];
        let mut cursor = 0;
        loop {
            let n = host::tree_diff(self.a() as u32, self.b() as u32, cursor, &mut buf);
            let b = match usize::try_from(n).ok().and_then(|n| buf.get(..n)) {
                Some(b) => b,
                None => return fail(&format!("the trees cannot be read: status {}", n)),
            };
            let page = Differences(Item(b).part(0).open(Differences::KIND, Differences::SIZE));
            if !page.differences().all(&mut each) || failed() {
                return;
            }
            cursor = page.next() as u32;
            if cursor == 0 {
                return;
            }
        }
    }
}

impl<'a> Difference<'a> {
    /// Tells that the path is a file of both trees.
    pub fn in_both(&self) -> bool {
        self.a != 0 && self.b != 0
    }

    /// The whole file of the first tree.
    pub fn read_a(&self) -> Vec<u8> {
        read(self.a, self.a_size)
    }

    /// The whole file of the second tree.
    pub fn read_b(&self) -> Vec<u8> {
        read(self.b, self.b_size)
    }
}

fn read(handle: u64, size: u64) -> Vec<u8> {
    let mut p = vec![0; size as usize];
    let mut at = 0;
    while at < p.len() {
        let n = host::blob_read(handle as u32, at as u64, &mut p[at..]);
        if n <= 0 {
            fail(&format!("a file cannot be read: status {}", n));
            break;
        }
        at += n as usize;
    }
    p
}
