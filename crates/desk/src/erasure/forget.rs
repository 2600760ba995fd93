//! Forgetting a person. Times and outcomes stay and are counted; words, names, addresses and files go.

use super::{Bytes, find, remove_unnamed, store};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CaseId, PersonId};
use crate::{Desk, cases, estimates, numbers, people, write};

/// What a case is called when its name was made of the words of somebody who is forgotten.
const TITLE: &str = "A report that was forgotten";

/// Whether somebody who signs in here may be forgotten: their account goes too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Stays,
    Goes,
}

crate::columns! {
    /// What would go with a person.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Look {
        pub name: String,
        /// What they sign in as, if they do.
        pub role: Option<String>,
        pub reports: i64,
        pub letters: i64,
        /// Open cases that would be nobody's.
        pub open_cases: i64,
        pub other_admins: i64,
        /// Versions of estimates whose words name them.
        pub estimates: i64,
    }
}

impl Look {
    /// Whether nobody could look after the desk without them.
    pub fn is_only_admin(&self) -> bool {
        self.role.as_deref() == Some("admin") && self.other_admins == 0
    }

    fn allow(&self, account: Account) -> Result<()> {
        let Some(role) = &self.role else { return Ok(()) };
        if self.is_only_admin() {
            return Err(Error::Invalid(
                "They are the only admin, and nobody could look after the desk without them. Invite another admin first.".into(),
            ));
        }
        match account {
            Account::Goes => Ok(()),
            Account::Stays => Err(Error::Invalid(format!(
                "They sign in here as {role}. Forget them with their account, or take their role away first."
            ))),
        }
    }
}

/// What forgetting a person would take away. Changes nothing.
pub async fn look(desk: &Desk, address: &str) -> Result<Look> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let look = store::look(&mut tx, person).await?.ok_or(Error::NotFound)?;
    let estimates = Names::of(&mut tx, person).await?.estimates(&mut tx).await?.len();
    Ok(Look { estimates: i64::try_from(estimates).unwrap_or(i64::MAX), ..look })
}

/// How much was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    pub reports: usize,
    pub letters: u64,
    pub files: usize,
    /// Files that came a moment ago: `doctor` removes them after a day, unless somebody else's report names them.
    pub young_files: usize,
    /// False if something in the way kept old traces in the database's log for now.
    pub log_emptied: bool,
}

/// Forgets a person: name, address, words, messages and files, and what we wrote to and about them. What they wrote to others for the
/// desk stays, without their name beside it.
pub async fn erase(desk: &Desk, address: &str, account: Account) -> Result<Erased> {
    let mut tx = desk.db.read().await?;
    let person = find(&mut tx, address).await?;
    let reports = store::report_ids(&mut tx, person).await?.len();
    let keys = store::keys_of(&mut tx, person).await?;
    drop(tx);
    estimates::measured::close_weeks(desk).await?;
    let now = desk.now();
    let letters = write!(desk.db, tx => {
        store::look(tx, person).await?.ok_or(Error::NotFound)?.allow(account)?;
        // What was counted in weeks that are over stays counted, and names nobody.
        numbers::close_weeks(tx, &desk.settings.hours, now).await?;
        let names = Names::of(tx, person).await?;
        let their_cases = store::cases_of(tx, person).await?;
        for case in &their_cases {
            if store::others_in(tx, *case, person).await? == 0 {
                store::forget_case(tx, *case, TITLE).await?;
            } else {
                forget_mentions(tx, *case, person, &names).await?;
            }
        }
        forget_elsewhere(tx, &names).await?;
        let letters = store::forget(tx, person, now).await?;
        for case in their_cases {
            cases::refresh(tx, case, now).await?;
        }
        people::note_about(tx, None, "forgot a person", "at their wish", Some(person), now).await?;
        Ok(letters)
    })?;
    // Bytes go after the rows: a crash in between leaves bytes that nothing names, never a row without its bytes.
    let (mut files, mut young_files) = (0, 0);
    for key in keys {
        match remove_unnamed(desk, &key).await? {
            Bytes::Gone => files += 1,
            Bytes::Young => young_files += 1,
            Bytes::Named => {}
        }
    }
    let log_emptied = desk.db.let_go_of_old().await?;
    Ok(Erased { reports, letters, files, young_files, log_emptied })
}

