//! Texts to sparse rows with the features of the runtime: which features are kept, what each is worth.

use text::model::{BUCKETS, damped, each_feature, each_word_feature};

use super::fit::{Fitted, Sparse};
use super::numbers::ln;

/// Texts as counted features.
#[derive(Clone, Debug)]
pub struct Counted {
    /// For each text the buckets, rising, with how often each occurs.
    pub texts: Vec<Vec<(u32, u16)>>,
}

/// The features that a model knows, and what one occurrence of each is worth.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Rising.
    pub buckets: Vec<u32>,
    pub row_weights: Vec<u8>,
    pub smallest: f32,
    pub step: f32,
}

/// Counts the features of texts.
pub fn count<'a>(texts: impl Iterator<Item = &'a str>) -> Counted {
    counted(texts.map(|text| {
        let mut buckets = Vec::new();
        each_feature(text, |feature| buckets.push(feature.bucket));
        buckets
    }))
}

/// Counts the features of texts in words, each with what it is part of.
pub fn count_words<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Counted {
    counted(texts.map(|(text, about)| {
        let mut buckets = Vec::new();
        each_word_feature(text, &text::word::tokens(text), about, |bucket| buckets.push(bucket));
        buckets
    }))
}

fn counted(texts: impl Iterator<Item = Vec<u32>>) -> Counted {
    let times = |mut buckets: Vec<u32>| {
        buckets.sort_unstable();
        buckets.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u16)).collect()
    };
    Counted { texts: texts.map(times).collect() }
}

impl Counted {
    /// The words and pairs of words alone, without the letters inside them.
    pub fn words_alone(&self) -> Counted {
        let words = |text: &Vec<(u32, u16)>| {
            text.iter().filter(|(bucket, _)| (*bucket as usize) < BUCKETS / 2).copied().collect()
        };
        Counted { texts: self.texts.iter().map(words).collect() }
    }

    pub fn select(&self, texts: &[usize]) -> Counted {
        Counted { texts: texts.iter().map(|text| self.texts[*text].clone()).collect() }
    }

    /// Every feature that occurs in at least `fewest` texts, with its inverse document frequency in 255 steps.
    pub fn vocabulary(&self, fewest: u32) -> Vocabulary {
        let mut documents = vec![0_u32; BUCKETS];
        for (bucket, _) in self.texts.iter().flatten() {
            documents[*bucket as usize] += 1;
        }
        let all = self.texts.len() as f64;
        let worth = |count: u32| (ln((1.0 + all) / (1.0 + f64::from(count))) + 1.0) as f32;
        let buckets: Vec<u32> =
            (0..BUCKETS as u32).filter(|bucket| documents[*bucket as usize] >= fewest).collect();
        let worths: Vec<f32> = buckets.iter().map(|bucket| worth(documents[*bucket as usize])).collect();
        let smallest = worths.iter().copied().fold(f32::MAX, f32::min);
        let largest = worths.iter().copied().fold(0.0, f32::max);
        let step = ((largest - smallest) / 255.0).max(1e-6);
        let row_weights = worths.iter().map(|worth| ((worth - smallest) / step).round() as u8).collect();
        Vocabulary { buckets, row_weights, smallest, step }
    }
}

impl Vocabulary {
    /// The texts in these features, each text scaled to length one, as the runtime does it.
    pub fn rows(&self, counted: &Counted) -> Sparse {
        let mut column_of = vec![u32::MAX; BUCKETS];
        for (column, bucket) in self.buckets.iter().enumerate() {
            column_of[*bucket as usize] = column as u32;
        }
        let mut rows = Sparse { starts: vec![0], width: self.buckets.len(), ..Sparse::default() };
        for text in &counted.texts {
            let start = rows.values.len();
            for (bucket, times) in text {
                let column = column_of[*bucket as usize];
                if column != u32::MAX {
                    let worth = self.smallest + self.step * f32::from(self.row_weights[column as usize]);
                    rows.columns.push(column);
                    rows.values.push(worth * damped(usize::from(*times)));
                }
            }
            let squares: f32 = rows.values[start..].iter().map(|value| value * value).sum();
            let unit = if squares > 0.0 { 1.0 / squares.sqrt() } else { 0.0 };
            rows.values[start..].iter_mut().for_each(|value| *value *= unit);
            rows.starts.push(rows.values.len());
        }
        rows
    }

    /// The `most` features whose weights matter most: largest weight times worth, ties by bucket.
    pub fn strongest(&self, fitted: &Fitted, most: usize) -> Vocabulary {
        let strength = |column: usize| {
            let worth = self.smallest + self.step * f32::from(self.row_weights[column]);
            fitted.column(column).iter().fold(0_f32, |most, weight| most.max(weight.abs())) * worth
        };
        let mut order: Vec<(f32, usize)> =
            (0..self.buckets.len()).map(|column| (strength(column), column)).collect();
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut kept: Vec<usize> = order.iter().take(most).map(|(_, column)| *column).collect();
        kept.sort_unstable();
        Vocabulary {
            buckets: kept.iter().map(|column| self.buckets[*column]).collect(),
            row_weights: kept.iter().map(|column| self.row_weights[*column]).collect(),
            smallest: self.smallest,
            step: self.step,
        }
    }
}
