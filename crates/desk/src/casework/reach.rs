//! Whether and how our words get to a reporter: by letter that arrives or comes back, on their page, or not at all; and the verbs that change it.

use super::{compose, on_timeline, own, store};
use crate::cases::{self, Promise, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, ReportId, Time};
use crate::letters::{self, Draft, Worded};
use crate::people::Person;
use crate::reports::{self, Report};
use crate::who::Who;
use crate::{Desk, people, write};

/// How our words get to a reporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By letter, and on their page.
    Letter { to: PersonId, address: String },
    /// Our letters come back, and each new one is tried. Some have their page meanwhile.
    ComesBack { to: PersonId, address: String, page: bool },
    /// On their page only: the form or their report button gave them its link.
    Page,
    /// Not at all: no letter may go to them, and they never got a link.
    Nowhere,
    /// Not at all: they wished to be forgotten.
    Forgotten,
}

impl Reach {
    /// `comes_back` says whether the newest letter to this person did not arrive.
    pub(super) fn of(report: &Report, person: Option<&Person>, comes_back: bool) -> Reach {
        if report.erased_at.is_some() {
            return Reach::Forgotten;
        }
        let page = matches!(report.door.as_str(), "web" | "api");
        let known = person.and_then(|person| person.address.clone().map(|address| (person.id, address)));
        match known.filter(|_| report.takes_letters()) {
            Some((to, address)) if comes_back => Reach::ComesBack { to, address, page },
            Some((to, address)) => Reach::Letter { to, address },
            None if page => Reach::Page,
            None => Reach::Nowhere,
        }
    }

    /// Who gets the letters, if any may be written.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Reach::Letter { to, .. } | Reach::ComesBack { to, .. } => Some(*to),
            Reach::Page | Reach::Nowhere | Reach::Forgotten => None,
        }
    }

    pub fn is_letter(&self) -> bool {
        matches!(self, Reach::Letter { .. })
    }

    pub fn is_page_only(&self) -> bool {
        *self == Reach::Page
    }

    pub fn comes_back(&self) -> bool {
        matches!(self, Reach::ComesBack { .. })
    }

    pub fn is_forgotten(&self) -> bool {
        *self == Reach::Forgotten
    }

    /// Whether no word of ours can even be tried.
    pub fn is_nowhere(&self) -> bool {
        matches!(self, Reach::Nowhere | Reach::Forgotten)
    }

    /// Whether what we wrote so far reached them by no way.
    pub fn is_unreached(&self) -> bool {
        self.is_nowhere() || matches!(self, Reach::ComesBack { page: false, .. })
    }
}

/// How our words get to one reporter.
pub(super) async fn reach(tx: &mut Tx, report: &Report) -> Result<Reach> {
    let person = reports::reporter_of(tx, report).await?;
    let comes_back = match &person {
        Some(person) => letters::comes_back(tx, person.id).await?,
        None => false,
    };
    Ok(Reach::of(report, person.as_ref(), comes_back))
}

/// What is said to a reporter whom nothing reaches, instead of writing in vain.
pub(super) fn reaches_nobody() -> Error {
    Error::NotYet("Nothing you write reaches this person: no letter may go to their address, and they have no link. If you know that they are who they say, say so on this page first.".into())
}

/// What a responder says to one reporter.
pub(super) struct Said<'a> {
    pub kind: letters::Kind,
    /// The whole letter, with its ending.
    pub letter: Worded,
    /// Why words stay that the check marks.
    pub over: Option<&'a str>,
    /// The key of its subject, where it is not the one of its kind.
    pub subject: Option<&'static str>,
}

/// Queues a letter for a reporter we may write to; others read it on their page. Words that reach nobody do not count
/// as an answer. All of them pass the check: only the envelope differs.
pub(super) async fn letter(
    tx: &mut Tx,
    desk: &Desk,
    who: &Who,
    report: &Report,
    said: Said<'_>,
    now: Time,
) -> Result<Reach> {
    let passed = letters::pass(
        &desk.settings,
        &said.letter,
        &[who.name.as_str(), report.reporter_name.as_str()],
        said.over,
    )?;
    let reach = reach(tx, report).await?;
    let locale = report.locale();
    match &reach {
        Reach::Letter { to, address } | Reach::ComesBack { to, address, .. } => {
            let draft = Draft {
                kind: said.kind,
                report: report.id,
                case: report.case_id,
                to: *to,
                to_address: address.clone(),
                locale,
                subject: subject(desk, report, said.subject.unwrap_or_else(|| subject_key(said.kind))),
                body: said.letter.body,
            };
            letters::queue(tx, desk, &draft, who.person, passed, now).await?;
        }
        Reach::Page => letters::spoke_on_page(tx, report.id, said.kind, now).await?,
        Reach::Nowhere | Reach::Forgotten => {}
    }
    Ok(reach)
}

