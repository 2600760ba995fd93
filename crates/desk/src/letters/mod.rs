//! Anything we send to a person: written down in the transaction that caused it, checked for blame, threat, jargon and
//! vagueness, then handed to a relay, or kept where people can see it. Goes only to the person it is for, never to an
//! address found in a reported message. Knows no case.

mod gate;
mod inert;
mod ours;
mod store;
#[cfg(test)]
mod tests;
pub mod web;

#[cfg(test)]
pub(crate) use gate::findings;
pub use gate::{Marked, Passed, Worded, findings_in_any, is_named, marked, on_page, pass, plain_name};
use gate::{codes, serious_of};
pub use inert::inert;
pub use ours::{
    is_delivery_notice, looks_like_ours, own_links, quotes_own_link, says_failed, without_own_links,
};
pub use store::{Letter, come_back, come_back_in, comes_back, sql};

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, LetterId, PersonId, ReportId, Time};
use crate::jobs::{self, Claimed, Work};
use crate::who::Who;
use crate::words::Locale;
use crate::{Desk, Outgoing, people, write};

/// Stands in a letter's text where the reader's private link goes; filled in when the letter leaves.
pub const PAGE_LINK: &str = "[[page]]";
/// Stands in an invitation where the link to the three questions goes. Whoever has that link can answer, so nobody at the desk sees it.
pub const THANKS_LINK: &str = "[[thanks]]";

/// How many letters stand on one page of the outbox.
const PAGE: i64 = 100;

/// The state of a letter that no relay takes.
const UNDELIVERED: &str = "undelivered";

/// A letter's text for those who work here: without what only its reader may open.
pub fn without_links(text: &str) -> String {
    text.replace(PAGE_LINK, "(their private page)").replace(THANKS_LINK, "(three questions, for them alone)")
}

/// What kind of letter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The first answer to a report, by the desk itself.
    FirstWord,
    /// What helps now, by the desk itself, for somebody who told us of more that happened.
    Steps,
    /// From a responder.
    Word,
    /// A promise was moved.
    Moved,
    /// A new private link.
    NewLink,
    /// The outcome.
    Outcome,
    /// Three questions after a case is closed.
    Invitation,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::FirstWord => "first-word",
            Kind::Steps => "steps",
            Kind::Word => "word",
            Kind::Moved => "moved",
            Kind::NewLink => "new-link",
            Kind::Outcome => "outcome",
            Kind::Invitation => "invitation",
        }
    }

    /// Whose word it is when a person sends it.
    fn of_a_person(self) -> store::Whose {
        match self {
            Kind::Moved | Kind::NewLink => store::Whose::Notice,
            Kind::FirstWord | Kind::Steps | Kind::Word | Kind::Outcome | Kind::Invitation => {
                store::Whose::Answer
            }
        }
    }
}

/// Why a relay did not take a letter. Holds none of the relay's words: they name people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// It will not take this letter, however often we ask: the code of its answer.
    #[error("the relay refused the letter for good ({0})")]
    Refused(u16),
    /// The letter cannot be written as a mail, for example because the address is none.
    #[error("the letter cannot be written as a mail")]
    Unwritable,
    /// It may take it later: the code of its answer.
    #[error("the relay did not take the letter for now ({0})")]
    Later(u16),
    /// Nobody answered, or not in a way we understand.
    #[error("the relay could not be reached: {0}")]
    Unreachable(&'static str),
}

/// A letter to be written.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: Kind,
    pub report: ReportId,
    pub case: Option<CaseId>,
    pub to: PersonId,
    pub to_address: String,
    pub locale: Locale,
    pub subject: String,
    pub body: String,
}

/// Queues a letter of a person that passed the check.
pub async fn queue(
    tx: &mut Tx,
    desk: &Desk,
    draft: &Draft,
    author: PersonId,
    passed: Passed,
    now: Time,
) -> Result<LetterId> {
    add(tx, desk, draft, Some(author), passed, now).await
}

