//! Time until something happens, where for some it has not happened yet: time to report, time to answer, time to leave.

use crate::{
    Interval,
    special::{chi_squared_tail, normal_quantile},
    tail,
};

/// One person or thing watched for `time`: it happened then, or watching ended first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// How long it was watched, in any one unit; below zero or not a number is left out.
    pub time: f64,
    /// True if it happened at `time`; false if we only know that it had not happened by then.
    pub happened: bool,
}

/// The curve's state from one event time on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Time of the events.
    pub time: f64,
    /// Still watched and still waiting just before.
    pub at_risk: u64,
    /// Events at this time.
    pub events: u64,
    /// Estimated share for whom it has not happened by `time` (this time included).
    pub surviving: f64,
    /// Greenwood's standard error of `surviving`.
    pub standard_error: f64,
    /// Interval for `surviving` on the logarithmic scale, as R's `survfit` gives. Once nobody is left R gives none: here
    /// it runs from 0 to the last upper end, which still holds as the curve only falls.
    pub interval: Interval,
}

/// A Kaplan–Meier curve: one step for every time at which something happened, ascending.
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    /// The steps.
    pub steps: Vec<Step>,
    /// How many were watched.
    pub watched: u64,
}

impl KaplanMeier {
    /// Estimated share for whom it has not happened by `time`; 1 before the first event.
    #[must_use]
    pub fn surviving(&self, time: f64) -> f64 {
        self.steps.iter().take_while(|step| step.time <= time).last().map_or(1.0, |step| step.surviving)
    }

    /// The first time by which it has happened for at least `share` of the people; `None` if the curve never gets there.
    #[must_use]
    pub fn time_of(&self, share: f64) -> Option<f64> {
        self.steps.iter().find(|step| step.surviving <= 1.0 - share + 1e-12).map(|step| step.time)
    }
}

/// Estimates the share still waiting over time (Kaplan and Meier 1958), with Greenwood's standard error.
///
/// ```
/// use stats::{Observation, kaplan_meier};
/// let seen = |time| Observation { time, happened: true };
/// let open = |time| Observation { time, happened: false };
/// let curve = kaplan_meier(&[seen(3.0), open(5.0), seen(9.0), open(9.0)], 0.95);
/// assert_eq!(curve.surviving(4.0), 0.75);
/// assert_eq!(curve.time_of(0.5), Some(9.0));
/// ```
#[must_use]
pub fn kaplan_meier(observations: &[Observation], confidence: f64) -> KaplanMeier {
    let sorted = usable(observations);
    let z = -normal_quantile(tail(confidence));
    let (mut surviving, mut greenwood, mut steps) = (1.0_f64, 0.0_f64, Vec::new());
    let mut at_risk = sorted.len() as u64;
    for group in sorted.chunk_by(|a, b| a.time == b.time) {
        let events = group.iter().filter(|one| one.happened).count() as u64;
        if let (true, Some(first)) = (events > 0, group.first()) {
            let (waiting, happened) = (at_risk as f64, events as f64);
            surviving *= (waiting - happened) / waiting;
            greenwood += happened / (waiting * (waiting - happened));
            let relative = greenwood.sqrt();
            let interval = if surviving > 0.0 {
                Interval {
                    low: surviving * (-z * relative).exp(),
                    high: (surviving * (z * relative).exp()).min(1.0),
                }
            } else {
                Interval { low: 0.0, high: steps.last().map_or(1.0, |step: &Step| step.interval.high) }
            };
            let standard_error = if surviving > 0.0 { surviving * relative } else { 0.0 };
            steps.push(Step { time: first.time, at_risk, events, surviving, standard_error, interval });
        }
        at_risk -= group.len() as u64;
    }
    KaplanMeier { steps, watched: sorted.len() as u64 }
}

fn usable(observations: &[Observation]) -> Vec<Observation> {
    let mut sorted: Vec<Observation> = observations.iter().copied().filter(|one| one.time >= 0.0).collect();
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
    sorted
}

