//! The organisation's working hours: when a promise falls due, and how much of a wait was working time.
//! Pure calendar arithmetic; knows no clock.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::ids::Time;

/// When people at the desk work.
#[derive(Clone, Debug)]
pub struct Hours {
    /// Where the desk is (`Europe/Berlin`).
    pub zone: TimeZone,
    /// Days with working hours.
    pub days: Vec<Weekday>,
    /// Minutes after midnight, local time.
    pub from_minute: i32,
    /// Minutes after midnight, local time; later than `from_minute`.
    pub to_minute: i32,
    /// Days without working hours.
    pub holidays: Vec<Date>,
}

impl Default for Hours {
    fn default() -> Hours {
        Hours {
            zone: TimeZone::UTC,
            days: vec![
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
            ],
            from_minute: 9 * 60,
            to_minute: 17 * 60,
            holidays: Vec::new(),
        }
    }
}

/// No search for a working day goes further than this.
const MOST_DAYS: i32 = 800;

impl Hours {
    /// The moment at which `minutes` of working time have passed since `start`.
    /// An organisation without any working day counts clock time.
    pub fn after(&self, start: Time, minutes: i64) -> Time {
        let mut left = minutes.max(0).saturating_mul(Time::MINUTE);
        let first = self.local_date(start);
        for offset in 0..MOST_DAYS {
            let Some((opens, closes)) = self.open_on(first, offset) else { continue };
            let begin = opens.max(start);
            if begin >= closes {
                continue;
            }
            let room = closes.since(begin);
            if left <= room {
                return begin.plus(left);
            }
            left -= room;
        }
        start.plus(minutes.saturating_mul(Time::MINUTE))
    }

    /// Whether somebody works at this moment.
    pub fn is_open(&self, moment: Time) -> bool {
        self.after(moment, 0) == moment
    }

    /// Whether two moments lie on one day here.
    pub fn same_day(&self, one: Time, other: Time) -> bool {
        self.local_date(one) == self.local_date(other)
    }

    /// How many microseconds of working time lie between two moments.
    pub fn between(&self, start: Time, end: Time) -> i64 {
        if end <= start {
            return 0;
        }
        let first = self.local_date(start);
        let mut total = 0i64;
        for offset in 0..MOST_DAYS {
            let Some(day) = first.checked_add(Span::new().days(offset)).ok() else { break };
            if self.at(day, 0) >= end {
                break;
            }
            if let Some((opens, closes)) = self.open_on(first, offset) {
                total = total.saturating_add(closes.min(end).since(opens.max(start)).max(0));
            }
        }
        total
    }

    /// Date and time as people here read them: `Monday 23 November, 14:30`.
    pub fn say(&self, moment: Time, locale: crate::words::Locale) -> String {
        let zoned = moment.timestamp().to_zoned(self.zone.clone());
        let clock = format!("{:02}:{:02}", zoned.hour(), zoned.minute());
        let day = crate::words::weekday(zoned.weekday(), locale);
        let month = crate::words::month(zoned.month(), locale);
        match locale {
            crate::words::Locale::En => format!("{day} {} {month}, {clock}", zoned.day()),
            crate::words::Locale::De => format!("{day}, {}. {month}, {clock} Uhr", zoned.day()),
        }
    }

    /// The same for a moment we promise: with the place whose clock it is, for people who read it elsewhere.
    pub fn say_by(&self, moment: Time, now: Time, locale: crate::words::Locale) -> String {
        let place = self.zone.iana_name().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
        let said = self.say_when(moment, now, locale);
        match place {
            "" => said,
            place => format!("{said} ({})", place.replace('_', " ")),
        }
    }

    /// A time as a form gives it, by the clock on the wall here: `2026-11-23T14:30`.
    pub fn parse(&self, given: &str) -> Option<Time> {
        let wall: jiff::civil::DateTime = given.trim().parse().ok()?;
        Some(Time(wall.to_zoned(self.zone.clone()).ok()?.timestamp().as_microsecond()))
    }

    /// The same moment with the year where it is not this one.
    pub fn say_when(&self, moment: Time, now: Time, locale: crate::words::Locale) -> String {
        if self.local_date(moment).year() == self.local_date(now).year() {
            return self.say(moment, locale);
        }
        self.say_in_full(moment, locale)
    }

    /// The same with its year: `Monday 23 November 2026, 14:30`.
    pub fn say_in_full(&self, moment: Time, locale: crate::words::Locale) -> String {
        let year = self.local_date(moment).year();
        let said = self.say(moment, locale);
        match said.rsplit_once(", ") {
            Some((day, clock)) => format!("{day} {year}, {clock}"),
            None => said,
        }
    }

    /// The day alone: `23 November`.
    pub fn say_day(&self, moment: Time, locale: crate::words::Locale) -> String {
        let zoned = moment.timestamp().to_zoned(self.zone.clone());
        let month = crate::words::month(zoned.month(), locale);
        match locale {
            crate::words::Locale::En => format!("{} {month}", zoned.day()),
            crate::words::Locale::De => format!("{}. {month}", zoned.day()),
        }
    }

    /// The day with its year, in English: `23 November 2026`.
    pub fn say_date(&self, moment: Time) -> String {
        moment.timestamp().to_zoned(self.zone.clone()).strftime("%-d %B %Y").to_string()
    }

