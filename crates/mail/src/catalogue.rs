//! Every rule of the analysis in words: a plain sentence for the person who reported, one for the responder, where it
//! comes from and its weight. `{0}` and `{1}` stand for details seen in the message. The rules for attachments have
//! their own list.
//!
//! Weights are about ten times the natural logarithm of how much more often harm shows the sign than genuine mail
//! does. They were set by hand from what is known about such mail, not fitted to any collection.

use std::borrow::Cow;

use finding::{Finding, Severity, Span};

use crate::evidence::{Evidence, Place, Source};

/// A sign that a message can carry.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    pub source: Source,
    /// Positive speaks for harm, negative for genuine, zero is context.
    pub weight: i32,
    /// For the reporter.
    pub plain: &'static str,
    /// For the responder.
    pub responder: &'static str,
}

/// Evidence by the code of its rule, with the details filled in.
pub(crate) fn evidence(code: &'static str, place: Place, span: Span, details: &[&str]) -> Evidence {
    let known = RULES.iter().find(|rule| rule.code == code).copied();
    debug_assert!(known.is_some(), "no rule `{code}`");
    let rule =
        known.unwrap_or(Rule { code, source: Source::Structure, weight: 0, plain: code, responder: code });
    let fill = |words: &str| {
        let mut words = words.to_owned();
        for (mark, detail) in ["{0}", "{1}"].iter().zip(details) {
            words = words.replace(mark, &crate::parse::line(detail, 160));
        }
        words
    };
    let severity = match rule.weight {
        ..=0 => Severity::Note,
        1..12 => Severity::Suggestion,
        12..30 => Severity::Warning,
        30.. => Severity::Error,
    };
    Evidence {
        finding: Finding {
            rule: Cow::Borrowed(code),
            span,
            severity,
            message: fill(rule.plain),
            why: fill(rule.responder),
            fix: None,
        },
        weight: rule.weight,
        place,
        source: rule.source,
    }
}

macro_rules! rules {
    ($($code:literal $source:ident $weight:literal $plain:literal $responder:literal)+) => {
        /// Every rule, grouped by what it looks at.
        pub static RULES: &[Rule] = &[$(Rule {
            code: $code,
            source: Source::$source,
            weight: $weight,
            plain: $plain,
            responder: $responder,
        }),+];
    };
}

