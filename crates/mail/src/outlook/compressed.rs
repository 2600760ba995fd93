//! Rich text as Outlook compresses it (MS-OXRTFCP).

use crate::attachments::bytes::{le32, place};

/// What the dictionary holds at the start (MS-OXRTFCP §2.1.2.1).
const START: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const COMPRESSED: u32 = 0x7546_5a4c;
const PLAIN: u32 = 0x414c_454d;

/// The rich text, at most `cap` bytes; nothing if the bytes are not of this kind. A damaged stream gives what came
/// before the damage.
pub(super) fn unpack(bytes: &[u8], cap: usize) -> Option<Vec<u8>> {
    let size = place(bytes, 4)?.min(cap);
    let content = bytes.get(16..)?;
    match le32(bytes, 8)? {
        PLAIN => Some(content.get(..size).unwrap_or(content).to_vec()),
        COMPRESSED => {
            let mut text = expand(content, size);
            text.truncate(size);
            Some(text)
        }
        _ => None,
    }
}

fn expand(content: &[u8], size: usize) -> Vec<u8> {
    let mut ring = [b' '; 4096];
    for (slot, byte) in ring.iter_mut().zip(START) {
        *slot = *byte;
    }
    let mut write = START.len();
    let mut out = Vec::with_capacity(size.min(content.len().saturating_mul(9)));
    let mut input = content.iter().copied();
    let mut put = |ring: &mut [u8; 4096], out: &mut Vec<u8>, byte: u8| {
        if let Some(slot) = ring.get_mut(write % 4096) {
            *slot = byte;
        }
        write = (write + 1) % 4096;
        out.push(byte);
        write
    };
    let mut at = START.len();
    while let Some(control) = input.next() {
        for bit in 0..8 {
            if out.len() >= size {
                return out;
            }
            let Some(first) = input.next() else { return out };
            if control >> bit & 1 == 0 {
                at = put(&mut ring, &mut out, first);
                continue;
            }
            let Some(second) = input.next() else { return out };
            let token = usize::from(first) << 8 | usize::from(second);
            let (offset, length) = (token >> 4, (token & 15) + 2);
            if offset == at {
                return out;
            }
            for step in 0..length {
                let byte = ring.get((offset + step) % 4096).copied().unwrap_or(b' ');
                at = put(&mut ring, &mut out, byte);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_unpacks() {
        // MS-OXRTFCP §3.1.1.1
        let packed = b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\n\0rcpg125B2\n\xf3 hel\t\0 bw\x05\xb0ld}\n\x80\x0f\xa0";
        let text = unpack(packed, 1000).unwrap();
        assert_eq!(String::from_utf8_lossy(&text), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        assert_eq!(unpack(packed, 10).unwrap().len(), 10);
        assert_eq!(unpack(b"", 10), None);
    }
}
