//! For plugins that choose which jobs a provider takes.

use crate::item::{Item, List};
use crate::serve::{serve, Runner};
pub use crate::{Engine, Label, Settings, Signer};

include!("admit_gen.rs");

/// Answers one request. The answer may depend on nothing else: neither on
/// other requests nor on earlier calls.
pub trait Hook: Sized + 'static {
    /// Makes the hook from its settings; an error refuses them.
    fn new(settings: &Settings) -> Result<Self, String>;

    fn admit(&self, node: Node, request: Request) -> Admission;
}

#[doc(hidden)]
pub fn build<H: Hook>(settings: &Settings) -> Result<Runner, String> {
    let hook = H::new(settings)?;
    Ok(Box::new(move |input, out| {
        let (context, item) = ((Node::KIND, Node::SIZE), (Request::KIND, Request::SIZE));
        serve(input, out, crate::HOOK_ADMIT, Some(context), item, |context, it, _, w| {
            let admission = hook.admit(Node(context), Request(it));
            w.next(Admission::SIZE, |b| admission.put(b))
        })
    }))
}

/// Accepts the job at the standing price.
pub fn take() -> Admission {
    Admission { answer: Answer::TAKE, ..Admission::default() }
}

/// Leaves the job to others. Words for the reason are in the manifest.
pub fn decline(reason: u16) -> Admission {
    Admission { answer: Answer::DECLINE, reason, ..Admission::default() }
}

impl Admission {
    /// Names a price in micro-LILY: to take for less than the standing price,
    /// or to decline unless the solver ranks this provider again with more.
    pub fn at(self, price: u64) -> Admission {
        Admission { price, ..self }
    }

    /// Fills in the reason's arguments.
    pub fn with(self, arg0: u64, arg1: u64) -> Admission {
        Admission { arg0, arg1, ..self }
    }
}
