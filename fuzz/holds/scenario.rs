//! Any bytes as a scenario: problems or a curve that never rises, never a crash.

/// Holds for any input.
pub fn holds(text: &[u8]) {
    let text = &*String::from_utf8_lossy(text);
    if let Ok(reading) = risk::read(text) {
        let model = risk::Model::new(&reading.scenario);
        if model.count.mean < 100.0 {
            let curve = risk::exact::curve(&model);
            assert!(curve.points.is_sorted_by(|a, b| a.chance >= b.chance));
            assert!(risk::simulate::years(&model, 64, 1).iter().all(|loss| *loss >= 0.0));
        }
    }
    let _ = risk::read_together(text, &["one".to_owned(), "two".to_owned()]);
}
