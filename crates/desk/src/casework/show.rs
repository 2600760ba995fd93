//! One case as a responder reads it: the people first, then what they reported, what was said, and what is owed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reach, Shown};
use crate::cases::{self, Case, Ending, Entry, Promise, Task};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, PersonId, ReportId};
use crate::letters::{self, Letter};
use crate::reports::{self, Report, Seen};
use crate::who::Who;
use crate::{Desk, people};

/// Everything the case page shows.
#[derive(Clone, Debug)]
pub struct CasePage {
    pub case: Case,
    pub owner: Option<String>,
    pub witnesses: Vec<Witness>,
    /// The report whose evidence and conversation are open.
    pub open: Option<Open>,
    pub timeline: Vec<Entry>,
    /// What the page carries back with a letter to everybody.
    pub shown: Shown,
    /// The number of the piece of the timeline before this one, if there is one.
    pub before: Option<i64>,
    pub tasks: Vec<Task>,
    pub promises: Vec<Promise>,
}

impl CasePage {
    /// Whose words it shows: those of the open report, those in the shown piece of the timeline, and those that named the case. Of the
    /// others of a wave it shows a name, and no word.
    fn whose(&self) -> Vec<Option<PersonId>> {
        let open = self.open.iter().map(|open| open.witness.report.id);
        let told: BTreeSet<ReportId> =
            self.timeline.iter().filter_map(|entry| entry.report_id).chain(open).collect();
        let first = self.witnesses.iter().take(1);
        let shown = self.witnesses.iter().filter(|witness| told.contains(&witness.report.id));
        first.chain(shown).map(|witness| witness.report.reporter_id).collect()
    }
}

/// One reporter of the case.
#[derive(Clone, Debug)]
pub struct Witness {
    pub report: Report,
    /// How the page names them: their name, or "somebody" for an anonymous report.
    pub name: String,
    /// Their name or address, if we know one.
    pub called: Option<String>,
    pub address: Option<String>,
    pub due: Option<crate::Time>,
    pub reach: Reach,
    /// The outcome they were told, if they were.
    pub ending: Option<Ending>,
}

impl Witness {
    /// Whether what we wrote so far reached them by no way. Nobody misses somebody who wished to be forgotten.
    pub fn is_missed(&self) -> bool {
        self.reach.is_unreached() && !self.reach.is_forgotten()
    }

    /// Whether nobody says who this is, and they read us on their page alone.
    pub fn is_stranger(&self) -> bool {
        self.reach.is_page_only() && !self.report.is_confirmed()
    }

    /// Whether how it ended does not get to them: their letters come back, or nothing was ever told them.
    pub fn misses_the_end(&self) -> bool {
        self.is_missed() && (self.reach.comes_back() || self.ending.is_none())
    }
}

/// The report that is open on the page.
#[derive(Clone, Debug)]
pub struct Open {
    pub witness: Witness,
    pub seen: Option<Seen>,
    /// How hard the message was to spot and who here said how well it fits; nothing while that is a guess.
    pub difficulty: Option<(&'static str, String)>,
    pub letters: Vec<Letter>,
    pub draft: String,
    /// What the page carries back with it, so that no other window's words are overwritten.
    pub draft_version: i64,
    /// What the words may carry, heard now and kept nowhere.
    pub heard: Option<Heard>,
    pub files: Vec<reports::store::File>,
}

/// Feelings that somebody's words may carry.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// "may be worried", with the words that suggest it.
    pub feelings: Vec<(String, Vec<String>)>,
    /// A first sentence that would fit.
    pub opening: Option<String>,
}

/// Reads a case, and writes down who read it.
pub async fn case_page(desk: &Desk, who: &Who, id: CaseId, chosen: Option<ReportId>) -> Result<CasePage> {
    case_page_at(desk, who, id, chosen, 0).await
}

/// The same with an older piece of the timeline.
pub async fn case_page_at(
    desk: &Desk,
    who: &Who,
    id: CaseId,
    chosen: Option<ReportId>,
    piece: i64,
) -> Result<CasePage> {
    // Before anything is read: what comes while the page is made was not shown.
    let at = desk.now();
    let mut tx = desk.db.read().await?;
    let case = cases::find(&mut tx, id).await?;
    super::own::refuse(&mut tx, who, id).await?;
    let owner = match case.owner_id {
        Some(owner) => people::find(&mut tx, owner).await?.map(|person| person.name),
        None => None,
    };
    let promises = cases::promises(&mut tx, id).await?;
    let witnesses = witnesses(&mut tx, id, &promises).await?;
    let first = chosen
        .and_then(|chosen| witnesses.iter().find(|witness| witness.report.id == chosen))
        .or_else(|| {
            witnesses.iter().find(|witness| witness.report.exposed && witness.report.answered_at.is_none())
        })
        .or_else(|| witnesses.iter().find(|witness| witness.due.is_some()))
        .or_else(|| witnesses.first())
        .cloned();
    let cases::Piece { entries: timeline, more } = cases::timeline(&mut tx, id, piece).await?;
    let open = match first {
        Some(witness) => {
            let report = witness.report.id;
            let seen = reports::store::by_id(&mut tx, report)
                .await?
                .and_then(|whole| whole.evidence)
                .filter(|text| !text.is_empty())
                .map(|text| Seen::parse(&text));
            let (draft, draft_version) =
                super::store::versioned_draft(&mut tx, report, who.person).await?.unwrap_or_default();
            let difficulty = match &seen {
                Some(seen) => crate::spotting::confirmed(&mut tx, id, seen).await?,
                None => None,
            };
            Some(Open {
                seen,
                difficulty: difficulty
                    .map(|(difficulty, author)| (difficulty.sentence(lure::Locale::En), author)),
                letters: letters::about(&mut tx, report).await?,
                draft,
                draft_version,
                heard: listen(desk, &witness.report, &timeline),
                files: reports::store::files(&mut tx, report).await?,
                witness,
            })
        }
        None => None,
    };
    let page = CasePage {
        owner,
        shown: Shown::new(at, witnesses.iter().map(|witness| witness.report.id)),
        witnesses,
        open,
        timeline,
        before: more.then_some(piece + 1),
        tasks: cases::tasks(&mut tx, id).await?,
        promises,
        case,
    };
    drop(tx);
    people::note_looks(desk, who, "read a case", &format!("#{}", page.case.number), page.whose()).await?;
    Ok(page)
}

