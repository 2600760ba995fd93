//! Reads a date as people and mail programs write it, in the languages of [`super::labels`].

use super::labels::TONGUES;

/// Seconds since 1970. A date without a zone is read as UTC, so it may be off by half a day.
/// `language` decides between day first and month first where only figures are given.
pub(super) fn read(value: &str, language: &str) -> Option<i64> {
    let value: String = value.chars().take(120).collect::<String>().to_lowercase();
    let mut month = None;
    let mut numbers: Vec<i64> = Vec::new();
    let mut clock = None;
    let (mut afternoon, mut morning) = (false, false);
    let mut zone = None;
    // Danes and Swedes write `kl. 10.15.00`.
    let mut dotted_clock = false;
    for word in value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '\u{202f}')) {
        let word = word.trim_end_matches('.');
        if word.is_empty() {
            continue;
        }
        if word == "kl" {
            dotted_clock = true;
        } else if dotted_clock {
            clock = clock.or_else(|| read_clock(word));
            dotted_clock = false;
        } else if word.contains(':') {
            if let Some((date, time)) = word.split_once('t').filter(|(date, _)| date.contains('-')) {
                numbers.extend(date.split('-').filter_map(|part| part.parse::<i64>().ok()));
                clock = clock.or_else(|| read_clock(time));
            } else {
                clock = clock.or_else(|| read_clock(word));
            }
            afternoon |= word.ends_with("pm");
            morning |= word.ends_with("am");
        } else if let Some(offset) = read_zone(word).filter(|_| clock.is_some()) {
            zone = zone.or(Some(offset));
        } else if matches!(word, "pm" | "p.m") {
            afternoon = true;
        } else if matches!(word, "am" | "a.m") && clock.is_some() {
            morning = true;
        } else if let Some(dotted) = read_dotted_clock(word) {
            clock = clock.or(Some(dotted));
        } else if let Some(found) = read_month(word, language) {
            month = month.or(Some(found));
        } else if word.contains(['/', '.', '-']) && word.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.extend(word.split(['/', '.', '-']).filter_map(|part| part.parse::<i64>().ok()));
        } else if let Ok(number) =
            word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'º', 'ª', 'e']).parse::<i64>()
        {
            numbers.push(number);
        }
    }
    let (year, month, day) = settle(&numbers, month, language)?;
    let (mut hour, minute, second) = clock.unwrap_or((0, 0, 0));
    if afternoon && hour < 12 {
        hour += 12;
    } else if morning && hour == 12 {
        hour = 0;
    }
    let valid = (1970..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let valid_clock = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    (valid && valid_clock)
        .then(|| days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - zone.unwrap_or(0))
}

/// Year, month and day out of the figures and the month's name.
fn settle(numbers: &[i64], month: Option<i64>, language: &str) -> Option<(i64, i64, i64)> {
    let full = |year: i64| if year < 100 { year + 2000 } else { year };
    if let Some(month) = month {
        let year = numbers.iter().copied().find(|number| *number > 31)?;
        let day = numbers.iter().copied().find(|number| (1..=31).contains(number))?;
        return Some((year, month, day));
    }
    match numbers {
        [year, month, day, ..] if *year > 31 => Some((*year, *month, *day)),
        [first, second, year, ..] if *first > 12 => Some((full(*year), *second, *first)),
        [first, second, year, ..] if *second > 12 || language == "en" => Some((full(*year), *first, *second)),
        [first, second, year, ..] => Some((full(*year), *second, *first)),
        _ => None,
    }
}

/// `10:15`, `10:15:33`, `10:15pm`.
fn read_clock(word: &str) -> Option<(i64, i64, i64)> {
    let word = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let word = word.split(['+', 'z']).next().unwrap_or_default();
    let mut parts = word.split([':', '.']).map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    Some((hour, minute, parts.next().flatten().unwrap_or(0)))
}

