//! The reporter's own page: what they reported, what was said and done, what helps now.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::Desk;
use crate::cases::{Entry, Promise};
use crate::error::{Error, Result};
use crate::ids::Time;
use crate::page::{Frame, Said, show};
use crate::reports::{self, ReporterPage, Told};
use crate::who::Reporter;

#[derive(Template)]
#[template(path = "reports/page.html")]
struct Page {
    frame: Frame,
    token: String,
    view: ReporterPage,
    /// Whether nobody begins today for somebody who needs us soon.
    away: bool,
    told: [Told; Told::ALL.len()],
    lines: Vec<Line>,
    next_by: Option<String>,
    /// What we say when that time has passed.
    late: Option<String>,
    /// What we say where a promise was broken and then moved, until a person wrote.
    broken: Option<String>,
    /// What did not work, and what was typed then.
    problem: Option<String>,
    typed: String,
    /// Why a file could not be added.
    file_problem: Option<String>,
    moved: Option<String>,
    hours: crate::Hours,
    now: Time,
}

/// One line of the reporter's timeline.
struct Line {
    when: String,
    who: String,
    what: String,
    words: String,
}

#[derive(Deserialize)]
pub(super) struct Older {
    /// An older piece of the timeline.
    piece: Option<i64>,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    reporter: Reporter,
    Query(older): Query<Older>,
    said: Said,
) -> Result<Response> {
    if reporter.typed_only {
        return typed(&desk, reporter, said).await;
    }
    show(&written(&desk, reporter, older.piece.unwrap_or(0), said).await?)
}

/// What was typed in the form, for whoever typed it.
#[derive(Template)]
#[template(path = "reports/typed.html")]
struct TypedPage {
    frame: Frame,
    when: String,
    words: String,
    lang: &'static str,
}

async fn typed(desk: &Desk, reporter: Reporter, said: Said) -> Result<Response> {
    let view = reports::page_of(desk, reporter.report).await?;
    let locale = reporter.locale;
    let first = view.timeline.iter().find(|entry| entry.kind == "reported");
    let words = first.map(|entry| entry.body.clone()).unwrap_or_default();
    show(&TypedPage {
        frame: Frame::open(desk, locale, format!("/r/{}", reporter.token)).said(said),
        when: desk.settings.hours.say_when(view.report.received_at, desk.now(), locale),
        lang: crate::Locale::of_words(&words).unwrap_or(locale).tag(),
        words,
    })
}

/// The page with words that could not be taken: why, and the words themselves.
pub(super) async fn again(
    desk: &Desk,
    reporter: Reporter,
    words: String,
    problem: Error,
) -> Result<Response> {
    problem.log();
    let locale = reporter.locale;
    let mut page = written(desk, reporter, 0, Said::default()).await?;
    let (_, sentence) = problem.words(locale);
    let kept = if words.trim().is_empty() { String::new() } else { locale.t("form-kept") };
    page.problem = Some(format!("{sentence} {kept}").trim().to_owned());
    page.typed = words;
    Ok(problem.around(show(&page)?))
}

/// The page after a form without its file: why, beside the field.
pub(super) async fn without_file(desk: &Desk, reporter: Reporter) -> Result<Response> {
    let problem = Error::Unclear("problem-no-file");
    let mut page = written(desk, reporter, 0, Said::default()).await?;
    page.file_problem = Some(page.t("problem-no-file"));
    Ok(problem.around(show(&page)?))
}

async fn written(desk: &Desk, reporter: Reporter, piece: i64, said: Said) -> Result<Page> {
    let mut view = reports::page_at(desk, reporter.report, piece).await?;
    // Their replies stand in the story, word for word.
    view.files.retain(|file| file.name != reports::REPLY);
    let locale = reporter.locale;
    let (hours, now) = (&desk.settings.hours, desk.now());
    let lines = view.timeline.iter().map(|entry| line(entry, &view, (hours, now), locale)).collect();
    let open: Option<&Promise> =
        view.promises.iter().filter(|promise| promise.is_open()).min_by_key(|promise| promise.by_at);
    // Only what stands in the place of the open promise explains it: an older reason is a closed story.
    let moved = open
        // Once it is overdue, no reason explains it any more.
        .filter(|promise| promise.by_at >= now)
        .and_then(|open| view.promises.iter().find(|promise| promise.moved_to == Some(open.id)))
        .and_then(|promise| promise.moved_reason.clone());
    let late = open
        .filter(|promise| promise.by_at < now)
        .map(|promise| locale.say("page-late", &[("by", &hours.say_by(promise.by_at, now, locale))]));
    let broken = view
        .promises
        .iter()
        .filter(|promise| promise.moved_at.is_some_and(|moved| moved > promise.by_at))
        .filter(|promise| view.report.last_human_word_at.is_none_or(|word| word <= promise.by_at))
        .map(|promise| promise.by_at)
        .min()
        .filter(|_| late.is_none() && open.is_some())
        .map(|by| locale.say("page-was-late", &[("by", &hours.say_by(by, now, locale))]));
    let away = late.is_none()
        && (view.report.exposed || view.report.kind == "device")
        && open.is_some_and(|promise| !hours.is_open(now) && !hours.same_day(now, promise.by_at));
    let frame = Frame::open(desk, locale, format!("/r/{}", reporter.token))
        .said(said)
        .live(format!("/r/{}/live", reporter.token))
        .language_at(format!("/r/{}/language", reporter.token));
    Ok(Page {
        frame,
        token: reporter.token,
        away,
        told: Told::ALL,
        lines,
        next_by: open.map(|promise| hours.say_by(promise.by_at, now, locale)),
        late,
        broken,
        problem: None,
        typed: String::new(),
        file_problem: None,
        hours: hours.clone(),
        now,
        moved,
        view,
    })
}