/// A subject stands on lock screens: it quotes the reported message, and never what somebody told us about themselves.
fn subject(desk: &Desk, report: &Report, key: &str) -> String {
    let locale = report.locale();
    let about = if report.has_message() { report.subject.trim() } else { "" };
    if about.is_empty() {
        let day = desk.settings.hours.say_day(report.received_at, locale);
        return locale.say(&format!("{key}-day"), &[("day", &day)]);
    }
    let about: String = about.chars().filter(|letter| !letter.is_control()).take(60).collect();
    locale.say(key, &[("about", &about)])
}

fn subject_key(kind: letters::Kind) -> &'static str {
    match kind {
        letters::Kind::FirstWord
        | letters::Kind::Steps
        | letters::Kind::Word
        | letters::Kind::NewLink
        | letters::Kind::Invitation => "subject-word",
        letters::Kind::Moved => "subject-moved",
        letters::Kind::Outcome => "subject-outcome",
    }
}

/// A responder says that a reporter is who they say, and how they know. From now on letters go out to them, and they
/// are owed one.
pub async fn vouch(desk: &Desk, who: &Who, id: ReportId, reason: &str) -> Result<CaseId> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Invalid("Please say in a few words how you know.".into()));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        let report = reports::store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let case = report.case_id.ok_or(Error::NotFound)?;
        own::refuse(tx, who, case).await?;
        let address = reports::reporter_of(tx, &report).await?.and_then(|person| person.address).ok_or_else(|| {
            Error::Invalid("This report came without an address, so there is nobody to write to.".into())
        })?;
        // A lure that came to us directly names its own sender: a letter there would tell the attacker.
        if people::normal(&report.sender) == address {
            return Err(Error::Invalid("This address is the sender of the reported message itself, so no letter goes there.".into()));
        }
        if !store::vouch(tx, id).await? {
            return Ok(case);
        }
        people::note_about(tx, Some(who.person), "vouched for a reporter", &id.to_string(), report.reporter_id, now).await?;
        on_timeline(tx, who, case, Some(id), Visibility::Team, "vouched", reason, now).await?;
        if cases::ending_of(tx, id).await?.is_none() {
            store::unanswered_again(tx, id).await?;
            if !cases::promises_to(tx, id).await?.iter().any(Promise::is_open) {
                let by = desk.settings.first_word_by(now, report.exposed);
                cases::promise(tx, case, id, "word", by, now).await?;
            }
        }
        cases::refresh(tx, case, now).await?;
        Ok(case)
    })
}

/// Gives a reporter a new private link; the old one stops working. Only where a letter can carry the new one.
pub async fn renew_link(desk: &Desk, who: &Who, report: ReportId) -> Result<CaseId> {
    let now = desk.now();
    write!(desk.db, tx => {
        let known = reports::store::by_id(tx, report).await?.ok_or(Error::NotFound)?;
        let case = known.case_id.ok_or(Error::NotFound)?;
        own::refuse(tx, who, case).await?;
        if !reach(tx, &known).await?.is_letter() {
            return Err(Error::NotYet("No letter gets to this person, so a new link would reach nobody, and their old one would stop working. It stays as it is.".into()));
        }
        reports::renew_link(tx, desk, report).await?;
        people::note_about(tx, Some(who.person), "renewed a private link", &report.to_string(), known.reporter_id, now).await?;
        let locale = known.locale();
        let ours = Worded::ours(compose(desk, locale, &who.name, &locale.t("letter-new-link"), None), locale);
        let ours = ours.greeting(&known.reporter_name, locale);
        letter(tx, desk, who, &known, Said { kind: letters::Kind::NewLink, letter: ours, over: None, subject: None }, now).await?;
        on_timeline(tx, who, case, Some(report), Visibility::Reporter, "new-link", "", now).await?;
        Ok(case)
    })
}
