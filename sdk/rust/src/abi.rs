//! The exports of a plugin, behind `plugin!`. The host promises that its
//! pointers lie in the arena and do not overlap; the first is checked.

use std::alloc::{alloc, Layout};
use std::cell::{Cell, RefCell};
use std::{ptr, slice};

use crate::serve::{fail, failed, refuse, report, Runner, BAD_INPUT};
use crate::settings::Settings;

thread_local! {
    static ARENA: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    static HOOKS: RefCell<Vec<(u16, Runner)>> = const { RefCell::new(Vec::new()) };
}

pub type Build = fn(&Settings) -> Result<Runner, String>;

pub fn arena(len: usize) -> *mut u8 {
    let base = match Layout::from_size_align(len.max(1), 16) {
        Ok(layout) => unsafe { alloc(layout) }, // never freed
        Err(_) => ptr::null_mut(),
    };
    ARENA.with(|a| a.set((base as usize, if base.is_null() { 0 } else { len })));
    base
}

fn inside(at: usize, len: usize) -> bool {
    let (base, room) = ARENA.with(Cell::get);
    at >= base && (at - base).checked_add(len).map_or(false, |end| end <= room)
}

/// The bytes that the host's pointers name.
fn open<'a>(input: *const u8, len: usize, out: *mut u8, room: usize) -> Option<(&'a [u8], &'a mut [u8])> {
    if !inside(input as usize, len) || !inside(out as usize, room) {
        return None;
    }
    // The arena is never freed, and only the host writes to it.
    unsafe { Some((slice::from_raw_parts(input, len), slice::from_raw_parts_mut(out, room))) }
}

pub fn configure(builds: &[(u16, Build)], input: *const u8, len: usize, out: *mut u8, room: usize) -> i32 {
    let (input, out) = match open(input, len, out, room) {
        Some(b) => b,
        None => return BAD_INPUT,
    };
    let settings = Settings::read(input);
    for (hook, build) in builds {
        if failed() {
            break;
        }
        match build(&settings) {
            Ok(run) => HOOKS.with(|h| h.borrow_mut().push((*hook, run))),
            Err(_) if failed() => break,
            Err(text) => return refuse(out, &text),
        }
    }
    report(out)
}

pub fn call(hook: u16, input: *const u8, len: usize, out: *mut u8, room: usize) -> i32 {
    let (input, out) = match open(input, len, out, room) {
        Some(b) => b,
        None => return BAD_INPUT,
    };
    HOOKS.with(|hooks| match hooks.borrow().iter().find(|h| h.0 == hook) {
        Some((_, run)) => run(input, out),
        None => {
            fail("the hook is not configured");
            report(out)
        }
    })
}
