//! What somebody wrote above, below or between the lines of the letter of ours that they answer. Mail programs put a line before
//! what they quote, in their own language, often broken in two; from there on it is our letter, with its signed address and
//! private link, but for what stands between its marked lines.
//! Nothing is lost by a wrong cut: the whole mail is kept as a file.

/// Words that begin the line before a quote, and the word for "wrote" in it.
const HEADS: [(&str, &str); 7] = [
    ("on ", "wrote"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió"),
    ("em ", "escreveu"),
    ("às ", "escreveu"),
    ("op ", "schreef"),
];

/// What stands between dashes above a quoted message.
const SEPARATORS: [&str; 5] = ["original", "ursprüngliche", "origine", "oorspronkelijk", "reply above"];

/// A head says on which day and at what time: at least so many digits.
const LEAST_DIGITS: usize = 4;
/// A head is broken over at most so many lines.
const MOST_LINES: usize = 3;

/// The words above the quote and between its lines, without a signature. `desk` is the address our letters come from.
/// `names` are those that our letters come under.
pub(super) fn above_quote(text: &str, desk: &str, names: &[String]) -> String {
    let desk = desk.to_lowercase();
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_lowercase()).collect();
    let end = (0..lines.len())
        .find(|at| lines.get(*at..).is_some_and(|rest| begins_quote(rest, &desk, &names)))
        .unwrap_or(lines.len());
    let above = text.lines().take(end).map(str::trim_end).filter(|line| !line.starts_with('>'));
    let mut kept: Vec<&str> = above.take_while(|line| !is_signature(line)).collect();
    kept.extend(between_quotes(text.lines().skip(end).map(str::trim_end)));
    kept.join("\n").trim().to_owned()
}

/// Whether a signature begins here. It ends the words above it, and nothing of what stands below the quote.
fn is_signature(line: &str) -> bool {
    line == "--" || is_sent_from(line)
}

/// What stands below or between lines marked as quoted, after an empty line: a line right behind a marked one is a piece of it that
/// a mail program broke off. Where nothing is marked all of it is our letter.
fn between_quotes<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let (mut marked, mut own) = (false, false);
    for line in lines {
        if line.starts_with('>') {
            (marked, own) = (true, false);
        } else if line.is_empty() {
            own = marked;
            kept.extend(own.then_some(line));
        } else if own && is_signature(line) {
            (marked, own) = (false, false);
        } else if own {
            kept.push(line);
        }
    }
    kept
}

/// What telephones put under each mail.
fn is_sent_from(line: &str) -> bool {
    const DEVICES: [&str; 9] =
        ["iphone", "ipad", "android", "samsung", "handy", "phone", "smartphone", "outlook for", "mobile"];
    let lower = line.to_lowercase();
    let sent =
        lower.starts_with("sent from ") || lower.starts_with("von meinem ") || lower.starts_with("gesendet ");
    sent && lower.len() < 80 && DEVICES.iter().any(|device| lower.contains(device))
}

/// Whether a subject is one that mail programs write while somebody is away.
pub(super) fn is_out_of_office(subject: &str) -> bool {
    const MARKS: [&str; 7] = [
        "automatic reply",
        "automatische antwort",
        "out of office",
        "abwesenheitsnotiz",
        "abwesend",
        "autoreply",
        "réponse automatique",
    ];
    let lower = subject.trim().to_lowercase();
    MARKS.iter().any(|mark| lower.starts_with(mark))
}

/// A subject without the marks that mail programs put before one they answer (`Re:`, `AW:`).
pub(super) fn without_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':')
        && ANSWERED.iter().any(|known| known.eq_ignore_ascii_case(mark.trim()))
    {
        rest = after.trim();
    }
    rest
}

const ANSWERED: [&str; 8] = ["re", "aw", "antwort", "wg", "fw", "fwd", "sv", "rép"];

fn begins_quote(rest: &[String], desk: &str, names: &[String]) -> bool {
    let Some(first) = rest.first() else { return false };
    is_separator(first)
        || names_desk(first, desk)
        || is_head(rest, desk, names)
        || is_copied_head(rest, names)
}

