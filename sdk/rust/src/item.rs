//! What all views read through. A reader never leaves its item: what breaks
//! hostapi/SPEC.md reads as zero and ends the call as bad input once the
//! hook's method has returned.

use crate::serve::{fault, BAD_INPUT};

/// A record in the input.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a>(pub(crate) &'a [u8]);

macro_rules! number {
    ($name:ident, $type:ty, $wide:ty) => {
        pub(crate) fn $name(self, off: usize) -> $wide {
            match self.0.get(off..off + std::mem::size_of::<$type>()).map(TryInto::try_into) {
                Some(Ok(b)) => <$type>::from_le_bytes(b).into(),
                _ => 0,
            }
        }
    };
}

impl<'a> Item<'a> {
    const NONE: Item<'static> = Item(&[]);

    number!(u8, u8, u64);
    number!(u16, u16, u64);
    number!(u32, u32, u64);
    number!(u64, u64, u64);
    number!(i64, i64, i64);

    pub(crate) fn bool(self, off: usize) -> bool {
        self.u8(off) != 0
    }

    pub(crate) fn bytes20(self, off: usize) -> &'a [u8; 20] {
        self.0.get(off..off + 20).and_then(|b| b.try_into().ok()).unwrap_or(&[0; 20])
    }

    pub(crate) fn bytes32(self, off: usize) -> &'a [u8; 32] {
        self.0.get(off..off + 32).and_then(|b| b.try_into().ok()).unwrap_or(&[0; 32])
    }

    pub(crate) fn str(self, off: usize) -> &'a str {
        let (at, n) = (self.u32(off), self.u32(off + 4));
        if n == 0 {
            return "";
        }
        if at + n > self.0.len() as u64 {
            fault(BAD_INPUT, "a text leaves its item");
            return "";
        }
        std::str::from_utf8(&self.0[at as usize..(at + n) as usize]).unwrap_or_else(|_| {
            fault(BAD_INPUT, "a text is not UTF-8");
            ""
        })
    }

    pub(crate) fn has(self, bit: u32) -> bool {
        self.u64(8) >> bit & 1 == 1
    }

    pub(crate) fn kind(self) -> u64 {
        self.u16(6)
    }

    /// The item if its writer knew the field that ends at an offset, else
    /// nothing, which reads as zeros.
    #[allow(dead_code)] // until a minor version appends a field
    pub(crate) fn since(self, end: usize) -> Item<'a> {
        if (self.u16(4) as usize) < end {
            return Item::NONE;
        }
        self
    }

    /// The item, whose fixed part must have so many bytes.
    pub(crate) fn least(self, size: usize) -> Item<'a> {
        let fixed = self.u16(4) as usize;
        if fixed < size || fixed > self.0.len() {
            fault(BAD_INPUT, "an item is of another kind or too short");
            return Item::NONE;
        }
        self
    }

    /// The item, which must be of a kind.
    pub(crate) fn open(self, kind: u64, size: usize) -> Item<'a> {
        self.least(if self.kind() == kind { size } else { usize::MAX })
    }

    /// The item that begins at an offset of a message or an item.
    pub(crate) fn part(self, at: u64) -> Item<'a> {
        let len = self.0.len() as u64;
        if at % 8 != 0 || at + 16 > len {
            fault(BAD_INPUT, "an item begins outside of the message");
            return Item::NONE;
        }
        let n = self.u32(at as usize);
        if n < 16 || at + n > len {
            fault(BAD_INPUT, "an item leaves the message");
            return Item::NONE;
        }
        Item(&self.0[at as usize..(at + n) as usize])
    }

    /// The item whose offset stands at an offset of this one.
    pub(crate) fn nested(self, at: usize) -> Item<'a> {
        self.part(self.u32(at))
    }
}

/// The elements of a list, one after the other.
#[derive(Clone)]
pub struct List<'a, T> {
    it: Item<'a>,
    at: usize,
    n: usize,
    stride: usize,
    read: fn(Item<'a>, usize) -> T,
}

impl<'a, T> List<'a, T> {
    pub(crate) fn new(it: Item<'a>, off: usize, size: u64, read: fn(Item<'a>, usize) -> T) -> Self {
        let (at, mut n, stride) = (it.u32(off), it.u16(off + 4), it.u16(off + 6));
        if n > 0 && (stride < size || at + n * stride > it.0.len() as u64) {
            fault(BAD_INPUT, "a list leaves its item");
            n = 0;
        }
        List { it, at: at as usize, n: n as usize, stride: stride as usize, read }
    }

    /// The i-th of the elements that are left.
    pub fn get(&self, i: usize) -> Option<T> {
        (i < self.n).then(|| (self.read)(self.it, self.at + i * self.stride))
    }
}

impl<'a, T> Iterator for List<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let first = self.get(0)?;
        self.at += self.stride;
        self.n -= 1;
        Some(first)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.n, Some(self.n))
    }
}

impl<'a, T> ExactSizeIterator for List<'a, T> {}
