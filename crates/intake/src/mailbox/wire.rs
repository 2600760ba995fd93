//! IMAP's wire format, as much of it as reading a mailbox needs: what to send, and what an answer says. Pure functions.
//!
//! Our own few functions rather than a client library: the one at hand has no bound on what it keeps in memory, gives up
//! a session on any answer it does not know, and puts the mail itself into its error messages and trace log.

use std::collections::BTreeSet;

/// One piece of an answer: a line's text, and the literal that follows it, if any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Piece {
    /// The text without line end and without the `{n}` that announces a literal.
    pub(super) text: Vec<u8>,
    pub(super) literal: Option<Vec<u8>>,
}

/// One answer of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) pieces: Vec<Piece>,
}

/// How a command ended, or that it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    /// `+`: go on.
    GoOn,
    /// The tagged OK, with its words.
    Ok(String),
    /// The tagged NO or BAD, with its words.
    No(String),
    /// An untagged BYE: the server is closing.
    Bye,
    /// Any other untagged answer.
    Untagged,
}

/// What a FETCH answer says about one message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fetched {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) body: Option<Vec<u8>>,
}

/// The length in octets of the literal a line announces at its end: `{42}`, `{42+}` or `~{42}`.
pub(super) fn announced_literal(line: &[u8]) -> Option<(usize, usize)> {
    let inner = line.strip_suffix(b"}")?;
    let start = memchr::memrchr(b'{', inner)?;
    let digits = inner.get(start + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let length = std::str::from_utf8(digits)
        .ok()?
        .parse()
        .ok()
        .filter(|_| digits.first().is_some_and(u8::is_ascii_digit))?;
    Some((start, length))
}

impl Answer {
    /// What kind of answer this is to the command with this tag.
    pub(super) fn status(&self, tag: &str) -> Status {
        let line = self.first_line();
        if line.starts_with('+') {
            return Status::GoOn;
        }
        let (first, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let (word, words) = rest.split_once(' ').unwrap_or((rest, ""));
        match (first == tag, word.to_ascii_uppercase().as_str()) {
            (true, "OK") => Status::Ok(words.to_owned()),
            (true, _) => Status::No(printable(words)),
            (false, "BYE") => Status::Bye,
            (false, _) => Status::Untagged,
        }
    }

    /// The words after `* NAME `, if this is that untagged answer.
    pub(super) fn untagged(&self, name: &str) -> Option<String> {
        let line = self.first_line();
        let rest = line.strip_prefix("* ")?;
        let (word, words) = rest.split_once(' ').unwrap_or((rest, ""));
        word.eq_ignore_ascii_case(name).then(|| words.to_owned())
    }

    /// Whether the server says that there are (new) messages.
    pub(super) fn tells_of_messages(&self) -> bool {
        let line = self.first_line().to_ascii_uppercase();
        line.strip_prefix("* ").and_then(|rest| rest.split_once(' ')).is_some_and(|(number, word)| {
            number.bytes().all(|byte| byte.is_ascii_digit()) && word.trim() == "EXISTS"
        })
    }

    /// The value of a response code such as `[UIDVALIDITY 7]`.
    pub(super) fn code(&self, name: &str) -> Option<String> {
        let line = self.first_line();
        let (_, rest) = line.split_once('[')?;
        let (code, _) = rest.split_once(']')?;
        let (word, value) = code.split_once(' ').unwrap_or((code, ""));
        word.eq_ignore_ascii_case(name).then(|| value.to_owned())
    }

    /// The numbers of a `* SEARCH` answer, lowest first.
    pub(super) fn found(&self) -> Option<BTreeSet<u32>> {
        let words = self.untagged("SEARCH")?;
        Some(words.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect())
    }

    /// What a `* n FETCH (…)` answer says.
    pub(super) fn fetched(self) -> Option<Fetched> {
        let mut tokens = tokens(self.pieces).into_iter();
        let is_fetch = tokens.next().is_some_and(|token| token.is("*"))
            && tokens.next().is_some()
            && tokens.next().is_some_and(|token| token.is("FETCH"))
            && tokens.next() == Some(Token::Open);
        if !is_fetch {
            return None;
        }
        let mut fetched = Fetched::default();
        while let Some(Token::Atom(name)) = tokens.next() {
            let value = tokens.next()?;
            let mut depth = usize::from(value == Token::Open);
            while depth > 0 {
                match tokens.next()? {
                    Token::Open => depth += 1,
                    Token::Close => depth -= 1,
                    Token::Atom(_) | Token::Text(_) => {}
                }
            }
            match (name.to_ascii_uppercase().as_str(), value) {
                ("UID", Token::Atom(number)) => fetched.uid = number.parse().ok(),
                ("RFC822.SIZE", Token::Atom(number)) => fetched.size = number.parse().ok(),
                (name, Token::Text(body)) if name.starts_with("BODY[]") => fetched.body = Some(body),
                (name, Token::Atom(nil)) if name.starts_with("BODY[]") && nil.eq_ignore_ascii_case("NIL") => {
                    fetched.body = Some(Vec::new());
                }
                _ => {}
            }
        }
        Some(fetched)
    }

    fn first_line(&self) -> String {
        self.pieces.first().map(|piece| String::from_utf8_lossy(&piece.text).into_owned()).unwrap_or_default()
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Atom(String),
    Text(Vec<u8>),
    Open,
    Close,
}

impl Token {
    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Atom(atom) if atom.eq_ignore_ascii_case(word))
    }
}

fn tokens(pieces: Vec<Piece>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for piece in pieces {
        let mut octets = piece.text.iter().copied().peekable();
        while let Some(octet) = octets.next() {
            match octet {
                b' ' => {}
                b'(' => tokens.push(Token::Open),
                b')' => tokens.push(Token::Close),
                b'"' => {
                    let mut text = Vec::new();
                    while let Some(octet) = octets.next() {
                        match octet {
                            b'"' => break,
                            b'\\' => text.extend(octets.next()),
                            _ => text.push(octet),
                        }
                    }
                    tokens.push(Token::Text(text));
                }
                _ => {
                    let mut atom = vec![octet];
                    let mut bracketed = octet == b'[';
                    while let Some(octet) = octets.next_if(|octet| bracketed || !b" ()\"".contains(octet)) {
                        bracketed = octet == b'[' || bracketed && octet != b']';
                        atom.push(octet);
                    }
                    tokens.push(Token::Atom(String::from_utf8_lossy(&atom).into_owned()));
                }
            }
        }
        if let Some(literal) = piece.literal {
            tokens.push(Token::Text(literal));
        }
    }
    tokens
}

/// A string as IMAP wants it in a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// Can stand in the line, in quotes.
    Quoted(String),
    /// Must be sent as a literal.
    Literal(Vec<u8>),
}

