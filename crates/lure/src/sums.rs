//! Sums of money too large for everyday mail, as people write them: `€ 100.000.000`, `375 000,00 $`, `1,5 Millionen Euro`.

/// From this sum on it is more than any bill or wage.
const LARGE: f64 = 100_000.0;

/// How many bytes a currency or `million` may stand from the number.
const REACH: usize = 28;

/// Whether a large sum with its currency stands in the text.
pub(crate) fn has_large(text: &str) -> bool {
    let text = text.get(..text.floor_char_boundary(crate::fold::LONGEST)).unwrap_or_default();
    let mut rest = 0;
    while let Some(found) = text.get(rest..).and_then(|tail| tail.find(|c: char| c.is_ascii_digit())) {
        let start = rest + found;
        let written = written_number(text.get(start..).unwrap_or_default());
        rest = start + written.len().max(1);
        let from = text.floor_char_boundary(start.saturating_sub(REACH / 2));
        let to = text.floor_char_boundary((rest + REACH).min(text.len()));
        let before = text.get(from..start).unwrap_or_default().to_lowercase();
        let after = text.get(rest..to).unwrap_or_default().to_lowercase();
        let times = if after_begins(&after, MILLIONS) { 1_000_000.0 } else { 1.0 };
        if value(written) * times >= LARGE
            && (before_ends(&before, CURRENCIES)
                || after_begins(&after, CURRENCIES)
                || names_currency(&after))
        {
            return true;
        }
    }
    false
}

const MILLIONS: &[&str] = &["million", "milli", "milhõ", "miljoen", "mio", "m usd", "m eur", "m $"];

const CURRENCIES: &[&str] = &[
    "$", "€", "£", "usd", "eur", "gbp", "chf", "us$", "dollar", "euro", "pound", "livres", "r$", "reais",
    "franc", "pfund",
];

fn before_ends(before: &str, words: &[&str]) -> bool {
    let before = before.trim_end_matches([' ', '\u{a0}', '(']);
    words.iter().any(|word| before.ends_with(word))
}

fn after_begins(after: &str, words: &[&str]) -> bool {
    let after = after.trim_start_matches([' ', '\u{a0}', '(', '.', ',']);
    words.iter().any(|word| after.starts_with(word))
}

/// `3 million euros`, `1,5 Millionen US-Dollar`, `2 millions de dollars`.
fn names_currency(after: &str) -> bool {
    after_begins(after, MILLIONS) && CURRENCIES.iter().any(|word| after.contains(word))
}

/// Digits with the marks that part them; a space parts only groups of three.
fn written_number(text: &str) -> &str {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    loop {
        if digit(end) {
            end += 1;
            continue;
        }
        let parts = match bytes.get(end) {
            Some(b'.' | b',' | b'\'') => digit(end + 1),
            Some(b' ') => (1..=3).all(|next| digit(end + next)) && !digit(end + 4),
            _ => false,
        };
        if !parts {
            return text.get(..end).unwrap_or_default();
        }
        end += 1;
    }
}

fn value(written: &str) -> f64 {
    // One or two digits after the last mark are cents, or tenths of a million.
    let cents = written.rsplit_once(['.', ',']).filter(|(_, tail)| tail.len() < 3);
    let (whole, part) = cents.unwrap_or((written, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).take(18).collect::<String>();
    format!("{}.{}", digits(whole), digits(part)).parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::has_large;

    #[test]
    fn large_sums_are_seen_in_every_way_of_writing_them() {
        for text in [
            "€ 250.000.000?",
            "the sum of US$ 8,400,000.00 only",
            "une somme de 420 000,00 $",
            "1.750.000,00 Euro zu spenden",
            "2,5 Millionen Euro",
            "a prize of $2million",
            "GBP 600,000",
            "3 milhões de dólares, 300.000 reais",
            "4,7 miljoen euro",
            "2 millions d'euros",
        ] {
            assert!(has_large(text), "{text}");
        }
    }

    #[test]
    fn bills_wages_and_other_numbers_are_no_large_sums() {
        for text in [
            "924,20 Euro",
            "$1,299.00",
            "1 250 000 people",
            "call +44 20 7946 0018",
            "in 2025 we had 48.000 Euro",
            "2 million visitors",
            "order 48151623 for 20 EUR",
            "",
        ] {
            assert!(!has_large(text), "{text}");
        }
    }
}
