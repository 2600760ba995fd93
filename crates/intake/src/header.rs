//! A small reader for header fields: enough for trace and list headers, bounded, never failing.
//!
//! It reads only what stands before the first empty line, so nothing inside a reported message is mistaken for ours.
//! Understanding a message is another crate's work.

/// At most this much of a message is looked at for headers, in octets.
const LONGEST_HEADER: usize = 256 * 1024;

/// At most this many fields are read.
const MOST_FIELDS: usize = 2_000;

/// One field: its name as written, and its value unfolded to one line with the outer spaces trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name before the colon.
    pub name: String,
    /// The value; octets that are not UTF-8 become U+FFFD.
    pub value: String,
}

impl Field {
    /// Whether the field has this name; names have no case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The header fields of a message, top first (RFC 5322 §2.2). Lines may end in CRLF or LF; a line that is neither a field
/// nor the continuation of one is passed over, as is an mbox `From ` line.
pub fn fields(raw: &[u8]) -> Vec<Field> {
    let head = raw.get(..LONGEST_HEADER).unwrap_or(raw);
    let mut fields: Vec<Field> = Vec::new();
    for line in head.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() || fields.len() == MOST_FIELDS {
            break;
        }
        let text = String::from_utf8_lossy(line);
        if text.starts_with([' ', '\t']) {
            if let Some(field) = fields.last_mut() {
                field.value.push(' ');
                field.value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            let name = name.trim_end();
            if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) {
                fields.push(Field { name: name.to_owned(), value: value.trim().to_owned() });
            }
        }
    }
    fields
}

/// The value of the topmost field of this name.
pub fn first<'a>(fields: &'a [Field], name: &str) -> Option<&'a str> {
    fields.iter().find(|field| field.is(name)).map(|field| field.value.as_str())
}

/// The single mail address in a `From`-like value: `Zoë <zoe@example.org>` or `zoe@example.org (Zoë)`. `None` where there is
/// none, or more than one and therefore no telling whom to write to.
pub fn single_address(value: &str) -> Option<String> {
    let mut mailboxes = mailboxes(value);
    let address = mailboxes.pop().flatten()?;
    mailboxes.is_empty().then_some(address)
}

/// The mail addresses in a `To`-like value, in their order; what cannot be read is left out.
pub fn addresses(value: &str) -> Vec<String> {
    mailboxes(value).into_iter().flatten().collect()
}

fn mailboxes(value: &str) -> Vec<Option<String>> {
    without_comments_and_quotes(value)
        .split([',', ';'])
        .map(str::trim)
        .filter(|mailbox| !mailbox.is_empty())
        .map(|mailbox| {
            let address = match mailbox.strip_suffix('>') {
                Some(bracketed) => bracketed.rsplit_once('<').map(|(_, address)| address)?,
                None => mailbox.rsplit_once(':').map_or(mailbox, |(_group, address)| address),
            };
            Some(address.trim()).filter(|address| crate::address::is_plain(address)).map(str::to_owned)
        })
        .collect()
}

/// A header value with `(comments)` and `"quoted strings"` taken out, so that what is left can be split at its separators.
fn without_comments_and_quotes(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted || depth > 0 => {
                characters.next();
            }
            '"' if depth == 0 => {
                quoted = !quoted;
                kept.push(' ');
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            _ if !quoted && depth == 0 => kept.push(character),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_unfolded_and_stop_at_the_empty_line() {
        let raw = b"Received: from a\r\n\tby b;\r\n  today\r\nnonsense\r\nX-Odd : 1\nSubject: \xffhi\r\n\r\nList-Id: body\r\n";
        let read = fields(raw);
        let shown: Vec<_> = read.iter().map(|field| format!("{}={}", field.name, field.value)).collect();
        assert_eq!(shown, ["Received=from a by b; today", "X-Odd=1", "Subject=\u{fffd}hi"]);
        assert_eq!(first(&read, "list-id"), None);
        assert_eq!(first(&read, "SUBJECT"), Some("\u{fffd}hi"));
    }

    #[test]
    fn a_hostile_header_costs_a_bounded_amount() {
        assert_eq!(fields(&b"a:1\n".repeat(1_000_000)).len(), MOST_FIELDS);
        let long = [b"Subject: ".as_slice(), &vec![b'x'; 10_000_000]].concat();
        assert!(first(&fields(&long), "subject").unwrap().len() < LONGEST_HEADER);
        assert_eq!(fields(b""), []);
    }

    #[test]
    fn the_single_address_is_found_or_not_guessed() {
        let check = |value: &str, expected: Option<&str>| {
            assert_eq!(single_address(value).as_deref(), expected, "{value}")
        };
        check("zoe@example.org", Some("zoe@example.org"));
        check("Zo\u{eb} <zoe@example.org>", Some("zoe@example.org"));
        check("\"<evil@x.test>, Zoe\" <zoe@example.org>", Some("zoe@example.org"));
        check("zoe@example.org (writes as <evil@x.test>)", Some("zoe@example.org"));
        check("a@example.org, b@example.org", None);
        check("a@evil.test <zoe@example.org>", Some("zoe@example.org"));
        check("<a@x.test> <b@x.test>", Some("b@x.test"));
        check("", None);
        check("Team: a@x.test;", Some("a@x.test"));
        check("nobody", None);
    }

    #[test]
    fn all_addresses_are_found() {
        let value = "\"Desk, the\" <Report@desk.example>, zoe@corp.example (Zoe, at work); nobody, Team: a@x.test, b@x.test;";
        assert_eq!(addresses(value), ["Report@desk.example", "zoe@corp.example", "a@x.test", "b@x.test"]);
        assert_eq!(addresses(""), Vec::<String>::new());
    }
}
