//! Counts of a text and the formulas that styles write over them.

use std::collections::BTreeMap;

/// The counts a formula may name, such as `words` and `sentences`.
pub fn counts(text: &str) -> BTreeMap<&'static str, f64> {
    let segmented = text::segment(text);
    let words: Vec<&str> = segmented
        .tokens
        .iter()
        .filter_map(|token| text.get(token.start as usize..token.end as usize))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let syllables: Vec<usize> =
        words.iter().map(|word| crate::matchers::reading::syllables_in(word)).collect();
    let count =
        |test: &dyn Fn(usize) -> bool| syllables.iter().filter(|syllables| test(**syllables)).count() as f64;
    let characters: usize =
        words.iter().map(|word| word.chars().filter(|char| char.is_alphanumeric()).count()).sum();
    BTreeMap::from([
        ("words", words.len() as f64),
        ("sentences", segmented.sentences.len() as f64),
        ("paragraphs", text.split("\n\n").filter(|part| !part.trim().is_empty()).count() as f64),
        ("characters", characters as f64),
        ("syllables", syllables.iter().sum::<usize>() as f64),
        ("complex_words", count(&|syllables| syllables > 2)),
        ("polysyllabic_words", count(&|syllables| syllables > 2)),
        ("long_words", words.iter().filter(|word| word.chars().count() > 6).count() as f64),
    ])
}

/// The average grade of the named formulas; nothing where none is known or the text is empty.
pub fn grade(formulas: &[String], counts: &BTreeMap<&'static str, f64>) -> Option<f64> {
    let get = |name: &str| counts.get(name).copied().unwrap_or(0.0);
    let (words, sentences) = (get("words"), get("sentences"));
    if words < 1.0 || sentences < 1.0 {
        return None;
    }
    let grades: Vec<f64> = formulas
        .iter()
        .filter_map(|formula| {
            Some(match formula.as_str() {
                "Flesch-Kincaid" => 0.39 * (words / sentences) + 11.8 * (get("syllables") / words) - 15.59,
                "Gunning Fog" => 0.4 * (words / sentences + 100.0 * get("complex_words") / words),
                "Coleman-Liau" => 5.88 * get("characters") / words - 29.6 * sentences / words - 15.8,
                "SMOG" => 1.0430 * (get("polysyllabic_words") * 30.0 / sentences).sqrt() + 3.1291,
                "Automated Readability" => 4.71 * get("characters") / words + 0.5 * words / sentences - 21.43,
                "LIX" => words / sentences + 100.0 * get("long_words") / words,
                _ => return None,
            })
        })
        .collect();
    if grades.is_empty() { None } else { Some(grades.iter().sum::<f64>() / grades.len() as f64) }
}

/// The value of an arithmetic formula over the counts; an unknown name counts as zero. `None` where it cannot be read.
pub fn value(formula: &str, counts: &BTreeMap<&'static str, f64>) -> Option<f64> {
    let mut reader = Reader { rest: formula, counts, depth: 0 };
    let value = reader.sum()?;
    reader.rest.trim().is_empty().then_some(value)
}

/// Whether `value` fulfils a condition such as `> 10`.
pub fn holds(value: f64, condition: &str, counts: &BTreeMap<&'static str, f64>) -> Option<bool> {
    let condition = condition.trim();
    let signs = [">=", "<=", "==", "!=", ">", "<"];
    let sign = signs.iter().find(|sign| condition.starts_with(**sign))?;
    let limit = self::value(condition.get(sign.len()..)?, counts)?;
    Some(match *sign {
        ">=" => value >= limit,
        "<=" => value <= limit,
        "==" => (value - limit).abs() < f64::EPSILON,
        "!=" => (value - limit).abs() >= f64::EPSILON,
        ">" => value > limit,
        _ => value < limit,
    })
}

struct Reader<'a> {
    rest: &'a str,
    counts: &'a BTreeMap<&'static str, f64>,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.atom()?;
        loop {
            if self.take('*') {
                value *= self.atom()?;
            } else if self.take('/') {
                value /= self.atom()?;
            } else {
                return Some(value);
            }
        }
    }

    fn atom(&mut self) -> Option<f64> {
        self.depth += 1;
        if self.depth > 200 {
            return None;
        }
        if self.take('-') {
            return Some(-self.atom()?);
        }
        if self.take('(') {
            let value = self.sum()?;
            return self.take(')').then_some(value);
        }
        let end = self
            .rest
            .find(|char: char| !(char.is_ascii_alphanumeric() || "_.".contains(char)))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        if let Some(function) = word.strip_prefix("math.") {
            let inner = self.atom()?;
            return match function {
                "sqrt" => Some(inner.sqrt()),
                "log" => Some(inner.ln()),
                "abs" => Some(inner.abs()),
                "floor" => Some(inner.floor()),
                "ceil" => Some(inner.ceil()),
                _ => None,
            };
        }
        match word.parse() {
            Ok(number) => Some(number),
            Err(_) if word.is_empty() => None,
            Err(_) => Some(self.counts.get(word).copied().unwrap_or(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_worked_out() {
        let counts = counts("The cat sat. The dog ran away.");
        assert_eq!(value("words / sentences", &counts), Some(3.5));
        assert_eq!(value("(0.39 * (words / sentences)) + 1 - -2", &counts), Some(0.39 * 3.5 + 3.0));
        assert_eq!(value("math.sqrt(16) + nothing", &counts), Some(4.0));
        assert_eq!(value("words +", &counts), None);
        assert_eq!(holds(8.5, "> 8", &counts), Some(true));
        assert_eq!(holds(8.0, ">= words * 2", &counts), Some(false));
    }
}
