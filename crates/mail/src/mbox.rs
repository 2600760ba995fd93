//! A mailbox file (mbox) that holds several messages: where one ends and the next begins. Knows nothing of what they say.

/// More messages than this nobody hands in at once; what follows them stays with the last.
const MOST: usize = 64;

/// The messages of a mailbox file. Other bytes are one message.
pub(crate) fn messages(raw: &[u8]) -> Vec<&[u8]> {
    if !raw.starts_with(b"From ") {
        return vec![raw];
    }
    let mut starts = vec![0];
    let mut from = 0;
    while let Some(found) = memchr::memmem::find(raw.get(from..).unwrap_or(&[]), b"\nFrom ") {
        let at = from + found + 1;
        from = at;
        let before = raw.get(..at).unwrap_or(&[]);
        let after_a_blank = before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        if after_a_blank && begins_a_message(raw.get(at..).unwrap_or(&[])) && starts.len() < MOST {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([raw.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| raw.get(*start..end)).collect()
}

/// Whether a separator with a time of day and a year stands here, and a header below it: somebody may begin a paragraph with *From*.
fn begins_a_message(rest: &[u8]) -> bool {
    let mut lines = rest.split(|byte| *byte == b'\n');
    let line = lines.next().unwrap_or(&[]);
    let mut words = line.split(u8::is_ascii_whitespace);
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    let dated = line.contains(&b':') && words.any(is_year);
    dated
        && lines.next().is_some_and(|header| {
            let name = header.split(|byte| *byte == b':').next().unwrap_or(&[]);
            !name.is_empty() && name.len() < header.len() && name.iter().all(u8::is_ascii_graphic)
        })
}

#[cfg(test)]
mod tests {
    use super::messages;

    #[test]
    fn a_mailbox_file_is_taken_apart_and_a_letter_is_not() {
        let one =
            "From a@b.example Mon Jul  6 10:00:00 2026\nFrom: a@b.example\nSubject: lunch\n\nHello.\n\n";
        let both = format!("{one}{}", one.replace("lunch", "pay"));
        assert_eq!(messages(both.as_bytes()).len(), 2);
        assert_eq!(messages(both.replace('\n', "\r\n").as_bytes()).len(), 2);
        let letter = format!("{one}From 10:00 on in 2026\nwe are open.\n");
        assert_eq!(messages(letter.as_bytes()).len(), 1);
        assert_eq!(messages(b"Subject: x\n\nFrom a 10:00 2026\nFrom: b\n").len(), 1);
    }
}
