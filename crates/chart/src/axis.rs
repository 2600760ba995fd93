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

/// Powers of ten covering `lowest` to `highest`, both above 0; every few powers where there are many.
pub fn powers(lowest: f64, highest: f64) -> Vec<f64> {
    let (first, last) = (lowest.log10().floor() as i32, highest.log10().ceil() as i32);
    let stride = ((last - first) / 6 + 1).max(1);
    (first..=last).step_by(stride as usize).map(|power| 10_f64.powi(power)).collect()
}
