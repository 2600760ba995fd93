//! Typographic marks: which are not read at all, and which read as a plainer one.

/// Marks that stand inside words without being read: soft hyphen, joiners, combining accents.
pub(crate) fn is_silent(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{300}'..='\u{36F}' | '\u{FE0F}')
}

/// Typographic marks as their plain kind, so that phrases need only one spelling.
pub(crate) fn plain_mark(char: char) -> char {
    match char {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' => '"',
        '\u{2013}' | '\u{2014}' => '-',
        '\u{3002}' => '.',
        '\u{FF01}' => '!',
        '\u{FF1F}' => '?',
        other => other,
    }
}
