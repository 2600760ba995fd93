//! Reads one phrase, such as `you _2 (failed|neglected) to`, into its parts. Used when the crate is built and for a profile's own words.

/// One part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One word or mark, as written.
    Word(String),
    /// `<name>`: a word list.
    List(String),
    /// `word*`: every word that begins so.
    Prefix(String),
    /// `word~`: the word and its usual endings.
    Inflected(String),
    /// `_`, `_3`, `_1-3`: between so many and so many words.
    Gap(u8, u8),
    /// `{…}`: a kind of word.
    Shape(Shape),
    /// `^`
    Start,
    /// `$`
    End,
    /// `(a|b c)`; `[a]` is `(a|)`.
    Either(Vec<Vec<Part>>),
}

/// A kind of word rather than a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Number,
    Link,
    Object,
    Acronym,
    Name,
}

/// Reads a phrase. The error says what is wrong with it.
pub fn parse(phrase: &str) -> Result<Vec<Part>, String> {
    let mut reader = Reader { rest: phrase, phrase };
    let parts = reader.row()?;
    if !reader.rest.is_empty() {
        return Err(format!("`{phrase}`: there is a bracket too many before `{}`", reader.rest));
    }
    match parts.first() {
        None => Err(format!("`{phrase}` is empty")),
        Some(Part::Gap(..)) => Err(format!("`{phrase}` begins with a gap; begin with a word")),
        _ => Ok(parts),
    }
}

struct Reader<'a> {
    rest: &'a str,
    phrase: &'a str,
}

impl Reader<'_> {
    /// Reads up to the end, a closing bracket or a bar.
    fn row(&mut self) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else { return Ok(parts) };
            match first {
                ')' | ']' | '|' => return Ok(parts),
                '(' => parts.push(Part::Either(self.choices(')')?)),
                '[' => {
                    let mut choices = self.choices(']')?;
                    choices.push(Vec::new());
                    parts.push(Part::Either(choices));
                }
                '<' => parts.push(Part::List(self.until('>')?)),
                '{' => {
                    let name = self.until('}')?;
                    parts.push(match name.as_str() {
                        "number" => Part::Shape(Shape::Number),
                        "url" => Part::Shape(Shape::Link),
                        "code" => Part::Shape(Shape::Object),
                        "acronym" => Part::Shape(Shape::Acronym),
                        "name" => Part::Shape(Shape::Name),
                        "any" => Part::Gap(1, 1),
                        other => return Err(format!("`{}`: there is no `{{{other}}}`", self.phrase)),
                    });
                }
                '^' => {
                    self.skip(first);
                    parts.push(Part::Start);
                }
                '$' => {
                    self.skip(first);
                    parts.push(Part::End);
                }
                '\\' => {
                    self.skip(first);
                    let mark =
                        self.rest.chars().next().ok_or_else(|| format!("`{}` ends in `\\`", self.phrase))?;
                    self.skip(mark);
                    parts.push(Part::Word(mark.to_string()));
                }
                '_' => parts.push(self.gap()?),
                _ => parts.push(self.word()),
            }
        }
    }

    fn skip(&mut self, char: char) {
        self.rest = self.rest.get(char.len_utf8()..).unwrap_or("");
    }

    fn choices(&mut self, close: char) -> Result<Vec<Vec<Part>>, String> {
        let mut choices = Vec::new();
        loop {
            self.rest = self.rest.get(1..).unwrap_or("");
            choices.push(self.row()?);
            if self.rest.starts_with('|') {
                continue;
            }
            if !self.rest.starts_with(close) {
                return Err(format!("`{}`: a `{close}` is missing", self.phrase));
            }
            self.rest = self.rest.get(1..).unwrap_or("");
            return Ok(choices);
        }
    }

    fn until(&mut self, close: char) -> Result<String, String> {
        let end =
            self.rest.find(close).ok_or_else(|| format!("`{}`: a `{close}` is missing", self.phrase))?;
        let name = self.rest.get(1..end).unwrap_or("").trim().to_string();
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        Ok(name)
    }

    fn gap(&mut self) -> Result<Part, String> {
        let end = self
            .rest
            .find(|char: char| !(char == '_' || char == '-' || char.is_ascii_digit()))
            .unwrap_or(self.rest.len());
        let text = self.rest.get(1..end).unwrap_or("");
        self.rest = self.rest.get(end..).unwrap_or("");
        let number =
            |text: &str| text.parse::<u8>().map_err(|_| format!("`{}`: `_{text}` is not a gap", self.phrase));
        let (least, most) = match text.split_once('-') {
            _ if text.is_empty() => (1, 1),
            Some((least, most)) => (number(least)?, number(most)?),
            None => (0, number(text)?),
        };
        if most > 8 || least > most {
            return Err(format!("`{}`: a gap holds at most eight words", self.phrase));
        }
        Ok(Part::Gap(least, most))
    }

    fn word(&mut self) -> Part {
        let end = self
            .rest
            .char_indices()
            .find(|(_, char)| {
                char.is_whitespace()
                    || matches!(char, '(' | ')' | '[' | ']' | '|' | '<' | '{' | ',' | '!' | '?' | ';' | '\\')
            })
            .map_or(self.rest.len(), |(at, char)| if at == 0 { char.len_utf8() } else { at });
        let word = self.rest.get(..end).unwrap_or("").to_string();
        self.rest = self.rest.get(end..).unwrap_or("");
        if let Some(stem) = word.strip_suffix('~') {
            return Part::Inflected(stem.to_string());
        }
        match word.strip_suffix('*') {
            Some(begin) if !begin.is_empty() => Part::Prefix(begin.to_lowercase()),
            _ => Part::Word(word),
        }
    }
}
