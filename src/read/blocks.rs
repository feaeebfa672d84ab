//! Bytes compared many at a time.

use wide::u8x16;

/// Bytes that are compared at once.
pub(super) const BLOCK: usize = 16;
/// Bytes of which what is found fits into one number.
pub(super) const WIDE: usize = 64;

/// The bytes from `at` on; NUL bytes behind the last.
#[inline]
pub(super) fn block(bytes: &[u8], at: usize) -> u8x16 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<BLOCK>() {
        Some(block) => u8x16::from(*block),
        None => u8x16::from(padded(rest)),
    }
}

/// Sixty-four bytes from `at` on; NUL bytes behind the last.
#[inline]
pub(super) fn wide_block(bytes: &[u8], at: usize) -> [u8; WIDE] {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<WIDE>() {
        Some(block) => *block,
        None => padded(rest),
    }
}

#[cold]
fn padded<const LENGTH: usize>(rest: &[u8]) -> [u8; LENGTH] {
    let mut block = [0; LENGTH];
    for (to, from) in block.iter_mut().zip(rest) {
        *to = *from;
    }
    block
}

/// A bit for each of sixty-four bytes, set where `is` is: the first byte's is the lowest.
#[inline]
pub(super) fn bits(block: &[u8; WIDE], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let (parts, _) = block.as_chunks::<BLOCK>();
    let parts = parts.iter().rev();
    parts.fold(0, |found, part| {
        found << BLOCK | u64::from(is(u8x16::from(*part)).to_bitmask())
    })
}