/// Takes a person out of a case that others share: the title if it is theirs, and every word of the team that names them.
async fn forget_mentions(tx: &mut Tx, case: CaseId, person: PersonId, names: &Names) -> Result<()> {
    let (title, outcome) = store::case_words(tx, case).await?;
    if names.are_in(&title) || store::own_titles(tx, case, person).await?.contains(&title) {
        let others = store::other_titles(tx, case, person).await?;
        let title = others.iter().find(|title| !names.are_in(title)).map_or(TITLE, String::as_str);
        store::rename_case(tx, case, title).await?;
    }
    if outcome.is_some_and(|words| names.are_in(&words)) {
        store::forget_outcome_words(tx, case).await?;
    }
    for (id, words) in store::entry_words(tx, case).await? {
        if names.are_in(&words) {
            store::forget_entry(tx, id).await?;
        }
    }
    for (id, ask, why) in store::task_words(tx, case).await? {
        if names.are_in(&ask) || names.are_in(&why) {
            store::forget_task(tx, id).await?;
        }
    }
    Ok(())
}

/// Takes a person out of what the team wrote in cases that were never theirs, and out of what anybody added to the three questions. Only where they are named in full: a first name
/// there is most likely somebody else's.
async fn forget_elsewhere(tx: &mut Tx, names: &Names) -> Result<()> {
    for name in &names.full {
        let only = Names { all: vec![name.clone()], full: Vec::new() };
        for (id, words) in store::team_entries_like(tx, name).await? {
            if only.are_in(&words) {
                store::forget_entry(tx, id).await?;
            }
        }
        for (id, ask, why) in store::tasks_like(tx, name).await? {
            if only.are_in(&ask) || only.are_in(&why) {
                store::forget_task(tx, id).await?;
            }
        }
        estimates::forget::forget(tx, &store::like(name), &|text| only.are_in(text)).await?;
        for (id, words) in store::answers_like(tx, name).await? {
            if only.are_in(&words) {
                store::forget_answer_words(tx, id).await?;
            }
        }
    }
    Ok(())
}

/// What a text may call somebody.
pub(super) struct Names {
    all: Vec<String>,
    /// Their address and their whole name, as they have it themselves: what a stranger typed beside their address is not looked
    /// for everywhere.
    full: Vec<String>,
}

impl Names {
    pub(super) async fn of(tx: &mut Tx, person: PersonId) -> Result<Names> {
        let known = store::person(tx, person).await?;
        let (address, name) = known.map(|known| (known.address, known.name)).unwrap_or_default();
        // A person may have told us under several names; each report has the one it came with.
        let mut said = store::names_in_reports(tx, person).await?;
        let whole = Some(name.to_lowercase()).filter(|name| name.trim().contains(' '));
        let full = address.iter().cloned().chain(whole).collect();
        said.push(name);
        let said: Vec<String> = said.into_iter().map(|name| name.to_lowercase()).collect();
        // Short parts are left out: they are words of their own, or initials.
        let parts = said.iter().flat_map(|name| name.split_whitespace());
        let parts: Vec<String> = parts.filter(|part| part.chars().count() > 3).map(str::to_owned).collect();
        let mut names: Vec<String> = address.into_iter().chain(said).chain(parts).collect();
        names.retain(|name| !name.is_empty());
        Ok(Names { all: names, full })
    }

    /// The versions of estimates whose words hold their address or their whole name.
    pub(super) async fn estimates(&self, tx: &mut Tx) -> Result<Vec<estimates::forget::Words>> {
        let mut found: Vec<estimates::forget::Words> = Vec::new();
        for name in &self.full {
            let only = Names { all: vec![name.clone()], full: Vec::new() };
            for words in estimates::forget::naming(tx, &store::like(name), &|text| only.are_in(text)).await? {
                if !found.contains(&words) {
                    found.push(words);
                }
            }
        }
        Ok(found)
    }

    /// What is looked for everywhere, each by itself.
    pub(super) fn full(&self) -> impl Iterator<Item = &str> {
        self.full.iter().map(String::as_str)
    }

    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.all.iter().any(|name| {
            text.match_indices(name.as_str()).any(|(at, found)| {
                let before = text.get(..at).and_then(|head| head.chars().next_back());
                let after = text.get(at + found.len()..).and_then(|tail| tail.chars().next());
                [before, after].into_iter().flatten().all(|letter| !letter.is_alphanumeric())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word_and_never_inside_one() {
        let all = vec!["zelda@example.org".into(), "zelda kim".into(), "zelda".into()];
        let names = Names { all, full: Vec::new() };
        for text in ["Called Zelda.", "ZELDA KIM asked", "mail to zelda@example.org, twice"] {
            assert!(names.are_in(text), "{text}");
        }
        assert!(!names.are_in("the zeldas of this world"));
    }
}
