//! The bytes of a model file: a header with checks, the names and settings of the labels, then the weights.
//! Reading trusts nothing: a damaged file is an [`Unreadable`] value, never a panic and never a half-read model.
//!
//! Little-endian throughout: magic `ALM1`, features version `u16`, labels `u16`, rows `u32`, smallest and step of the
//! row weights `f32`×2, row ids as differences in LEB128 (length `u32` first), row weights `u8` each, per label
//! [name length `u8`, name, scale, bias, slope, offset, threshold, doubt: `f32`×6], weights `i8` row by row, and an
//! FNV-1a checksum `u64` of all that stands before it.

use super::features::{BUCKETS, FEATURES_VERSION};

const MAGIC: [u8; 4] = *b"ALM1";

/// Everything a model file says, opened. [`super::Model`] is built from it, training writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    pub labels: Vec<Label>,
    /// The buckets that have weights, rising.
    pub buckets: Vec<u32>,
    /// How much one occurrence counts (inverse document frequency): `smallest + step * value`.
    pub row_weights: Vec<u8>,
    pub smallest: f32,
    pub step: f32,
    /// One signed byte per row and label, row by row.
    pub weights: Vec<i8>,
}

/// What a model knows about one of its labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub name: String,
    /// What one unit of a weight is worth.
    pub scale: f32,
    /// The score of an empty text.
    pub bias: f32,
    /// Calibration (Platt 1999): probability = 1 / (1 + exp(-(slope * score + offset))).
    pub slope: f32,
    pub offset: f32,
    /// The probability from which the label is chosen, 0 to 1.
    pub threshold: f32,
    /// Below this probability the answer is a clear no; from here up to the threshold it is "not sure".
    pub doubt: f32,
}

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Another kind of file, or another version of the format or of the features.
    NotThisFormat,
    /// It ends early, or a number in it cannot be.
    Damaged,
    /// The checksum differs.
    Changed,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Unreadable::NotThisFormat => "this is not a model file of this version; train it again",
            Unreadable::Damaged => "the model file is damaged; train it again or restore it",
            Unreadable::Changed => "the model file was changed after it was written; restore it",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Turns parts into the bytes of a file. The same parts give the same bytes.
pub fn write(parts: &Parts) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.weights.len() + parts.buckets.len() * 3 + 1024);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&FEATURES_VERSION.to_le_bytes());
    out.extend_from_slice(&(parts.labels.len() as u16).to_le_bytes());
    out.extend_from_slice(&(parts.buckets.len() as u32).to_le_bytes());
    out.extend_from_slice(&parts.smallest.to_le_bytes());
    out.extend_from_slice(&parts.step.to_le_bytes());
    let mut ids = Vec::new();
    let mut before = 0;
    for bucket in &parts.buckets {
        let mut difference = bucket.wrapping_sub(before);
        before = *bucket;
        while difference >= 0x80 {
            ids.push((difference & 0x7f) as u8 | 0x80);
            difference >>= 7;
        }
        ids.push(difference as u8);
    }
    out.extend_from_slice(&(ids.len() as u32).to_le_bytes());
    out.extend_from_slice(&ids);
    out.extend_from_slice(&parts.row_weights);
    for label in &parts.labels {
        let name = label.name.as_bytes();
        out.push(name.len().min(255) as u8);
        out.extend(name.iter().take(255));
        for number in [label.scale, label.bias, label.slope, label.offset, label.threshold, label.doubt] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
    out.extend(parts.weights.iter().map(|weight| weight.cast_unsigned()));
    let sum = checksum(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

/// Reads a file back.
///
/// # Errors
/// [`Unreadable`] for bytes that are not a whole, unchanged model of this version.
pub fn read(bytes: &[u8]) -> Result<Parts, Unreadable> {
    let mut left = Left(bytes);
    if left.take(4)? != MAGIC || u16::from_le_bytes(left.array()?) != FEATURES_VERSION {
        return Err(Unreadable::NotThisFormat);
    }
    let (body, sum) = bytes.split_at_checked(bytes.len().saturating_sub(8)).ok_or(Unreadable::Damaged)?;
    if sum != checksum(body).to_le_bytes() {
        return Err(Unreadable::Changed);
    }
    let labels = usize::from(u16::from_le_bytes(left.array()?));
    let rows = u32::from_le_bytes(left.array()?) as usize;
    if rows > BUCKETS {
        return Err(Unreadable::Damaged);
    }
    let smallest = left.number()?;
    let step = left.number()?;
    let ids = u32::from_le_bytes(left.array()?) as usize;
    let buckets = read_buckets(left.take(ids)?, rows)?;
    let row_weights = left.take(rows)?.to_vec();
    let labels = (0..labels).map(|_| read_label(&mut left)).collect::<Result<Vec<_>, _>>()?;
    let cells = rows.checked_mul(labels.len()).ok_or(Unreadable::Damaged)?;
    let weights = left.take(cells)?.iter().map(|byte| byte.cast_signed()).collect();
    if left.0.len() != 8 {
        return Err(Unreadable::Damaged);
    }
    Ok(Parts { labels, buckets, row_weights, smallest, step, weights })
}

fn read_label(left: &mut Left<'_>) -> Result<Label, Unreadable> {
    let length = usize::from(u8::from_le_bytes(left.array()?));
    let name = std::str::from_utf8(left.take(length)?).map_err(|_| Unreadable::Damaged)?.to_owned();
    Ok(Label {
        name,
        scale: left.number()?,
        bias: left.number()?,
        slope: left.number()?,
        offset: left.number()?,
        threshold: left.number()?,
        doubt: left.number()?,
    })
}

fn read_buckets(ids: &[u8], rows: usize) -> Result<Vec<u32>, Unreadable> {
    let mut buckets: Vec<u32> = Vec::with_capacity(rows);
    let mut value = 0_u32;
    let mut shift = 0;
    for byte in ids {
        if shift > 21 {
            return Err(Unreadable::Damaged);
        }
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            continue;
        }
        let bucket = match buckets.last() {
            None => value,
            Some(_) if value == 0 => return Err(Unreadable::Damaged),
            Some(before) => before.checked_add(value).ok_or(Unreadable::Damaged)?,
        };
        if bucket as usize >= BUCKETS {
            return Err(Unreadable::Damaged);
        }
        buckets.push(bucket);
        value = 0;
        shift = 0;
    }
    if shift != 0 || buckets.len() != rows { Err(Unreadable::Damaged) } else { Ok(buckets) }
}

/// What has not been read yet.
struct Left<'a>(&'a [u8]);

