//! Names for rows and moments: UUIDv7 ids as newtypes and one time type over integer UTC microseconds.
//! Neither knows a clock or a driver's own date types (those compare as text on SQLite).

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::columns::stored_as;

/// A moment: microseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

stored_as!(Time, i64, |time| time.0, |micros| Ok(Time(micros)));

impl Time {
    pub const MINUTE: i64 = 60_000_000;
    pub const HOUR: i64 = 60 * Time::MINUTE;
    pub const DAY: i64 = 24 * Time::HOUR;

    /// This moment plus a number of microseconds; stops at the ends of the range.
    pub fn plus(self, micros: i64) -> Time {
        Time(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to this moment, negative if it lies before.
    pub fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds since 1970 UTC.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The same moment for calendars and zones.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by `now` (UUIDv7), with 74 bits of chance.
            pub fn new(now: Time) -> Self {
                Self(fresh(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::from_str(text).map(Self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        stored_as!($name, String, |id| id.0.to_string(), |text| Ok(text.parse()?));
    )*};
}

id! {
    /// Somebody the desk knows.
    PersonId,
    /// What one person told us, once.
    ReportId,
    /// Reports that belong together, worked as one.
    CaseId,
    /// One item of a case's timeline.
    EntryId,
    /// Anything we send to a person.
    LetterId,
    /// What we said we would do, by when.
    PromiseId,
    /// Something asked of the reporter, the responder or IT.
    TaskId,
    /// Work after the answer.
    JobId,
    /// A file somebody added.
    FileId,
    /// How much a kind of trouble may cost in a year, kept by leads.
    EstimateId,
    /// One version of an estimate.
    VersionId,
}

fn fresh(now: Time) -> Uuid {
    let mut chance = [0u8; 10];
    rand::fill(&mut chance);
    let millis = u64::try_from(now.0.div_euclid(1000)).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_they_were_made() {
        let early = ReportId::new(Time(1_000_000_000));
        let late = ReportId::new(Time(2_000_000_000));
        assert!(early < late);
        assert_eq!(early.to_string().parse::<ReportId>().unwrap(), early);
    }
}
