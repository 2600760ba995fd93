//! From what the phrases and the model say to one calibrated probability a feeling. The settings are written by training
//! into `weights/desk.txt` and can be read by a person.

use crate::Kind;

/// What speaks for one feeling in one text, before it is weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    pub kind: Kind,
    /// Raw score of the learned model, without unit.
    pub model: f32,
    /// Sum of the phrases found, within -6 and 6.
    pub phrases: f32,
}

/// How the two are weighed for one feeling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighing {
    pub model: f32,
    pub phrases: f32,
    pub offset: f32,
    /// Probability from which the feeling is named.
    pub threshold: f32,
    /// Probability from which the answer is "not sure".
    pub doubt: f32,
}

/// Reads the settings, in the order of [`Kind::ALL`].
pub fn read(source: &str) -> Option<Vec<Weighing>> {
    let lines: Vec<Vec<&str>> = source
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split_whitespace().collect())
        .collect();
    Kind::ALL
        .into_iter()
        .map(|kind| {
            let line = lines.iter().find(|line| line.first() == Some(&kind.name()))?;
            let number =
                |place: usize| line.get(place)?.parse::<f32>().ok().filter(|number| number.is_finite());
            Some(Weighing {
                model: number(1)?,
                phrases: number(2)?,
                offset: number(3)?,
                threshold: number(4)?,
                doubt: number(5)?,
            })
        })
        .collect()
}

impl Weighing {
    /// Calibrated probability, 0 to 1.
    pub fn probability(&self, signal: Signal) -> f32 {
        1.0 / (1.0 + (-(self.model * signal.model + self.phrases * signal.phrases + self.offset)).exp())
    }
}
