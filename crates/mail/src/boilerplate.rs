//! Lines that an organisation's mail system puts around every message, such as a warning about mail from outside, and the notices that
//! senders put below theirs. They say nothing of what the message itself is: many that have nothing in common stand under the same ones.

use crate::fold;

/// So many bytes of a text are looked through.
const MOST_BYTES: usize = 256 << 10;
/// So many lines and sentences of it are compared.
const MOST_PIECES: usize = 5_000;
/// A usual sentence is no longer than this, folded: a text without an end is not looked through for each mark.
const LONGEST: usize = 600;

/// The text as it is compared: folded, without the sentences that stand in everybody's mail.
pub(crate) fn without_usual_lines(text: &str) -> String {
    let pieces: Vec<String> = crate::parse::head(text, MOST_BYTES)
        .lines()
        .flat_map(sentences)
        .map(|piece| fold::fold(piece).text.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .take(MOST_PIECES)
        .collect();
    let mut kept = String::new();
    let mut after_broken = false;
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1).map_or("", String::as_str);
        let broken = !is_usual(next) && is_usual(&format!("{piece} {next}"));
        if !(after_broken || is_usual(piece) || broken) {
            kept.push_str(piece);
            kept.push(' ');
        }
        // What is broken over two lines is usual in both.
        after_broken = broken && !is_usual(piece);
    }
    kept
}

/// A line in its sentences. A dot within an address ends none.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(end) = rest.match_indices(' ').map(|(at, _)| at).find(|at| ends_sentence(rest, *at)) {
        let (sentence, after) = rest.split_at(end);
        found.push(sentence);
        rest = after.trim_start_matches(' ');
    }
    found.push(rest);
    found
}

fn ends_sentence(line: &str, at: usize) -> bool {
    line.get(..at).is_some_and(|before| before.ends_with(['.', '!', '?']))
}

fn is_usual(piece: &str) -> bool {
    piece.len() <= LONGEST && MARKS.iter().any(|mark| piece.contains(mark))
}

/// What such sentences hold, folded.
const MARKS: [&str; 70] = [
    // Warnings about mail from outside.
    "originated from outside",
    "originated outside",
    "originates from outside",
    "originating from outside",
    "came from outside",
    "comes from outside",
    "sent from outside",
    "from an external s",
    "from outside of the org",
    "from outside the org",
    "outside of your org",
    "outside your org",
    "external email",
    "external e-mail",
    "external sender",
    "recognize the sender",
    "recognise the sender",
    "know the sender",
    "trust the sender",
    "the content is safe",
    "the content is trustworthy",
    "open attachments unless",
    "you don't often get email from",
    "learn why this is important",
    "von ausserhalb",
    "ausserhalb der organisation",
    "ausserhalb des unternehmens",
    "ausserhalb unserer",
    "externe e-mail",
    "externe mail",
    "externer absender",
    "externen absender",
    "absender kennen",
    "absender nicht kennen",
    "absender vertrauen",
    "absender bekannt ist",
    "inhalt sicher ist",
    "inhalt vertrauenswurdig",
    "sie erhalten nicht haufig e-mails",
    "erfahren sie, warum dies wichtig ist",
    // Notices below a message.
    "intended recipient",
    "intended solely for",
    "intended only for",
    "solely for the use of",
    "confidential and",
    "and confidential",
    "contain confidential",
    "legally privileged",
    "received this email in error",
    "received this e-mail in error",
    "received this message in error",
    "is strictly prohibited",
    "before printing this e",
    "consider the environment",
    "registered office",
    "registered in england",
    "vertrauliche und",
    "vertrauliche informationen",
    "rechtlich geschutzte",
    "der richtige adressat",
    "vorgesehene empfanger",
    "irrtumlich erhalten",
    "vernichten sie diese",
    "das unerlaubte kopieren",
    "handelsregister",
    "registergericht",
    " hrb ",
    "geschaftsfuhrer:",
    "geschaftsfuhrerin:",
    "geschaftsfuhrung:",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(without_usual_lines(text).trim(), expected, "{text}");
    }

    #[test]
    fn what_stands_around_every_message_is_left_out() {
        check(
            "CAUTION: This email originated from outside of Harbour Works. Do not click links or open attachments unless you recognize the sender and know the content is safe.\n\nHi Kim, are you there?",
            "hi kim, are you there?",
        );
        check("CAUTION: This email originated from\noutside of Harbour Works.\nPay now.", "pay now.");
        check(
            "ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation. Öffnen Sie keine Anhänge, wenn Sie den Absender nicht kennen, oder klicken Sie nur, wenn der Inhalt sicher ist.\nIhr Paket wartet.",
            "ihr paket wartet.",
        );
        check(
            "The invoice is open.\n--\nThis message is intended only for its reader. If you have received this e-mail in error, delete it.\nSitz: Bremen, Amtsgericht Bremen HRB 1, Geschäftsführerin: Ada Lind",
            "the invoice is open. --",
        );
    }

    #[test]
    fn what_the_message_says_itself_stays() {
        check(
            "Pay at https://a.example/b.php now. Thank you!",
            "pay at https://a.example/b.php now. thank you!",
        );
        check("", "");
    }
}
