//! For plugins that say which modules may run.

use crate::item::{Item, List};
use crate::serve::{serve, Runner};
pub use crate::{Engine, Settings, Signer};

include!("allow_gen.rs");

/// Rules on one module. The answer may depend on nothing else: neither on
/// other modules nor on earlier calls.
pub trait Hook: Sized + 'static {
    /// Makes the hook from its settings; an error refuses them.
    fn new(settings: &Settings) -> Result<Self, String>;

    fn rule(&self, module: Module) -> Ruling;
}

#[doc(hidden)]
pub fn build<H: Hook>(settings: &Settings) -> Result<Runner, String> {
    let hook = H::new(settings)?;
    Ok(Box::new(move |input, out| {
        serve(input, out, crate::HOOK_ALLOW, None, (Module::KIND, Module::SIZE), |_, it, _, w| {
            let ruling = hook.rule(Module(it));
            w.next(Ruling::SIZE, |b| ruling.put(b))
        })
    }))
}

/// Lets the module run by a rule, counted from 1.
pub fn allow(rule: u32) -> Ruling {
    Ruling { permission: Permission::ALLOW, rule, ..Ruling::default() }
}

/// Keeps the module out by a rule, counted from 1; 0 when it is by none.
pub fn deny(rule: u32) -> Ruling {
    Ruling { permission: Permission::DENY, rule, ..Ruling::default() }
}

/// Leaves the module to the next plugin.
pub fn abstain() -> Ruling {
    Ruling { permission: Permission::ABSTAIN, ..Ruling::default() }
}

impl Ruling {
    /// Gives a reason. Words for it are in the manifest.
    pub fn because(self, reason: u16) -> Ruling {
        Ruling { reason, ..self }
    }

    /// Fills in the reason's arguments.
    pub fn with(self, arg0: u64, arg1: u64) -> Ruling {
        Ruling { arg0, arg1, ..self }
    }
}
