//! Another address for somebody to whom our letters come back, given by themselves on their page.

use super::receive::is_reachable;
use super::{Vouch, store};
use crate::cases::{self, NewEntry, Source, Visibility};
use crate::error::{Error, Result};
use crate::ids::ReportId;
use crate::letters::{self, Draft};
use crate::{Desk, people, write};

/// Takes the address, and writes to it at once where somebody vouches for it. Only while letters come back: a link to a page is no way
/// to lead our letters elsewhere.
pub async fn change_address(desk: &Desk, id: ReportId, address: &str, vouch: Vouch) -> Result<()> {
    let address = people::normal(address);
    if !is_reachable(&desk.settings, &address) {
        return Err(Error::Unclear("problem-odd-address"));
    }
    let now = desk.now();
    write!(desk.db, tx => {
        let report = store::by_id(tx, id).await?.filter(|report| report.erased_at.is_none()).ok_or(Error::NotFound)?;
        let case = report.case_id.ok_or(Error::NotFound)?;
        let before = super::reporter_of(tx, &report).await?.ok_or(Error::NotFound)?;
        if !letters::comes_back(tx, before.id).await? {
            return Err(Error::NotFound);
        }
        let locale = report.locale();
        let name = Some(report.reporter_name.as_str()).filter(|_| vouch == Vouch::Vouched);
        let person = people::recognise(tx, &address, name, locale, now).await?;
        store::readdress(tx, id, person, vouch).await?;
        people::note_about(tx, None, "took another address of a reporter", &id.to_string(), Some(person), now).await?;
        cases::add_entry(tx, &NewEntry {
            case, report: Some(id), source: Source::Witness, author: Some(person), visibility: Visibility::Reporter,
            kind: "address", body: String::new(), at: now,
        }).await?;
        if vouch == Vouch::Vouched && !super::heard_enough(tx, desk, person, now).await? {
            let draft = Draft {
                kind: letters::Kind::NewLink, report: id, case: Some(case), to: person, to_address: address.clone(), locale,
                subject: locale.t("subject-address"), body: String::new(),
            };
            let promised = cases::promises_to(tx, id).await?;
            let by = promised.iter().filter(|promise| promise.is_open()).map(|promise| promise.by_at).min();
            let next = match by {
                Some(by) => locale.say("letter-address-next", &[("by", &desk.settings.hours.say_by(by, now, locale))]),
                None => locale.t("letter-address-done"),
            };
            let body = locale.say("letter-address", &[("next", next.as_str()), ("link", letters::PAGE_LINK), ("organisation", &desk.settings.organisation)]);
            letters::queue_ours(tx, desk, draft, &report.reporter_name, std::iter::once(Ok(body)), now).await?;
        }
        cases::refresh(tx, case, now).await?;
        tx.signal(format!("case:{case}"));
        Ok(())
    })
}
