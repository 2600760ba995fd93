//! Whether an automatic answer may be sent to a message at all (RFC 3834), so that no letter ever goes to a bounce, a
//! list, a robot, ourselves, or somebody whose address was merely borrowed.
//!
//! Only the outer headers count: what a reporter attached or forwarded says nothing about the reporter. A message that
//! may not be answered is still a report; a person can always write back.

use crate::address::{self, Addresses};
use crate::header::{self, Field};
use crate::vouching::Vouched;

/// The header every letter of ours carries, so that a letter that comes back is known. Its value is the desk's host name.
pub const LOOP_HEADER: &str = "X-Alongside-Desk";

/// More `Received` headers than this mean that a message goes in circles (RFC 5321 §6.3 asks for a limit of at least
/// 100 for refusing; for merely not answering, half is kind enough).
pub const MOST_HOPS: usize = 50;

/// What is asked about a message before anything is sent automatically.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The envelope sender: the only address an automatic answer may go to (RFC 3834 §4).
    pub from: Option<&'a str>,
    /// The message; only its outer header is read.
    pub raw: &'a [u8],
    /// Who vouches for the sender.
    pub vouched: &'a Vouched,
    /// The desk's own addresses.
    pub own: &'a Addresses,
}

/// Why a message must not be answered automatically. `Display` is a sentence for a responder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum WhyNot {
    /// `<>`: a bounce or another notice that must not be answered (RFC 5321 §4.5.5).
    #[error("the message came without a sender, as delivery notices do")]
    NullSender,
    /// The address cannot be written to safely.
    #[error("the sender's address is not one we can write to")]
    OddAddress,
    /// One of our own addresses: answering would be a loop.
    #[error("the message came from one of our own addresses")]
    OwnAddress,
    /// mailer-daemon, postmaster, no-reply, list owners (RFC 3834 §2).
    #[error("the sender's address belongs to a system that does not read answers")]
    SystemAddress,
    /// One of our own letters came back.
    #[error("this is one of our own letters that came back")]
    OwnLetter,
    /// Too many `Received` headers.
    #[error("the message has passed through so many servers that it may be going in circles")]
    GoingInCircles,
    /// `Auto-Submitted` other than `no`, or a header with the same meaning.
    #[error("the message was sent by a machine")]
    Automatic,
    /// `Precedence: bulk`, `list` or `junk`.
    #[error("the message was sent in bulk")]
    Bulk,
    /// `List-…` headers (RFC 2369, RFC 2919).
    #[error("the message came through a mailing list")]
    MailingList,
    /// `X-Auto-Response-Suppress` (MS-OXCMAIL).
    #[error("the sender's system asks not to be answered automatically")]
    AskedNotTo,
    /// A delivery or read receipt (RFC 3464, RFC 8098).
    #[error("the message is a delivery or read receipt")]
    Receipt,
    /// No trusted network and no trusted server stands up for the sender.
    #[error("nobody we trust confirms that the message really came from this address")]
    NobodyVouches,
}

/// Whether an automatic answer may go to `question.from`.
///
/// # Errors
/// The first reason against it, the surest ones first.
pub fn may_answer(question: Question<'_>) -> Result<(), WhyNot> {
    let from = question.from.filter(|from| !from.is_empty()).ok_or(WhyNot::NullSender)?;
    if !address::is_plain(from) {
        return Err(WhyNot::OddAddress);
    }
    if question.own.accepts(from) {
        return Err(WhyNot::OwnAddress);
    }
    if is_system_address(from) {
        return Err(WhyNot::SystemAddress);
    }
    let fields = header::fields(question.raw);
    if let Some(why_not) = fields.iter().find_map(why_not_by_field) {
        return Err(why_not);
    }
    if goes_in_circles(&fields) {
        return Err(WhyNot::GoingInCircles);
    }
    match question.vouched {
        Vouched::TrustedNetwork | Vouched::AuthenticatedResults { .. } => Ok(()),
        Vouched::Nobody => Err(WhyNot::NobodyVouches),
    }
}

/// Whether a machine wrote the message: a notice, a receipt, a list, an automatic reply. Nobody waits for a word on it.
///
/// Another question than [`may_answer`]: a person whom nobody vouches for, or whose system asks for no automatic answers,
/// gets none and is still a person. So is whoever writes to a list that is the desk's own address, as some mail services
/// set one up: its marks say nothing of the writer.
pub fn is_automatic(from: Option<&str>, raw: &[u8], own: &Addresses) -> bool {
    let Some(from) = from.filter(|from| !from.is_empty()) else { return true };
    let fields = header::fields(raw);
    let own_list = fields.iter().any(|field| field.is("List-Id") && is_own_list(&field.value, own));
    let by_machine = |why_not: WhyNot| match why_not {
        WhyNot::AskedNotTo => false,
        WhyNot::MailingList | WhyNot::Bulk => !own_list,
        _ => true,
    };
    is_system_address(from)
        || fields.iter().filter_map(why_not_by_field).any(by_machine)
        || goes_in_circles(&fields)
}

