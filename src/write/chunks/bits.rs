//! Numbers in as few bits as they need.

/// How many bits a number needs.
pub(super) fn width(most: u64) -> u32 {
    64 - most.leading_zeros()
}

/// Appends a number in groups of seven bits, the lowest first.
pub(super) fn put_varint(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// Appends a number with a sign, small where it is near zero.
pub(super) fn put_zigzag(into: &mut Vec<u8>, number: i64) {
    put_varint(into, (number << 1 ^ number >> 63) as u64);
}

/// Appends numbers of `width` bits each, the lowest bit first; the last byte is filled up with zeros.
pub(super) fn pack(into: &mut Vec<u8>, width: u32, numbers: impl Iterator<Item = u64>) {
    if width == 0 {
        return;
    }
    let (mut held, mut bits) = (0u64, 0);
    for number in numbers {
        held |= number << bits;
        bits += width;
        if bits >= 64 {
            into.extend_from_slice(&held.to_le_bytes());
            bits -= 64;
            // what of the number had no room
            held = number.checked_shr(width - bits).unwrap_or(0);
        }
    }
    let left = bits.div_ceil(8) as usize;
    into.extend_from_slice(&held.to_le_bytes()[..left]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_packed_from_the_lowest_bit_on() {
        let mut bytes = Vec::new();
        // the example of the format's own page
        pack(&mut bytes, 3, 0..8);
        assert_eq!(bytes, [0b1000_1000, 0b1100_0110, 0b1111_1010]);
        bytes.clear();
        pack(&mut bytes, 64, [u64::MAX, 1].into_iter());
        assert_eq!(bytes.len(), 16);
        assert_eq!((bytes[0], bytes[8], bytes[15]), (0xff, 1, 0));
    }

    #[test]
    fn numbers_of_any_length() {
        let mut bytes = Vec::new();
        put_varint(&mut bytes, 300);
        put_zigzag(&mut bytes, -1);
        put_zigzag(&mut bytes, 1);
        assert_eq!(bytes, [0xac, 0x02, 1, 2]);
        assert_eq!((width(0), width(1), width(8)), (0, 1, 4));
    }
}
