//! How a case ends: who hears it, that nobody is left without it and nobody is answered whom nobody read, and closing.

use std::collections::{BTreeMap, BTreeSet};

use super::end::{End, offered};
use super::others::{everybody, named_in, others};
use super::reach::{Said, letter};
use super::show::{strangers, witnesses};
use super::{Sent, Shown, Unread, Witness, case_page, on_timeline, own, store};
use crate::cases::{self, Outcome, Task, Visibility};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId, Time};
use crate::letters::{self, Worded};
use crate::who::Who;
use crate::{Desk, reports, write};

/// Who of a case hears how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearers {
    /// Those who were told nothing yet, or another outcome.
    WhoDoNotKnow,
    Everybody,
}

/// Who of those who hear it reads the responder's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordsFor {
    /// Those we know. Whoever nobody confirms may have sent the lure: they read how it ended, and not what we did.
    Known,
    Everybody,
}

/// How a case ended, as a responder tells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    pub outcome: Outcome,
    pub words: &'a str,
    /// Why words stay that the check marks.
    pub over: Option<&'a str>,
    pub hearers: Hearers,
    pub words_for: WordsFor,
    /// What the page showed from which it is told; nothing where nobody looked at one.
    pub shown: Option<&'a Shown>,
}

impl Telling<'_> {
    fn knows(&self, witness: &Witness) -> bool {
        witness.ending.as_ref().is_some_and(|ending| ending.outcome == self.outcome.as_str())
    }
}

/// One person, and all of their reports that one letter answers; the one with more at stake comes first.
struct Hearer<'a> {
    reports: Vec<&'a Witness>,
    end: End<'a>,
}

/// Those who hear how it ended, and those who would, had anybody read what they told us.
struct Audience<'a> {
    hearers: Vec<Hearer<'a>>,
    unread: Vec<&'a Witness>,
}

impl<'a> Audience<'a> {
    fn of(all: &'a [Witness], tasks: &[Task], telling: &Telling<'a>) -> Audience<'a> {
        let places = reports::places(all.iter().map(|witness| &witness.report));
        let total = places.iter().copied().max().unwrap_or(0);
        let places: BTreeMap<_, _> = all.iter().map(|witness| witness.report.id).zip(places).collect();
        let knows = |witness: &Witness| telling.hearers == Hearers::WhoDoNotKnow && telling.knows(witness);
        let without_words = telling.words_for == WordsFor::Known && strangers(all) > 0;
        let mut audience = Audience { hearers: Vec::new(), unread: Vec::new() };
        for mut reports in by_person(all.iter().filter(|witness| !knows(witness))) {
            let place = reports.first().and_then(|first| places.get(&first.report.id)).copied().unwrap_or(0);
            let is_unread =
                |witness: &&Witness| telling.shown.is_some_and(|shown| !shown.has(&witness.report));
            let unread = reports.iter().copied().find(is_unread);
            if let Some(unread) = unread {
                audience.unread.push(unread);
                continue;
            }
            reports.sort_by_key(|witness| !witness.report.exposed);
            let stranger = reports.iter().all(|witness| witness.is_stranger());
            let words = if stranger && without_words { "" } else { telling.words.trim() };
            let end = End::of(telling.outcome, words, &reports, tasks);
            // How many a lure reached is nothing for strangers.
            let (place, total) = if stranger { (1, 1) } else { (place, total) };
            audience.hearers.push(Hearer { reports, end: End { place, total, ..end } });
        }
        audience
    }
}

/// The reports of each person to whom something could be written. Without a letter each report has a page of its own, and nobody
/// vouches that they are of one person.
pub(super) fn by_person<'a>(witnesses: impl Iterator<Item = &'a Witness>) -> Vec<Vec<&'a Witness>> {
    let mut people: Vec<Vec<&Witness>> = Vec::new();
    let mut met: BTreeMap<PersonId, usize> = BTreeMap::new();
    for witness in witnesses.filter(|witness| !witness.reach.is_forgotten()) {
        let next = people.len();
        let at = witness.reach.person().map_or(next, |person| *met.entry(person).or_insert(next));
        match people.get_mut(at) {
            Some(reports) => reports.push(witness),
            None => people.push(vec![witness]),
        }
    }
    people
}

/// Tells everybody in a case who does not know it yet how it ended; gives how many that were.
pub async fn tell_outcome(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    outcome: Outcome,
    words: &str,
    over: Option<String>,
) -> Result<usize> {
    let over = over.as_deref();
    let words_for = WordsFor::Known;
    let telling = Telling { outcome, words, over, hearers: Hearers::WhoDoNotKnow, words_for, shown: None };
    Ok(tell(desk, who, case, telling).await?.people)
}

