// Code generated from hostapi/schema; DO NOT EDIT.

/// Two result trees. Handles name them in host calls.
#[derive(Clone, Copy)]
pub struct Pair<'a>(Item<'a>);

impl<'a> Pair<'a> {
    pub(crate) const KIND: u64 = 15;
    pub(crate) const SIZE: usize = 128;

    /// content id.
    pub fn a_root(self) -> &'a [u8; 32] {
        self.0.bytes32(16)
    }

    pub fn b_root(self) -> &'a [u8; 32] {
        self.0.bytes32(48)
    }

    /// bytes; of all files.
    pub fn a_size(self) -> u64 {
        self.0.u64(80)
    }

    /// bytes.
    pub fn b_size(self) -> u64 {
        self.0.u64(88)
    }

    /// handle of a tree.
    pub fn a(self) -> u64 {
        self.0.u32(96)
    }

    pub fn b(self) -> u64 {
        self.0.u32(100)
    }

    pub fn a_files(self) -> u64 {
        self.0.u32(104)
    }

    pub fn b_files(self) -> u64 {
        self.0.u32(108)
    }

    /// as the deal has them.
    pub fn params(self) -> List<'a, Param<'a>> {
        List::new(self.0, 112, 16, Param::read)
    }

    pub fn engine(self) -> Engine {
        Engine(self.0.u8(120) as u8)
    }
}

/// One per pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// ppm; 0 for equal results.
    pub distance: u64,
    pub arg0: u64,
    pub arg1: u64,
    pub reason: u16,
    pub sameness: Sameness,
}

impl Comparison {
    pub(crate) const SIZE: usize = 32;

    pub(crate) fn put(&self, b: &mut [u8]) {
        b[0..8].copy_from_slice(&self.distance.to_le_bytes());
        b[8..16].copy_from_slice(&self.arg0.to_le_bytes());
        b[16..24].copy_from_slice(&self.arg1.to_le_bytes());
        b[24..26].copy_from_slice(&self.reason.to_le_bytes());
        b[26..27].copy_from_slice(&self.sameness.0.to_le_bytes());
    }
}

/// A path at which two trees differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    pub path: &'a str,
    /// bytes.
    pub a_size: u64,
    /// bytes.
    pub b_size: u64,
    /// handle of a file; 0: not in this tree.
    pub a: u64,
    pub b: u64,
    pub a_executable: bool,
    pub b_executable: bool,
}

impl<'a> Difference<'a> {
    pub(crate) fn read(it: Item<'a>, at: usize) -> Self {
        Self {
            path: it.str(at),
            a_size: it.u64(at + 8),
            b_size: it.u64(at + 16),
            a: it.u32(at + 24),
            b: it.u32(at + 28),
            a_executable: it.bool(at + 32),
            b_executable: it.bool(at + 33),
        }
    }
}

/// What tree_diff writes.
#[derive(Clone, Copy)]
pub struct Differences<'a>(Item<'a>);

impl<'a> Differences<'a> {
    pub(crate) const KIND: u64 = 16;
    pub(crate) const SIZE: usize = 32;

    /// the cursor of the next page; 0: this is the last.
    pub fn next(self) -> u64 {
        self.0.u32(16)
    }

    pub fn differences(self) -> List<'a, Difference<'a>> {
        List::new(self.0, 24, 40, Difference::read)
    }
}
