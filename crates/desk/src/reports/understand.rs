//! Job: reads what was reported, finds or opens its case, and writes the first word with its promise, in one transaction.
//! Analysis runs before it, off the async threads, and cannot take the desk down with it.

use std::collections::BTreeSet;

use super::files::{beside, say_left_out};
use super::first_word::{FirstWord, Team};
use super::receive::{MESSAGE, Upload, keep_file};
use super::reply::{Ours, brings_message, words_of_reply};
use super::store::{self, File, Report, Understood};
use super::{Heard, Kind, Seen, Told, Vouch, earlier, links, pasted, told, tongue};
use crate::cases::{self, NewEntry, Source, Visibility};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{ReportId, Time};
use crate::jobs::{self, Claimed, Work};
use crate::letters::{self, Draft};
use crate::people::Person;
use crate::words::{Locale, straight};
use crate::{Desk, write};

/// What the engines make of one report.
#[derive(Clone, Debug, Default)]
struct Analysis {
    message: Option<Understanding>,
    /// What the person wrote themselves, apart from what they report.
    own_words: String,
    told: BTreeSet<Told>,
    /// What they came to say, where their words say more than the door knew.
    kind: Option<Kind>,
    /// The language of their own words, where the door did not know it.
    locale: Option<Locale>,
    /// The language they ask for.
    wished: Option<Locale>,
    /// When a mail says it was written.
    written_at: Option<Time>,
    /// What came beside the words, to be opened as files.
    files: Vec<Upload>,
    /// More came than is kept as files.
    left_out: bool,
    /// What makes the further messages the lures that they are.
    also: Vec<mail::Fingerprint>,
    /// A machine wrote it: nobody waits for a word.
    automatic: bool,
    /// It happened to somebody else, as far as the words say.
    of_another: bool,
    /// What they lost is a badge, and nothing that anybody signs in on.
    badge: bool,
    /// The private links of what looks like a letter of ours that came back.
    own_links: Vec<String>,
    /// The mail itself is the message that is reported, not something that came with it.
    itself: bool,
}

/// What the engines make of one message.
#[derive(Clone, Debug)]
pub(super) struct Understanding {
    pub seen: Seen,
    /// What makes two reports the same lure.
    pub print: mail::Fingerprint,
    pub lure: lure::Lure,
}

impl Understanding {
    pub(super) fn of(reading: &mail::Reading, setting: &mail::Setting) -> Understanding {
        let mut seen = Seen::from_reading(reading);
        let lure = super::seen::lure_of(reading, setting);
        super::seen::add_lure(&mut seen, reading.subject_message(), &lure);
        Understanding { seen, print: mail::fingerprint(reading.subject_message(), setting), lure }
    }

    /// The evidence with why it is understandable, in words that this reporter did not read the last time.
    pub(super) async fn seen_by(&self, tx: &mut Tx, report: &Report) -> Result<Seen> {
        let mut seen = self.seen.clone();
        let turn = match report.reporter_id {
            Some(person) => store::answered_since(tx, person, Time(0)).await?,
            None => 0,
        };
        super::seen::add_why(&mut seen, &self.lure, report.locale(), turn);
        Ok(seen)
    }
}

/// So many further messages of one report are read; all are kept.
const MOST_REREAD: usize = 5;
/// A mail that lay in a mailbox for longer than this when we took it gets no automatic answer.
const OLD: i64 = 2 * Time::DAY;

/// Understands one report and answers it, once.
pub async fn understand(desk: &Desk, job: &Claimed, id: ReportId) -> Result<()> {
    let mut tx = desk.db.read().await?;
    let report = store::by_id(&mut tx, id).await?;
    drop(tx);
    let Some(report) = report.filter(|report| report.understood_at.is_none()) else {
        return write!(desk.db, tx => { jobs::finish(tx, job).await.map(|_| ()) });
    };
    let mut analysis = analyse(desk, &report).await?;
    let mut files = Vec::new();
    for upload in analysis.files.drain(..) {
        files.push(keep_file(desk, upload, desk.now()).await?);
    }
    settle(desk, job, None, &report, analysis, &files).await
}