/// Whether a copied head of a letter of ours begins here, as Outlook and Notes write it for people of their own address book: our
/// name without an address, and two more lines of a head close by.
fn is_copied_head(rest: &[String], names: &[String]) -> bool {
    const NEAR: usize = 8;
    let field = |line: &String| {
        let (label, value) = line.split_once(':')?;
        COPIED
            .contains(&label.trim_matches(['*', ' ']))
            .then(|| (label.to_owned(), value.trim_matches(['*', ' ']).to_owned()))
    };
    let Some((first, from)) = rest.first().and_then(field) else { return false };
    let more = rest.iter().skip(1).take(NEAR).filter_map(field).filter(|(label, _)| *label != first).count();
    FROM.contains(&first.trim_matches(['*', ' '])) && names.contains(&from) && more >= 2
}

const FROM: [&str; 3] = ["from", "von", "de"];
const COPIED: [&str; 15] = [
    "from", "von", "de", "sent", "gesendet", "date", "datum", "to", "an", "cc", "subject", "betreff",
    "objet", "envoyé", "à",
];

fn is_separator(line: &str) -> bool {
    line.starts_with("________________________________")
        || (line.starts_with("---") && SEPARATORS.iter().any(|word| line.contains(word)))
}

/// Whether a line holds our address as only a mail program writes it: in brackets, or with the signed tag.
fn names_desk(line: &str, desk: &str) -> bool {
    let Some((local, domain)) = desk.split_once('@') else { return false };
    ["<", "[", "mailto:"].iter().any(|before| line.contains(&format!("{before}{desk}")))
        || line
            .split_once(&format!("{local}+"))
            .is_some_and(|(_, after)| after.contains(&format!("@{domain}")))
}

/// Whether the line before a quote begins here. It says that we wrote, or what was written stands marked below it: somebody may also
/// tell us what another person wrote to them.
fn is_head(rest: &[String], desk: &str, names: &[String]) -> bool {
    let Some((whole, below)) = head(rest) else { return false };
    let marked = below.iter().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with('>'));
    marked || whole.contains(desk) || names.iter().any(|name| whole.contains(name))
}