/// Tells how a case ended. Keeps the promises of those who hear it; each learns what their report did.
pub(super) async fn tell(desk: &Desk, who: &Who, case: CaseId, telling: Telling<'_>) -> Result<Sent> {
    let now = desk.now();
    let words = telling.words.trim();
    write!(desk.db, tx => {
        own::refuse(tx, who, case).await?;
        let all = witnesses(tx, case, &[]).await?;
        let tasks = cases::tasks(tx, case).await?;
        let Audience { hearers, unread } = Audience::of(&all, &tasks, &telling);
        let named = named_in(&all, words);
        let mut people = 0;
        for Hearer { reports, end } in &hearers {
            let Some(first) = reports.first().map(|witness| &witness.report) else { continue };
            let letter_to_them = end.letter(desk, first.locale(), &who.name).greeting(&first.reporter_name, first.locale()).without(others(&named, first));
            let said = Said { kind: letters::Kind::Outcome, letter: letter_to_them, over: telling.over, subject: None };
            let reach = letter(tx, desk, who, first, said, now).await?;
            people += usize::from(!reach.is_nowhere());
            let on_page = if reach.is_page_only() { end.on_page(first.locale()) } else { words.to_owned() };
            for report in reports.iter().map(|witness| &witness.report) {
                if reach.is_nowhere() {
                    on_timeline(tx, who, case, Some(report.id), Visibility::Team, "unreached", "", now).await?;
                } else {
                    cases::tell(tx, report.id, telling.outcome, now).await?;
                    on_timeline(tx, who, case, Some(report.id), Visibility::Reporter, "outcome", &on_page, now).await?;
                }
                cases::keep_promises(tx, report.id, now).await?;
                store::answered(tx, report.id, now).await?;
            }
        }
        // Where everybody knows it from another case, this one still has to be told how it ended.
        if hearers.is_empty() && unread.is_empty() && cases::find(tx, case).await?.outcome.as_deref() == Some(telling.outcome.as_str()) {
            return Err(Error::NotYet("Nobody in this case is left to tell that. If somebody wrote afterwards, write to them; or tick the box to tell it to all once more.".into()));
        }
        if !hearers.is_empty() || unread.is_empty() {
            cases::set_outcome(tx, case, telling.outcome, words, now).await?;
        }
        cases::refresh(tx, case, now).await?;
        // Who is not reached hears nothing new by this, and letters that come back do so until one of them arrives.
        let unreached = all.iter().any(Witness::misses_the_end);
        Ok(Sent { people, unreached, unread: unread.into_iter().map(Unread::of).collect() })
    })
}

/// One letter that would tell an outcome, and everybody who would read exactly these words.
#[derive(Clone, Debug)]
pub struct OutcomeLetter {
    pub readers: Vec<String>,
    /// The language they read.
    pub reads: crate::Locale,
    pub letter: Worded,
}

/// What telling an outcome would write.
#[derive(Clone, Debug)]
pub struct OutcomeLetters {
    pub case: cases::Case,
    pub letters: Vec<OutcomeLetter>,
    /// The outcomes that fit what people told us about.
    pub offered: Vec<Outcome>,
    /// How many know it already.
    pub know: usize,
    /// How many strangers are among people we know.
    pub strangers: usize,
    /// Those whom nothing reaches.
    pub unreached: Vec<String>,
    /// Those whose letters come back; they are tried again.
    pub come_back: Vec<String>,
    /// Those whom the page before did not show.
    pub unread: Vec<Unread>,
    pub shown: Shown,
}

