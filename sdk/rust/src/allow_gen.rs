// Code generated from hostapi/schema; DO NOT EDIT.

/// Who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role(pub u8);

impl Role {
    pub const CREATOR: Role = Role(1);
    pub const SOLVER: Role = Role(2);
    pub const PROVIDER: Role = Role(3);
}

/// What the chain's module list says of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listing(pub u8);

impl Listing {
    pub const UNLISTED: Listing = Listing(1);
    pub const LISTED: Listing = Listing(2);
    pub const BLOCKED: Listing = Listing(3);
}

/// What an allow plugin says of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission(pub u8);

impl Permission {
    pub const ALLOW: Permission = Permission(1);
    pub const DENY: Permission = Permission(2);
    /// no rule speaks of it: other plugins decide.
    pub const ABSTAIN: Permission = Permission(3);
}

/// A module that someone wants to run.
#[derive(Clone, Copy)]
pub struct Module<'a>(Item<'a>);

impl<'a> Module<'a> {
    pub(crate) const KIND: u64 = 6;
    pub(crate) const SIZE: usize = 208;

    pub fn id(self) -> &'a [u8; 32] {
        self.0.bytes32(16)
    }

    /// of the image or the WASI command.
    pub fn digest(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    /// SHA-256 of the template file.
    pub fn template(self) -> &'a [u8; 32] {
        self.0.bytes32(80)
    }

    pub fn gpus(self) -> u64 {
        self.0.u32(112)
    }

    /// 10⁶ bytes; per GPU.
    pub fn vram(self) -> u64 {
        self.0.u32(116)
    }

    /// thousandths of a core.
    pub fn cpu(self) -> u64 {
        self.0.u32(120)
    }

    /// 10⁶ bytes.
    pub fn ram(self) -> u64 {
        self.0.u32(124)
    }

    /// 10⁶ bytes.
    pub fn disk(self) -> u64 {
        self.0.u32(128)
    }

    /// s.
    pub fn timeout(self) -> u64 {
        self.0.u32(132)
    }

    pub fn role(self) -> Role {
        Role(self.0.u8(136) as u8)
    }

    pub fn engine(self) -> Engine {
        Engine(self.0.u8(137) as u8)
    }

    pub fn listing(self) -> Listing {
        Listing(self.0.u8(138) as u8)
    }

    /// it asks for the network.
    pub fn network(self) -> bool {
        self.0.bool(139)
    }

    /// with its tag, such as cowsay:v0.0.4.
    pub fn name(self) -> &'a str {
        self.0.str(144)
    }

    /// such as github.com/owner/name.
    pub fn repository(self) -> &'a str {
        self.0.str(152)
    }

    pub fn commit(self) -> &'a str {
        self.0.str(160)
    }

    pub fn publisher(self) -> &'a str {
        self.0.str(168)
    }

    /// reference with digest; empty for a WASI command.
    pub fn image(self) -> &'a str {
        self.0.str(176)
    }

    /// zero when there is none.
    pub fn gpu_model(self) -> &'a str {
        self.0.str(184)
    }

    /// Tells that there is one.
    pub fn has_gpu_model(self) -> bool {
        self.0.has(0)
    }

    /// the uri that the chain's list gives; zero when there is none.
    pub fn block_reason(self) -> &'a str {
        self.0.str(192)
    }

    /// Tells that there is one.
    pub fn has_block_reason(self) -> bool {
        self.0.has(1)
    }

    pub fn signers(self) -> List<'a, Signer<'a>> {
        List::new(self.0, 200, 16, Signer::read)
    }
}

/// One per module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    pub arg0: u64,
    pub arg1: u64,
    /// the position in the settings of the rule that decided, from 1; 0: none.
    pub rule: u32,
    pub reason: u16,
    pub permission: Permission,
}

impl Ruling {
    pub(crate) const SIZE: usize = 24;

    pub(crate) fn put(&self, b: &mut [u8]) {
        b[0..8].copy_from_slice(&self.arg0.to_le_bytes());
        b[8..16].copy_from_slice(&self.arg1.to_le_bytes());
        b[16..20].copy_from_slice(&self.rule.to_le_bytes());
        b[20..22].copy_from_slice(&self.reason.to_le_bytes());
        b[22..23].copy_from_slice(&self.permission.0.to_le_bytes());
    }
}
