//! What a message is made of, beside its words: links, files, senders, sizes. Counts and yes-or-no, no judgement.

use finding::Span;
use mail::{Evidence, Mailbox, Message};

use crate::sums;

/// Structural facts of one message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Links to the web.
    pub web_links: usize,
    /// Of these, links that lead straight to a program or a packed file.
    pub links_to_files: usize,
    /// Numbers that look like telephone numbers, outside a signature.
    pub phones: usize,
    /// Files to open: no pictures, signatures, calendar entries or plain text.
    pub files: usize,
    /// Files of a kind that can run or hide something.
    pub risky_files: usize,
    /// Files that are a web page.
    pub page_files: usize,
    /// The message itself has a form or a password field.
    pub asks_here: bool,
    /// The message itself has a field for a password.
    pub password_here: bool,
    pub replies_elsewhere: bool,
    pub free_mail: bool,
    /// Words of the visible text.
    pub words: usize,
    /// Nearly no words, and a picture.
    pub picture_only: bool,
    pub bitcoin_address: bool,
    /// It offers a way to leave a list.
    pub leaves_list: bool,
    /// It answers an earlier message, or came through a list on which people write to each other.
    pub conversation: bool,
    /// It names a sum of money too large for everyday mail.
    pub large_sum: bool,
    /// Lines to fill in, as `Name: …`, several in a row.
    pub fields_to_fill: usize,
    /// There are files, and all of them are documents to print.
    pub only_pages: bool,
    /// It says it comes from the house of its reader, and an answer stays there.
    pub own_house: bool,
    /// The sender's site bears the name shown for it, and every link stays there.
    pub own_name: bool,
    /// A few words of a stranger that name no matter: no number, no link, no file.
    pub bare: bool,
    /// It puts a question.
    pub asks: bool,
}

pub(crate) fn read(
    message: &Message,
    small_print: &[Span],
    evidence: &[Evidence],
    own_domains: &[String],
) -> Facts {
    let words = message.text.split_whitespace().take(3_000).count();
    let from = message.from.as_ref().map(domain).unwrap_or_default();
    let files = message.attachments.iter().filter(|file| is_to_open(file));
    let free_mail = FREE_MAIL.contains(&from.as_str());
    let replies_elsewhere = message.reply_to.iter().any(|reply| {
        let reply = domain(reply);
        !reply.is_empty() && !from.is_empty() && registrable(&reply) != registrable(&from)
    });
    // Nothing speaks against the sender being who it says.
    const FORGED: [&str; 4] = ["auth-fail", "auth-own-fail", "auth-spf-fail", "sender-lookalike-own"];
    let is_forged = evidence.iter().any(|one| FORGED.contains(&one.finding.rule.as_ref()));
    let is_plain = !from.is_empty() && !free_mail && !replies_elsewhere && !is_forged;
    let hosts = || message.links.iter().filter_map(|link| host(&link.target));
    Facts {
        web_links: message.links.iter().filter(|link| is_web(&link.target)).count(),
        links_to_files: message.links.iter().filter(|link| leads_to_file(&link.target)).count(),
        phones: numbers_to_call(&message.text, small_print),
        files: files.clone().count(),
        risky_files: files.clone().filter(|file| is_risky(file)).count(),
        page_files: files
            .clone()
            .filter(|file| ends_with_any(&file.name, &[".htm", ".html", ".shtml", ".xhtml", ".svg"]))
            .count(),
        password_here: message.page.password_fields > 0,
        asks_here: message.page.password_fields > 0 || !message.page.forms.is_empty(),
        replies_elsewhere,
        free_mail,
        words,
        picture_only: words < 25 && message.page.images + message.attachments.len() > 0,
        bitcoin_address: message
            .text
            .split(|character: char| !character.is_ascii_alphanumeric())
            .any(is_bitcoin_address),
        leaves_list: message.header("List-Unsubscribe").is_some(),
        conversation: ["In-Reply-To", "References", "List-Post"]
            .iter()
            .any(|name| message.header(name).is_some_and(|value| !value.trim().is_empty())),
        large_sum: sums::has_large(&message.subject) || sums::has_large(&message.text),
        fields_to_fill: fields_to_fill(&message.text),
        only_pages: files.clone().next().is_some()
            && files.clone().all(|file| ends_with_any(&file.name, &[".pdf"])),
        bare: is_bare(message, words, small_print)
            && !evidence.iter().any(|one| one.finding.rule == "sender-known")
            && !(is_plain && is_own_house(registrable(&from), &message.to, own_domains)),
        asks: message.text.contains('?'),
        own_house: is_plain && is_own_house(registrable(&from), &message.to, own_domains),
        own_name: is_plain
            && message.from.as_ref().and_then(|from| from.name.as_deref()).is_some_and(|name| {
                let site = registrable(&from).split('.').next().unwrap_or_default();
                site.len() >= 3 && crate::fold::folded(name).split(' ').any(|word| word == site)
            })
            && hosts().all(|host| registrable(&host) == registrable(&from)),
    }
}

/// Most words of an opener that says nothing yet.
const BARE_WORDS: usize = 45;

