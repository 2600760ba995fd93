//! Our own letters when they come back: in a delivery notice, or quoted in a mail. The links in them are for their readers alone.

use mail::Message;

/// The addresses that open something for whoever has them.
const SECRET: [&str; 2] = ["/r/", "/thanks/"];

/// Whether a message looks like one of our letters that came back: it links to our own pages and nowhere else, to a private one among
/// them, and carries no file. Anybody can write this, so it is one only if its links are of letters that we wrote.
pub fn looks_like_ours(message: &Message, base_url: &str) -> bool {
    let home = format!("{base_url}/");
    let mut web =
        message.links.iter().map(|link| link.target.as_str()).filter(|to| to.contains("://")).peekable();
    web.peek().is_some()
        && message.attachments.is_empty()
        && quotes_own_link(&message.text, base_url)
        && web.all(|to| to.starts_with(&home))
}

/// Whether a text holds a link that only its reader may open.
pub fn quotes_own_link(text: &str, base_url: &str) -> bool {
    SECRET.iter().any(|path| text.contains(&format!("{base_url}{path}")))
}

/// What opens the private pages that a text links to. Bounded.
pub fn own_links(text: &str, base_url: &str) -> Vec<String> {
    const MOST: usize = 10;
    let token = |piece: &str| piece.chars().take_while(char::is_ascii_alphanumeric).take(64).collect();
    SECRET
        .iter()
        .flat_map(|path| text.split(&format!("{base_url}{path}")).skip(1).map(token).collect::<Vec<String>>())
        .take(MOST)
        .collect()
}

/// A text for those who work here, with what opens a private page left out of each link.
pub fn without_own_links(text: &str, base_url: &str) -> String {
    let mut shown = text.to_owned();
    for path in SECRET {
        let start = format!("{base_url}{path}");
        if !shown.contains(&start) {
            continue;
        }
        let mut pieces = shown.split(&start);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            out.push_str(&start);
            out.push('…');
            out.push_str(piece.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()));
        }
        shown = out;
    }
    shown
}

/// Whether a mail tells that another could not be delivered, or not yet (RFC 3464).
pub fn is_delivery_notice(outer: &Message) -> bool {
    outer
        .header("Content-Type")
        .map(str::to_ascii_lowercase)
        .is_some_and(|kind| kind.starts_with("multipart/report") && kind.contains("delivery-status"))
}

/// Whether a delivery notice says that it is final.
pub fn says_failed(raw: &[u8]) -> bool {
    let text = String::from_utf8_lossy(raw).to_ascii_lowercase();
    text.lines().filter_map(|line| line.strip_prefix("action:")).any(|action| action.trim() == "failed")
}

/// The Message-IDs in a mail and in what it quotes, as far as they end in our own domain. Bounded.
pub fn own_message_ids(raw: &[u8], domain: &str) -> Vec<String> {
    const MOST: usize = 20;
    let text = String::from_utf8_lossy(raw);
    let end = format!("@{domain}>");
    text.split('<')
        .skip(1)
        .filter_map(|piece| piece.split_inclusive('>').next())
        .filter(|id| id.len() < 200 && id.ends_with(&end))
        .filter_map(|id| id.strip_suffix('>'))
        .filter(|id| !id.contains(['\0', '\n', '\r']))
        .take(MOST)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_link_is_shown_without_what_opens_it() {
        let text = "see http://desk.example/r/abc123. and http://desk.example/thanks/def\nhttp://desk.example/report";
        assert_eq!(
            without_own_links(text, "http://desk.example"),
            "see http://desk.example/r/…. and http://desk.example/thanks/…\nhttp://desk.example/report"
        );
    }

    #[test]
    fn what_links_elsewhere_too_is_never_taken_for_a_letter_of_ours() {
        let message = |text: &str| {
            mail::read(format!("From: a@b.example\n\n{text}\n").as_bytes(), &mail::Setting::default()).outer
        };
        let ours = |text: &str| looks_like_ours(&message(text), "http://desk.example");
        assert!(ours("Hello, your page: http://desk.example/r/abc123"));
        assert!(!ours("Hello, http://desk.example/r/abc123 or http://evil.example/login"));
        assert!(!ours("Hello, http://desk.example.evil.example/r/abc123"));
        assert!(!ours("Hello, http://desk.example/report"));
    }

    #[test]
    fn the_letters_that_a_notice_names_are_found() {
        let raw = b"In-Reply-To: <x@other.example>\r\nMessage-ID: <1a@example.org>\r\n";
        assert_eq!(own_message_ids(raw, "example.org"), ["1a@example.org"]);
        assert!(says_failed(b"x\r\nAction: failed\r\n") && !says_failed(b"Action: delayed\r\n"));
    }
}
