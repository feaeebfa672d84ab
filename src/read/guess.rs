//! Separators that the table uniformity method proposes.

use csv_nose::{Quote, SampleSize, Sniffer};

use super::sample::Head;

/// Records that the method looks at.
const RECORDS: usize = 100;

/// Delimiter and quote of the text behind the first `from` bytes; `None` where the method finds none.
pub(super) fn separators(head: &Head<'_>, from: usize) -> Option<(u8, Option<u8>)> {
    let text = head.bytes.get(from..)?;
    let whole = match head.ended {
        true => text.len(),
        false => memchr::memrchr2(b'\n', b'\r', text)? + 1,
    };
    let mut sniffer = Sniffer::new();
    sniffer.sample_size(SampleSize::Records(RECORDS));
    let found = sniffer.sniff_bytes(text.get(..whole)?).ok()?;
    let delimiter = found.dialect.delimiter;
    let quote = match found.dialect.quote {
        Quote::Some(quote) => Some(quote),
        Quote::None => None,
    };
    let usable = |byte: &u8| byte.is_ascii() && !matches!(byte, b'\n' | b'\r');
    usable(&delimiter).then_some((delimiter, quote.filter(usable)))
}