/// Whether a message says nothing that could be looked up: few words, and no number, link or file among them.
fn is_bare(message: &Message, words: usize, small_print: &[Span]) -> bool {
    let own_end = small_print.first().map_or(message.text.len(), |span| span.start);
    let own = message.text.get(..own_end).unwrap_or_default();
    (3..=BARE_WORDS).contains(&words)
        && message.links.is_empty()
        && message.attachments.is_empty()
        && message.page.images == 0
        && !own.contains(|character: char| character.is_ascii_digit())
}

/// Whether a sender's domain is one of ours, or where none is known, that of the reader.
fn is_own_house(from: &str, to: &[Mailbox], own_domains: &[String]) -> bool {
    if own_domains.is_empty() {
        to.iter().any(|to| registrable(&domain(to)) == from)
    } else {
        own_domains.iter().any(|own| own == from)
    }
}

/// The domain of an address, lower case; empty where there is none.
pub(crate) fn domain(mailbox: &Mailbox) -> String {
    mailbox
        .address
        .rsplit_once('@')
        .map(|(_, domain)| domain.trim_end_matches('>').to_lowercase())
        .unwrap_or_default()
}

/// The part of a host name that somebody registered, such as `example.org` of `mail.example.org`.
pub(crate) fn registrable(host: &str) -> &str {
    suffix::registered(host).map_or(host, |found| found.name)
}

/// The host of a web address, lower case.
pub(crate) fn host(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

fn is_web(target: &str) -> bool {
    host(target).is_some()
}

/// Whether a web address names a program or a packed file; endings that web pages have as well do not count.
fn leads_to_file(target: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".exe", ".msi", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".wsf", ".hta", ".lnk", ".jar",
        ".apk", ".dmg", ".pkg", ".iso", ".img", ".vhd", ".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".cab",
        ".ace", ".docm", ".xlsm", ".xlsb", ".xll",
    ];
    let Some((_, rest)) = target.split_once("://").filter(|_| is_web(target)) else { return false };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    path.split_once('/').is_some_and(|(_, path)| ends_with_any(path, ENDINGS))
}