/// Queues a letter of the desk itself: the first of `bodies` that passes the check. Each is written only when those before
/// it did not. `None` when none passes: then a person has to write, and nothing that led here may be lost over it.
pub async fn queue_ours(
    tx: &mut Tx,
    desk: &Desk,
    mut draft: Draft,
    reader: &str,
    bodies: impl Iterator<Item = Result<String>>,
    now: Time,
) -> Result<Option<LetterId>> {
    for body in bodies {
        let letter = match body {
            Ok(body) => Worded::ours(body, draft.locale),
            Err(problem) => {
                tracing::error!(report = %draft.report, problem = crate::error::for_the_log(&problem), "a letter of the desk could not be written");
                continue;
            }
        };
        let found = letter.findings(&desk.settings, &[reader]);
        if serious_of(&found) > 0 {
            tracing::error!(report = %draft.report, codes = codes(&found), "a letter of the desk did not pass the check");
            continue;
        }
        draft.body = letter.body;
        let passed = Passed { codes: codes(&found), over: None };
        return add(tx, desk, &draft, None, passed, now).await.map(Some);
    }
    Ok(None)
}

/// Writes down a letter that passed; without an author it is the desk's own.
async fn add(
    tx: &mut Tx,
    desk: &Desk,
    draft: &Draft,
    author: Option<PersonId>,
    passed: Passed,
    now: Time,
) -> Result<LetterId> {
    let robot = author.is_none();
    let id = LetterId::new(now);
    let domain = domain_of(&desk.settings.desk_address);
    let previous = store::last_message_id(tx, draft.report).await?;
    let letter = Letter {
        id,
        report_id: Some(draft.report),
        case_id: draft.case,
        to_person: Some(draft.to),
        to_address: draft.to_address.clone(),
        kind: draft.kind.as_str().to_owned(),
        locale: draft.locale.tag().to_owned(),
        // It may name the reported message, in its sender's words.
        subject: inert(&draft.subject),
        body: draft.body.clone(),
        robot,
        author_id: author,
        override_reason: passed.over,
        findings: passed.codes,
        message_id: format!("{id}@{domain}"),
        in_reply_to: previous,
        reply_to: Some(reply_address(desk, draft.report, store::link_serial(tx, Some(draft.report)).await?)),
        made_at: now,
        state: "queued".to_owned(),
        sent_at: None,
    };
    store::add(tx, &letter).await?;
    let whose = if robot { store::Whose::Desk } else { draft.kind.of_a_person() };
    store::spoke(tx, draft.report, whose, now).await?;
    // The letter names the page, so the page is there for as long as for a new one.
    crate::reports::links::prolong(tx, draft.report, now).await?;
    jobs::enqueue(tx, Work::Send(id), now, now).await?;
    Ok(id)
}

/// The letters about one report, oldest first.
pub async fn about(tx: &mut Tx, report: ReportId) -> Result<Vec<Letter>> {
    store::about(tx, report).await
}

/// A human word that the reader finds on their page, because we may not write to them.
pub async fn spoke_on_page(tx: &mut Tx, report: ReportId, kind: Kind, now: Time) -> Result<()> {
    store::spoke(tx, report, kind.of_a_person(), now).await?;
    crate::reports::links::prolong(tx, report, now).await
}

/// The newest letters.
pub async fn newest(desk: &Desk) -> Result<Vec<Letter>> {
    let mut tx = desk.db.read().await?;
    store::newest(&mut tx, None, PAGE, 0).await
}

/// The report that a letter with this Message-ID to this address was about.
pub async fn report_of_letter(tx: &mut Tx, message_id: &str, to: &str) -> Result<Option<ReportId>> {
    store::report_of_letter(tx, message_id, to).await
}

/// A delivery notice at the address that only mail servers know for this letter: it comes to stand as undelivered if the notice is
/// final, and its case hears of it.
pub async fn returned(desk: &Desk, id: LetterId, raw: &[u8]) -> Result<()> {
    if !says_failed(raw) {
        return Ok(());
    }
    let now = desk.now();
    write!(desk.db, tx => {
        if store::mark_returned(tx, id).await? {
            jobs::enqueue(tx, Work::SayUndelivered(id), now, now).await?;
            tx.signal("outbox");
        }
        Ok(())
    })
}

