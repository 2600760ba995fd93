//! An estimate asked for in fields: how often something happens, and what one event costs, each from, most likely, to.
//! Writes the scenario, and reads back only what it wrote itself. Pure: no store, no page.

use super::compute::{Hurdle, Typed, hurdle};

/// The fields as they were filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pub title: String,
    /// From, most likely, to.
    pub often: [String; 3],
    /// One of [`TIMES`].
    pub per: String,
    /// From, most likely, to.
    pub cost: [String; 3],
    pub currency: String,
    pub note: String,
    pub seed: String,
    pub years: String,
}

/// In what time something happens so often: the word of the scenario.
pub const TIMES: [&str; 4] = ["year", "quarter", "month", "week"];

const HEAD: &str = "# Written from the fields of the form. Save it as text to add more: what could be done, what is accepted.\n";

impl Fields {
    /// What stands in a fresh form.
    pub fn fresh() -> Fields {
        Fields {
            per: "year".into(),
            currency: "EUR".into(),
            seed: "1".into(),
            years: "100000".into(),
            ..Fields::default()
        }
    }

    /// The form that wrote this scenario; nothing where somebody wrote it by hand or went on from there.
    pub fn of(typed: &Typed) -> Option<Fields> {
        let line = |key: &str| typed.scenario.lines().find_map(|line| line.strip_prefix(key));
        let three = |key: &str| -> Option<[String; 3]> {
            let (numbers, _) = line(key)?.split_once(']')?;
            let numbers: Vec<String> = numbers.split(", ").map(str::to_owned).collect();
            numbers.try_into().ok()
        };
        let fields = Fields {
            title: typed.title.clone(),
            often: three("loss_events = { pert = [")?,
            per: line("loss_events = ")?.split_once("\"per ")?.1.split_once('"')?.0.to_owned(),
            cost: three("response = { pert = [")?,
            currency: line("currency = \"")?.strip_suffix('"')?.to_owned(),
            note: typed.note.clone(),
            seed: typed.seed.clone(),
            years: typed.years.clone(),
        };
        (fields.typed().ok()?.scenario == typed.scenario).then_some(fields)
    }

    /// The same as a scenario.
    ///
    /// # Errors
    /// What has to be put right, each at its field.
    pub fn typed(&self) -> Result<Typed, Vec<Hurdle>> {
        let mut hurdles = Vec::new();
        if self.title.trim().is_empty() {
            hurdles.push(hurdle(
                "title",
                "The estimate has no title yet.",
                "Name what could happen in a few words.",
            ));
        }
        let often = three("often", &self.often, &mut hurdles);
        if !TIMES.contains(&self.per.as_str()) {
            hurdles.push(hurdle("often", "The time is missing.", "Choose in what time it happens so often."));
        }
        let cost = three("cost", &self.cost, &mut hurdles);
        let currency = self.currency.trim();
        if !(1..=8).contains(&currency.chars().count())
            || currency.contains(|letter: char| !letter.is_alphabetic())
        {
            hurdles.push(hurdle(
                "currency",
                "The currency is not clear.",
                "Write its letters, such as `EUR`.",
            ));
        }
        if self.note.trim().is_empty() {
            hurdles.push(hurdle(
                "note",
                "Nothing says yet what these numbers rest on.",
                "Write a sentence: who estimated, and from what evidence.",
            ));
        }
        let (Some(often), Some(cost), true) = (often, cost, hurdles.is_empty()) else { return Err(hurdles) };
        let because = quoted(&one_line(&self.note, 300));
        let scenario = format!(
            "{HEAD}name = {}\ncurrency = \"{currency}\"\n\n[frequency]\nloss_events = {{ pert = {often}, unit = \"per {}\", because = {because} }}\n\n\
             [loss.primary]\nresponse = {{ pert = {cost}, unit = \"{currency}\", because = {because} }}\n",
            quoted(&one_line(&self.title, 160)),
            self.per,
        );
        Ok(Typed {
            title: self.title.clone(),
            scenario,
            seed: self.seed.clone(),
            years: self.years.clone(),
            note: self.note.clone(),
        })
    }
}

/// What was found in a scenario that the fields wrote, put to the field it is about.
pub fn at_its_field(found: Hurdle) -> Hurdle {
    let field = match found.field {
        "scenario" if found.what.contains("loss.primary") => "cost",
        "scenario" if found.what.contains("currency") => "currency",
        "scenario" => "often",
        field => field,
    };
    Hurdle { field, line: None, ..found }
}

