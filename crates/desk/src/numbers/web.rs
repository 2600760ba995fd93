//! The numbers page, for those who work here.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::{Numbers, OwnStep, WINDOWS, Wait};
use crate::Desk;
use crate::error::Result;
use crate::ids::Time;
use crate::page::{Frame, show};
use crate::routes::Routes;
use crate::who::{Access, Who};

pub fn routes(routes: Routes) -> Routes {
    routes.at(Access::SignedIn, "/numbers", get(numbers))
}

#[derive(Template)]
#[template(path = "numbers/numbers.html")]
struct Page {
    frame: Frame,
    numbers: Numbers,
    periods: [i64; 3],
    /// The first and the last day of the weeks that hold the people with a step of their own.
    own_step_days: Option<(String, String)>,
}

#[derive(Deserialize)]
struct Asked {
    days: Option<i64>,
}

async fn numbers(State(desk): State<Desk>, who: Who, Query(asked): Query<Asked>) -> Result<Response> {
    let days = asked.days.filter(|days| WINDOWS.contains(days)).unwrap_or(30);
    let numbers = super::of_last(&desk, days).await?;
    let own_step_days = numbers.own_step.map(|OwnStep { since, until, .. }| {
        // The zone may have been set after these weeks ended: noon of a day is the same day in the old one and the new one.
        let half = Time::DAY / 2;
        (desk.settings.hours.say_date(since.plus(half)), desk.settings.hours.say_date(until.plus(-half)))
    });
    show(&Page { frame: Frame::of(&desk, &who, "numbers"), numbers, periods: WINDOWS, own_step_days })
}

impl Page {
    fn middle(&self, wait: &Option<Wait>) -> String {
        reached(wait.as_ref().and_then(|wait| wait.p50))
    }

    /// How long nine in ten waited, with a comma before it. Fewer than twenty say nothing about one in ten.
    fn nine(&self, wait: &Option<Wait>, say: fn(f64) -> String) -> String {
        match wait.as_ref().filter(|wait| wait.n >= 20).and_then(|wait| wait.p90) {
            Some(micros) => format!(", nine in ten within {}", say(micros)),
            None => String::new(),
        }
    }

    /// After how long half have it, and how sure that is.
    fn half(&self, wait: &Option<Wait>, say: fn(f64) -> String) -> String {
        let Some(wait) = wait else { return String::new() };
        let known = wait.p50.map_or_else(|| "a time that is not known yet".into(), say);
        match wait.middle {
            (Some(low), Some(high)) if say(low) == say(high) => known,
            (Some(low), Some(high)) => format!("{known} (likely between {} and {})", say(low), say(high)),
            (Some(low), None) => format!("{known} (likely more than {})", say(low)),
            (None, _) => known,
        }
    }

    /// In hours and days as a clock counts them.
    fn clock(&self) -> fn(f64) -> String {
        duration
    }

    /// In hours of working time: a day of it is no day of the calendar.
    fn working(&self) -> fn(f64) -> String {
        working
    }

    /// Whether not even half have it.
    fn is_open(&self, wait: &Option<Wait>) -> bool {
        wait.as_ref().and_then(|wait| wait.p50).is_none()
    }

    /// Of how many people the wait is over.
    fn heard(&self, wait: &Option<Wait>) -> u64 {
        wait.as_ref().map_or(0, |wait| wait.heard)
    }

    /// How many reports that was looked up for.
    fn of(&self, wait: &Option<Wait>) -> u64 {
        wait.as_ref().map_or(0, |wait| wait.n)
    }

    fn silence(&self) -> String {
        self.numbers.longest_silence.map_or_else(|| "none".into(), |silence| duration(silence as f64))
    }

    fn percent(&self, share: &f64) -> String {
        format!("{:.0}%", share * 100.0)
    }

    fn kept(&self) -> String {
        match self.numbers.kept_share {
            Some(_) => {
                let share = self.numbers.promises_kept as f64 / self.numbers.promises_due as f64;
                format!("{:.0}%", share * 100.0)
            }
            None => "none fell due".into(),
        }
    }

    /// Between what the share of all promises likely lies.
    fn kept_range(&self) -> Option<String> {
        let range = self.numbers.kept_share?;
        Some(format!("Likely {:.0} to {:.0}%", range.low * 100.0, range.high * 100.0))
    }
}

/// How long a share of people waited, where so many have an answer by now.
fn reached(micros: Option<f64>) -> String {
    micros.map_or_else(|| "not reached yet".into(), duration)
}

/// Working time, in hours of it.
fn working(micros: f64) -> String {
    match (micros / Time::HOUR as f64).round() {
        hours if hours >= 2.0 => format!("{hours:.0} working hours"),
        _ => duration(micros),
    }
}

/// A stretch of time as people say it: `40 s`, `12 min`, `3 h 20 min`, `2 days`.
pub fn duration(micros: f64) -> String {
    let seconds = micros / 1_000_000.0;
    if seconds < 1.0 {
        return "less than a second".into();
    }
    if seconds < 90.0 {
        return format!("{seconds:.0} s");
    }
    let minutes = (micros / Time::MINUTE as f64).round() as i64;
    if minutes < 60 {
        return format!("{minutes} min");
    }
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (48.., _) => format!("{} days", (hours + 12) / 24),
        (_, 0) => format!("{hours} h"),
        _ => format!("{hours} h {rest} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_read_as_people_say_them() {
        assert_eq!(duration(400_000.0), "less than a second");
        assert_eq!(duration(40_000_000.0), "40 s");
        assert_eq!(duration(12.0 * Time::MINUTE as f64), "12 min");
        assert_eq!(duration(200.0 * Time::MINUTE as f64), "3 h 20 min");
        assert_eq!(duration(50.0 * Time::HOUR as f64), "2 days");
        assert_eq!(working(48.0 * Time::HOUR as f64), "48 working hours");
        assert_eq!(working(40.0 * Time::MINUTE as f64), "40 min");
    }
}
