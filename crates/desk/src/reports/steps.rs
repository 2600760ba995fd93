//! A short letter of the desk itself to somebody who tells us later of more that happened: what helps with that, and by
//! when a person answers. Once for each new fact, and within what one address may get in an hour.

use std::collections::BTreeSet;

use super::first_word::{FirstWord, Team};
use super::{Kind, Told, store};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{ReportId, Time};
use crate::letters::{self, Draft};
use crate::{Desk, cases};

/// So many such letters about one report in an hour: whoever ticks and unticks gets no row of them.
const MOST: usize = 3;

/// Writes to the reporter what helps with `news`, where a letter may go to them.
pub(super) async fn send(
    tx: &mut Tx,
    desk: &Desk,
    id: ReportId,
    news: &BTreeSet<Told>,
    now: Time,
) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let sent = letters::about(tx, id).await?;
    let lately = |letter: &&letters::Letter| {
        letter.kind == letters::Kind::Steps.as_str() && letter.made_at > now.plus(-Time::HOUR)
    };
    if sent.iter().filter(lately).count() >= MOST {
        return Ok(());
    }
    let Some(report) = store::by_id(tx, id).await?.filter(|report| report.answerable) else { return Ok(()) };
    let person = super::reporter_of(tx, &report).await?;
    let Some((person, address)) = person.and_then(|person| person.address.clone().map(|to| (person, to)))
    else {
        return Ok(());
    };
    if super::heard_enough(tx, desk, person.id, now).await? {
        return Ok(());
    }
    let promised = cases::promises_to(tx, id).await?;
    let Some(by) = promised.iter().filter(|promise| promise.is_open()).map(|promise| promise.by_at).min()
    else {
        return Ok(());
    };
    let locale = report.locale();
    let word = FirstWord {
        organisation: &desk.settings.organisation,
        phone: desk.settings.phone.as_deref(),
        kind: Kind::Happened,
        told: news,
        seen: None,
        understandable: String::new(),
        by: &desk.settings.hours.say_by(by, now, locale),
        name: &person.name,
        locale,
        others: 0,
        team: Team::at(&desk.settings.hours, now, by),
        badge: false,
        earlier: None,
        typed: false,
    };
    let draft = Draft {
        kind: letters::Kind::Steps,
        report: id,
        case: report.case_id,
        to: person.id,
        to_address: address,
        locale,
        subject: locale.t("subject-steps"),
        body: String::new(),
    };
    let nameless = || FirstWord { name: "", ..word.clone() }.steps();
    let bodies = std::iter::once_with(|| word.steps()).chain(std::iter::once_with(nameless));
    letters::queue_ours(tx, desk, draft, &person.name, bodies, now).await.map(|_| ())
}
