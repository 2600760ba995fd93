//! Logistic regression for many labels at once, by stochastic dual coordinate ascent
//! (Shalev-Shwartz and Zhang 2013): no step size to choose, one pass after another over a seeded order, one thread.
//! The same data, settings and seed give the same bits.

use super::numbers::{Stream, logistic};

/// Texts as sparse rows: for each text, columns and their values.
#[derive(Clone, Debug, Default)]
pub struct Sparse {
    pub starts: Vec<usize>,
    pub columns: Vec<u32>,
    pub values: Vec<f32>,
    pub width: usize,
}

/// What is asked of each text: +1 has the label, -1 has it not, 0 not known. Text by text, label by label.
#[derive(Clone, Debug)]
pub struct Targets {
    pub labels: usize,
    pub signs: Vec<i8>,
    /// How much each text counts.
    pub weights: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How much an error costs against the size of the weights (the C of LIBLINEAR).
    pub cost: f32,
    /// How much more a missed label costs than a wrongly given one.
    pub positive: f32,
    pub passes: usize,
    pub seed: u64,
}

/// Weights column by column, `stride` numbers each of which the first `labels` mean something.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub labels: usize,
    pub stride: usize,
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

/// Widest block of labels.
const WIDEST: usize = 64;

impl Sparse {
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub fn row(&self, text: usize) -> (&[u32], &[f32]) {
        let range = self.starts[text]..self.starts[text + 1];
        (&self.columns[range.clone()], &self.values[range])
    }
}

impl Targets {
    /// Targets from bit sets, every label known, every text counting once.
    pub fn from_bits(labels: usize, bits: impl Iterator<Item = u64>) -> Targets {
        let mut signs = Vec::new();
        for bits in bits {
            signs.extend((0..labels).map(|label| if bits >> label & 1 == 1 { 1 } else { -1 }));
        }
        let texts = signs.len() / labels.max(1);
        Targets { labels, signs, weights: vec![1.0; texts] }
    }

    pub fn select(&self, texts: &[usize]) -> Targets {
        Targets {
            labels: self.labels,
            signs: texts
                .iter()
                .flat_map(|text| &self.signs[text * self.labels..][..self.labels])
                .copied()
                .collect(),
            weights: texts.iter().map(|text| self.weights[*text]).collect(),
        }
    }

    pub fn sign(&self, text: usize, label: usize) -> i8 {
        self.signs[text * self.labels + label]
    }
}

/// Fits weights for all labels.
pub fn fit(rows: &Sparse, targets: &Targets, settings: Settings) -> Fitted {
    let labels = targets.labels;
    let stride = labels.next_multiple_of(4).min(WIDEST);
    let mut weights = vec![0_f32; rows.width * stride];
    let mut bias = vec![0_f32; stride];
    let mut duals = vec![0_f32; rows.len() * labels];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut stream = Stream::new(settings.seed);
    for _ in 0..settings.passes {
        stream.shuffle(&mut order);
        for &text in &order {
            let (columns, values) = rows.row(text);
            let mut sums = [0_f32; WIDEST];
            sums[..stride].copy_from_slice(&bias);
            let mut squares = 1_f32;
            for (column, value) in columns.iter().zip(values) {
                squares += value * value;
                let row = &weights[*column as usize * stride..][..stride];
                for (sum, weight) in sums[..stride].iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
            let mut steps = [0_f32; WIDEST];
            let mut largest = 0_f32;
            for label in 0..labels {
                let sign = f32::from(targets.sign(text, label));
                if sign == 0.0 {
                    continue;
                }
                let weight = if sign > 0.0 { settings.positive } else { 1.0 };
                let cost = settings.cost * weight * targets.weights[text];
                let dual = &mut duals[text * labels + label];
                let aim = logistic(f64::from(-sign * sums[label])) as f32;
                let change = (aim - *dual) * 4.0 / (cost * squares + 4.0);
                *dual += change;
                steps[label] = cost * change * sign;
                largest = largest.max(steps[label].abs());
            }
            if largest < 1e-6 {
                continue;
            }
            for (sum, step) in bias.iter_mut().zip(&steps) {
                *sum += step;
            }
            for (column, value) in columns.iter().zip(values) {
                let row = &mut weights[*column as usize * stride..][..stride];
                for (weight, step) in row.iter_mut().zip(&steps[..stride]) {
                    *weight += value * step;
                }
            }
        }
    }
    Fitted { labels, stride, weights, bias }
}

impl Fitted {
    /// The weights of one column.
    pub fn column(&self, column: usize) -> &[f32] {
        &self.weights[column * self.stride..][..self.labels]
    }

    /// Scores of one text for every label.
    pub fn score(&self, columns: &[u32], values: &[f32]) -> Vec<f32> {
        let mut sums = self.bias[..self.labels].to_vec();
        for (column, value) in columns.iter().zip(values) {
            for (sum, weight) in sums.iter_mut().zip(self.column(*column as usize)) {
                *sum += value * weight;
            }
        }
        sums
    }

    /// Scores of every text.
    pub fn scores(&self, rows: &Sparse) -> Vec<Vec<f32>> {
        (0..rows.len())
            .map(|text| {
                let (columns, values) = rows.row(text);
                self.score(columns, values)
            })
            .collect()
    }
}