/// The answer of a log-rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRank {
    /// Chi-squared with one degree of freedom.
    pub chi_squared: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// Asks whether two groups wait differently (Mantel 1966). `None` if nothing happened that could tell them apart.
#[must_use]
pub fn log_rank(first: &[Observation], second: &[Observation]) -> Option<LogRank> {
    let (first, second) = (usable(first), usable(second));
    let mut times: Vec<f64> =
        first.iter().chain(&second).filter(|one| one.happened).map(|one| one.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    // Still watched just before, and events at that very time.
    let waiting_and_events = |group: &[Observation], time: f64| {
        let still = group.get(group.partition_point(|one| one.time < time)..).unwrap_or_default();
        let events = still.iter().take_while(|one| one.time == time).filter(|one| one.happened).count();
        (still.len() as f64, events as f64)
    };
    let (mut surplus, mut variance) = (0.0, 0.0);
    for time in times {
        let ((here, mine), (there, theirs)) =
            (waiting_and_events(&first, time), waiting_and_events(&second, time));
        let (all, happened) = (here + there, mine + theirs);
        surplus += mine - happened * here / all;
        if all > 1.0 {
            variance += happened * (here / all) * (1.0 - here / all) * (all - happened) / (all - 1.0);
        }
    }
    if variance <= 0.0 {
        return None;
    }
    let chi_squared = surplus * surplus / variance;
    Some(LogRank { chi_squared, p_value: chi_squared_tail(chi_squared, 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(times: &[(f64, bool)]) -> Vec<Observation> {
        times.iter().map(|&(time, happened)| Observation { time, happened }).collect()
    }

    fn maintained() -> Vec<Observation> {
        group(&[
            (9.0, true),
            (13.0, true),
            (13.0, false),
            (18.0, true),
            (23.0, true),
            (28.0, false),
            (31.0, true),
            (34.0, true),
            (45.0, false),
            (48.0, true),
            (161.0, false),
        ])
    }

    fn not_maintained() -> Vec<Observation> {
        group(&[
            (5.0, true),
            (5.0, true),
            (8.0, true),
            (8.0, true),
            (12.0, true),
            (16.0, false),
            (23.0, true),
            (27.0, true),
            (30.0, true),
            (33.0, true),
            (43.0, true),
            (45.0, true),
        ])
    }

    #[test]
    fn the_leukaemia_curve_agrees_with_r() {
        let curve = kaplan_meier(&maintained(), 0.95);
        for (time, wanted) in
            [(9.0, 0.909091), (13.0, 0.818182), (18.0, 0.715909), (23.0, 0.613636), (31.0, 0.490909)]
        {
            assert!((curve.surviving(time) - wanted).abs() < 1e-6, "{time}");
        }
        let at_23 = curve.steps.iter().find(|step| step.time == 23.0).unwrap();
        assert!((at_23.interval.low - 0.3768670595).abs() < 1e-9, "{at_23:?}");
        assert!((at_23.interval.high - 0.9991576002).abs() < 1e-9, "{at_23:?}");
        assert_eq!(curve.time_of(0.5), Some(31.0));
    }

    #[test]
    fn the_leukaemia_groups_agree_with_r() {
        let got = log_rank(&maintained(), &not_maintained()).unwrap();
        assert!((got.chi_squared - 3.39638869898).abs() < 1e-10, "{got:?}");
        assert!((got.p_value - 0.0653393220).abs() < 1e-9, "{got:?}");
    }

    #[test]
    fn one_left_of_a_million_keeps_its_digits() {
        let mut watched = group(&[(1.0, true); 999_999]);
        watched.extend(group(&[(2.0, false)]));
        assert_eq!(kaplan_meier(&watched, 0.95).surviving(1.0), 1e-6);
    }

    #[test]
    fn nothing_happened_is_an_answer() {
        let waiting = group(&[(3.0, false), (f64::NAN, true), (-1.0, true)]);
        assert_eq!(kaplan_meier(&waiting, 0.95).surviving(10.0), 1.0);
        assert_eq!(kaplan_meier(&waiting, 0.95).watched, 1);
        assert_eq!(log_rank(&waiting, &waiting), None);
    }
}