rules! {
    // Authentication, as values.
    "auth-pass" Authentication -6
    "Our mail server could confirm that this came from `{0}`."
    "DMARC passed, aligned with the From domain `{0}`, by `{1}`. It shows the domain, not good intent: one phish in five passes everything."
    "auth-pass-known" Authentication -30
    "Our mail server could confirm that this really came from `{0}`."
    "DMARC passed for `{0}`, a well-known domain or one of ours. An account there may still have been taken over."
    "auth-fail" Authentication 20
    "Our mail server could not confirm that this came from `{0}`."
    "DMARC failed for `{0}` at our own border ({1}). Forwarders and lists can cause this too."
    "auth-own-fail" Authentication 40
    "It says it comes from our own organisation, but our mail server could not confirm that."
    "From uses our domain `{0}` and authentication failed ({1})."
    "auth-spf-fail" Authentication 6
    "The server that sent this is not on the sender's list of mail servers."
    "SPF says {0} and no DKIM or DMARC pass makes up for it."
    "auth-context" Authentication 0
    "We looked at what our mail server noted about the sender. It does not settle the question."
    "Authentication as seen by `{0}`: {1}."
    "auth-unknown" Authentication 0
    "We have no note from our own mail server about who really sent this."
    "No trusted Authentication-Results header. Headers from other servers, or from no named server, are not believed."

    // Senders.
    "sender-brand-mismatch" Sender 26
    "The sender's name says `{0}`, but the address belongs to `{1}`."
    "Display name claims {0}; the From domain `{1}` is none of the domains known for it."
    "sender-lookalike-own" Sender 45
    "The address `{0}` looks like ours, but it is not."
    "From domain `{0}` imitates our domain `{1}` (confusable letters, one edit, or our name with more around it)."
    "sender-own-other-suffix" Sender 20
    "The address `{0}` has our name, but another ending than ours."
    "From domain `{0}` is our name (`{1}`) below another suffix; it may belong to somebody else."
    "sender-lookalike-brand" Sender 36
    "The address `{0}` looks like `{1}`, but it is not theirs."
    "From domain `{0}` imitates {1} (confusable letters or one edit)."
    "sender-brand-added" Sender 24
    "The address `{0}` holds the name `{1}`, but it is not known to be theirs."
    "From domain `{0}` is the name {1} with something added, or below another suffix."
    "sender-name-own" Sender 25
    "The name looks like one of ours, but the address is from outside."
    "Display name holds `{0}`, one of our own names; the address is at `{1}`."
    "sender-plays-us" Sender 34
    "It says that it comes from us, and it does not."
    "It shows a private link of this desk that no letter of ours holds, and leads nowhere else."
    "sender-name-address" Sender 20
    "The sender's name shows the address `{0}`, but the message came from `{1}`."
    "Display name holds an address of another domain (`{0}`) than From (`{1}`)."
    "sender-name-host" Sender 6
    "The sender's name shows `{0}`, but the address belongs to `{1}`."
    "Display name holds the host `{0}`, not that of From (`{1}`)."
    "sender-reply-free" Sender 16
    "If you answer, your reply goes to a private mailbox, `{0}`."
    "Reply-To `{0}` is at a free mail provider while From is at `{1}`."
    "sender-reply-elsewhere" Sender 4
    "If you answer, your reply goes to another place, `{0}`."
    "Reply-To is at `{0}`, From at `{1}`. Common in newsletters too."
    "sender-free-role" Sender 14
    "It speaks for an office, but it was sent from a private mailbox."
    "Display name `{0}` claims a function; From is at the free mail provider `{1}`."
    "sender-random" Sender 12
    "The sender's address looks like letters thrown together."
    "`{0}` reads as generated, which fits throw-away senders."
    "sender-tenant" Sender 14
    "The sender uses the trial name of a mail service, not a name of its own."
    "From is below `{0}`, which anybody can register within minutes."
    "sender-malformed" Sender 14
    "The sender line is not built the way mail programs build it."
    "From is malformed or names several senders without Sender (RFC 5322 §3.6.2): {0}."
    "sender-missing" Sender 10
    "The message does not say who sent it."
    "No usable From address."
    "sender-impossible" Sender 14
    "The sender's address, `{0}`, cannot exist on the internet."
    "The From domain has no public suffix or no valid host name."
    "sender-self" Sender 4
    "It pretends that you sent it to yourself."
    "From and To are the same address. Without a trusted pass this is most often forged."
    "sender-dressed" Sender 10
    "The sender's name is dressed up with signs or odd letters."
    "Display name holds invisible characters, look-alike letters, pictures or marks: {0}."
    "sender-return-elsewhere" Sender 0
    "The letter's return address is at another place than the sender. That is common."
    "Return-Path is at `{0}`, From at `{1}`. Three in four ordinary messages differ too."
    "sender-first-contact" Sender 5
    "Nobody here has had mail from this address before."
    "`{0}` is not among the known senders."
    "sender-known" Sender -12
    "People here have had mail from this address before."
    "`{0}` is among the known senders."
    "sender-odd-suffix" Sender 6
    "The sender's address ends in `.{0}`, an ending that is often used for a short time only."
    "The suffix `.{0}` is cheap and often abused; many honest sites use it too."

    // Links.
    "link-shows-brand" Link 30
    "A link shows `{0}`, but it leads to `{1}`."
    "The shown address belongs to a well-known or own domain; the target is `{1}`."
    "link-shows-other" Link 8
    "A link shows `{0}`, but it leads to `{1}`."
    "Shown and real host differ and neither is the sender's. Trackers and redirectors cause this too."
    "link-lookalike" Link 34
    "A link leads to `{0}`, which looks like `{1}` but is another one."
    "Link host imitates {1}."
    "link-brand-borrowed" Link 24
    "A link leads to `{0}`, which only borrows the name of `{1}`."
    "The link host holds the name {1} without belonging to it."
    "link-ip" Link 22
    "A link leads to a bare number, `{0}`, not to a named site."
    "IP address as the host of a link."
    "link-userinfo" Link 28
    "A link is written so that its start looks like another site."
    "Text before `@` in the authority: `{0}`; the real host is `{1}`."
    "link-mixed-letters" Link 26
    "A link uses letters that only look like ours, `{0}`."
    "International host with letters of mixed scripts or confusable with Latin: `{0}`."
    "link-international" Link 4
    "A link uses letters of another alphabet in its name."
    "International host `{0}`."
    "link-shortener" Link 8
    "A link goes through the short address `{0}`, which hides where it ends."
    "URL shortener `{0}`."
    "link-redirector" Link 12
    "A link uses `{0}` as a stepping stone to another place."
    "Open redirector `{0}` with an absolute target inside."
    "link-free-host" Link 13
    "A link leads to `{0}`, where anybody can put a page for free."
    "Free hosting or storage: `{0}`."
    "link-data" Link 34
    "A link holds a hidden page of its own."
    "`data:` target."
    "link-script" Link 6
    "A link would start a small program. Mail programs will not run it."
    "`javascript:` target."
    "link-port" Link 12
    "A link leads to an unusual door of a site."
    "Non-standard port in `{0}`."
    "link-deep" Link 6
    "A link's name has many parts, which can hide the one that counts."
    "`{0}` has five labels or more below the registrable domain."
    "link-random" Link 8
    "A link leads to a name that looks like letters thrown together, `{0}`."
    "The link host reads as generated."
    "link-odd-suffix" Link 6
    "A link leads to a name that ends in `.{0}`, an ending that is often used for a short time only."
    "The suffix `.{0}` is cheap and often abused; many honest sites use it too."
    "link-broken-site" Link 14
    "A link leads into the back rooms of a site, which may have been broken into."
    "Path typical for pages planted on a hijacked site: `{0}`."
    "link-names-you" Link 10
    "A link carries your own address, so the site would know that you came."
    "The recipient's address stands in the link (plain or base64)."
    "link-all-one-elsewhere" Link 5
    "Every link leads to one place, and it is not the sender's."
    "All links go to `{0}`; From is at `{1}`."
    "link-protected" Link 0
    "A link was wrapped by a protection service. We looked at the real target."
    "Unwrapped `{0}`."
    "link-sender-own" Link -8
    "The links lead to the sender's own site, `{0}`."
    "Every link goes to the From domain."
    "link-brand-own" Link -18
    "The links lead to the real site of `{0}`."
    "Every link goes to the well-known domain that From names, so even a forged sender gains little."
    "link-not-the-brands" Link 12
    "It speaks for `{0}`, but no link leads to them."
    "Display name or From claims {0}; none of the link hosts is theirs."
    "link-form" Link 6
    "The message holds a form that would send away what is typed."
    "HTML form in a message; target `{0}`."
    "link-password-field" Link 34
    "The message itself has a field for a password."
    "Password field in the HTML body."
    "link-many" Structure 0
    "There are very many links. We looked at the first ones."
    "Link list was cut."

    // Hidden things.
    "hidden-zero-width" Hidden 16
    "Some words hold signs that nobody can see. This is done to get past filters."
    "Zero-width or combining characters inside words: {0} places."
    "hidden-mixed-letters" Hidden 20
    "Some words use letters that only look right."
    "Words that mix Latin with look-alike letters: {0}."
    "hidden-fancy-letters" Hidden 10
    "The subject uses odd letter shapes, which helps to get past filters."
    "Mathematical or full-width letters in subject or name."
    "hidden-text" Hidden 3
    "There is text in the message that you cannot see. Newsletters do this too."
    "{0} hidden words ({1})."
    "hidden-much-text" Hidden 12
    "Most of the text in this message is hidden from the eye."
    "{0} hidden words against {1} shown."
    "hidden-zero-font" Hidden 7
    "Some text is set so small that nobody can see it."
    "Font size zero or one for {0} words."
    "hidden-image-only" Hidden 14
    "The message is a picture with a link, with hardly a word in it."
    "Fewer than 20 visible words, linked image(s): {0}."
    "hidden-script" Hidden 4
    "The message holds a small program. Mail programs will not run it."
    "Script in the HTML body."
    "hidden-smuggling" Hidden 36
    "The message would build a file on your computer when opened."
    "HTML smuggling pattern: {0}."
    "hidden-refresh" Hidden 22
    "The message would jump to another page by itself."
    "meta refresh to `{0}`."

    // Requests.
    "ask-credentials" Request 15
    "It asks you to confirm or update an account or secret: `{0}`."
    "Request for credentials, identity or payment data ({1})."
    "ask-threat" Request 14
    "It says that you will lose something: `{0}`."
    "Threat to an account or service ({1})."
    "ask-signin" Request 10
    "It reports a strange sign-in: `{0}`."
    "Sign-in alarm, a common pretext ({1})."
    "ask-prize" Request 13
    "It promises a prize or a gift: `{0}`."
    "Prize, voucher or reward ({1})."
    "ask-crypto" Request 14
    "It wants you to act on digital coins: `{0}`."
    "Wallet, token or airdrop pretext ({1})."
    "ask-parcel" Request 13
    "It says that a parcel is held up: `{0}`."
    "Delivery pretext ({1})."
    "ask-mailbox" Request 15
    "It says that your mailbox or storage is in trouble: `{0}`."
    "Mailbox or quota pretext ({1})."
    "ask-renewal" Request 12
    "It says that something you pay for has ended or will be charged: `{0}`."
    "Subscription or virus-protection pretext ({1})."
    "ask-advance-fee" Request 26
    "It speaks of a large sum that is waiting for you."
    "Advance-fee wording: {0}."
    "ask-blackmail" Request 38
    "It threatens to show private things. Such messages are sent to thousands of people; they are bluffs."
    "Extortion wording: {0}."
    "ask-bank-change" Request 26
    "It says that bank details have changed: `{0}`. Please check by calling a number you already know."
    "Change of bank details ({1}). Verify out of band with the known contact."
    "ask-gift-cards" Request 28
    "It asks for gift cards: `{0}`. No office or manager pays that way."
    "Gift-card request ({1})."
    "ask-call" Request 22
    "It wants you to call a number about a charge: `{0}`."
    "Call-back pretext: a charge, and a phone number `{0}` to undo it."
    "ask-secrecy" Request 12
    "It asks you to keep this quiet or to use no phone: `{0}`."
    "Secrecy or channel restriction ({1})."
    "ask-errand" Request 12
    "It asks for a quick favour or payment: `{0}`."
    "Opening of a payment or gift-card fraud ({1})."
    "ask-urgency" Request 5
    "It pushes you to hurry: `{0}`."
    "Time pressure ({1}). Ordinary mail does this too."
    "ask-greeting" Request 6
    "It does not use your name: `{0}`."
    "Generic greeting ({1})."
    "ask-bait" Request 12
    "It offers things that are often used as bait: `{0}`."
    "Health, dating, casino or loan bait ({1})."
    "ask-paper" Request 7
    "It talks of a document or payment that needs you: `{0}`."
    "Document, voicemail or invoice pretext ({1})."
    "ask-refund" Request 12
    "It says that you are owed money: `{0}`."
    "Refund or subsidy pretext ({1})."

    "content-brand-subject" Content 15
    "It asks in the name of `{0}`, but nothing in it leads to them."
    "The subject names {0} beside a request; neither the sender `{1}` nor any link is theirs."
    "content-brand-text" Content 8
    "It speaks of `{0}` while it asks for something, but nothing in it leads to them."
    "The text names {0} beside a request; neither the sender `{1}` nor any link is theirs."

    // Structure.
    "made-no-date" Structure 6
    "The message has no readable date."
    "Date missing or invalid."
    "made-no-id" Structure 5
    "The message lacks a mark that mail programs set."
    "Message-ID missing or malformed."
    "made-false-reply" Structure 8
    "It looks like an answer, but it answers nothing."
    "Subject begins with a reply mark; no In-Reply-To, References or quoted text."
    "made-raw-letters" Structure 0
    "The subject or the sender is not written in the way mail requires."
    "Unencoded 8-bit characters in Subject or From."
    "made-number-tag" Structure 5
    "The subject carries a random-looking number."
    "Ticket-like tag in the subject: `{0}`."
    "made-conversation" Structure -8
    "It is part of a conversation."
    "References earlier messages and quotes them. Hijacked threads look like this too."
    "made-list" Structure -8
    "It came through a mailing list, `{0}`."
    "List-Id or List-Post with the marks of list software."
    "made-limits" Structure 0
    "The message is very large or oddly built. We read a part of it."
    "Bounds reached: {0}."
    "made-unreadable" Structure 0
    "We could not read this as a mail message."
    "The parser found no headers."
    "made-encrypted" Structure 0
    "It is encrypted. We could not read what it says."
    "Encrypted or sealed content (PGP or S/MIME). Only what stands outside of it was looked at."
    "made-damaged" Structure 0
    "This looks like an Outlook file, and it is damaged. We could read nothing in it."
    "A compound file without readable properties of a message."
    "made-plain" Structure 0
    "We read the whole message."
    "Words: {0}. Links: {1}."
    "made-no-headers" Structure 0
    "It came as an ordinary forward, so some technical marks are gone."
    "Inline forward: the original headers are lost. Authentication and routing cannot be judged."
    "made-several" Structure 0
    "More than one message was attached. We read up to five of them, and this is the one that worries us most."
    "{0} messages were read. The others are kept as files."

    // Drills.
    "drill-ours" Drill 0
    "This is one of our own practice messages."
    "Header `{0}` carries the configured value."
    "drill-link" Drill 0
    "This is one of our own practice messages."
    "Every link leads to the drill host `{0}`."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
        for rule in RULES {
            assert!(rule.plain.ends_with(['.', '?']), "{}", rule.code);
            assert!(rule.responder.ends_with('.'), "{}", rule.code);
        }
    }

    #[test]
    fn plain_sentences_are_short_and_lay_no_blame() {
        for rule in RULES {
            for sentence in rule.plain.split_inclusive(['.', '?']) {
                assert!(sentence.split_whitespace().count() <= 22, "{}: {sentence}", rule.code);
            }
            let lower = rule.plain.to_lowercase();
            for word in [
                "you should have",
                "careless",
                "mistake",
                "victim",
                "fell for",
                "dmarc",
                "spf",
                "dkim",
                "url",
                "html",
                "phish",
            ] {
                assert!(!lower.contains(word), "{}: {word}", rule.code);
            }
        }
    }

    #[test]
    fn details_are_filled_in_and_bounded() {
        let long = "x".repeat(5_000);
        let found = evidence("link-shows-other", Place::Whole, Span::default(), &[&long, "b.example"]);
        assert!(found.finding.message.contains("b.example"));
        assert!(found.finding.message.len() < 300);
    }
}
