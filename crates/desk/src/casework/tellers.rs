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
    told: BTreeSet<Told>,
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

    /// What they told us happened, the most pressing first: "typed a password".
    pub fn deeds(&self) -> Vec<String> {
        reports::deeds(&self.told).take(3).collect()
    }
}

/// Those who wait, by case, for one page of the open cases.
pub(super) async fn waiting(tx: &mut Tx, page: i64) -> Result<BTreeMap<CaseId, Waiting>> {
    let mut cases: BTreeMap<CaseId, Waiting> = BTreeMap::new();
    for teller in store::tellers(tx, page).await? {
        let waiting = cases.entry(teller.case_id).or_default();
        let name = if teller.name.is_empty() { "Somebody, without a name".to_owned() } else { teller.name };
        if !waiting.names.contains(&name) {
            waiting.names.push(name);
        }
        if teller.exposed {
            waiting.told.extend(reports::split_told(&teller.told));
        }
    }
    Ok(cases)
}
