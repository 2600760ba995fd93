//! What happened at Harbour Works last week. People write as people write: in a hurry, ashamed, angry, relieved.

use std::collections::BTreeSet;

use anyhow::Context;
use desk::Desk;
use desk::Locale;
use desk::cases::{ForWhom, Outcome};
use desk::casework::{self, Ask, To, Word};
use desk::ids::{CaseId, ReportId, Time};
use desk::people;
use desk::reports::{self, Door, Incoming, Kind, Receipt, Told, Upload, Vouch};
use desk::who::Who;
use jiff::Timestamp;

use super::{PASSWORD, Walk};

/// One person's report.
struct Story {
    name: &'static str,
    address: Option<&'static str>,
    kind: Kind,
    told: &'static [Told],
    words: &'static str,
    message: Option<&'static str>,
    locale: Locale,
}

/// Tells every story, each at its own time; gives the path of Noor's page.
pub async fn tell(desk: &Desk, walk: &Walk) -> anyhow::Result<String> {
    let robin = sign_in(desk, "robin@harbour-works.example").await?;
    let sam = sign_in(desk, "sam@harbour-works.example").await?;

    walk.hours_ago(150.0);
    let drill = told(
        desk,
        Story {
            name: "Hana Sato",
            address: Some("hana.sato@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Clicked],
            words: "I opened the link, then saw that the address is not our parking office.",
            message: Some(include_str!("messages/drill.eml")),
            locale: Locale::En,
        },
    )
    .await?;
    walk.hours_ago(149.0);
    end(desk, &sam, &drill, Outcome::Drill, "You noticed the address, which is exactly what we practised.")
        .await?;

    walk.hours_ago(120.0);
    let survey = told(
        desk,
        Story {
            name: "Pieter de Vries",
            address: Some("pieter.devries@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Looked],
            words: "Harmless study or somebody who wants to know our shifts? I really cannot tell.",
            message: Some(include_str!("messages/odd-call.eml")),
            locale: Locale::En,
        },
    )
    .await?;
    walk.hours_ago(118.0);
    end(
        desk,
        &robin,
        &survey,
        Outcome::CouldNotTell,
        "The office exists, and nobody there answers our calls. Please leave the mail unanswered.",
    )
    .await?;

    walk.hours_ago(97.0);
    let museum = told(
        desk,
        Story {
            name: "Grace Ofori",
            address: Some("grace.ofori@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Looked],
            words: "Is this real? I did book tickets but the sender looks different from last year.",
            message: Some(include_str!("messages/newsletter.eml")),
            locale: Locale::En,
        },
    )
    .await?;
    walk.hours_ago(95.5);
    end(
        desk,
        &sam,
        &museum,
        Outcome::Genuine,
        "The museum changed its mail provider in October. Your tickets are fine.",
    )
    .await?;

    // Nobody answered this one in time: the inbox says so.
    walk.hours_ago(90.0);
    told(
        desk,
        Story {
            name: "Bram Okafor",
            address: Some("bram.okafor@harbour-works.example"),
            kind: Kind::Feeling,
            told: &[],
            words: "Twice this week the side door of the server room stood open in the morning. Maybe the cleaners?",
            message: None,
            locale: Locale::En,
        },
    )
    .await?;

    walk.hours_ago(70.0);
    let parcel = told(
        desk,
        Story {
            name: "Lena Brandt",
            address: Some("lena.brandt@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Looked],
            words: "Ich warte wirklich auf ein Paket, aber das kommt mir komisch vor.",
            message: Some(include_str!("messages/parcel-de.eml")),
            locale: Locale::De,
        },
    )
    .await?;
    told(
        desk,
        Story {
            name: "Ravi Menon",
            address: Some("ravi.menon@harbour-works.example"),
            kind: Kind::Message,
            told: &[],
            words: "got this too, deleted it from my phone already, hope that is ok",
            message: Some(include_str!("messages/parcel-de-2.eml")),
            locale: Locale::En,
        },
    )
    .await?;
    walk.hours_ago(68.0);
    let case = case_of(desk, parcel.report).await?;
    casework::take(desk, &robin, case, true).await?;
    casework::ask(
        desk,
        &robin,
        case,
        &Ask {
            report: None,
            for_whom: ForWhom::It,
            ask: "Block the sender's domain in the mail filter".into(),
            why: "Two people got the same mail".into(),
            minutes: Some(10),
            over: None,
        },
    )
    .await?;
    walk.hours_ago(50.0);
    casework::tell_outcome(
        desk,
        &robin,
        case,
        Outcome::HarmfulStopped,
        "The page behind the link asked for card details. It is blocked for everybody now.",
        None,
    )
    .await?;
    for task in casework::case_page(desk, &robin, case, None).await?.tasks {
        casework::set_task(desk, &robin, task.id, true).await?;
    }
    casework::close(desk, &robin, case).await?;

    walk.hours_ago(26.0);
    let invoice = told(desk, Story {
        name: "Jonas Weber", address: Some("jonas.weber@harbour-works.example"), kind: Kind::Happened, told: &[Told::Replied],
        words: "I feel so stupid. I answered Michael about the new bank details before I saw the reply address is a gmail one. I have NOT paid yet. Will I get into trouble? Please tell me what to do, the payment run is tomorrow.",
        message: Some(include_str!("messages/bank-change.eml")), locale: Locale::En,
    }).await?;
    walk.hours_ago(25.6);
    let case = case_of(desk, invoice.report).await?;
    casework::take(desk, &sam, case, true).await?;
    casework::write_word(desk, &sam, case, &Word {
        to: To::One(invoice.report),
        body: "Hello Jonas,\n\nthank you for telling us so early. You are not in trouble: the thread was real, and the attacker wrote inside it. Nothing is paid, so the money is safe.\n\nPlease call Michael on the number from last year's contract and ask whether the account changed. We have put the payment on hold meanwhile.".into(),
        over: None,
        next_by: Some(desk.settings.hours.after(desk.now(), 480)),
    }).await?;
    casework::ask(
        desk,
        &sam,
        case,
        &Ask {
            report: Some(invoice.report),
            for_whom: ForWhom::Reporter,
            ask: "Call Northpier Supply on the number from the contract".into(),
            why: "A call to a number we already had is the only way to be sure".into(),
            minutes: Some(5),
            over: None,
        },
    )
    .await?;
    walk.hours_ago(22.0);
    reports::say(desk, invoice.report, "Called him. He had no idea, his mailbox must be broken into. He is telling his IT. Thank you for being so kind about it, I hardly slept.").await?;

    walk.hours_ago(6.0);
    let cards = told(
        desk,
        Story {
            name: "Tomasz Zieliński",
            address: Some("tomasz.zielinski@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Looked],
            words: "Ingrid never writes like this. Fake?",
            message: Some(include_str!("messages/gift-cards.eml")),
            locale: Locale::En,
        },
    )
    .await?;

    // Our word comes later than we said, and he knows why.
    walk.hours_ago(5.0);
    let promised = reports::page_of(desk, cards.report).await?.promises;
    let open = promised.first().context("a report has no promise")?.id;
    let later = casework::Later {
        by: desk.settings.hours.after(desk.now(), 960),
        reason: "Ingrid is at sea until tomorrow, and only she can tell us.".into(),
        over: None,
    };
    casework::move_promise(desk, &robin, open, &later).await?;

    walk.hours_ago(3.5);
    told(desk, Story {
        name: "", address: None, kind: Kind::Feeling, told: &[],
        words: "Somebody from outside was standing at the badge printer in building 2 this morning and said he is from the supplier. Nobody knew him. Maybe it is nothing, I don't want to get anybody into trouble.",
        message: None, locale: Locale::En,
    }).await?;

    walk.hours_ago(2.2);
    told(desk, Story {
        name: "Oleksandr Bondar", address: Some("oleksandr.bondar@harbour-works.example"), kind: Kind::Friction, told: &[],
        words: "The VPN throws me out every 20 minutes on the pier tablets. I now send the crane logs to my private mail and print from there, otherwise the ship waits. Honestly this is ridiculous.",
        message: None, locale: Locale::En,
    }).await?;

    walk.hours_ago(1.4);
    told(
        desk,
        Story {
            name: "Mia Andersson",
            address: Some("mia.andersson@harbour-works.example"),
            kind: Kind::Device,
            told: &[],
            words: "Left my work phone in the tram line 4, noticed it 20 min ago. It has a pin. so sorry",
            message: None,
            locale: Locale::En,
        },
    )
    .await?;

    walk.hours_ago(0.7);
    told(
        desk,
        Story {
            name: "Amélie Dupont",
            address: Some("amelie.dupont@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Clicked],
            words: "clicked because of the title, then it wanted my login and I closed it",
            message: Some(include_str!("messages/shared-file.eml")),
            locale: Locale::En,
        },
    )
    .await?;

    walk.hours_ago(0.3);
    let noor = told(desk, Story {
        name: "Noor Haddad", address: Some("noor.haddad@harbour-works.example"), kind: Kind::Happened, told: &[Told::Clicked, Told::Password],
        words: "oh god I typed my password. it looked exactly like our mail page, I was between two calls and my probation ends next week. I changed nothing yet because I'm scared to make it worse. please hurry",
        message: Some(include_str!("messages/mailbox-full.eml")), locale: Locale::En,
    }).await?;
    Ok(format!("/r/{}", noor.token))
}

async fn told(desk: &Desk, story: Story) -> anyhow::Result<Receipt> {
    let receipt = reports::receive(
        desk,
        Incoming {
            door: Door::Web,
            kind: story.kind,
            told: story.told.iter().copied().collect::<BTreeSet<_>>(),
            words: story.words.to_owned(),
            message: story.message.map(|text| Upload {
                name: "message.eml".into(),
                media_type: "message/rfc822".into(),
                bytes: dated(text, sent(desk, &story)).replace('\n', "\r\n").into_bytes(),
            }),
            files: Vec::new(),
            reporter: story.address.map(|address| (address.to_owned(), story.name.to_owned())),
            vouch: if story.address.is_some() { Vouch::Vouched } else { Vouch::Nobody },
            answerable: story.address.is_some(),
            locale: story.locale,
            dedupe_key: None,
            written: false,
            automatic: false,
        },
    )
    .await?;
    desk::jobs::run_due(desk).await?;
    Ok(receipt)
}

/// When the message of a story came: a while before its report, not for everybody the same.
fn sent(desk: &Desk, story: &Story) -> Timestamp {
    let minutes = 4 + 9 * i64::try_from(story.name.len() % 8).unwrap_or_default();
    desk.now().plus(-minutes * Time::MINUTE).timestamp()
}

/// A message with this date in the place of its own.
fn dated(text: &str, sent: Timestamp) -> String {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&sent).unwrap_or_default();
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let line =
        |line: &str| if line.starts_with("Date: ") { format!("Date: {date}") } else { line.to_owned() };
    let head: Vec<String> = head.lines().map(line).collect();
    format!("{}\n\n{body}", head.join("\n"))
}

/// Takes a report's case, says how it ended, and closes it.
async fn end(desk: &Desk, who: &Who, receipt: &Receipt, outcome: Outcome, words: &str) -> anyhow::Result<()> {
    let case = case_of(desk, receipt.report).await?;
    casework::take(desk, who, case, true).await?;
    casework::tell_outcome(desk, who, case, outcome, words, None).await?;
    casework::close(desk, who, case).await?;
    Ok(())
}

async fn case_of(desk: &Desk, report: ReportId) -> anyhow::Result<CaseId> {
    reports::page_of(desk, report).await?.report.case_id.context("a story's report has no case")
}

async fn sign_in(desk: &Desk, address: &str) -> anyhow::Result<Who> {
    let token = people::sign_in(desk, address, PASSWORD.into()).await?;
    people::session(desk, &token).await?.context("a demo account cannot sign in")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026, 09:00 UTC.
    const MONDAY: desk::Time = desk::Time(1_795_424_400_000_000);

    #[tokio::test]
    async fn the_guide_shows_the_letter_that_the_desk_writes() {
        let folder = tempfile::tempdir().unwrap();
        let config = super::super::fictional(crate::config::Config::default(), folder.path());
        let mut desk = crate::serve::open(&config).await.unwrap();
        desk.clock = desk::Clock::new(|| MONDAY);
        let story = Story {
            name: "Kim",
            address: Some("kim@harbour-works.example"),
            kind: Kind::Message,
            told: &[Told::Clicked],
            words: "",
            message: Some(include_str!("messages/mailbox-full.eml")),
            locale: Locale::En,
        };
        told(&desk, story).await.unwrap();
        let letters = desk::letters::newest(&desk).await.unwrap();
        let written = &letters.first().unwrap().body;
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/first-report.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let shown = guide.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        assert!(words(written).contains(&words(shown)), "the guide should show:\n{written}");
    }
}
