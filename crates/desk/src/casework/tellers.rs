//! Who waits in each case of the inbox, and what they told us: what decides which case is opened first. Rates nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::store;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::CaseId;
use crate::reports::{self, Told};

/// Those in one case who have no answer yet.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    names: Vec<String>,
    /// Who told us of each.
    told: BTreeMap<Told, BTreeSet<String>>,
}

impl Waiting {
    /// Who they are, in words: the first name, and how many more.
    pub fn people(&self) -> String {
        match self.names.split_first() {
            None => String::new(),
            Some((first, [])) => first.clone(),
            Some((first, more)) => format!("{first} and {} more", more.len()),
        }
    }

    /// What they told us happened, the most pressing first: "typed a password". Where several wait, of how many: what one of them did
    /// is not put down to the others.
    pub fn deeds(&self) -> Vec<String> {
        let deed = |(told, who): (&Told, &BTreeSet<String>)| {
            reports::deed(*told).map(|deed| match self.names.len() {
                0 | 1 => deed,
                all => format!("{} of {all} {deed}", who.len()),
            })
        };
        self.told.iter().filter_map(deed).take(3).collect()
    }
}

/// Those who wait, by case, for one page of the open cases.
pub(super) async fn waiting(tx: &mut Tx, page: i64) -> Result<BTreeMap<CaseId, Waiting>> {
    let mut cases: BTreeMap<CaseId, Waiting> = BTreeMap::new();
    for teller in store::tellers(tx, page).await? {
        let waiting = cases.entry(teller.case_id).or_default();
        let name = if teller.name.is_empty() { "Somebody, without a name".to_owned() } else { teller.name };
        if teller.exposed {
            for told in reports::split_told(&teller.told) {
                waiting.told.entry(told).or_default().insert(name.clone());
            }
        }
        if !waiting.names.contains(&name) {
            waiting.names.push(name);
        }
    }
    Ok(cases)
}