/// The letters that telling this outcome would write. Writes none.
pub(super) async fn letters_for(
    desk: &Desk,
    who: &Who,
    case: CaseId,
    telling: Telling<'_>,
) -> Result<OutcomeLetters> {
    let page = case_page(desk, who, case, None).await?;
    let all = &page.witnesses;
    let person = |witness: &Witness| {
        (witness.report.reporter_id, witness.reach.person().map_or(Some(witness.report.id), |_| None))
    };
    let know: BTreeSet<_> = all.iter().filter(|witness| telling.knows(witness)).map(person).collect();
    let named = |chosen: fn(&Witness) -> bool| {
        all.iter().filter(|witness| chosen(witness)).map(|witness| witness.name.clone()).collect()
    };
    let mut letters: Vec<OutcomeLetter> = Vec::new();
    let mut first_readers = Vec::new();
    let Audience { hearers, unread } = Audience::of(all, &page.tasks, &telling);
    let unread = unread.into_iter().map(Unread::of).collect();
    for Hearer { reports, end } in hearers {
        let Some(first) = reports.first().filter(|witness| !witness.reach.is_nowhere()) else { continue };
        let letter = end.letter(desk, first.report.locale(), &who.name);
        match letters.iter_mut().find(|other| other.letter == letter) {
            Some(other) => other.readers.push(first.name.clone()),
            None => {
                first_readers.push(&first.report);
                letters.push(OutcomeLetter {
                    readers: vec![first.name.clone()],
                    reads: first.report.locale(),
                    letter,
                });
            }
        }
    }
    for (one, first) in letters.iter_mut().zip(first_readers) {
        let alone = one.readers.len() == 1;
        let names = if alone { others(all, first) } else { everybody(all) };
        let greeted = one.letter.clone();
        let greeted = if alone { greeted.greeting(&first.reporter_name, one.reads) } else { greeted };
        one.letter = greeted.without(names);
    }
    Ok(OutcomeLetters {
        letters,
        offered: offered(all),
        know: know.len(),
        strangers: strangers(all),
        unreached: named(|witness| witness.reach.is_nowhere() && witness.misses_the_end()),
        come_back: named(|witness| witness.reach.comes_back()),
        unread,
        shown: page.shown,
        case: page.case,
    })
}

/// Whether a closed case left anybody without our words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    EverybodyHeard,
    /// Nothing we wrote reaches somebody in it.
    SomebodyUnreached,
}

/// What becomes of tasks that are still open when a case is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTasks {
    /// Nobody was asked yet: with one of them open the case stays open.
    Ask,
    /// They stay open, and stand in the inbox or on their reporter's page.
    Stay,
}

/// Closes a case that left nobody without an answer, and asks each reporter three questions a little later.
pub async fn close(desk: &Desk, who: &Who, case: CaseId) -> Result<Closed> {
    close_with(desk, who, case, OpenTasks::Ask).await
}

/// The same, by somebody who knows what becomes of its tasks.
pub async fn close_with(desk: &Desk, who: &Who, case: CaseId, open_tasks: OpenTasks) -> Result<Closed> {
    let now = desk.now();
    write!(desk.db, tx => {
        own::refuse(tx, who, case).await?;
        let all = witnesses(tx, case, &[]).await?;
        may_close(tx, case, &all, open_tasks).await?;
        if all.is_empty() {
            // Nobody is in it to whom anything could be told.
            store::close_empty(tx, case, now).await?;
        } else {
            cases::close(tx, case, now).await?;
        }
        on_timeline(tx, who, case, None, Visibility::Team, "closed", "", now).await?;
        cases::refresh(tx, case, now).await?;
        for witness in &all {
            if witness.ending.is_none() || witness.reach.is_unreached() {
                continue;
            }
            crate::jobs::enqueue(tx, crate::jobs::Work::Invite(witness.report.id), now.plus(5 * Time::MINUTE), now).await?;
        }
        let unreached = all.iter().any(Witness::misses_the_end);
        Ok(if unreached { Closed::SomebodyUnreached } else { Closed::EverybodyHeard })
    })
}

/// What keeps a case open: somebody who has not heard how it ended or has no answer, and a task nobody was asked about.
async fn may_close(tx: &mut Tx, case: CaseId, all: &[Witness], open_tasks: OpenTasks) -> Result<()> {
    let waits = |witness: &&Witness| witness.report.answered_at.is_none();
    if all.iter().filter(waits).any(|witness| witness.ending.is_none()) {
        return Err(Error::NotYet(
            "Somebody in this case has not heard how it ended. Tell them the outcome first.".into(),
        ));
    }
    if all.iter().any(|witness| waits(&witness)) {
        return Err(Error::NotYet("Somebody wrote to us after they heard how it ended. Write back first; you can say that it is the last word.".into()));
    }
    let open = cases::tasks(tx, case).await?.iter().filter(|task| task.done_at.is_none()).count();
    if open > 0 && open_tasks == OpenTasks::Ask {
        return Err(Error::NotYet(match open {
            1 => "One task in this case is still open. Mark it as done, or close the case and leave it open."
                .into(),
            open => format!(
                "{open} tasks in this case are still open. Mark them as done, or close the case and leave them open."
            ),
        }));
    }
    Ok(())
}

/// Opens a case again.
pub async fn reopen(desk: &Desk, who: &Who, case: CaseId) -> Result<()> {
    let now = desk.now();
    write!(desk.db, tx => {
        own::refuse(tx, who, case).await?;
        cases::reopen(tx, case, now).await?;
        on_timeline(tx, who, case, None, Visibility::Team, "reopened", "", now).await
    })
}
