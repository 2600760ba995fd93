//! Small bounded readers over bytes: numbers, searches and inflating with a cap.

use super::Budget;
use std::io::Read;

pub(crate) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(part.try_into().ok()?))
}

pub(crate) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(part.try_into().ok()?))
}

/// [`le32`] as a place in memory.
pub(crate) fn place(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(le32(bytes, at)?).ok()
}

/// Eight bytes as a place in memory.
pub(crate) fn le64_place(bytes: &[u8], at: usize) -> Option<usize> {
    let part = bytes.get(at..at.checked_add(8)?)?;
    usize::try_from(u64::from_le_bytes(part.try_into().ok()?)).ok()
}

/// Where `needle` first stands in `bytes`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}

pub(crate) fn has(bytes: &[u8], needle: &[u8]) -> bool {
    find(bytes, needle).is_some()
}

/// The first `most` bytes.
pub(crate) fn head(bytes: &[u8], most: usize) -> &[u8] {
    bytes.get(..most).unwrap_or(bytes)
}

/// Text out of bytes of unknown kind: UTF-16 by its mark, else UTF-8, else Latin-1; at most `most` bytes are read.
pub(crate) fn text(bytes: &[u8], most: usize) -> String {
    let bytes = head(bytes, most);
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
        return char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(problem) if problem.error_len().is_none() || problem.valid_up_to() * 10 > bytes.len() * 9 => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Little-endian UTF-16, as Windows writes it.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
}

/// What came out of a compressed stream.
pub(crate) struct Inflated {
    pub bytes: Vec<u8>,
    /// Whether there was more than the cap or the budget let out.
    pub more: bool,
    /// Bytes of input it took to get them.
    pub used: usize,
}

impl Inflated {
    /// Whether it was cut off and grew by a factor that honest content does not have. Deflate can reach 1,032.
    pub fn is_bomb(&self) -> bool {
        self.more && self.bytes.len() / self.used.max(1) >= 100
    }
}

/// How a stream is wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// Deflate alone, as in ZIP.
    Raw,
    /// Deflate in zlib, as in PDF.
    Zlib,
    /// Deflate in gzip.
    Gzip,
}

/// Inflates at most `cap` bytes and takes them off the budget. A damaged stream gives what could be read.
pub(crate) fn inflate(bytes: &[u8], wrapping: Wrapping, cap: usize, budget: &mut Budget) -> Inflated {
    let cap = cap.min(budget.bytes);
    let mut out = Vec::with_capacity(cap.min(bytes.len().saturating_mul(4)).min(1 << 20));
    let most = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    let mut rest = bytes;
    // A damaged stream is content: what came before the damage is kept.
    let _damaged = match wrapping {
        Wrapping::Raw => flate2::bufread::DeflateDecoder::new(&mut rest).take(most).read_to_end(&mut out),
        Wrapping::Zlib => flate2::bufread::ZlibDecoder::new(&mut rest).take(most).read_to_end(&mut out),
        Wrapping::Gzip => flate2::bufread::GzDecoder::new(&mut rest).take(most).read_to_end(&mut out),
    };
    let more = out.len() > cap;
    out.truncate(cap);
    budget.bytes = budget.bytes.saturating_sub(out.len().max(64));
    Inflated { bytes: out, more, used: bytes.len() - rest.len() }
}
