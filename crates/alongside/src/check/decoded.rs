//! The words of a mail that is encoded (base64, quoted-printable), as its readers see them. Places stay those of the file.

use finding::Span;

/// What a mail says, with the place in the file of each of its characters.
pub(crate) struct Decoded {
    text: String,
    /// Where a character begins in `text`, and what it came from.
    places: Vec<(usize, Span)>,
}

impl Decoded {
    /// The words of an encoded mail; nothing where the file has them as they are.
    pub fn of(text: &str, format: lint::Format) -> Option<Decoded> {
        let encoded = || {
            let lower = text.to_ascii_lowercase();
            ["base64", "quoted-printable", "=?"].iter().any(|sign| lower.contains(sign))
        };
        if format != lint::Format::Mail || !encoded() {
            return None;
        }
        let prose = text::scope::read(text, format);
        let shown = prose.text.char_indices();
        let places = shown.map(|(at, char)| (at, prose.original(at..at + char.len_utf8()))).collect();
        Some(Decoded { places, text: prose.text.into_owned() })
    }

    /// All it says, and the bytes of it that stand at `span` of the file.
    pub fn at(&self, span: Span) -> Option<(&str, Span)> {
        let first = self.places.partition_point(|(_, from)| from.start < span.start);
        let within = self.places.get(first..)?;
        let count = within.iter().take_while(|(_, from)| from.end <= span.end).count();
        let start = within.first().filter(|_| count > 0)?.0;
        let end = within.get(count).map_or(self.text.len(), |(at, _)| *at);
        Some((&self.text, Span::new(start, end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_from_both_encodings() {
        for (name, body) in [
            ("base64", "SGVsbG8gYWxsLCBpdCBpcyB5b3VyIGx1bmNoIG5vdy4="),
            ("quoted-printable", "Hello all, it is your=\n lunch now."),
        ] {
            let mail = format!("Subject: Hi\nContent-Transfer-Encoding: {name}\n\n{body}\n");
            let prose = text::scope::read(&mail, lint::Format::Mail);
            let at = prose.text.find("your lunch").expect("it is there");
            let span = prose.original(at..at + "your lunch".len());
            let decoded = Decoded::of(&mail, lint::Format::Mail).expect("it is encoded");
            let (text, words) = decoded.at(span).expect("they are there");
            assert_eq!(words.of(text), Some("your lunch"), "{name}");
        }
    }
}