/// When reading is given up: the report still gets a case and a word, and a person looks.
pub async fn give_up(desk: &Desk, job: &Claimed, id: ReportId, problem: &str) -> Result<()> {
    let mut tx = desk.db.read().await?;
    let report = store::by_id(&mut tx, id).await?;
    drop(tx);
    match report.filter(|report| report.understood_at.is_none()) {
        Some(report) => {
            let analysis = Analysis { own_words: report.words.clone(), ..Analysis::default() };
            settle(desk, job, Some(problem), &report, analysis, &[]).await
        }
        None => write!(desk.db, tx => { jobs::finish(tx, job).await.map(|_| ()) }),
    }
}

async fn analyse(desk: &Desk, report: &Report) -> Result<Analysis> {
    let analysis = analyse_as(desk, report, false).await?;
    if links::made_up(desk, &analysis.own_links).await? {
        return analyse_as(desk, report, true).await;
    }
    Ok(analysis)
}

async fn analyse_as(desk: &Desk, report: &Report, plays_us: bool) -> Result<Analysis> {
    let raw = match &report.raw_key {
        Some(key) => Some(desk.blobs.get(key).await?),
        None => None,
    };
    let setting = mail::Setting { plays_us, ..desk.settings.mail.clone() };
    let report = report.clone();
    let ours = Ours::of(desk);
    super::apart(move || read(&report, raw, &setting, &ours)).await
}

fn read(report: &Report, raw: Option<Vec<u8>>, setting: &mail::Setting, known: &Ours) -> Analysis {
    let base_url = known.base_url.as_str();
    let by_mail = matches!(report.door.as_str(), "mail" | "mailbox");
    let mut told = told::split(&report.told);
    let mut own_words = report.words.clone();
    let mut analysis = Analysis::default();
    let mut heard = None;
    if let Some(raw) = raw {
        let mut reading = mail::read_as(&raw, setting, report.came());
        let ours = !setting.plays_us && letters::looks_like_ours(reading.subject_message(), base_url);
        if ours {
            analysis.own_links = letters::own_links(&reading.subject_message().text, base_url);
        }
        let mut words_only = false;
        if by_mail {
            analysis.written_at = reading.outer.date.map(|seconds| Time(seconds.saturating_mul(1_000_000)));
            (analysis.files, analysis.left_out) = beside(&reading);
            own_words = if report.answers.is_some() {
                let (words, subject) = words_of_reply(&reading, known);
                words_only = !brings_message(&reading, &known.address);
                if words.is_empty() && words_only { subject } else { words }
            } else {
                own_words_of(&reading)
            };
            own_words = letters::without_own_links(&own_words, base_url);
            let mut said = Heard::of(&own_words);
            // A letter to the desk without a message inside is a person talking, not a lure; unless it is one itself.
            if report.answers.is_none() && reading.shape == mail::Shape::Letter {
                match lure_to_us(&raw, &reading, report, &said, setting) {
                    Some(lure) if is_worrying(&lure) => {
                        (own_words, said) = (String::new(), Heard::default());
                        reading = lure;
                    }
                    Some(other) => reading = other,
                    None => words_only = true,
                }
            }
            let brings_message =
                reading.original.is_some() && !ours && !letters::is_delivery_notice(&reading.outer);
            // A message handed on as it is has its author's headers: they say nothing of the person who hands it on.
            let speaks_for_itself =
                reading.shape != mail::Shape::Bare || report.vouched != Vouch::Vouched.as_str();
            analysis.automatic =
                report.automatic && speaks_for_itself && !brings_message && !said.tells_of_harm();
            heard = Some(said);
        }
        if !by_mail && reading.outer.is_copied_text() {
            let said = pasted::words_in(&reading);
            words_only = !said.is_empty() && reading.original.is_none();
            own_words = format!("{own_words}\n\n{said}").trim().to_owned();
        }
        // A letter of ours that comes back is no lure.
        if !words_only && !ours {
            analysis.message = Some(Understanding::of(&reading, setting));
            analysis.itself = by_mail && reading.original.is_none();
            analysis.also = reading.others.iter().map(|other| mail::fingerprint(other, setting)).collect();
        }
    }
    let own_words = letters::without_own_links(&own_words, base_url);
    let heard = heard.unwrap_or_else(|| Heard::of(&own_words));
    told.extend(&heard.told);
    analysis.of_another = heard.of_another;
    analysis.badge = heard.only_a_badge;
    if analysis.message.is_none() && report.kind != Kind::Friction.as_str() && heard.lost_a_device {
        analysis.kind = Some(Kind::Device);
    } else if [Kind::Message.as_str(), Kind::Feeling.as_str()].contains(&report.kind.as_str())
        && !told.contains(&Told::Looked)
        && heard.went_wrong
    {
        analysis.kind = Some(Kind::Happened);
    }
    // A form and a report button know which language is read; a mail says only what its program is set to.
    if by_mail {
        analysis.locale = Locale::of_words(&own_words);
    }
    analysis.wished = tongue::wished(&own_words);
    if told.iter().any(|one| one.is_exposure()) {
        told.remove(&Told::Looked);
    }
    analysis.told = told;
    analysis.own_words = own_words;
    analysis
}