/// The letters that a delivery notice anywhere else is about, which anybody may have written: those it names, or the newest about the
/// report to whose reply address it came.
pub async fn perhaps_returned(
    tx: &mut Tx,
    desk: &Desk,
    report: Option<ReportId>,
    raw: &[u8],
) -> Result<Vec<Letter>> {
    let named = ours::own_message_ids(raw, domain_of(&desk.settings.desk_address));
    let mut found = store::named(tx, &named).await?;
    if let Some(report) = report {
        found.retain(|letter| letter.report_id == Some(report));
        if found.is_empty() {
            found.extend(store::about(tx, report).await?.pop());
        }
    }
    Ok(found)
}

/// Job: hands a letter to the relay, or leaves it in the outbox when there is none.
pub async fn send(desk: &Desk, job: &Claimed, id: LetterId) -> Result<()> {
    let mut tx = desk.db.read().await?;
    let letter = store::by_id(&mut tx, id).await?;
    let serial = match &letter {
        Some(letter) => store::link_serial(&mut tx, letter.report_id).await?,
        None => 0,
    };
    drop(tx);
    // What was given up stands as undelivered; an admin tries it again by its job.
    let waits = |letter: &Letter| letter.state == "queued" || letter.state == UNDELIVERED;
    let Some(letter) = letter.filter(waits) else {
        return write!(desk.db, tx => { jobs::finish(tx, job).await.map(|_| ()) });
    };
    let state = match &desk.post {
        // Invariant: a second try carries the same Message-ID, so a receiver can tell it is the same letter.
        Some(post) => match post(outgoing(desk, &letter, serial)).await {
            Ok(()) => "sent",
            Err(NotSent::Refused(_) | NotSent::Unwritable) => UNDELIVERED,
            Err(later @ (NotSent::Later(_) | NotSent::Unreachable(_))) => {
                return Err(Error::Broken(later.to_string()));
            }
        },
        None => "kept",
    };
    let now = desk.now();
    write!(desk.db, tx => {
        if jobs::finish(tx, job).await? {
            store::settle(tx, id, state, now).await?;
            if state == UNDELIVERED {
                jobs::enqueue(tx, Work::SayUndelivered(id), now, now).await?;
            }
            tx.signal("outbox");
        }
        Ok(())
    })
}

/// When handing over is given up: the letter stands as undelivered, and its case hears of it.
pub async fn give_up(desk: &Desk, job: &Claimed, id: LetterId, problem: &str) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if jobs::give_up(tx, job, problem, now).await? {
            store::settle(tx, id, UNDELIVERED, now).await?;
            jobs::enqueue(tx, Work::SayUndelivered(id), now, now).await?;
            tx.signal("outbox");
        }
        Ok(())
    })
}

/// One letter.
pub async fn find(tx: &mut Tx, id: LetterId) -> Result<Option<Letter>> {
    store::by_id(tx, id).await
}

/// Hands a letter over once more that could not be delivered, or that waited for a relay.
pub async fn send_again(desk: &Desk, who: &Who, id: LetterId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        if !store::queue_again(tx, id).await? {
            return Err(Error::NotYet("This letter is on its way, was sent, or its reader was forgotten. There is nothing to try again.".into()));
        }
        jobs::enqueue(tx, Work::Send(id), now, now).await?;
        let letter = find(tx, id).await?.ok_or(Error::NotFound)?;
        people::note_about(tx, Some(who.person), "sent a letter again", &letter.kind, letter.to_person, now).await?;
        tx.signal("outbox");
        Ok(())
    })
}