/// The string as an argument; `None` if it has a NUL or a line end, which no name and no password should.
pub(super) fn argument(text: &str) -> Option<Argument> {
    if text.contains(['\0', '\r', '\n']) {
        None
    } else if text.is_ascii() && text.len() < 1000 {
        Some(Argument::Quoted(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))))
    } else {
        Some(Argument::Literal(text.as_bytes().to_vec()))
    }
}

/// A folder's name in modified UTF-7 (RFC 3501 §5.1.3), which servers before IMAP4rev2 want.
pub(super) fn folder_name(name: &str) -> String {
    let mut encoded = String::new();
    let mut shifted: Vec<u8> = Vec::new();
    for character in name.chars() {
        if character.is_ascii_graphic() || character == ' ' {
            unshift(&mut shifted, &mut encoded);
            encoded.push(character);
            if character == '&' {
                encoded.push('-');
            }
        } else {
            shifted.extend(character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    unshift(&mut shifted, &mut encoded);
    encoded
}

fn unshift(shifted: &mut Vec<u8>, encoded: &mut String) {
    if !shifted.is_empty() {
        let base64 = base64(shifted).trim_end_matches('=').replace('/', ",");
        encoded.push_str(&format!("&{base64}-"));
        shifted.clear();
    }
}

/// Base64 (RFC 4648 §4), for folder names and access tokens.
pub(super) fn base64(octets: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::with_capacity(octets.len().div_ceil(3) * 4);
    for chunk in octets.chunks(3) {
        let bits = chunk
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (at, &octet)| bits | u32::from(octet) << (16 - 8 * at));
        for at in 0..4 {
            let digit = ALPHABET.get((bits >> (18 - 6 * at)) as usize & 63).copied().unwrap_or(b'=');
            encoded.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    encoded
}

/// A server's words, made harmless for a log line.
fn printable(words: &str) -> String {
    words.chars().map(|character| if character.is_control() { ' ' } else { character }).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(line: &str) -> Answer {
        Answer { pieces: vec![Piece { text: line.as_bytes().to_vec(), literal: None }] }
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(answer("a1 OK [READ-WRITE] Done").status("a1"), Status::Ok("[READ-WRITE] Done".into()));
        assert_eq!(answer("a1 NO no\u{7} such folder").status("a1"), Status::No("no  such folder".into()));
        assert_eq!(answer("a1 BAD what").status("a1"), Status::No("what".into()));
        assert_eq!(answer("a1").status("a1"), Status::No(String::new()));
        assert_eq!(answer("a2 OK other").status("a1"), Status::Untagged);
        assert_eq!(answer("+ idling").status("a1"), Status::GoOn);
        assert_eq!(answer("+").status("a1"), Status::GoOn);
        assert_eq!(answer("* BYE see you").status("a1"), Status::Bye);
        assert_eq!(answer("* 3 EXISTS").status("a1"), Status::Untagged);
        assert_eq!(answer("").status("a1"), Status::Untagged);
    }

    #[test]
    fn untagged_answers_are_read() {
        assert_eq!(answer("* search 9 3 x 4294967296 7").found(), Some(BTreeSet::from([3, 7, 9])));
        assert_eq!(answer("* SEARCH").found(), Some(BTreeSet::new()));
        assert_eq!(answer("* 3 FETCH (UID 3)").found(), None);
        assert!(answer("* 12 exists").tells_of_messages());
        assert!(!answer("* 12 EXPUNGE").tells_of_messages() && !answer("* x EXISTS").tells_of_messages());
        assert_eq!(answer("* OK [UIDVALIDITY 77] ok").code("uidvalidity").as_deref(), Some("77"));
        assert_eq!(answer("a3 NO [TRYCREATE] no such folder").code("TRYCREATE").as_deref(), Some(""));
        assert_eq!(answer("* OK nothing").code("UIDVALIDITY"), None);
    }

    #[test]
    fn literals_are_announced() {
        assert_eq!(announced_literal(b"* 1 FETCH (BODY[] {42}"), Some((18, 42)));
        assert_eq!(announced_literal(b"~{7+}"), Some((1, 7)));
        for not in [b"{}".as_slice(), b"{x}", b"{+5}", b"42}", b"{42", b"", b"{99999999999999999999999}"] {
            assert_eq!(announced_literal(not), None, "{}", not.escape_ascii());
        }
    }

    #[test]
    fn a_fetched_message_is_read_however_it_is_sent() {
        let piece = |text: &str, literal: Option<&str>| Piece {
            text: text.as_bytes().to_vec(),
            literal: literal.map(|literal| literal.as_bytes().to_vec()),
        };
        let expected = Fetched { uid: Some(7), size: Some(12), body: Some(b"From: (a) \"".to_vec()) };
        let fetched = |pieces: Vec<Piece>| Answer { pieces }.fetched();
        let literal = vec![
            piece("* 1 FETCH (FLAGS (\\Seen (odd) $X) RFC822.SIZE 12 UID 7 BODY[]<0> ", Some("From: (a) \"")),
            piece(")", None),
        ];
        assert_eq!(fetched(literal), Some(expected.clone()));
        let first =
            vec![piece("* 1 fetch (BODY[] ", Some("From: (a) \"")), piece(" uid 7 rfc822.size 12)", None)];
        assert_eq!(fetched(first), Some(expected.clone()));
        let quoted = vec![piece("* 1 FETCH (UID 7 BODY[] \"From: (a) \\\"\" RFC822.SIZE 12)", None)];
        assert_eq!(fetched(quoted), Some(expected));
        let nil = vec![piece("* 1 FETCH (UID 7 BODY[] NIL)", None)];
        assert_eq!(fetched(nil), Some(Fetched { uid: Some(7), size: None, body: Some(vec![]) }));
        for odd in [
            "",
            "*",
            "* 1 FETCH",
            "* 1 FETCH UID 7",
            "* 1 EXISTS",
            "* 1 FETCH (UID",
            "* 1 FETCH (FLAGS ((((",
            "a OK FETCH (",
        ] {
            assert!(
                fetched(vec![piece(odd, None)]).is_none_or(|fetched| fetched == Fetched::default()),
                "{odd}"
            );
        }
    }

    #[test]
    fn arguments_are_quoted_or_sent_as_literals() {
        assert_eq!(argument("a \"b\\c"), Some(Argument::Quoted("\"a \\\"b\\\\c\"".into())));
        assert_eq!(argument("p\u{e4}ss"), Some(Argument::Literal("p\u{e4}ss".as_bytes().to_vec())));
        assert_eq!(argument("a\r\nb LOGOUT"), None);
        assert_eq!(argument("a\0"), None);
    }

    /// The examples of RFC 3501 §5.1.3 and RFC 4648 §10.
    #[test]
    fn names_and_tokens_are_encoded() {
        assert_eq!(
            folder_name("~peter/mail/\u{53f0}\u{5317}/\u{65e5}\u{672c}\u{8a9e}"),
            "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
        );
        assert_eq!(folder_name("R&D \u{fc}"), "R&-D &APw-");
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