/// A letter to the desk that is itself what somebody might report: it tells of nothing that happened to its writer, and comes from
/// outside with links or files; or it names others as its readers, and nobody vouches that one of us wrote it.
fn lure_to_us(
    raw: &[u8],
    reading: &mail::Reading,
    report: &Report,
    heard: &Heard,
    setting: &mail::Setting,
) -> Option<mail::Reading> {
    let outer = &reading.outer;
    let host = outer.from.as_ref().and_then(|from| from.address.rsplit_once('@')).map(|(_, host)| host)?;
    let own = mail::is_own(setting, host);
    if heard.tells_of_harm() || own && report.vouched == Vouch::Vouched.as_str() {
        return None;
    }
    let carries = !(own || outer.links.is_empty() && outer.attachments.is_empty());
    let to_others = report.written && !mail::is_to_desk(outer, setting);
    (carries || to_others).then(|| mail::read_as(raw, setting, mail::Came::Reported))
}

fn is_worrying(reading: &mail::Reading) -> bool {
    matches!(reading.verdict.kind, mail::VerdictKind::LikelyHarmful | mail::VerdictKind::Suspicious)
}

fn own_words_of(reading: &mail::Reading) -> String {
    match reading.shape {
        mail::Shape::Bare | mail::Shape::Arf | mail::Shape::OutlookFile => String::new(),
        mail::Shape::Attached => reading.outer.text.clone(),
        // Some say everything in the subject.
        mail::Shape::Letter => {
            format!("{}\n\n{}", reading.outer.subject.trim(), reading.outer.text.trim()).trim().to_owned()
        }
        mail::Shape::InlineForward { .. } => super::seen::own_words(reading),
    }
}

