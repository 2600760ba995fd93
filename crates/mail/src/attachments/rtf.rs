//! The words of rich text (RTF), and the HTML that Outlook keeps inside it (MS-OXRTFEX). Linear and bounded.

/// Groups that hold no words.
static SILENT: [&str; 18] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "themedata",
    "colorschememapping",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "mmathpr",
    "latentstyles",
    "filetbl",
];

/// What a reader sees, at most `most` bytes.
pub(crate) fn words(source: &str, most: usize) -> String {
    read(source, most, Part::Words)
}

/// The HTML that rich text made from HTML (`\fromhtml1`) carries, if it is such.
pub(crate) fn html(source: &str, most: usize) -> Option<String> {
    let start = source.get(..source.floor_char_boundary(2_000)).unwrap_or_default();
    start.contains("\\fromhtml1").then(|| read(source, most, Part::Html))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Words,
    Html,
}

#[derive(Clone, Copy)]
struct Group {
    silent: bool,
    /// Characters that stand after a `\u` for readers that do not know it.
    fallback: usize,
}

fn read(source: &str, most: usize, part: Part) -> String {
    let mut out = String::new();
    let mut group = Group { silent: false, fallback: 1 };
    let mut outer: Vec<Group> = Vec::new();
    let mut skip = 0_usize;
    let mut hidden = false;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if out.len() >= most {
            break;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '{' => {
                if outer.len() < 200 {
                    outer.push(group);
                }
                skip = 0;
            }
            '}' => {
                group = outer.pop().unwrap_or(group);
                skip = 0;
            }
            '\\' => {
                let (word, value, after) = control(rest);
                rest = after;
                match word {
                    "*" => {
                        let (next, _, after) = control(rest.strip_prefix('\\').unwrap_or_default());
                        group.silent = !(part == Part::Html && next == "htmltag");
                        if !group.silent {
                            rest = after;
                        }
                    }
                    "'" => {
                        let code = rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                        rest = rest.get(2..).unwrap_or_default();
                        if skip > 0 {
                            skip -= 1;
                        } else if let Some(code) = code.filter(|_| !group.silent && !hidden) {
                            out.push(windows_1252(code));
                        }
                    }
                    "u" => {
                        let code = value.unwrap_or(0);
                        let unit =
                            u32::try_from(if code < 0 { code + 65_536 } else { code }).unwrap_or(0xfffd);
                        if !group.silent && !hidden {
                            out.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
                        }
                        skip = group.fallback;
                    }
                    "uc" => {
                        group.fallback =
                            value.and_then(|value| usize::try_from(value).ok()).unwrap_or(1).min(8)
                    }
                    "par" | "line" | "row" if !(group.silent || part == Part::Html && hidden) => {
                        out.push('\n');
                    }
                    "tab" | "cell" if !group.silent && !hidden => out.push('\t'),
                    "htmlrtf" => hidden = part == Part::Html && value != Some(0),
                    "\\" | "{" | "}" if !group.silent && !hidden => out.push_str(word),
                    "~" if !group.silent && !hidden => out.push(' '),
                    "bin" => {
                        let length = value.and_then(|value| usize::try_from(value).ok()).unwrap_or(0);
                        rest = rest.get(rest.floor_char_boundary(length)..).unwrap_or_default();
                    }
                    word if SILENT.contains(&word) => group.silent = true,
                    _ => {}
                }
            }
            '\r' | '\n' => {}
            _ if skip > 0 => skip -= 1,
            _ if group.silent || hidden => {}
            _ => out.push(c),
        }
    }
    out
}

/// The control word at the start of `rest` (after its backslash): its name, its number, and what follows.
fn control(rest: &str) -> (&str, Option<i32>, &str) {
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    if letters == 0 {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        return (rest.get(..first).unwrap_or_default(), None, rest.get(first..).unwrap_or_default());
    }
    let (word, after) = rest.split_at_checked(letters).unwrap_or((rest, ""));
    let sign = usize::from(after.starts_with('-'));
    let digits =
        after.get(sign..).map_or(0, |part| part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len()));
    let number = if digits == 0 { None } else { after.get(..sign + digits) };
    let after = after.get(number.map_or(0, str::len)..).unwrap_or_default();
    (word, number.and_then(|number| number.parse().ok()), after.strip_prefix(' ').unwrap_or(after))
}

/// A byte of the usual Windows character set.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_out_of_rich_text() {
        let source =
            r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}\f0 Hall\'f6 \u8364?\par \{a\}\tab b}";
        assert_eq!(words(source, 1000), "Hallö €\n{a}\tb");
        assert_eq!(words(&"{".repeat(100_000), 1000), "");
        assert_eq!(words("\\'", 10), "");
    }

    #[test]
    fn html_comes_out_of_the_rich_text_that_outlook_wraps_around_it() {
        let source = r"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hi \htmlrtf\par\htmlrtf0{\*\htmltag72 </p>}}";
        assert_eq!(html(source, 1000).as_deref(), Some("<p>Hi </p>"));
        assert_eq!(html(r"{\rtf1 x}", 1000), None);
    }
}
