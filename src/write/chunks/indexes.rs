//! Indexes into a dictionary.

use super::bits::{pack, put_varint, width};

/// The indexes as a page has them: how many bits each takes, and one run of them. `most` is the largest
/// that there may be.
pub(super) fn encode(indexes: &[u32], most: usize) -> Vec<u8> {
    // of no bits some readers make nothing
    let width = width(most as u64).max(1);
    let mut bytes = Vec::with_capacity(indexes.len() * width as usize / 8 + 16);
    bytes.push(width as u8);
    let Some(first) = indexes.first() else {
        return bytes;
    };
    if indexes.iter().all(|index| index == first) {
        put_varint(&mut bytes, (indexes.len() as u64) << 1);
        let value = first.to_le_bytes();
        bytes.extend_from_slice(&value[..width.div_ceil(8) as usize]);
        return bytes;
    }
    let groups = indexes.len().div_ceil(8);
    put_varint(&mut bytes, (groups as u64) << 1 | 1);
    let filling = std::iter::repeat_n(0, groups * 8 - indexes.len());
    let numbers = indexes.iter().map(|index| u64::from(*index));
    pack(&mut bytes, width, numbers.chain(filling));
    bytes
}