    /// The last midnight on which a Monday began.
    pub fn week_start(&self, moment: Time) -> Time {
        let today = self.local_date(moment);
        let days = i64::from(today.weekday().to_monday_zero_offset());
        let monday = today.checked_sub(Span::new().days(days)).unwrap_or(today);
        self.at(monday, 0)
    }

    /// When the week after the one that began at this moment begins, also where the clocks are put forward or back.
    pub fn next_week(&self, monday: Time) -> Time {
        self.week_start(monday.plus(7 * Time::DAY + Time::DAY / 2))
    }

    fn local_date(&self, moment: Time) -> Date {
        moment.timestamp().to_zoned(self.zone.clone()).date()
    }

    fn open_on(&self, first: Date, offset: i32) -> Option<(Time, Time)> {
        let day = first.checked_add(Span::new().days(offset)).ok()?;
        if !self.days.contains(&day.weekday()) || self.holidays.contains(&day) {
            return None;
        }
        Some((self.at(day, self.from_minute), self.at(day, self.to_minute)))
    }

    /// What the clock on the wall says, also on days when it is put forward or back.
    fn at(&self, day: Date, minute: i32) -> Time {
        let moment = day
            .to_datetime(jiff::civil::Time::midnight())
            .checked_add(Span::new().minutes(minute))
            .and_then(|wall| wall.to_zoned(self.zone.clone()))
            .map(|zoned| zoned.timestamp())
            .unwrap_or(Timestamp::UNIX_EPOCH);
        Time(moment.as_microsecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Time {
        Time(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn four_working_hours_from_friday_afternoon_end_on_monday() {
        let hours = Hours::default();
        assert_eq!(hours.after(moment("2026-11-20T15:00:00Z"), 240), moment("2026-11-23T11:00:00Z"));
    }

    #[test]
    fn a_week_begins_on_monday_where_the_desk_is() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let hours = Hours { zone, ..Hours::default() };
        let monday = moment("2026-11-22T23:00:00Z");
        for within in ["2026-11-22T23:00:00Z", "2026-11-25T10:00:00Z", "2026-11-29T22:59:59Z"] {
            assert_eq!(hours.week_start(moment(within)), monday, "{within}");
        }
        assert_eq!(hours.next_week(monday), moment("2026-11-29T23:00:00Z"));
        let forward = hours.next_week(moment("2026-03-22T23:00:00Z"));
        assert_eq!(forward, moment("2026-03-29T22:00:00Z"), "a week of 167 hours");
    }

    #[test]
    fn the_desk_opens_when_the_clock_on_the_wall_says_so_on_every_day() {
        let every_day = vec![Weekday::Saturday, Weekday::Sunday, Weekday::Monday];
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let hours = Hours { zone, days: every_day, ..Hours::default() };
        let opens = |day: &str| {
            let midnight: jiff::civil::Date = day.parse().unwrap();
            hours.after(hours.at(midnight, 0), 1).plus(-Time::MINUTE)
        };
        assert_eq!(opens("2026-03-28"), moment("2026-03-28T08:00:00Z"), "winter");
        assert_eq!(opens("2026-03-29"), moment("2026-03-29T07:00:00Z"), "the clocks go forward at two");
        assert_eq!(opens("2026-10-25"), moment("2026-10-25T08:00:00Z"), "and back");
        let round_the_clock = Hours { from_minute: 0, to_minute: 24 * 60, ..hours.clone() };
        let day = |from: &str, to: &str| round_the_clock.between(moment(from), moment(to));
        assert_eq!(day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), 23 * Time::HOUR);
        assert_eq!(day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), 25 * Time::HOUR);
    }

    #[test]
    fn a_promise_names_the_place_of_its_clock_and_the_past_its_year() {
        use crate::words::Locale::{De, En};
        let zone = TimeZone::get("America/New_York").unwrap();
        let hours = Hours { zone, ..Hours::default() };
        let (then, now) = (moment("2025-11-24T14:30:00Z"), moment("2026-11-24T14:30:00Z"));
        assert_eq!(hours.say_by(now, now, En), "Tuesday 24 November, 09:30 (New York)");
        assert_eq!(
            hours.say_by(moment("2027-01-04T15:00:00Z"), now, En),
            "Monday 4 January 2027, 10:00 (New York)"
        );
        assert_eq!(hours.parse("2026-11-24T09:30"), Some(now));
        assert_eq!(hours.parse("tomorrow"), None);
        assert_eq!(hours.say_when(then, now, En), "Monday 24 November 2025, 09:30");
        assert_eq!(hours.say_when(then, now, De), "Montag, 24. November 2025, 09:30 Uhr");
        assert_eq!(hours.say_when(now, now, En), "Tuesday 24 November, 09:30");
    }

    #[test]
    fn holidays_are_skipped() {
        let hours = Hours { holidays: vec![jiff::civil::date(2026, 11, 23)], ..Hours::default() };
        assert_eq!(hours.after(moment("2026-11-20T15:00:00Z"), 240), moment("2026-11-24T11:00:00Z"));
    }

    #[test]
    fn a_weekend_is_no_working_time() {
        let hours = Hours::default();
        assert_eq!(
            hours.between(moment("2026-11-20T16:00:00Z"), moment("2026-11-23T10:00:00Z")),
            2 * Time::HOUR
        );
    }

    #[test]
    fn nobody_works_ever_and_promises_still_fall_due() {
        let hours = Hours { days: vec![], ..Hours::default() };
        assert_eq!(hours.after(Time(0), 60), Time(Time::HOUR));
    }
}