/// One understanding is written at a time. Several at once would join the same cases, meet each other as conflicts (PostgreSQL) and do
/// their work again; reading the mail, which costs more, goes on beside it.
pub(super) static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Writes down what was understood. With a `problem`, reading is given up, and the job is left for a person in the same transaction.
async fn settle(
    desk: &Desk,
    job: &Claimed,
    problem: Option<&str>,
    report: &Report,
    analysis: Analysis,
    files: &[File],
) -> Result<()> {
    let now = desk.now();
    let kind = analysis.kind.or(Kind::parse(&report.kind)).unwrap_or(Kind::Message);
    let locale = analysis.wished.or(analysis.locale).unwrap_or(report.locale());
    let report = &Report { kind: kind.as_str().into(), locale: locale.tag().into(), ..report.clone() };
    let exposed = told::needs_help(kind, &analysis.told) || analysis.of_another;
    let by = desk.settings.first_word_by(now, exposed);
    let title = title_of(kind, &analysis);
    let Analysis {
        message,
        own_words,
        told,
        locale: heard,
        wished,
        written_at,
        also,
        automatic,
        of_another,
        badge,
        itself,
        left_out,
        ..
    } = analysis;
    let exposed = exposed && !automatic;
    let print = message.as_ref().map(|message| &message.print);
    let old = report.door == "mailbox" && written_at.is_some_and(|at| report.received_at.since(at) > OLD);
    let _turn = TURN.lock().await;
    write!(desk.db, tx => {
        let ours = match problem {
            None => jobs::finish(tx, job).await?,
            Some(problem) => jobs::give_up(tx, job, problem, now).await?,
        };
        if !ours {
            return Ok(());
        }
        let answered = match report.answers {
            Some(answered) => store::by_id(tx, answered).await?.and_then(|answered| answered.case_id),
            None => None,
        };
        // Whoever answers with a message of their own tells us of that one: it goes to its like, as it would by itself.
        let cases::Joined { case, close } = match answered.filter(|_| print.is_none_or(|print| print.keys().is_empty())) {
            Some(case) => cases::Joined { case, close: false },
            None => cases::join(tx, print, &title, now).await?,
        };
        for other in &also {
            cases::remember(tx, case, other, cases::Place::Beside, now).await?;
        }
        let others = store::others_of_case(tx, case, report).await?;
        let seen = match &message {
            Some(message) => Some(message.seen_by(tx, report).await?),
            None => None,
        };
        let reporter = super::reporter_of(tx, report).await?;
        let its_sender = itself && reporter.as_ref().is_some_and(|person| writes_from_outside(desk, person));
        let answerable = report.answerable && !its_sender;
        let of_message = |value: fn(&Seen) -> String| seen.as_ref().map(value).unwrap_or_default();
        let understood = Understood {
            case_id: case,
            at: now,
            kind: kind.as_str(),
            locale: heard.map(Locale::tag),
            told: told::join(&told),
            exposed,
            words: own_words.clone(),
            verdict: of_message(|seen| seen.verdict.clone()),
            subject: seen.as_ref().map_or_else(|| title.clone(), |seen| seen.subject.clone()),
            sender: of_message(|seen| seen.from_address.clone()),
            evidence: letters::without_own_links(&of_message(Seen::store), &desk.settings.base_url),
            automatic,
            answerable,
            quiet: report.quiet && !its_sender && !automatic,
        };
        if !store::understood(tx, report.id, &understood).await? {
            return Ok(());
        }
        if let Some(wish) = wished {
            store::choose_locale(tx, report.id, wish.tag()).await?;
        }
        cases::add_entry(tx, &NewEntry {
            case, report: Some(report.id), source: Source::Witness, author: report.reporter_id,
            visibility: Visibility::Reporter, kind: "reported", body: own_words.clone(), at: report.received_at,
        }).await?;
        cases::add_entry(tx, &NewEntry {
            case, report: Some(report.id), source: Source::System, author: None,
            visibility: Visibility::Reporter, kind: "read", body: understood.verdict.clone(), at: now,
        }).await?;
        let earlier = match &seen {
            // A stranger may have sent the message, and would learn what we know of it.
            Some(seen) if close && report.is_confirmed() => earlier::told_in(tx, case, seen, &desk.settings.hours, locale).await?,
            _ => None,
        };
        if let Some(seen) = &seen {
            earlier::say(tx, case, report, seen, earlier.as_ref(), now).await?;
        }
        let answers_another = (answered == Some(case)).then_some("answers-another");
        for kind in answers_another.into_iter().chain(of_another.then_some("tells-of-another")) {
            cases::add_line(tx, case, report.id, Visibility::Team, kind, now).await?;
        }
        if left_out {
            say_left_out(tx, case, report.id, now).await?;
        }
        // Another message that came at once is read as well, and stands in front if it worries us more.
        let before = store::files(tx, report.id).await?;
        for file in before.iter().filter(|file| file.media_type == MESSAGE).take(MOST_REREAD) {
            jobs::enqueue(tx, Work::Reread(file.id), now, now).await?;
        }
        for file in files {
            store::add_file(tx, report.id, file).await?;
        }
        if automatic {
            // Nobody waits for a word.
            cases::joined(tx, case, cases::Joins::Machine, now).await?;
        } else {
            cases::promise(tx, case, report.id, "word", by, now).await?;
            let person = cases::Joins::Person { exposed, promised: by, received: report.received_at };
            cases::joined(tx, case, person, now).await?;
        }
        let old = old && answerable && reporter.is_some();
        let held = match &reporter {
            Some(person) if answerable => super::heard_enough(tx, desk, person.id, now).await?,
            _ => false,
        };
        let mut unsaid = match (old, held) {
            (true, _) => Some("first-word-old"),
            (_, true) => Some("first-word-held"),
            _ if report.takes_letters() && its_sender => Some("first-word-sender"),
            _ => (understood.quiet && reporter.is_some()).then_some("first-word-quiet"),
        };
        if unsaid.is_none() && let Some((person, address)) = reporter.and_then(|person| person.address.clone().map(|address| (person, address)))
            && answerable {
                let by_words = desk.settings.hours.say_by(by, now, locale);
                let word = FirstWord {
                    organisation: &desk.settings.organisation,
                    phone: desk.settings.phone.as_deref(),
                    kind,
                    told: &told,
                    seen: seen.as_ref(),
                    understandable: of_message(|seen| seen.understandable.clone()),
                    by: &by_words,
                    name: &person.name,
                    locale,
                    others,
                    team: Team::at(&desk.settings.hours, now, by),
                    badge,
                    earlier: earlier.as_ref(),
                    typed: report.door == "web",
                };
                let draft = Draft {
                    kind: letters::Kind::FirstWord, report: report.id, case: Some(case), to: person.id,
                    to_address: address, locale, subject: word.subject().into(), body: String::new(),
                };
                if letters::queue_ours(tx, desk, draft, &person.name, word.bodies(), now).await?.is_none() {
                    unsaid = Some("first-word-unsaid");
                }
            }
        if let Some(kind) = unsaid {
            cases::add_line(tx, case, report.id, Visibility::Team, kind, now).await?;
        }
        tx.signal("inbox");
        tx.signal(format!("case:{case}"));
        tx.signal(format!("report:{}", report.id));
        Ok(())
    })
}