/// Whether a list's name is one of our addresses, with a dot in place of the `@` (RFC 2919 §3).
fn is_own_list(value: &str, own: &Addresses) -> bool {
    let name = value.rsplit('<').next().unwrap_or(value).trim().trim_end_matches('>').to_lowercase();
    own.iter().any(|address| address.replacen('@', ".", 1) == name)
}

fn goes_in_circles(fields: &[Field]) -> bool {
    fields.iter().filter(|field| field.is("Received")).count() > MOST_HOPS
}

fn is_system_address(from: &str) -> bool {
    let Some((local, _)) = address::split(from) else { return true };
    let local = local.to_ascii_lowercase();
    let squeezed: String = local.chars().filter(|character| character.is_alphanumeric()).collect();
    ["mailerdaemon", "postmaster", "noreply", "donotreply", "nepasrepondre", "nichtantworten", "keineantwort"]
        .iter()
        .any(|name| squeezed.starts_with(name) || squeezed.ends_with(name))
        || ["bounce", "bounces", "daemon", "root", "listserv", "majordomo", "mdaemon", "nobody"].iter().any(
            |name| {
                local
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', '-', '=']))
            },
        )
        || local.starts_with("owner-")
        || local.ends_with("-owner")
        || local.ends_with("-request")
        || local.ends_with("-bounces")
}