/// Three numbers as the scenario writes them.
fn three(field: &'static str, given: &[String; 3], hurdles: &mut Vec<Hurdle>) -> Option<String> {
    let mut numbers = Vec::new();
    // A form that writes a half as `0,5` may write one and a half as `1,500`.
    let comma = if given.iter().any(|text| is_decimal_comma(text)) { Comma::Decimal } else { Comma::Groups };
    for (name, text) in ["From", "Most likely", "To"].into_iter().zip(given) {
        match number(text, comma) {
            Ok(number) => numbers.push(number),
            Err((what, fix)) => hurdles.push(hurdle(field, &format!("{name}: {what}"), &fix)),
        }
    }
    let [low, likely, high] = numbers.as_slice() else { return None };
    if low > likely || likely > high {
        hurdles.push(hurdle(
            field,
            "The three do not grow from the first to the last.",
            "Put the lowest first, the most likely in the middle, and the highest last.",
        ));
        return None;
    }
    if *high == 0.0 {
        hurdles.push(hurdle(
            field,
            "All three are 0, so there is nothing to estimate.",
            "Give the last one a number above 0.",
        ));
        return None;
    }
    Some(format!("[{low}, {likely}, {high}]"))
}

/// What a comma before three digits is beside the other numbers of the same three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comma {
    Groups,
    /// Another one has a comma that groups no thousands: this one may be meant either way.
    Decimal,
}

/// Whether the one comma in a number stands before something else than three digits, or after a nought.
fn is_decimal_comma(text: &str) -> bool {
    text.trim()
        .split_once(',')
        .is_some_and(|(before, after)| !after.contains(',') && (after.len() != 3 || before.starts_with('0')))
}

/// A number as people type it: digits, in groups or not. What may be read in two ways is asked again.
fn number(text: &str, comma: Comma) -> Result<f64, (String, String)> {
    let text = text.trim();
    if text.is_empty() {
        return Err((
            "a number is missing.".into(),
            "A guess is fine: the range says how sure you are.".into(),
        ));
    }
    let plain: String =
        text.chars().filter(|letter| ![' ', '\u{a0}', '\u{202f}', '_', '\'', '’'].contains(letter)).collect();
    let grouped = |mark: char| {
        let mut groups = plain.split(mark);
        let first = groups.next().unwrap_or("");
        let rest: Vec<&str> = groups.collect();
        !rest.is_empty()
            && (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|group| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let open = comma == Comma::Decimal && plain.matches(',').count() == 1 && grouped(',');
    if grouped('.') || open {
        let digits = plain.replace(['.', ','], "");
        return Err((
            format!("`{text}` can be read in two ways."),
            format!("Write `{digits}` if you mean thousands, or leave out the last 0."),
        ));
    }
    let plain = if grouped(',') { plain.replace(',', "") } else { plain.replacen(',', ".", 1) };
    let digits_only = plain.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.');
    match plain.parse::<f64>() {
        Ok(number) if digits_only && number <= 1e15 => Ok(number),
        _ => Err((
            format!("`{text}` is not a number that we can read."),
            "Write digits only, such as `10,000` or `0.5`.".into(),
        )),
    }
}

fn one_line(text: &str, most: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|letter| !letter.is_control()).take(most).collect()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields {
            title: "A \"wrong\" account".into(),
            often: ["0.5".into(), "2".into(), "5".into()],
            cost: ["10 000".into(), "50,000".into(), "500000".into()],
            note: "The treasurer, from\nthree cases in C:\\books.".into(),
            ..Fields::fresh()
        }
    }

    #[test]
    fn what_the_fields_write_is_understood_and_read_back() {
        let typed = fields().typed().unwrap();
        let scenario = risk::read(&typed.scenario).unwrap().scenario;
        assert_eq!((scenario.name.as_str(), scenario.currency.as_str()), ("A \"wrong\" account", "EUR"));
        let back = Fields::of(&typed).unwrap();
        assert_eq!(back.cost, ["10000", "50000", "500000"]);
        assert_eq!(back.typed().unwrap(), typed);
        let by_hand = Typed { scenario: format!("{}# mine\n", typed.scenario), ..typed };
        assert_eq!(Fields::of(&by_hand), None, "what somebody went on writing stays theirs");
    }

    #[test]
    fn numbers_are_read_as_people_type_them_and_asked_again_where_two_ways_are_open() {
        for (text, wanted) in [
            ("10,000", 1e4),
            ("10'000", 1e4),
            ("10’000", 1e4),
            (" 0.5", 0.5),
            ("0,5", 0.5),
            ("1 200 000", 1.2e6),
        ] {
            assert_eq!(number(text, Comma::Groups), Ok(wanted), "{text}");
        }
        for text in ["", "10.000", "ten", "-3", "1e3", "inf", "EUR 5"] {
            assert!(number(text, Comma::Groups).is_err(), "{text}");
        }
    }

    #[test]
    fn a_comma_that_was_a_decimal_one_beside_it_is_asked_about_before_three_digits() {
        let often = |given: [&str; 3]| Fields { often: given.map(str::to_owned), ..fields() }.typed();
        let asked = often(["0,5", "1,0", "1,500"]).unwrap_err();
        assert!(
            asked.iter().all(|one| one.field == "often") && asked[0].what.contains("two ways"),
            "{asked:?}"
        );
        assert!(often(["0,5", "1,0", "1,5"]).is_ok());
        assert!(often(["10,000", "50,000", "1,500,000"]).is_ok());
        assert!(often(["500", "900", "1,500"]).is_ok());
    }
}