fn line(
    entry: &Entry,
    view: &ReporterPage,
    (hours, now): (&crate::Hours, Time),
    locale: crate::Locale,
) -> Line {
    let who = match entry.source.as_str() {
        "witness" => locale.t("who-you"),
        "system" => locale.t("who-program"),
        _ => entry.author.clone().unwrap_or_else(|| locale.t("who-desk")),
    };
    // Only the newest end is known by its name: one that was put right says that it was.
    let ended = view.ending.as_ref().map_or_else(String::new, |ending| {
        if entry.at < ending.told_at {
            locale.t("entry-outcome-earlier")
        } else {
            locale.t(&format!("outcome-{}", ending.outcome))
        }
    });
    let (what, words) = match entry.kind.as_str() {
        "read" if entry.body.is_empty() => (locale.t("entry-opened"), String::new()),
        "read" => (locale.t(&format!("entry-read-{}", entry.body)), String::new()),
        "read-original" | "read-another" => {
            (locale.t(&format!("entry-{}", entry.kind)), locale.t(&format!("verdict-{}", entry.body)))
        }
        "outcome" if !ended.is_empty() => {
            (format!("{}: {ended}", locale.t("entry-outcome")), entry.body.clone())
        }
        "corrected" if entry.body.is_empty() => (locale.t("entry-corrected-none"), String::new()),
        "corrected" => {
            let told: Vec<String> = reports::split_told(&entry.body)
                .iter()
                .map(|one| locale.t(&format!("told-{}", one.as_str())))
                .collect();
            (locale.t("entry-corrected"), told.join(", "))
        }
        kind => (locale.t(&format!("entry-{kind}")), entry.body.clone()),
    };
    Line { when: hours.say_when(entry.at, now, locale), who, what, words }
}

impl Page {
    fn t(&self, key: &str) -> String {
        self.frame.t(key)
    }

    fn when(&self, at: &Time) -> String {
        self.hours.say_when(*at, self.now, self.frame.locale)
    }

    /// Where things stand, as one key.
    fn stand(&self) -> &'static str {
        match (&self.view.case, self.view.report.answered_at, self.view.report.first_human_word_at) {
            (None, _, _) => "stand-reading",
            (_, Some(_), _) => "stand-answered",
            (_, None, None) => "stand-waiting",
            // What they wrote since our last word, nobody has read.
            (_, None, Some(_))
                if self.view.report.last_reporter_word_at > self.view.report.last_human_word_at =>
            {
                "stand-wrote"
            }
            (_, None, Some(_)) => "stand-working",
        }
    }

    /// The language that words are in, so that they are read aloud as what they are.
    fn lang(&self, words: impl AsRef<str>) -> &'static str {
        crate::Locale::of_words(words.as_ref()).unwrap_or(self.frame.locale).tag()
    }

    fn has_told(&self, told: &Told) -> bool {
        reports::split_told(&self.view.report.told).contains(told)
    }

    /// How it ended, once they were told: it stays, whatever is said afterwards.
    fn outcome(&self) -> Option<String> {
        self.view.ending.as_ref().map(|ending| self.t(&format!("outcome-{}", ending.outcome)))
    }

    /// The words that came with it.
    fn outcome_words(&self) -> &str {
        &self.view.told_words
    }

    /// A letter as its reader sees it here: the page it links is this one.
    fn letter(&self, letter: &crate::letters::Letter) -> String {
        letter.body.replace(crate::letters::PAGE_LINK, "").replace(crate::letters::THANKS_LINK, "")
    }

    /// What helps now, one key for each thing they told us.
    fn advice(&self) -> Vec<String> {
        let told = reports::split_told(&self.view.report.told);
        if self.view.report.answered_at.is_some() {
            return Vec::new();
        }
        let ended = self.view.ending.is_some();
        let mut advice: Vec<String> = told
            .iter()
            .filter(|one| one.is_exposure())
            .map(|one| match one {
                // Whoever told what came of it is not asked for it again.
                Told::Clicked if told.contains(&Told::Password) || told.contains(&Told::Opened) => {
                    self.t("advice-clicked-told")
                }
                one => self.t(&format!("advice-{}", one.as_str())),
            })
            .collect();
        if self.view.report.kind == "device" && !ended {
            let badge = reports::Heard::of(&self.view.report.words).only_a_badge;
            advice.push(self.t(if badge { "advice-badge" } else { "advice-device" }));
        } else if self.view.report.exposed && told.is_empty() && !ended {
            advice.push(self.t("advice-happened"));
        } else if advice.is_empty() && self.view.seen.is_some() && !ended {
            advice.push(self.t("advice-looked"));
        }
        advice
    }

    fn reasons(&self) -> Vec<String> {
        self.view.seen.as_ref().map(|seen| seen.reasons(5, self.frame.locale)).unwrap_or_default()
    }

    /// How many told us: nothing for a stranger, who may be the sender and count what a lure reached.
    fn credit(&self) -> Option<String> {
        if self.view.people < 2 || !self.view.report.is_confirmed() {
            return None;
        }
        let key = if self.view.place == 1 { "page-first-of" } else { "page-one-of" };
        Some(self.frame.locale.say(key, &[("total", &self.view.people.to_string())]))
    }

    fn size(&self, bytes: &i64) -> String {
        match *bytes {
            0..=1023 => format!("{bytes} B"),
            1024..=1_048_575 => format!("{} kB", bytes / 1024),
            _ => format!("{:.1} MB", *bytes as f64 / 1_048_576.0),
        }
    }
}
