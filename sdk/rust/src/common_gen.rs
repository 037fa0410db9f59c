// Code generated from hostapi/schema; DO NOT EDIT.

/// The version of the host API.
pub const MAJOR: u16 = 1;
pub const MINOR: u16 = 1;

pub const HOOK_MATCH: u16 = 1;
pub const HOOK_ADMIT: u16 = 2;
pub const HOOK_ALLOW: u16 = 3;
pub const HOOK_MEDIATE: u16 = 4;
pub const HOOK_COMPARE: u16 = 5;

/// How a setting's value is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettingType(pub u8);

impl SettingType {
    /// the value is in int.
    pub const INT: SettingType = SettingType(1);
    /// the value is in text.
    pub const TEXT: SettingType = SettingType(2);
    /// int is 0 or 1.
    pub const BOOL: SettingType = SettingType(3);
    /// int is the number of elements, which follow as key.0, key.1, ….
    pub const LIST: SettingType = SettingType(4);
}

/// What runs a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engine(pub u8);

impl Engine {
    pub const WASM: Engine = Engine(1);
    pub const DOCKER: Engine = Engine(2);
    pub const NOOP: Engine = Engine(3);
}

/// A comparator's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sameness(pub u8);

impl Sameness {
    pub const EQUAL: Sameness = Sameness(1);
    pub const DIFFERENT: Sameness = Sameness(2);
    pub const INCOMPARABLE: Sameness = Sameness(3);
}

/// An integer agreed in a deal, for a scheme or a comparator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param<'a> {
    pub key: &'a str,
    pub value: i64,
}

impl<'a> Param<'a> {
    pub(crate) fn read(it: Item<'a>, at: usize) -> Self {
        Self {
            key: it.str(at),
            value: it.i64(at + 8),
        }
    }
}

/// What a provider declares about itself, or a job demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    pub key: &'a str,
    pub value: &'a str,
}

impl<'a> Label<'a> {
    pub(crate) fn read(it: Item<'a>, at: usize) -> Self {
        Self {
            key: it.str(at),
            value: it.str(at + 8),
        }
    }
}

/// An identity that signed the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer<'a> {
    pub identity: &'a str,
    pub issuer: &'a str,
}

impl<'a> Signer<'a> {
    pub(crate) fn read(it: Item<'a>, at: usize) -> Self {
        Self {
            identity: it.str(at),
            issuer: it.str(at + 8),
        }
    }
}

/// One leaf of the operator's settings. Keys of nested objects are joined by dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub int: i64,
    pub r#type: SettingType,
}

impl<'a> Setting<'a> {
    pub(crate) fn read(it: Item<'a>, at: usize) -> Self {
        Self {
            key: it.str(at),
            text: it.str(at + 8),
            int: it.i64(at + 16),
            r#type: SettingType(it.u8(at + 24) as u8),
        }
    }
}

/// All settings of a plugin, sorted by key: the argument of lilypad_configure.
#[derive(Clone, Copy)]
pub struct SettingsRecord<'a>(Item<'a>);

impl<'a> SettingsRecord<'a> {
    pub(crate) const KIND: u64 = 1;
    pub(crate) const SIZE: usize = 24;

    pub fn settings(self) -> List<'a, Setting<'a>> {
        List::new(self.0, 16, 32, Setting::read)
    }
}
