//! Model cards: what a model is made of, how good it is with which certainty, and what it must not be used for.

use std::fmt::Write as _;

use super::measure::Tally;

/// A model card before it is written.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its name under `docs/reference/models`.
    pub file: &'static str,
    pub title: &'static str,
    pub what: &'static str,
    pub data: &'static str,
    pub how: String,
    pub not_for: &'static str,
    pub bytes: usize,
    /// Checksum of the weights, so that card and file cannot part.
    pub checksum: u64,
    pub figures: Vec<Figure>,
    /// More text in Markdown, such as what else was tried.
    pub notes: String,
}

/// A measured value with its 95 % interval.
#[derive(Clone, Debug)]
pub struct Figure {
    pub what: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Precision and recall where the figure is the F1 of one label.
    pub floor: Option<(f64, f64, usize)>,
}

impl Figure {
    /// The F1 of one label, with precision, recall and how many texts have it.
    pub fn label(name: &str, tally: Tally) -> Figure {
        Figure {
            what: name.to_owned(),
            value: tally.f1(),
            low: f64::NAN,
            high: f64::NAN,
            floor: Some((tally.precision(), tally.recall(), (tally.right + tally.missed) as usize)),
        }
    }

    /// One line for a person.
    pub fn line(&self) -> String {
        match self.floor {
            Some((precision, recall, texts)) => format!(
                "    {:<16} F1 {:.3}   precision {precision:.3}   recall {recall:.3}   texts {texts}",
                self.what, self.value
            ),
            None => format!(
                "{}: {:.3} (95 % interval {:.3} to {:.3})",
                self.what, self.value, self.low, self.high
            ),
        }
    }
}

impl Card {
    /// The card as Markdown. The same card gives the same text.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let kilobytes = self.bytes.div_ceil(1000);
        let _ = writeln!(
            out,
            "<!-- Written by `cargo xtask train`; change the training, not this page. -->\n# {}\n",
            self.title
        );
        let _ = writeln!(out, "{}\n", self.what);
        let _ = writeln!(out, "**Data.** {}\n", self.data);
        let _ = writeln!(
            out,
            "**Kind.** Linear over hashed words, word pairs and runs of two to five letters; logistic regression, pruned, \
             one signed byte a weight, calibrated (Platt). {} {kilobytes} kB, checksum `{:016x}`. A score is a sum, so the words that carry it can \
             always be shown.\n",
            self.how, self.checksum
        );
        let _ = writeln!(out, "**Not for.** {}\n", self.not_for);
        let mut open = false;
        for figure in &self.figures {
            match figure.floor {
                None => {
                    let _ = writeln!(
                        out,
                        "\n**{}: {:.3}** (95 % bootstrap interval {:.3} to {:.3})\n",
                        figure.what, figure.value, figure.low, figure.high
                    );
                    open = false;
                }
                Some((precision, recall, texts)) => {
                    if !open {
                        out.push_str("| label | F1 | precision | recall | texts |\n|---|---|---|---|---|\n");
                        open = true;
                    }
                    let _ = writeln!(
                        out,
                        "| {} | {:.3} | {precision:.3} | {recall:.3} | {texts} |",
                        figure.what, figure.value
                    );
                }
            }
        }
        if !self.notes.is_empty() {
            let _ = writeln!(out, "\n{}", self.notes.trim_end());
        }
        out
    }
}