/// `10.15` and `10h15`, as Danes and the French write a time.
fn read_dotted_clock(word: &str) -> Option<(i64, i64, i64)> {
    let (hour, minute) = word.split_once(['.', 'h'])?;
    (minute.len() == 2).then_some(())?;
    Some((hour.parse().ok()?, minute.parse().ok()?, 0))
}

/// Seconds east of UTC for `+0100`, `gmt+2`, `utc`, and the zone names that are the same everywhere.
fn read_zone(word: &str) -> Option<i64> {
    let named = match word {
        "utc" | "gmt" | "z" | "wet" => Some(0),
        "cet" | "mez" | "west" | "bst" => Some(1),
        "cest" | "mesz" | "eet" => Some(2),
        "eest" => Some(3),
        "est" => Some(-5),
        "edt" => Some(-4),
        "pst" => Some(-8),
        "pdt" => Some(-7),
        _ => None,
    };
    if let Some(hours) = named {
        return Some(hours * 3600);
    }
    let word = word.trim_start_matches("gmt").trim_start_matches("utc");
    let sign = if word.starts_with('+') {
        1
    } else if word.starts_with('-') {
        -1
    } else {
        return None;
    };
    let figures: String = word.chars().filter(char::is_ascii_digit).take(4).collect();
    let number = figures.parse::<i64>().ok()?;
    let (hours, minutes) = if figures.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    (hours <= 14).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The month a word names: first in the header's own language, then in English, then in any.
fn read_month(word: &str, language: &str) -> Option<i64> {
    if word.len() < 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let own = TONGUES.iter().filter(|tongue| tongue.code == language);
    let rest = TONGUES.iter().filter(|tongue| tongue.code != language);
    own.chain(rest).find_map(|tongue| {
        // Weekdays come before months in a date and begin alike in some languages (`mar.`, `mardi`, `maandag`).
        if tongue.code == language && tongue.date_words.contains(&word) {
            return None;
        }
        let at =
            tongue.months.iter().position(|month| month.split('|').any(|start| word.starts_with(start)))?;
        i64::try_from(at + 1).ok()
    })
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, language: &str, expected: i64) {
        assert_eq!(read(value, language), Some(expected), "{value}");
    }

    #[test]
    fn dates_are_read_in_every_language() {
        let time = 1_709_547_300; // 2024-03-04 10:15:00 UTC
        check("Monday, March 4, 2024 10:15 AM", "en", time);
        check("Mon, Mar 4, 2024 at 10:15\u{202f}AM", "en", time);
        check("Mon, 4 Mar 2024 11:15:00 +0100", "en", time);
        check("4. März 2024 um 11:15:00 MEZ", "de", time);
        check("Montag, 4. März 2024 10:15", "de", time);
        check("lundi 4 mars 2024 10:15", "fr", time);
        check("lun. 4 mars 2024 à 10:15", "fr", time);
        check("lunes, 4 de marzo de 2024 10:15", "es", time);
        check("lun, 4 mar 2024 a las 10:15", "es", time);
        check("segunda-feira, 4 de março de 2024 10:15", "pt", time);
        check("maandag 4 maart 2024 10:15", "nl", time);
        check("ma 4 mrt 2024 om 10:15", "nl", time);
        check("lunedì 4 marzo 2024 10:15", "it", time);
        check("poniedziałek, 4 marca 2024 10:15", "pl", time);
        check("den 4 mars 2024 10:15", "sv", time);
        check("4. marts 2024 kl. 10.15", "da", time);
        check("le 4 mars 2024 à 10h15", "fr", time);
        check("04/03/2024 10:15", "fr", time);
        check("3/4/2024 10:15 AM", "en", time);
        check("2024-03-04T10:15:00Z", "en", time);
        check("2024-03-04 10:15", "de", time);
        check("Monday, March 4, 2024 12:15 AM", "en", time - 10 * 3600);
    }

    #[test]
    fn a_date_that_is_none_is_none() {
        for value in ["", "soon", "32/13/2024", "2024", "99999999999999999999 mars 2024", "4 March"] {
            assert_eq!(read(value, "en"), None, "{value}");
        }
    }
}
