//! How the hooks answer a message.

use std::cell::{Cell, RefCell};

use crate::item::Item;
use crate::MINOR;

pub(crate) const BAD_INPUT: i32 = -1;
const UNKNOWN_MINOR: i32 = -2;
const OUTPUT_FULL: i32 = -3;
const SETTINGS_REFUSED: i32 = -4;
const AUTHOR_ERROR: i32 = -5;

const MAGIC: u64 = 0x594c494c;
const MESSAGE_HEADER: u64 = 32;
const OUTPUT_HEADER: usize = 16;
const MAX_ERROR_TEXT: usize = 1 << 10;

/// What a hook that was made from its settings does with a message.
pub type Runner = Box<dyn Fn(&[u8], &mut [u8]) -> i32>;

thread_local! {
    // The fault of the call, if its status is not 0.
    static STATUS: Cell<i32> = const { Cell::new(0) };
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Ends the call with a status. The first one counts.
pub(crate) fn fault(status: i32, text: &str) {
    if !failed() {
        STATUS.with(|s| s.set(status));
        TEXT.with(|t| *t.borrow_mut() = text.to_string());
    }
}

/// Gives the call up as the author's error. The hook's method goes on until it
/// returns; the first text counts. A panic is a trap, and says nothing.
pub fn fail(text: &str) {
    fault(AUTHOR_ERROR, text)
}

pub(crate) fn failed() -> bool {
    STATUS.with(Cell::get) != 0
}

/// The status of the call, with its text in out; 0 when it has no fault.
pub(crate) fn report(out: &mut [u8]) -> i32 {
    let status = STATUS.with(Cell::take);
    if status != 0 {
        say(out, &TEXT.with(RefCell::take));
    }
    status
}

pub(crate) fn refuse(out: &mut [u8], text: &str) -> i32 {
    say(out, text);
    SETTINGS_REFUSED
}

/// Writes a status's text, cut between two characters.
fn say(out: &mut [u8], text: &str) {
    if out.len() < 4 {
        return;
    }
    let mut n = text.len().min(MAX_ERROR_TEXT).min(out.len() - 4);
    while !text.is_char_boundary(n) {
        n -= 1;
    }
    out[..4].copy_from_slice(&(n as u32).to_le_bytes());
    out[4..4 + n].copy_from_slice(&text.as_bytes()[..n]);
}

/// Takes the records of the answer.
pub(crate) struct Output<'a> {
    b: &'a mut [u8],
    end: usize,
    n: u32,
    stride: usize,
}

impl Output<'_> {
    /// Has a record of a size written, in zeros, unless the call was given up.
    pub(crate) fn next(&mut self, size: usize, put: impl FnOnce(&mut [u8])) {
        if failed() {
            return;
        }
        if self.end == 0 {
            self.end = OUTPUT_HEADER;
            self.stride = size;
        }
        match self.b.get_mut(self.end..self.end + size) {
            Some(b) => {
                b.fill(0);
                put(b);
                self.end += size;
                self.n += 1;
            }
            None => fault(OUTPUT_FULL, ""),
        }
    }

    fn finish(self, minor: u64) -> i32 {
        if self.b.len() < OUTPUT_HEADER {
            fault(OUTPUT_FULL, "");
        }
        if failed() {
            return report(self.b);
        }
        let end = self.end.max(OUTPUT_HEADER);
        self.b[..4].copy_from_slice(&(end as u32).to_le_bytes());
        self.b[4..8].copy_from_slice(&self.n.to_le_bytes());
        self.b[8..10].copy_from_slice(&(self.stride as u16).to_le_bytes());
        self.b[10..12].copy_from_slice(&(minor as u16).to_le_bytes());
        self.b[12..16].fill(0);
        end as i32
    }
}

/// Tells whether a message is for a hook and can be answered.
fn begin(m: Item, hook: u16) -> bool {
    let len = m.0.len() as u64;
    if len < MESSAGE_HEADER || m.u32(0) != MAGIC || m.u16(4) != u64::from(hook) || m.u32(8) != len {
        fault(BAD_INPUT, "this is no message for the hook");
    } else if m.u16(6) > u64::from(MINOR) {
        fault(UNKNOWN_MINOR, "the message is of a later minor version than the plugin");
    } else if m.u32(16) < MESSAGE_HEADER || m.u32(16) + 4 * m.u32(12) > len {
        fault(BAD_INPUT, "the table of items leaves the message");
    }
    !failed()
}

/// Kind and least size of an item.
pub(crate) type Shape = (u64, usize);

/// Answers one call: has each item answered, and returns the bytes written to
/// out, or a status with its text in out.
pub(crate) fn serve(
    input: &[u8],
    out: &mut [u8],
    hook: u16,
    context: Option<Shape>,
    item: Shape,
    answer: impl Fn(Item, Item, u32, &mut Output),
) -> i32 {
    let m = Item(input);
    let mut w = Output { b: out, end: 0, n: 0, stride: 0 };
    if begin(m, hook) {
        let context = context.map_or(Item(&[]), |(kind, size)| m.part(m.u32(20)).open(kind, size));
        let (n, table) = (m.u32(12) as u32, m.u32(16) as usize);
        for i in 0..n {
            if failed() {
                break;
            }
            let it = m.part(m.u32(table + 4 * i as usize)).open(item.0, item.1);
            if !failed() {
                answer(context, it, i, &mut w);
            }
        }
    }
    w.finish(m.u16(6))
}
