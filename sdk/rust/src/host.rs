//! What a plugin may ask of its host. Each function is a capability that the
//! manifest lists and the operator grants; a plugin that uses one without is
//! refused when it is loaded. Nothing else exists: no clock, no randomness, no
//! network, no files. Outside of wasm there is no host.

#[cfg(target_arch = "wasm32")]
mod imports {
    #[link(wasm_import_module = "lilypad")]
    extern "C" {
        pub fn log(at: *const u8, len: usize);
        pub fn blob_read(handle: u32, offset: u64, at: *mut u8, len: usize) -> i32;
        pub fn tree_diff(a: u32, b: u32, cursor: u32, out: *mut u8, room: usize) -> i32;
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod imports {
    const NO_HOST: &str = "a host is there in a node only";

    pub unsafe fn log(_: *const u8, _: usize) {
        panic!("{}", NO_HOST)
    }
    pub unsafe fn blob_read(_: u32, _: u64, _: *mut u8, _: usize) -> i32 {
        panic!("{}", NO_HOST)
    }
    pub unsafe fn tree_diff(_: u32, _: u32, _: u32, _: *mut u8, _: usize) -> i32 {
        panic!("{}", NO_HOST)
    }
}

/// Writes a line to the operator's log. Capability: log.
pub fn log(text: &str) {
    if !text.is_empty() {
        unsafe { imports::log(text.as_ptr(), text.len()) }
    }
}

/// Fills p with the bytes of a file from an offset. It returns how many there
/// were, 0 at the end, or a negative status. Capability: blob_read.
pub fn blob_read(handle: u32, offset: u64, p: &mut [u8]) -> i32 {
    unsafe { imports::blob_read(handle, offset, p.as_mut_ptr(), p.len()) }
}

/// Writes the page of differences of two trees that begins at cursor. It
/// returns the bytes written or a negative status. Capability: tree_diff.
pub fn tree_diff(a: u32, b: u32, cursor: u32, out: &mut [u8]) -> i32 {
    unsafe { imports::tree_diff(a, b, cursor, out.as_mut_ptr(), out.len()) }
}
