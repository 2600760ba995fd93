//! What makes reports reports of one lure. A message's keys find the cases that may have seen it; which of them did, the comparison with
//! the messages of each decides. What stands in the messages of several cases is no sign of any: a warning above them, a footer.

pub(crate) mod store;

use std::collections::BTreeMap;

use mail::{Common, Fingerprint, Likeness};

use super::Joined;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, Time};
use crate::keys;

/// Reports of one lure join a case that saw it within this time.
const SAME_LURE: i64 = 30 * Time::DAY;
/// What stands in the messages of so many cases is usual here.
const USUAL: usize = 3;
/// So many messages of one case are compared: a case that grows by what is a little different each time has an end.
const MOST_PRINTS: i64 = 20;

/// The message that a report is about, or one that only came with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Leading,
    Beside,
}

/// The case that saw a message lately.
pub(super) async fn find(tx: &mut Tx, message: &Fingerprint, now: Time) -> Result<Option<Joined>> {
    let mut seen: BTreeMap<CaseId, Vec<(Fingerprint, bool)>> = BTreeMap::new();
    // The newest first.
    let mut order = Vec::new();
    for key in message.keys() {
        for case in store::by_trait(tx, &key, now.plus(-SAME_LURE)).await? {
            if seen.contains_key(&case) {
                continue;
            }
            let stored = store::prints(tx, case).await?;
            let prints =
                stored.iter().filter_map(|one| Some((Fingerprint::parse(&one.print)?, one.reported)));
            let prints: Vec<_> = prints.collect();
            // A wave of copies: nothing else can be more alike.
            if prints.iter().any(|(print, leading)| *leading && print == message) {
                return Ok(Some(Joined { case, close: true }));
            }
            seen.insert(case, prints);
            order.push(case);
        }
    }
    let common = usual(message, seen.values());
    let best = order.into_iter().filter_map(|case| {
        let prints = seen.get(&case)?;
        let likeness =
            |(print, reported): &(Fingerprint, bool)| (mail::compare(message, print, common), *reported);
        let most = prints.iter().map(likeness).max()?;
        let same = prints.iter().map(|(print, _)| mail::same_orders(message, print).count_ones()).max()?;
        let joined = Joined { case, close: most == (Likeness::Close, true) };
        (most.0 >= Likeness::Alike).then_some(((most.0, same), joined))
    });
    // Of equals the first, which is the newest.
    Ok(best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, found)| found))
}

/// The orders in which a message begins as messages of several cases do.
fn usual<'a>(message: &Fingerprint, cases: impl Iterator<Item = &'a Vec<(Fingerprint, bool)>>) -> Common {
    let mut counts = [0_usize; mail::fingerprint::HASHES];
    for prints in cases {
        let same = prints.iter().fold(0, |bits, (print, _)| bits | mail::same_orders(message, print));
        for (at, count) in counts.iter_mut().enumerate() {
            *count += usize::from(same >> at & 1 == 1);
        }
    }
    Common(counts.iter().enumerate().fold(0, |bits, (at, count)| bits | u64::from(*count >= USUAL) << at))
}

/// Lets later reports of the same lure find a case.
pub async fn remember(
    tx: &mut Tx,
    case: CaseId,
    message: &Fingerprint,
    place: Place,
    now: Time,
) -> Result<()> {
    let keys = message.keys();
    for key in &keys {
        store::add_trait(tx, key, case, now).await?;
    }
    if keys.is_empty() {
        return Ok(());
    }
    let line = message.to_line();
    store::add_print(tx, case, &keys::hash(&line), &line, place == Place::Leading, MOST_PRINTS).await
}