fn ends_with_any(name: &str, endings: &[&str]) -> bool {
    let name = name.trim().to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

pub(crate) fn is_picture(file: &mail::Attachment) -> bool {
    file.declared_type.to_lowercase().starts_with("image/") && !ends_with_any(&file.name, &[".svg"])
}

/// Files that could hide something. Mail programs add signatures and calendar entries by themselves.
pub(crate) fn is_to_open(file: &mail::Attachment) -> bool {
    const PLAIN: &[&str] = &[".p7s", ".asc", ".sig", ".pgp", ".ics", ".txt"];
    const PLAIN_TYPES: &[&str] =
        &["text/plain", "text/calendar", "application/pkcs7-signature", "application/pgp-signature"];
    let declared = file.declared_type.to_lowercase();
    let says_plain = if file.name.is_empty() {
        PLAIN_TYPES.contains(&declared.as_str())
    } else {
        ends_with_any(&file.name, PLAIN)
    };
    // What the bytes are outweighs the name.
    let is_more = file.detected_type.as_ref().is_some_and(|kind| !kind.starts_with("text/"));
    !is_picture(file) && (!says_plain || is_more)
}

/// Kinds of files that can run, or that often hide something that does.
pub(crate) fn is_risky(file: &mail::Attachment) -> bool {
    const ENDINGS: &[&str] = &[
        ".exe", ".scr", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".ps1", ".lnk",
        ".iso", ".img", ".vhd", ".msi", ".jar", ".com", ".pif", ".cpl", ".dll", ".docm", ".xlsm", ".pptm",
        ".xlsb", ".xll", ".zip", ".rar", ".7z", ".gz", ".tar", ".ace", ".arj", ".cab", ".z", ".r00", ".r01",
        ".one", ".rtf", ".apk", ".xls", ".doc", ".uue", ".lzh",
    ];
    ends_with_any(&file.name, ENDINGS) || file.listing.iter().any(|name| ends_with_any(name, ENDINGS))
}

/// Telephone numbers outside the small print.
fn numbers_to_call(text: &str, small_print: &[Span]) -> usize {
    let mut small = small_print.iter().peekable();
    let mut at = 0;
    let mut found = 0;
    for line in text.split_inclusive('\n') {
        while small.next_if(|span| span.end <= at).is_some() {}
        let is_own = small.peek().is_none_or(|span| at < span.start);
        at += line.len();
        if is_own && line.bytes().filter(u8::is_ascii_digit).count() >= 9 {
            found += phone_numbers(line);
        }
        if at > crate::fold::LONGEST {
            break;
        }
    }
    found
}

/// The longest run of lines that name something and leave it open, as `Date of birth: ______`.
fn fields_to_fill(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let open = line.trim_end_matches(|c: char| {
            matches!(c, '.' | '_' | '-' | '…' | ' ' | '(' | ')' | '[' | ']' | '{' | '}')
        });
        let name = open.strip_suffix([':', '?', '=']).unwrap_or_default();
        let is_field = (2..=48).contains(&name.len())
            && name.split_whitespace().count() <= 6
            && name.chars().any(char::is_alphabetic)
            && !name.contains(['.', '!', '<']);
        run = if is_field { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Counts runs of 9 to 15 digits written like a telephone number.
fn phone_numbers(text: &str) -> usize {
    let mut found = 0;
    let mut digits = 0usize;
    let mut parted = false;
    let mut gap = 0usize;
    let mut close = |digits: &mut usize, parted: &mut bool| {
        if (9..=15).contains(digits) && *parted {
            found += 1;
        }
        *digits = 0;
        *parted = false;
    };
    for character in text.chars().take(crate::fold::LONGEST) {
        match character {
            '0'..='9' => {
                digits += 1;
                gap = 0;
            }
            '+' if digits == 0 => parted = true,
            ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '\u{2011}' | '\u{2013}' if digits > 0 && gap < 3 => {
                gap += 1;
                parted = true;
            }
            ' ' | '(' => {}
            _ => {
                close(&mut digits, &mut parted);
                gap = 0;
            }
        }
    }
    close(&mut digits, &mut parted);
    found
}

fn is_bitcoin_address(word: &str) -> bool {
    let starts = word.starts_with("bc1") || word.starts_with('1') || word.starts_with('3');
    if !starts || !(26..=62).contains(&word.len()) {
        return false;
    }
    let mixed =
        word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let base58 = !word.bytes().any(|byte| matches!(byte, b'0' | b'O' | b'I' | b'l'));
    mixed
        && (word.starts_with("bc1")
            || (base58
                && word.len() <= 35
                && word.bytes().any(|byte| byte.is_ascii_lowercase())
                && word.bytes().any(|byte| byte.is_ascii_uppercase())))
}

const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.co.uk",
    "yahoo.fr",
    "yahoo.de",
    "yahoo.com.br",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "live.com",
    "msn.com",
    "aol.com",
    "icloud.com",
    "me.com",
    "gmx.de",
    "gmx.net",
    "gmx.com",
    "web.de",
    "mail.com",
    "mail.ru",
    "yandex.com",
    "yandex.ru",
    "protonmail.com",
    "proton.me",
    "qq.com",
    "163.com",
    "126.com",
    "zoho.com",
    "tutanota.com",
    "t-online.de",
    "freenet.de",
    "orange.fr",
    "laposte.net",
    "free.fr",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "ziggo.nl",
    "kpnmail.nl",
    "naver.com",
    "rediffmail.com",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small_print;

    #[test]
    fn telephone_numbers_are_told_from_other_numbers() {
        assert_eq!(phone_numbers("call +1 (805) 555-0134 now"), 1);
        assert_eq!(phone_numbers("order 12345 of 2024"), 0);
        assert_eq!(phone_numbers("1-888-555-0199 or 0800 555 0100"), 2);
    }

    #[test]
    fn a_number_in_a_signature_is_not_one_to_call() {
        let text = "We meet on Monday at ten in the hall.\n-- \nKim Hale\n+44 20 7946 0018";
        assert_eq!(numbers_to_call(text, &small_print::of(text)), 0);
        assert_eq!(numbers_to_call("Call our desk on +44 20 7946 0018 to stop it.", &[]), 1);
    }

    #[test]
    fn lines_left_open_are_a_form() {
        assert_eq!(fields_to_fill("Send us:\nName: ....\nAge:\nCountry: ____\n\nThank you"), 4);
        assert_eq!(fields_to_fill("Date: Monday\nTime: ten\nPlace: the hall"), 0);
    }

    #[test]
    fn what_mail_programs_add_is_no_file_to_open() {
        let file = |name: &str, detected: Option<&str>| mail::Attachment {
            name: name.to_owned(),
            detected_type: detected.map(str::to_owned),
            ..mail::Attachment::default()
        };
        for plain in ["smime.p7s", "signature.asc", "invite.ICS", "notes.txt"] {
            assert!(!is_to_open(&file(plain, None)), "{plain}");
        }
        for open in ["letter.pdf", "invoice.txt.exe", "notes.html", ""] {
            assert!(is_to_open(&file(open, None)), "{open}");
        }
        assert!(is_to_open(&file("notes.txt", Some("application/zip"))));
        assert!(!is_to_open(&mail::Attachment { declared_type: "text/plain".to_owned(), ..file("", None) }));
    }

    #[test]
    fn a_link_to_a_program_or_a_packed_file_is_told_from_a_link_to_a_page() {
        for file in ["https://example.org/a/setup.MSI", "http://example.org/papers.zip?dl=1"] {
            assert!(leads_to_file(file), "{file}");
        }
        for page in
            ["https://example.zip/", "https://example.zip", "https://example.org/a.html#x.zip", "cid:a.exe"]
        {
            assert!(!leads_to_file(page), "{page}");
        }
    }

    #[test]
    fn a_host_is_read_from_web_addresses_only() {
        assert_eq!(host("https://user@Example.org:8080/x").as_deref(), Some("example.org"));
        assert_eq!(host("mailto:a@example.org"), None);
        assert_eq!(registrable("a.b.example.co.uk"), "example.co.uk");
    }
}