/// The line before a quote, put together again, and what stands below it.
fn head(rest: &[String]) -> Option<(String, &[String])> {
    let first = rest.first()?;
    let (_, wrote) = HEADS.iter().find(|(begin, _)| first.starts_with(begin))?;
    if first.chars().filter(char::is_ascii_digit).count() < LEAST_DIGITS {
        return None;
    }
    let mut whole = String::new();
    for (index, line) in rest.iter().take(MOST_LINES).enumerate() {
        // A person's own line may begin like a head; the head itself is then a later line.
        if line.is_empty() || (index > 0 && rest.get(index..).and_then(head).is_some()) {
            return None;
        }
        whole.push_str(if whole.is_empty() { "" } else { " " });
        whole.push_str(line);
        if line.ends_with(':') {
            return whole.contains(wrote).then(|| (whole, rest.get(index + 1..).unwrap_or_default()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(
            above_quote(text, "Security@example.org", &["Harbour Works security desk".into()]),
            expected,
            "{text}"
        );
    }

    #[test]
    fn the_line_before_a_quote_is_known_in_each_language_also_broken_in_two() {
        for head in [
            "On Mon, 23 Nov 2026 at 10:00, Harbour Works security desk wrote:",
            "On Mon, 23 Nov 2026 at 10:00, Harbour Works security desk <\nsecurity+0123@example.org> wrote:",
            "On Mon, Nov 23, 2026 at 10:00 AM Harbour Works security desk\n<security@example.org>\nwrote:",
            "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Harbour Works\nsecurity desk <security@example.org>:",
            "Am 23.11.26 um 10:00 schrieb Harbour Works security desk:",
            "Le lun. 23 nov. 2026 à 10:00, Harbour Works security desk\n<security@example.org> a écrit :",
            "El lun, 23 nov 2026 a las 10:00, Harbour Works security desk (<\nsecurity@example.org>) escribió:",
            "Em seg., 23 de nov. de 2026 às 10:00, Harbour Works\nsecurity desk escreveu:",
            "Às 10:00 de 23/11/2026, Harbour Works security desk escreveu:",
            "Op ma 23 nov 2026 om 10:00 schreef Harbour Works security desk\n<security@example.org>:",
            "Harbour Works security desk <security@example.org> schrieb am Mo., 23. Nov. 2026, 10:00:",
            "-----Original Message-----",
            "----- Ursprüngliche Nachricht -----",
            "-------- Message d'origine --------",
            "-------- Oorspronkelijk bericht --------",
            "________________________________\nFrom: the desk",
            "From: Harbour Works security desk <security@example.org>\nSent: Monday",
            "Von: Harbour Works security desk [mailto:security@example.org]",
        ] {
            check(
                &format!("PLEASE HELP\nI am locked out\n\n{head}\n\nThank you for telling us."),
                "PLEASE HELP\nI am locked out",
            );
        }
    }

    #[test]
    fn a_copied_head_of_ours_is_known_without_an_address() {
        for head in [
            "From: Harbour Works security desk\nSent: Monday, 23 November 2026 10:00\nTo: Lind, Lia\nSubject: Thank you",
            "*From:* Harbour Works security desk\n\n*Sent:* Monday\n\n*To:* Lind, Lia\n\n*Subject:* Thank you",
            "Von: Harbour Works security desk\nGesendet: Montag\nAn: Lind, Lia\nBetreff: Danke",
        ] {
            check(&format!("Thanks!\n\n{head}\n\nHello Lia,\n\nthank you for telling us."), "Thanks!");
        }
        let theirs = "This came:\nFrom: IT Support\nSent: Monday\nTo: Lia\nSubject: odd";
        check(theirs, theirs);
    }

    #[test]
    fn what_a_person_says_about_times_and_senders_stays() {
        for words in [
            "On Monday 23 Nov at 10:15 I clicked the link.\nThen a page opened.",
            "Am Montag schrieb mir jemand:\nBitte zahlen Sie.",
            "On Monday my boss wrote:\nplease pay",
            "From: IT Support <it@evil.example>\nSent: Monday",
            "I wrote to security@example.org before",
            "El banco me escribió: pague ya",
            "On 30.11.2026 at 10:15 a man from Microsoft wrote:\n\"let me in, I repair it\"\nI let him onto my computer.",
        ] {
            check(words, words);
        }
    }

    #[test]
    fn a_line_of_ones_own_right_above_the_head_stays() {
        check(
            "On 23 Nov at 10:15 I clicked\nOn Mon, 23 Nov 2026 at 10:20, the desk\nwrote:\n> Hello",
            "On 23 Nov at 10:15 I clicked",
        );
        check("yes\n> was it you?\nit was", "yes\nit was");
    }

    #[test]
    fn words_below_and_between_the_quoted_lines_are_words() {
        let head = "On 11/30/26 7:00 PM, Harbour Works security desk wrote:";
        check(
            &format!("{head}\n> Hello\n> Did you click?\n\nI typed my password there and I am scared."),
            "I typed my password there and I am scared.",
        );
        check(
            &format!("{head}\n> Did you click?\n\nYes.\n\n> Did you type anything?\n\nNo."),
            "Yes.\n\n\nNo.",
        );
        check(&format!("Hi\n\n{head}\n> If you typed a\npassword, change it.\n> Thank you"), "Hi");
        check(&format!("Hi\n\n{head}\n\nIf you typed a password, change it."), "Hi");
    }

    #[test]
    fn a_signature_is_nobody_s_words() {
        check("Thanks!\n--\nKim\nIf you clicked a link in error, tell us.", "Thanks!");
        check("Yes I clicked\n\nSent from my iPhone", "Yes I clicked");
        check("Ja\n\nVon meinem iPhone gesendet", "Ja");
        let quote = "On 11/30/26 7:00 PM, Harbour Works security desk wrote:\n> Hello\n> Did you click?";
        let words = "Yes, I typed my password there and I am scared.";
        check(&format!("Sent from my iPhone\n\n{quote}\n\n{words}"), words);
        check(&format!("Hi,\n--\nSig\nHarbour Works\n\n{quote}\n\n{words}"), &format!("Hi,\n\n{words}"));
        check(&format!("{quote}\n\nYes.\n--\nKim\nIf you clicked in error, tell us."), "Yes.");
        check("Sent from my account, I think", "Sent from my account, I think");
    }

    #[test]
    fn an_absence_is_told_from_a_person() {
        assert!(
            is_out_of_office("Automatic reply: About your report")
                && is_out_of_office("Abwesenheitsnotiz: x")
        );
        assert!(!is_out_of_office("Re: About your report"));
    }
}
