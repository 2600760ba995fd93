//! Where ticks go and how numbers are written on them.

/// A number in at most four characters and a unit: `950`, `12 k`, `1.5 M`.
///
/// ```
/// assert_eq!(chart::short(1_540_000.0), "1.5 M");
/// assert_eq!(chart::short(0.0), "0");
/// assert_eq!(chart::short(999_960.0), "1 M");
/// ```
#[must_use]
pub fn short(value: f64) -> String {
    let (sign, size) = (if value < 0.0 { "-" } else { "" }, value.abs());
    if size == 0.0 || !size.is_finite() {
        return "0".to_owned();
    }
    let unit = 10_f64.powi(size.log10().floor() as i32 - 1);
    let size = if unit >= 1.0 { (size / unit).round() * unit } else { size };
    let units = [(1e12, " T"), (1e9, " B"), (1e6, " M"), (1e3, " k")];
    let (divisor, unit) = units.into_iter().find(|(divisor, _)| size >= *divisor).unwrap_or((1.0, ""));
    let scaled = size / divisor;
    let places = if scaled >= 9.95 || unit.is_empty() && scaled >= 1.0 { 0 } else { 1 };
    let mut number = format!("{scaled:.places$}");
    if number.ends_with(".0") {
        number.truncate(number.len() - 2);
    }
    format!("{sign}{number}{unit}")
}

/// A share as a percentage: whole from 10 %, one decimal below, two below 1 %.
#[must_use]
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    let places = if value == 0.0 || value >= 9.95 {
        0
    } else if value >= 0.995 {
        1
    } else {
        2
    };
    format!("{value:.places$} %")
}

/// Round values from 0 to at least `highest`, about `count` of them.
pub fn linear(highest: f64, count: f64) -> Vec<f64> {
    let highest = if highest > 0.0 && highest.is_finite() { highest } else { 1.0 };
    let rough = highest / count;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|one| one * power)
        .find(|step| *step >= rough)
        .unwrap_or(power * 10.0);
    let steps = (highest / step).ceil() as u32;
    (0..=steps).map(|k| f64::from(k) * step).collect()
}

/// Powers of ten between `lowest` and `highest`, both above 0, every few where there are many; and the ends of the axis, which
/// is no longer than the values need: it begins and ends at 1, 2 or 5 times a power. With fewer than two powers between, the
/// axis runs from one power to another.
pub fn powers(lowest: f64, highest: f64) -> (Vec<f64>, Option<(f64, f64)>) {
    let highest = if highest > 0.0 { highest } else { 1.0 };
    let lowest = if lowest > 0.0 { lowest.min(highest) } else { highest };
    let start = step_below(lowest);
    let end = step_above(highest.max(lowest * 1.01));
    let between = |start: f64, end: f64| -> Vec<f64> {
        let (first, last) = ((start.log10() - 1e-9).ceil() as i32, (end.log10() + 1e-9).floor() as i32);
        let stride = ((last - first).max(0) / 6 + 1) as usize;
        (first..=last).step_by(stride).map(|power| 10_f64.powi(power)).collect()
    };
    let ticks = between(start, end);
    if ticks.len() >= 2 {
        return (ticks, Some((start, end)));
    }
    let (start, end) = (10_f64.powf(start.log10().floor()), 10_f64.powf(end.log10().ceil()));
    (between(start, end), Some((start, end)))
}

/// The largest of 1, 2 and 5 times a power of ten that is not above `value`.
fn step_below(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [5.0, 2.0, 1.0].map(|one| one * power).into_iter().find(|one| *one <= value * 1.000_1).unwrap_or(power)
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `value`.
fn step_above(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0]
        .map(|one| one * power)
        .into_iter()
        .find(|one| *one >= value * 0.999_9)
        .unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::powers;

    #[test]
    fn an_axis_of_powers_is_no_longer_than_its_values() {
        assert_eq!(powers(1200.0, 1.4e6), (vec![1e3, 1e4, 1e5, 1e6], Some((1e3, 2e6))));
        assert_eq!(powers(30.0, 70.0).1, Some((10.0, 100.0)));
        assert_eq!(powers(0.0, 0.0).1.map(|(start, end)| start < end), Some(true));
        let (ticks, ends) = powers(1e-9, 1e12);
        assert!(ticks.len() <= 8 && ends == Some((1e-9, 1e12)), "{ticks:?} {ends:?}");
    }
}