/// Whether somebody writes from outside our own domains. A message that comes straight from such an address may be their own:
/// a letter there would tell an attacker what we see.
fn writes_from_outside(desk: &Desk, person: &Person) -> bool {
    let host = person.address.as_deref().and_then(|address| address.rsplit_once('@')).map(|(_, host)| host);
    host.is_some_and(|host| !mail::is_own(&desk.settings.mail, host))
}

fn title_of(kind: Kind, analysis: &Analysis) -> String {
    let subject = analysis.message.as_ref().map(|message| message.seen.subject.trim()).unwrap_or_default();
    if !subject.is_empty() {
        return subject.to_owned();
    }
    let own_words = straight(&analysis.own_words);
    let words: Vec<&str> = own_words.split_whitespace().take(10).collect();
    let mut first_words: String =
        words.iter().take(9).copied().collect::<Vec<_>>().join(" ").chars().take(90).collect();
    if words.len() > 9 {
        first_words.push('…');
    }
    let deeds: Vec<String> = told::deeds(&analysis.told).take(2).collect();
    match kind {
        Kind::Device => "A lost device".into(),
        _ if !first_words.is_empty() => first_words,
        _ if analysis.told.iter().any(|one| one.is_exposure()) => capital(&deeds.join(", ")),
        Kind::Message => "A message without a subject".into(),
        Kind::Happened => "Something happened".into(),
        Kind::Feeling => "Something feels wrong".into(),
        Kind::Friction => "A rule gets in the way".into(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
