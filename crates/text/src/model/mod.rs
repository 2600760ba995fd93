//! The runtime of our small learned models: weights in, scores with their reasons out.
//! A model is linear over hashed words, word pairs and letter runs, so a score is a sum and every part of the sum
//! belongs to words that can be shown. It never reads files, never learns, and never acts: what follows from a
//! score is for a person to decide.

mod concepts;
pub mod emotions;
mod features;
mod format;
pub mod shipped;
mod strategies;
mod word_features;

use finding::Span;

pub use concepts::with_concepts;
pub use features::{BUCKETS, Feature, each_feature, token_spans};
pub use format::{Label, Parts, Unreadable, checksum, write};
pub use strategies::with_strategies;
pub use word_features::each_word_feature;

/// A model that is ready to score texts.
#[derive(Clone, Debug)]
pub struct Model {
    labels: Vec<Label>,
    /// One bit per bucket: does it have weights?
    present: Vec<u64>,
    /// How many rows stand before each word of `present`.
    before: Vec<u32>,
    row_weights: Vec<f32>,
    weights: Vec<i8>,
}

/// What a model says of one text and one label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The sum of the reasons, without unit.
    pub raw: f32,
    /// Calibrated, 0 to 1: among texts given this value, about this share had the label where it was trained.
    pub probability: f32,
    pub answer: Answer,
}

/// Whether a label is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    /// Close to the threshold: say so rather than choose.
    NotSure,
    No,
}

/// One token of the text and what it adds to a score. All reasons and the label's bias add up to [`Score::raw`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    pub span: Span,
    pub weight: f32,
}

/// The features of one text as rows of a model, counted.
#[derive(Clone, Debug)]
pub struct Counts {
    /// Rows that occur, by their first occurrence.
    rows: Vec<u32>,
    /// How often each row of the model occurs.
    times: Vec<u8>,
}

/// Takes the features of a text, one after another.
pub struct Counting<'a> {
    model: &'a Model,
    counts: &'a mut Counts,
}

impl Counting<'_> {
    /// Counts one occurrence of the feature of `bucket`.
    #[inline]
    pub fn add(&mut self, bucket: u32) {
        let Some(row) = self.model.row(bucket) else { return };
        if let Some(times) = self.counts.times.get_mut(row as usize) {
            if *times == 0 {
                self.counts.rows.push(row);
            }
            *times = times.saturating_add(1);
        }
    }
}

impl Model {
    /// Opens a model from the bytes of its file.
    ///
    /// # Errors
    /// [`Unreadable`] for bytes that are not a whole, unchanged model of this version.
    pub fn read(bytes: &[u8]) -> Result<Model, Unreadable> {
        format::read(bytes).map(Model::from_parts)
    }

    /// Builds a model from its parts. Rows without weights count as zero.
    pub fn from_parts(parts: Parts) -> Model {
        let mut present = vec![0_u64; BUCKETS / 64];
        for bucket in &parts.buckets {
            if let Some(word) = present.get_mut(*bucket as usize / 64) {
                *word |= 1 << (bucket % 64);
            }
        }
        let mut rows = 0;
        let before = present
            .iter()
            .map(|word| {
                let earlier = rows;
                rows += word.count_ones();
                earlier
            })
            .collect();
        let row_weights =
            parts.row_weights.iter().map(|value| parts.smallest + parts.step * f32::from(*value)).collect();
        Model { labels: parts.labels, present, before, row_weights, weights: parts.weights }
    }

    /// The labels, in the order of every answer.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The place of a label by its name.
    pub fn label(&self, name: &str) -> Option<usize> {
        self.labels.iter().position(|label| label.name == name)
    }

    /// Scores `text` for every label. A text without any known feature gets the biases.
    pub fn score(&self, text: &str) -> Vec<Score> {
        self.raw(text).iter().zip(&self.labels).map(|(raw, label)| label.judge(*raw)).collect()
    }

