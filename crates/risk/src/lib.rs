//! A scenario and a seed in, a distribution of yearly loss out, in the manner of FAIR.
//!
//! A scenario says how often something happens and what one event costs, each as a range. From that follow the loss of
//! a year as a curve, what moves it, what a change would save, and what is worth measuring. Loss is compound: a random
//! number of events, each with its own loss. Two engines check one another: [`exact`] (Fourier transform, for one
//! scenario) and [`simulate`] (for dependence and for comparing changes).
//!
//! Pure functions: nothing here reads a file, a clock or the environment. The same text and seed give the same numbers
//! on any number of threads. Money is in the scenario's currency, rates are per year, shares run from 0 to 1.
//!
//! To keep an estimate, keep the text of the scenario, its [`fingerprint`], the seed and the number of years:
//! [`brief::compute`] gives the same brief from them at any time.
//!
//! ```
//! let text = r#"
//!     name = "Invoice fraud"
//!     currency = "EUR"
//!     [frequency]
//!     threat_events = { pert = [2, 5, 20], unit = "per year" }
//!     vulnerability = { pert = [0.05, 0.12, 0.30], unit = "share" }
//!     [loss.primary]
//!     response = { pert = [10_000, 50_000, 500_000], unit = "EUR" }
//! "#;
//! let scenario = risk::read(text).unwrap().scenario;
//! let curve = risk::exact::curve(&risk::Model::new(&scenario));
//! assert_eq!(curve.mean.round(), 114_586.0);
//! assert_eq!(curve.once_in(20.0).round(), 424_743.0);
//! assert!((curve.none - 0.4287).abs() < 0.0001);
//! ```

pub mod brief;
pub mod count;
pub mod curve;
pub mod exact;
pub mod fft;
pub mod luck;
pub mod model;
pub mod portfolio;
pub mod problem;
pub mod product;
pub mod quiz;
mod read;
pub mod sampler;
pub mod scenario;
pub mod sensitivity;
pub mod shape;
pub mod simulate;
pub mod sobol;
pub mod stream;
pub mod table;
pub mod whatif;
pub use curve::{Curve, Point};
pub use luck::{Sampling, Seed};
pub use model::Model;
pub use problem::Problem;
pub use read::{Reading, by_name, read, read_together};
pub use scenario::Scenario;
pub use shape::Shape;

/// The chance that at least one of `people` has reported by the time a share `by_now` of all who ever would has done so,
/// if each reports with probability `rate` and on their own: 1 − (1 − rate · by_now)^people.
///
/// ```
/// assert!((risk::chance_of_a_report(20.0, 0.12, 0.5) - 0.710).abs() < 0.0005);
/// assert!((risk::chance_of_a_report(20.0, 0.30, 0.5) - 0.961).abs() < 0.0005);
/// assert!((risk::chance_of_a_report(5.0, 0.12, 0.5) - 0.266).abs() < 0.0005);
/// ```
#[must_use]
pub fn chance_of_a_report(people: f64, rate: f64, by_now: f64) -> f64 {
    -(people * (-(rate * by_now).clamp(0.0, 1.0)).ln_1p()).exp_m1()
}

/// The SHA-256 of a scenario's text, in hexadecimal: tells whether two runs had the same input.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