impl<'a> Left<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Unreadable> {
        let (head, tail) = self.0.split_at_checked(length).ok_or(Unreadable::Damaged)?;
        self.0 = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable::Damaged)
    }

    fn number(&mut self) -> Result<f32, Unreadable> {
        let number = f32::from_le_bytes(self.array()?);
        if number.is_finite() { Ok(number) } else { Err(Unreadable::Damaged) }
    }
}

/// FNV-1a over 64 bits: finds accidents, not adversaries.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A tiny model of two labels over the features of the words given.
    pub fn sample(words: &[(&str, [i8; 2])]) -> Parts {
        let mut rows: Vec<(u32, [i8; 2])> = words
            .iter()
            .flat_map(|(word, weights)| {
                let mut first = None;
                super::super::features::each_feature(word, |feature| {
                    first.get_or_insert(feature.bucket);
                });
                first.map(|bucket| (bucket, *weights))
            })
            .collect();
        rows.sort_unstable();
        let label = |name: &str, bias| Label {
            name: name.to_owned(),
            scale: 0.05,
            bias,
            slope: 1.5,
            offset: -0.1,
            threshold: 0.5,
            doubt: 0.4,
        };
        Parts {
            labels: vec![label("worry", -0.5), label("gratitude", -0.25)],
            buckets: rows.iter().map(|row| row.0).collect(),
            row_weights: vec![10; rows.len()],
            smallest: 1.0,
            step: 0.125,
            weights: rows.iter().flat_map(|row| row.1).collect(),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let parts = sample(&[("afraid", [100, -20]), ("thanks", [-30, 127])]);
        assert_eq!(read(&write(&parts)), Ok(parts));
    }

    #[test]
    fn no_damage_goes_unnoticed_and_none_panics() {
        let bytes = write(&sample(&[("afraid", [100, -20]), ("thanks", [-30, 127])]));
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "cut at {length}");
        }
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x41;
            assert!(read(&changed).is_err(), "byte {place} changed");
            // With the checksum made to fit again, it may be another model, but it must not panic.
            let body = changed.len() - 8;
            let sum = checksum(&changed[..body]).to_le_bytes();
            changed[body..].copy_from_slice(&sum);
            if let Ok(parts) = read(&changed) {
                super::super::Model::from_parts(parts).score("I am afraid, thanks");
            }
        }
    }
}