/// How many strangers share a case with people we know: what is written to all of a case is not for them, unless somebody says so.
pub(super) fn strangers(all: &[Witness]) -> usize {
    let known = all.iter().any(|witness| !witness.is_stranger() && !witness.reach.is_forgotten());
    if known { all.iter().filter(|witness| witness.is_stranger()).count() } else { 0 }
}

/// The reporters of a case, in the order in which they told us.
pub(super) async fn witnesses(tx: &mut Tx, case: CaseId, promises: &[Promise]) -> Result<Vec<Witness>> {
    let known = super::store::reporters(tx, case).await?;
    let endings = cases::endings(tx, case).await?;
    let come_back = letters::come_back_in(tx, case).await?;
    let of_case = reports::store::of_case(tx, case).await?;
    let witness = |report: Report| {
        let called = called(&report, known.iter().find(|person| Some(person.id) == report.reporter_id));
        let person = known.iter().find(|person| Some(person.id) == report.reporter_id);
        let due = promises
            .iter()
            .filter(|promise| promise.report_id == report.id && promise.is_open())
            .map(|promise| promise.by_at)
            .min();
        let comes_back = person.is_some_and(|person| come_back.contains(&person.id));
        let reach = Reach::of(&report, person, comes_back);
        Witness {
            name: named(&report, called.as_deref()),
            called,
            reach,
            ending: endings.iter().find(|ending| ending.report_id == report.id).cloned(),
            address: person.and_then(|person| person.address.clone()),
            due,
            report,
        }
    };
    let mut witnesses: Vec<Witness> = of_case.into_iter().map(witness).collect();
    tell_apart(&mut witnesses);
    Ok(witnesses)
}

/// Two people of one name are told apart by their addresses.
fn tell_apart(witnesses: &mut [Witness]) {
    let mut people: BTreeMap<String, BTreeSet<Option<PersonId>>> = BTreeMap::new();
    for witness in witnesses.iter().filter(|witness| witness.called.is_some()) {
        people.entry(witness.name.clone()).or_default().insert(witness.report.reporter_id);
    }
    for witness in witnesses {
        let shared = people.get(&witness.name).is_some_and(|people| people.len() > 1);
        if let Some(address) = witness.address.as_ref().filter(|address| shared && **address != witness.name)
        {
            witness.name = format!("{} ({address})", witness.name);
        }
    }
}

/// How pages name a reporter.
fn named(report: &Report, called: Option<&str>) -> String {
    match called {
        _ if report.erased_at.is_some() => "Somebody who was forgotten".into(),
        Some(called) => called.to_owned(),
        None => "Somebody, without a name".into(),
    }
}

/// The name or the address of a reporter, if we know one.
fn called(report: &Report, person: Option<&people::Person>) -> Option<String> {
    // Whoever set up an account here said their own name, and nobody proved that the address is theirs: the name that came with a
    // report stays with it.
    let account = person.is_some_and(|person| person.role.is_some());
    let of_person = person.map(|person| &person.name);
    let names = [
        of_person.filter(|_| !account),
        Some(&report.reporter_name),
        of_person,
        person.and_then(|person| person.address.as_ref()),
    ];
    names.into_iter().flatten().find(|name| !name.is_empty()).filter(|_| report.erased_at.is_none()).cloned()
}

/// What a person's words may carry that no person of ours has answered yet, or else the newest; nothing when listening is switched
/// off, and never stored.
fn listen(desk: &Desk, report: &Report, timeline: &[Entry]) -> Option<Heard> {
    let mut said: Vec<(crate::ids::Time, &str)> = timeline
        .iter()
        .filter(|entry| entry.report_id == Some(report.id) && entry.kind == "said")
        .map(|entry| (entry.at, entry.body.as_str()))
        .chain([(report.received_at, report.words.as_str())])
        .filter(|(_, words)| !words.trim().is_empty())
        .collect();
    said.sort_by_key(|(at, _)| *at);
    let answered =
        said.iter().filter(|(at, _)| report.last_human_word_at.is_some_and(|word| *at <= word)).count();
    let open = said.get(answered.min(said.len().saturating_sub(1))..).unwrap_or_default();
    if !desk.settings.listen_for_feelings || open.is_empty() {
        return None;
    }
    let words: Vec<&str> = open.iter().map(|(_, words)| *words).collect();
    super::message::hear(&words.join("\n\n"), report.locale())
}
