//! Practice for people who estimate: how often were they right, compared with how sure they were?

use stats::Interval;

/// How good a set of stated chances was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Brier {
    /// Mean squared distance between stated chance and what happened (Brier 1950): 0 is perfect, 0.25 is "always one half".
    pub score: f64,
    /// How far stated chances were from what happened at them, squared; smaller is better (Murphy 1973, in tenths).
    pub calibration: f64,
    /// Mean stated chance less share that came true: above 0 means too sure of it.
    pub lean: f64,
}

/// Judges chances (0 to 1) against what happened. `None` of nothing, or of a chance outside 0 to 1.
///
/// ```
/// let perfect = risk::quiz::brier(&[(1.0, true), (0.0, false)]).unwrap();
/// assert_eq!(perfect.score, 0.0);
/// ```
#[must_use]
pub fn brier(answers: &[(f64, bool)]) -> Option<Brier> {
    if answers.is_empty() || answers.iter().any(|(chance, _)| !(0.0..=1.0).contains(chance)) {
        return None;
    }
    let count = answers.len() as f64;
    let came = |true_or_not: bool| if true_or_not { 1.0 } else { 0.0 };
    let score =
        answers.iter().map(|(chance, happened)| (chance - came(*happened)).powi(2)).sum::<f64>() / count;
    let lean = answers.iter().map(|(chance, happened)| chance - came(*happened)).sum::<f64>() / count;
    let calibration = (0..=10)
        .map(|tenth| {
            let here: Vec<_> =
                answers.iter().filter(|(chance, _)| (chance * 10.0).round() as i32 == tenth).collect();
            let size = here.len() as f64;
            if here.is_empty() {
                return 0.0;
            }
            let stated = here.iter().map(|(chance, _)| chance).sum::<f64>() / size;
            let seen = here.iter().map(|(_, happened)| came(*happened)).sum::<f64>() / size;
            size / count * (stated - seen).powi(2)
        })
        .sum();
    Some(Brier { score, calibration, lean })
}

/// How often intervals held the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hits {
    /// Intervals that held it.
    pub held: u64,
    /// Intervals given.
    pub given: u64,
    /// What share they would hold in the long run: Wilson's 90 % interval.
    pub share: Interval,
}

/// Judges intervals (low, high) against the truth. Meant for 90 % intervals: nine in ten should hold it.
#[must_use]
pub fn hits(answers: &[((f64, f64), f64)]) -> Hits {
    let held = answers.iter().filter(|((low, high), truth)| low <= truth && truth <= high).count() as u64;
    let given = answers.len() as u64;
    Hits { held, given, share: stats::wilson(held, given, 0.9) }
}

/// A question with a number for an answer, to practise 90 % intervals on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// The question.
    pub text: &'static str,
    /// The answer.
    pub answer: f64,
}

/// Questions whose answers anybody can look up, none of them about security: the practice is in knowing what one does not
/// know.
pub const QUESTIONS: [Question; 10] = [
    Question { text: "In which year was the first Nobel Prize awarded?", answer: 1901.0 },
    Question { text: "How many bones does an adult human usually have?", answer: 206.0 },
    Question { text: "How high is Mont Blanc, in metres?", answer: 4806.0 },
    Question { text: "How many keys does a standard piano have?", answer: 88.0 },
    Question { text: "In which year did the Titanic sink?", answer: 1912.0 },
    Question {
        text: "What is the mean distance from the Earth to the Moon, in kilometres?",
        answer: 384_400.0,
    },
    Question { text: "How many countries were members of the United Nations in 2020?", answer: 193.0 },
    Question { text: "At how many degrees Celsius does gold melt?", answer: 1064.0 },
    Question { text: "How long is a marathon, in metres?", answer: 42_195.0 },
    Question { text: "In which year did the first e-mail between two computers arrive?", answer: 1971.0 },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_one_half_scores_a_quarter() {
        let got = brier(&[(0.5, true), (0.5, false), (0.5, true), (0.5, true)]).unwrap();
        assert_eq!((got.score, got.calibration, got.lean), (0.25, 0.0625, -0.25));
        assert_eq!(brier(&[]), None);
        assert_eq!(brier(&[(1.2, true)]), None);
    }

    #[test]
    fn intervals_are_counted() {
        let got = hits(&[((1.0, 2.0), 1.5), ((1.0, 2.0), 3.0)]);
        assert_eq!((got.held, got.given), (1, 2));
    }
}