    /// The chosen labels of `text`, one bit a label in their order. Only for models of up to 64 labels.
    pub fn chosen_bits(&self, text: &str) -> u64 {
        let chosen = |(place, score): (usize, Score)| u64::from(score.answer == Answer::Yes) << place;
        self.score(text).into_iter().take(64).enumerate().map(chosen).sum()
    }

    /// The raw sums for every label, before calibration.
    pub fn raw(&self, text: &str) -> Vec<f32> {
        let mut rows = Vec::with_capacity(256);
        each_feature(text, |feature| rows.extend(self.row(feature.bucket)));
        rows.sort_unstable();
        let mut sums = vec![0_f32; self.labels.len()];
        let mut squares = 0_f32;
        for same in rows.chunk_by(|one, other| one == other) {
            let Some((row, value)) = same.first().and_then(|row| Some((*row, self.value(*row, same.len())?)))
            else {
                continue;
            };
            squares += self.add(&mut sums, row, value);
        }
        self.scaled(sums, squares)
    }

    /// The raw sums for every label from features found in another way, such as by [`each_word_feature`]: `each` hands their
    /// buckets on. `counts` is from [`Model::counts`] and serves text after text.
    pub fn raw_of(&self, counts: &mut Counts, each: impl FnOnce(&mut Counting<'_>)) -> Vec<f32> {
        each(&mut Counting { model: self, counts });
        let mut sums = vec![0_f32; self.labels.len()];
        let mut squares = 0_f32;
        for row in counts.rows.drain(..) {
            let times = counts.times.get_mut(row as usize).map_or(0, std::mem::take);
            let Some(value) = self.value(row, usize::from(times)) else { continue };
            squares += self.add(&mut sums, row, value);
        }
        self.scaled(sums, squares)
    }

    /// Room to count the features of one text after another.
    pub fn counts(&self) -> Counts {
        Counts { rows: Vec::with_capacity(128), times: vec![0; self.row_weights.len()] }
    }

    fn add(&self, sums: &mut [f32], row: u32, value: f32) -> f32 {
        for (sum, weight) in sums.iter_mut().zip(self.weights_of(row)) {
            *sum += value * f32::from(*weight);
        }
        value * value
    }

    fn scaled(&self, sums: Vec<f32>, squares: f32) -> Vec<f32> {
        let norm = if squares > 0.0 { 1.0 / squares.sqrt() } else { 0.0 };
        sums.iter().zip(&self.labels).map(|(sum, label)| label.bias + label.scale * norm * sum).collect()
    }

    /// Which words carry the score of one label, strongest first (in favour, then against), without those that carry
    /// nothing. Together with the bias of the label they add up to the score.
    pub fn explain(&self, text: &str, label: usize) -> Vec<Reason> {
        let spans = token_spans(text);
        let Some(settings) = self.labels.get(label) else { return Vec::new() };
        // Row, token and whether it is a pair in one number, since sorting is most of the work.
        let mut found: Vec<u64> = Vec::with_capacity(256);
        each_feature(text, |feature| {
            let token = u64::from(feature.token) << 1 | u64::from(feature.pair);
            found.extend(self.row(feature.bucket).map(|row| u64::from(row) << 33 | token));
        });
        found.sort_unstable();
        let mut sums = vec![0_f32; spans.len()];
        let mut squares = 0_f32;
        for same in found.chunk_by(|one, other| one >> 33 == other >> 33) {
            let Some(row) = same.first().map(|first| (first >> 33) as u32) else { continue };
            let Some(value) = self.value(row, same.len()) else { continue };
            squares += value * value;
            let weight = self.weights_of(row).get(label).copied().unwrap_or(0);
            let share = value * f32::from(weight) / same.len() as f32;
            for feature in same {
                let token = (feature >> 1 & 0xffff_ffff) as usize;
                let pair = feature & 1 == 1;
                let share = if pair { share / 2.0 } else { share };
                if let Some(sum) = sums.get_mut(token) {
                    *sum += share;
                }
                if let Some(sum) = sums.get_mut(token.wrapping_sub(1)).filter(|_| pair) {
                    *sum += share;
                }
            }
        }
        let unit = if squares > 0.0 { settings.scale / squares.sqrt() } else { 0.0 };
        let mut reasons: Vec<Reason> = spans
            .into_iter()
            .zip(sums)
            .map(|(span, sum)| Reason { span, weight: unit * sum })
            .filter(|reason| reason.weight != 0.0)
            .collect();
        reasons.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.span.cmp(&other.span)));
        reasons
    }

    fn row(&self, bucket: u32) -> Option<u32> {
        let place = bucket as usize / 64;
        let word = self.present.get(place)?;
        let bit = 1_u64 << (bucket % 64);
        if word & bit == 0 {
            return None;
        }
        Some(self.before.get(place)? + (word & (bit - 1)).count_ones())
    }

    fn weights_of(&self, row: u32) -> &[i8] {
        let start = row as usize * self.labels.len();
        self.weights.get(start..start + self.labels.len()).unwrap_or(&[])
    }

    fn value(&self, row: u32, times: usize) -> Option<f32> {
        Some(self.row_weights.get(row as usize)? * damped(times))
    }
}