/// Hands over all letters that waited for a relay; gives how many they were.
pub async fn send_waiting(desk: &Desk) -> Result<usize> {
    if desk.post.is_none() {
        return Err(Error::NotYet("No mail relay is set up, so the letters have to wait.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        let waiting = store::queue_kept(tx).await?;
        for id in &waiting {
            jobs::enqueue(tx, Work::Send(*id), now, now).await?;
        }
        tx.signal("outbox");
        Ok(waiting.len())
    })
}

/// The letter as it leaves: text, simple HTML, and what keeps robots from answering robots.
pub fn outgoing(desk: &Desk, letter: &Letter, link_serial: i64) -> Outgoing {
    let text = filled(desk, letter, link_serial);
    Outgoing {
        from: desk.settings.desk_address.clone(),
        from_name: Locale::from_tag(&letter.locale)
            .say("desk-name", &[("organisation", &desk.settings.organisation)]),
        to: letter.to_address.clone(),
        reply_to: letter.reply_to.clone(),
        returns_to: tagged(desk, &desk.keys.return_tag(letter.id)),
        subject: letter.subject.clone(),
        html: html(&text, &letter.locale, &desk.settings.base_url),
        text,
        message_id: letter.message_id.clone(),
        in_reply_to: letter.in_reply_to.clone(),
        automatic: letter.robot,
    }
}

/// A letter's text with the reader's private link in its place.
pub fn filled(desk: &Desk, letter: &Letter, link_serial: i64) -> String {
    let link = letter.report_id.map(|report| {
        let token = desk.keys.page_token(report, serial_of(link_serial));
        desk.link(&format!("/r/{token}"))
    });
    let link = link.as_deref().unwrap_or_default();
    // Only on a line of its own: within a line, somebody else may have written the mark to get the link into an address of theirs.
    let lines = letter.body.split('\n').map(|line| if line.trim() == PAGE_LINK { link } else { line });
    let text = lines.collect::<Vec<_>>().join("\n");
    match letter.report_id {
        Some(report) if letter.kind == Kind::Invitation.as_str() => {
            text.replace(THANKS_LINK, &desk.link(&format!("/thanks/{}", thanks_token(desk, report))))
        }
        _ => text,
    }
}

/// The token of the three questions about one report: made anew each time it is needed, stored only as a hash.
pub fn thanks_token(desk: &Desk, report: ReportId) -> String {
    desk.keys.mark(&format!("thanks/{report}"))
}

/// The address that brings a reply back to its report, until the report gets another private link.
pub fn reply_address(desk: &Desk, report: ReportId, link_serial: i64) -> String {
    tagged(desk, &desk.keys.reply_tag(report, serial_of(link_serial)))
}

fn tagged(desk: &Desk, tag: &str) -> String {
    let (local, domain) = desk.settings.desk_address.split_once('@').unwrap_or(("desk", "localhost"));
    format!("{local}+{tag}@{domain}")
}

fn serial_of(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

fn domain_of(address: &str) -> &str {
    address.split_once('@').map_or("localhost", |(_, domain)| domain)
}

/// Paragraphs and lists of a plain letter as simple HTML; every character escaped, only links to our own pages live.
fn html(text: &str, locale: &str, base_url: &str) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{locale}\"><body style=\"font: 16px/1.5 sans-serif; max-width: 36em\">"
    );
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<&str> = block.lines().collect();
        if lines.iter().all(|line| line.starts_with("- ")) {
            out.push_str("<ul>");
            for line in lines {
                out.push_str(&format!("<li>{}</li>", linked(line.trim_start_matches("- "), base_url)));
            }
            out.push_str("</ul>");
        } else {
            let joined: Vec<String> = lines.into_iter().map(|line| linked(line, base_url)).collect();
            out.push_str(&format!("<p>{}</p>", joined.join("<br>")));
        }
    }
    out.push_str("</body></html>");
    out
}

fn linked(line: &str, base_url: &str) -> String {
    line.split(' ')
        .map(|word| {
            let safe = escape(word);
            if word.strip_prefix(base_url).is_some_and(|path| path.starts_with('/')) {
                format!("<a href=\"{safe}\">{safe}</a>")
            } else {
                safe
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod html_tests {
    use super::*;

    #[test]
    fn a_letter_as_html_is_escaped_and_only_links_to_our_own_pages_work() {
        let page = html(
            "Hi <b>,\n\n- one\n- https://evil.example/login now.exe\n\nhttps://desk.example/r/1\nhttps://desk.example.evil.example/r/1",
            "en",
            "https://desk.example",
        );
        assert!(page.contains("Hi &lt;b&gt;,"));
        assert!(page.contains("<ul><li>one</li><li>https://evil.example/login now.exe</li></ul>"));
        assert!(page.contains("<a href=\"https://desk.example/r/1\">"));
        assert_eq!(page.matches("<a ").count(), 1, "{page}");
    }
}