fn why_not_by_field(field: &Field) -> Option<WhyNot> {
    let name = field.name.to_ascii_lowercase();
    let value = field.value.to_ascii_lowercase();
    let keyword = value.split([';', ' ', '(']).next().unwrap_or_default();
    match name.as_str() {
        _ if field.is(LOOP_HEADER) => Some(WhyNot::OwnLetter),
        "auto-submitted" => (keyword != "no").then_some(WhyNot::Automatic),
        "x-autoreply" | "x-autorespond" | "x-auto-reply" | "x-autogenerated" | "x-mailer-daemon" => {
            Some(WhyNot::Automatic)
        }
        "precedence" | "x-precedence" => match keyword {
            "bulk" | "junk" => Some(WhyNot::Bulk),
            "list" => Some(WhyNot::MailingList),
            "auto_reply" => Some(WhyNot::Automatic),
            _ => None,
        },
        "list-id"
        | "list-post"
        | "list-help"
        | "list-owner"
        | "list-archive"
        | "list-subscribe"
        | "list-unsubscribe"
        | "list-unsubscribe-post"
        | "mailing-list" => Some(WhyNot::MailingList),
        "x-auto-response-suppress" => value
            .split([',', ';', ' '])
            .any(|wish| matches!(wish.trim(), "all" | "autoreply" | "oof"))
            .then_some(WhyNot::AskedNotTo),
        "content-type" => {
            let receipt = value.contains("delivery-status") || value.contains("disposition-notification");
            (keyword == "multipart/report" && receipt).then_some(WhyNot::Receipt)
        }
        "return-path" => (value == "<>").then_some(WhyNot::NullSender),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(from: Option<&str>, head: &str, vouched: &Vouched) -> Result<(), WhyNot> {
        let own = Addresses::new(["report@desk.example"]).unwrap();
        let raw = format!("{head}\r\n\r\nAuto-Submitted: auto-replied\r\nList-Id: inside the body\r\n");
        may_answer(Question { from, raw: raw.as_bytes(), vouched, own: &own })
    }

    fn by_head(head: &str) -> Result<(), WhyNot> {
        answer(Some("zoe@corp.example"), head, &Vouched::TrustedNetwork)
    }

    fn by_sender(from: &str) -> Result<(), WhyNot> {
        answer(Some(from), "Subject: odd mail", &Vouched::TrustedNetwork)
    }

    #[test]
    fn an_ordinary_report_is_answered() {
        assert_eq!(by_head("Subject: odd mail\r\nAuto-Submitted: no\r\nPrecedence: normal"), Ok(()));
        let results = Vouched::AuthenticatedResults { by: "mx".into(), domain: "corp.example".into() };
        assert_eq!(answer(Some("zoe@corp.example"), "Subject: x", &results), Ok(()));
        assert_eq!(by_head("X-Auto-Response-Suppress: DR, RN"), Ok(()));
        assert_eq!(by_head("Content-Type: multipart/report; report-type=feedback-report"), Ok(()));
    }

    #[test]
    fn nobody_is_answered_whom_nobody_vouches_for() {
        assert_eq!(
            answer(Some("zoe@corp.example"), "Subject: x", &Vouched::Nobody),
            Err(WhyNot::NobodyVouches)
        );
    }

    #[test]
    fn senders_that_do_not_read_answers_get_none() {
        assert_eq!(answer(None, "Subject: x", &Vouched::TrustedNetwork), Err(WhyNot::NullSender));
        assert_eq!(by_sender(""), Err(WhyNot::NullSender));
        assert_eq!(by_sender("a,b@corp.example"), Err(WhyNot::OddAddress));
        assert_eq!(by_sender("Report+token@desk.example"), Err(WhyNot::OwnAddress));
        for system in [
            "MAILER-DAEMON@x.test",
            "postmaster@x.test",
            "no-reply@x.test",
            "no_reply+1@x.test",
            "invoices-noreply@x.test",
            "DoNotReply@x.test",
            "bounces+zoe=corp.example@x.test",
            "owner-news@x.test",
            "news-request@x.test",
            "root@x.test",
        ] {
            assert_eq!(by_sender(system), Err(WhyNot::SystemAddress), "{system}");
        }
        for person in ["rooty@x.test", "bouncer@x.test", "norah.eply@x.test", "daemonica@x.test"] {
            assert_eq!(by_sender(person), Ok(()), "{person}");
        }
    }

    #[test]
    fn machines_lists_and_loops_get_no_answer() {
        for (head, why_not) in [
            ("Auto-Submitted: auto-replied", WhyNot::Automatic),
            ("auto-submitted: auto-generated; type=x", WhyNot::Automatic),
            ("Auto-Submitted:", WhyNot::Automatic),
            ("X-Autoreply: yes", WhyNot::Automatic),
            ("Precedence: bulk", WhyNot::Bulk),
            ("Precedence: JUNK (really)", WhyNot::Bulk),
            ("Precedence: list", WhyNot::MailingList),
            ("List-Id: <news.x.test>", WhyNot::MailingList),
            ("List-Unsubscribe: <mailto:x@x.test>", WhyNot::MailingList),
            ("X-Auto-Response-Suppress: DR, OOF,\r\n AutoReply", WhyNot::AskedNotTo),
            ("X-Auto-Response-Suppress: All", WhyNot::AskedNotTo),
            ("Content-Type: multipart/report; boundary=x;\r\n\treport-type=delivery-status", WhyNot::Receipt),
            ("Content-Type: multipart/report; report-type=disposition-notification", WhyNot::Receipt),
            ("Return-Path: <>", WhyNot::NullSender),
            ("X-Alongside-Desk: desk.example", WhyNot::OwnLetter),
        ] {
            assert_eq!(by_head(head), Err(why_not), "{head}");
        }
    }

    #[test]
    fn whoever_may_not_be_answered_by_a_machine_may_still_be_a_person() {
        let own = Addresses::new(["report@desk.example"]).unwrap();
        let automatic =
            |from: Option<&str>, head: &str| is_automatic(from, format!("{head}\r\n\r\n").as_bytes(), &own);
        let own_list = "Precedence: list\r\nList-Id: Reports <report.desk.example>\r\nList-Unsubscribe: <mailto:x@desk.example>";
        assert!(!automatic(Some("zoe@corp.example"), own_list));
        assert!(automatic(Some("zoe@corp.example"), &own_list.replace("report.desk", "news.desk")));
        for person in ["Subject: PLEASE HELP", "X-Auto-Response-Suppress: All", "Auto-Submitted: no"] {
            assert!(!automatic(Some("zoe@private.example"), person), "{person}");
        }
        assert!(!automatic(Some("a,b@corp.example"), "Subject: an odd address"));
        assert!(automatic(None, "Subject: x") && automatic(Some(""), "Subject: x"));
        assert!(automatic(Some("MAILER-DAEMON@x.test"), "Subject: x"));
        for machine in [
            "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-replied",
            "Precedence: bulk",
            "List-Id: <news.x.test>",
            "Content-Type: multipart/report; report-type=disposition-notification",
            "X-Alongside-Desk: desk.example",
        ] {
            assert!(automatic(Some("zoe@corp.example"), machine), "{machine}");
        }
        assert!(automatic(Some("zoe@corp.example"), &"Received: from a by b\r\n".repeat(MOST_HOPS + 1)));
    }

    #[test]
    fn a_message_in_circles_gets_no_answer() {
        let hops = |count: usize| "Received: from a by b\r\n".repeat(count) + "Subject: x";
        assert_eq!(by_head(&hops(MOST_HOPS)), Ok(()));
        assert_eq!(by_head(&hops(MOST_HOPS + 1)), Err(WhyNot::GoingInCircles));
    }
}
