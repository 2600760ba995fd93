//! Reads the addresses of a copied header, in all the ways mail programs write them.

use crate::message::Mailbox;

/// Recipients kept.
const MOST: usize = 200;

/// A list of mailboxes, parted by commas or semicolons.
pub(super) fn list(value: &str) -> Vec<Mailbox> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let (mut quoted, mut depth) = (false, 0_u32);
    let semicolons = value.contains(';');
    for c in value.chars().take(64 * 1024) {
        match c {
            '"' => quoted = !quoted,
            '<' | '[' | '(' => depth += 1,
            '>' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts = c == ';' || c == ',' && !semicolons && piece.contains('@');
        if parts && !quoted && depth == 0 {
            pieces.push(std::mem::take(&mut piece));
        } else {
            piece.push(c);
        }
        if pieces.len() >= MOST {
            break;
        }
    }
    pieces.push(piece);
    pieces.iter().filter_map(|piece| one(piece)).take(MOST).collect()
}

/// One mailbox: `Name <a@b>`, `Name [mailto:a@b]`, `a@b <mailto:a@b>`, `"Name" a@b`, or a name alone.
pub(super) fn one(value: &str) -> Option<Mailbox> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let at = |piece: &&str| piece.contains('@');
    let pieces: Vec<&str> =
        value.split(['<', '>', '[', ']', '(', ')', '"', '«', '»']).take(64).map(str::trim).collect();
    let word =
        |piece: &&str| piece.split_whitespace().rev().find(|word| word.contains('@')).map(str::to_owned);
    // The address stands in the last bracket that holds one: what comes before may be a name made to look like one.
    let address = pieces.iter().rev().filter(|piece| at(piece)).find_map(word).unwrap_or_default();
    let address =
        address.trim_start_matches("mailto:").trim_matches(['.', ',', ';', '\'', ':', '*']).to_lowercase();
    let before = value.split(['<', '[']).next().unwrap_or_default();
    let name = before
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '*' | ',' | ';' | '«' | '»'));
    let name = if name.to_lowercase() == address { "" } else { name };
    let name = if value == before && !address.is_empty() { without(name, &address) } else { name.to_owned() };
    let name = name.get(..name.floor_char_boundary(300)).map(str::to_owned).filter(|name| !name.is_empty());
    if name.is_none() && address.is_empty() {
        return None;
    }
    Some(Mailbox { name, address: address.chars().take(320).collect() })
}

/// `Name a@b` without its address.
fn without(name: &str, address: &str) -> String {
    let words = name.split_whitespace().filter(|word| !word.to_lowercase().contains(address));
    words.collect::<Vec<_>>().join(" ").trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, name: Option<&str>, address: &str) {
        let expected = Mailbox { name: name.map(str::to_owned), address: address.to_owned() };
        assert_eq!(one(value), Some(expected), "{value}");
    }

    #[test]
    fn addresses_are_read_in_every_spelling() {
        check("Ada Lin <Ada@Example.org>", Some("Ada Lin"), "ada@example.org");
        check("\"Lin, Ada\" <ada@example.org>", Some("Lin, Ada"), "ada@example.org");
        check("Ada Lin [mailto:ada@example.org]", Some("Ada Lin"), "ada@example.org");
        check("ada@example.org", None, "ada@example.org");
        check("ada@example.org <mailto:ada@example.org>", None, "ada@example.org");
        check("Ada <ada@example.org<mailto:ada@example.org>>", Some("Ada"), "ada@example.org");
        check("Ada Lin ada@example.org", Some("Ada Lin"), "ada@example.org");
        check("Ada Lin", Some("Ada Lin"), "");
        check("help@bank.example <x@evil.example>", Some("help@bank.example"), "x@evil.example");
    }

    #[test]
    fn lists_part_at_commas_and_semicolons() {
        let both = |value: &str| list(value).into_iter().map(|one| one.address).collect::<Vec<_>>();
        assert_eq!(both("A <a@x.example>, B <b@x.example>"), ["a@x.example", "b@x.example"]);
        assert_eq!(both("Lin, A <a@x.example>; Ro, B <b@x.example>"), ["a@x.example", "b@x.example"]);
        assert_eq!(both("\"Lin, A\" <a@x.example>, b@x.example"), ["a@x.example", "b@x.example"]);
    }
}
