//! `DELTA_BINARY_PACKED`: each number as its difference from the one before.

use super::bits::{pack, put_varint, put_zigzag, width};

/// Differences of a block, which have one smallest among them.
const BLOCK: usize = 128;
/// Parts of a block, each with a width of its own.
const PARTS: usize = 4;
const PART: usize = BLOCK / PARTS;

/// The numbers as the encoding has them. Numbers of 32 bits must not lie further apart than these hold.
pub(super) fn encode(numbers: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(numbers.len() * 2 + 32);
    put_varint(&mut bytes, BLOCK as u64);
    put_varint(&mut bytes, PARTS as u64);
    put_varint(&mut bytes, numbers.len() as u64);
    let Some(first) = numbers.first() else {
        put_zigzag(&mut bytes, 0);
        return bytes;
    };
    put_zigzag(&mut bytes, *first);
    let mut deltas = [0; BLOCK];
    let mut before = *first;
    for block in numbers[1..].chunks(BLOCK) {
        for (delta, number) in deltas.iter_mut().zip(block) {
            *delta = number.wrapping_sub(before);
            before = *number;
        }
        put_block(&mut bytes, &mut deltas, block.len());
    }
    bytes
}

fn put_block(bytes: &mut Vec<u8>, deltas: &mut [i64; BLOCK], count: usize) {
    let least = deltas[..count].iter().copied().min().unwrap_or_default();
    put_zigzag(bytes, least);
    // what is missing of the last block counts as the smallest difference
    deltas[count..].fill(least);
    let parts = deltas.chunks(PART);
    let above = |delta: &i64| delta.wrapping_sub(least) as u64;
    let widths = parts.map(|part| width(part.iter().map(above).fold(0, |all, one| all | one)));
    let widths: Vec<u32> = widths.collect();
    bytes.extend(widths.iter().map(|width| *width as u8));
    for (part, width) in deltas.chunks(PART).zip(&widths).take(count.div_ceil(PART)) {
        pack(bytes, *width, part.iter().map(above));
    }
}
