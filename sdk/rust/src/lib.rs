//! Plugins for Lilypad nodes, one module per hook.
//!
//! ```ignore
//! use lilypad::r#match::*;
//!
//! struct Cheapest;
//!
//! impl Hook for Cheapest {
//!     fn new(_: &Settings) -> Result<Self, String> {
//!         Ok(Cheapest)
//!     }
//!
//!     fn score(&self, job: Job, offer: Offer) -> Score {
//!         rank(job.max_price() as i64 - offer.price() as i64)
//!     }
//! }
//!
//! lilypad::plugin!(match: Cheapest);
//! ```
//!
//! Views borrow from the message, so none outlives the call. All use of unsafe
//! is in `abi` and `host`.

mod abi;
pub mod admit;
pub mod allow;
pub mod compare;
pub mod host;
mod item;
pub mod r#match;
pub mod mediate;
mod serve;
mod settings;

pub use item::List;
pub use records::*;
pub use serve::fail;
pub use settings::Settings;

#[doc(hidden)]
pub use abi::{arena, call, configure};

mod records {
    use crate::item::{Item, List};

    include!("common_gen.rs");

    impl<'a> SettingsRecord<'a> {
        pub(crate) fn of(it: Item<'a>) -> Self {
            Self(it.open(Self::KIND, Self::SIZE))
        }
    }
}

/// The hook of a plugin, or several: `plugin!(match: Cheapest)`. It writes the
/// exports that a node calls.
#[macro_export]
macro_rules! plugin {
    (@hook match) => { $crate::HOOK_MATCH };
    (@hook admit) => { $crate::HOOK_ADMIT };
    (@hook allow) => { $crate::HOOK_ALLOW };
    (@hook mediate) => { $crate::HOOK_MEDIATE };
    (@hook compare) => { $crate::HOOK_COMPARE };
    (@build match $type:ty) => { $crate::r#match::build::<$type> };
    (@build admit $type:ty) => { $crate::admit::build::<$type> };
    (@build allow $type:ty) => { $crate::allow::build::<$type> };
    (@build mediate $type:ty) => { $crate::mediate::build::<$type> };
    (@build compare $type:ty) => { $crate::compare::build::<$type> };
    (@export $export:ident $hook:expr) => {
        #[no_mangle]
        pub extern "C" fn $export(input: *const u8, len: usize, out: *mut u8, room: usize) -> i32 {
            $crate::call($hook, input, len, out, room)
        }
    };
    (@export match) => { $crate::plugin!(@export lilypad_match_1 $crate::HOOK_MATCH); };
    (@export admit) => { $crate::plugin!(@export lilypad_admit_1 $crate::HOOK_ADMIT); };
    (@export allow) => { $crate::plugin!(@export lilypad_allow_1 $crate::HOOK_ALLOW); };
    (@export mediate) => { $crate::plugin!(@export lilypad_mediate_1 $crate::HOOK_MEDIATE); };
    (@export compare) => { $crate::plugin!(@export lilypad_compare_1 $crate::HOOK_COMPARE); };
    ($($hook:tt: $type:ty),+ $(,)?) => {
        #[no_mangle]
        pub extern "C" fn lilypad_arena(len: usize) -> *mut u8 {
            $crate::arena(len)
        }

        #[no_mangle]
        pub extern "C" fn lilypad_configure(input: *const u8, len: usize, out: *mut u8, room: usize) -> i32 {
            $crate::configure(&[$(($crate::plugin!(@hook $hook), $crate::plugin!(@build $hook $type))),+], input, len, out, room)
        }

        $($crate::plugin!(@export $hook);)+
    };
}