impl Label {
    /// The raw score at the threshold.
    pub fn cut(&self) -> f32 {
        let odds = self.threshold.clamp(1e-6, 1.0 - 1e-6);
        ((odds / (1.0 - odds)).ln() - self.offset) / self.slope
    }

    /// The calibrated meaning of a raw score.
    pub fn judge(&self, raw: f32) -> Score {
        let probability = 1.0 / (1.0 + (-(self.slope * raw + self.offset)).exp());
        let answer = if probability >= self.threshold {
            Answer::Yes
        } else if probability >= self.doubt {
            Answer::NotSure
        } else {
            Answer::No
        };
        Score { raw, probability, answer }
    }
}

/// How often a feature counts that occurs `times` times: 1 + ln(times), as a table so that it is the same everywhere.
pub fn damped(times: usize) -> f32 {
    const TABLE: [f32; 9] =
        [0.0, 1.0, 1.693_147_2, 2.098_612_3, 2.386_294_4, 2.609_438, 2.791_759_5, 2.945_910_2, 3.079_441_5];
    TABLE.get(times).copied().unwrap_or(3.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Model {
        Model::from_parts(format::tests::sample(&[
            ("afraid", [100, -20]),
            ("thanks", [-30, 127]),
            ("very", [15, 10]),
            ("so", [5, 9]),
        ]))
    }

    #[test]
    fn the_reasons_add_up_to_the_score() {
        let model = sample();
        for text in
            ["I am so, so afraid", "thanks, very very afraid of it", "", "nothing known here", "thanks"]
        {
            for (place, label) in model.labels().iter().enumerate() {
                let sum: f32 = model.explain(text, place).iter().map(|reason| reason.weight).sum();
                let raw = model.raw(text)[place];
                assert!((label.bias + sum - raw).abs() < 1e-5, "{text}: {sum} and {raw}");
            }
        }
    }

    #[test]
    fn the_words_that_carry_a_score_come_first() {
        let text = "I am so afraid";
        let reasons = sample().explain(text, 0);
        assert_eq!(reasons[0].span.of(text), Some("afraid"));
    }

    #[test]
    fn close_to_the_threshold_it_is_not_sure() {
        let label = Label { threshold: 0.6, doubt: 0.4, ..sample().labels()[0].clone() };
        assert_eq!(label.judge(2.0).answer, Answer::Yes);
        assert_eq!(label.judge(0.1).answer, Answer::NotSure);
        assert_eq!(label.judge(-2.0).answer, Answer::No);
    }

    #[test]
    fn a_model_without_words_answers_with_its_biases() {
        let model = sample();
        assert_eq!(model.raw("unknown"), model.labels().iter().map(|label| label.bias).collect::<Vec<_>>());
    }
}
