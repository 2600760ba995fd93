//! What every drawing promises: a title, a description, its numbers as a table, safe text, the same bytes each time.

use super::*;

fn curves(title: &str) -> Curves {
    let line = |label: &str, shift: f64| Line {
        label: label.to_owned(),
        points: (0..50).map(|k| (f64::from(k) * 10.0, 1.0 / (1.0 + shift * f64::from(k)))).collect(),
        band: vec![(10.0, 0.2, 0.4), (400.0, 0.0, 0.1)],
        readings: vec![("at 10".to_owned(), 10.0, 0.5), ("at 100".to_owned(), 100.0, 0.123)],
    };
    Curves {
        id: "one two".to_owned(),
        title: title.to_owned(),
        description: "It falls.".to_owned(),
        reading: "Read it from left to right.".to_owned(),
        across: "Loss, EUR".to_owned(),
        upward: "Chance".to_owned(),
        scale: Scale::Logarithmic,
        steps: false,
        lines: vec![line("before", 0.1), line("after", 0.3)],
        limits: vec![Limit { position: 100.0, height: 0.2 }],
    }
}

fn bars(values: &[(f64, f64)]) -> Bars {
    Bars {
        id: "bars".to_owned(),
        title: "Bars".to_owned(),
        description: "Some bars.".to_owned(),
        reading: "Compare them.".to_owned(),
        rising: "rises".to_owned(),
        falling: "falls".to_owned(),
        across: "EUR".to_owned(),
        middle: Some((5.0, "the middle".to_owned())),
        bars: values
            .iter()
            .map(|(from, to)| Bar { label: "bar".to_owned(), remark: String::new(), from: *from, to: *to })
            .collect(),
    }
}

fn promises(drawing: &Drawing) {
    let svg = &drawing.svg;
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
    assert!(svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="));
    assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("<script"));
    assert_eq!(svg.matches("<pattern").count(), svg.matches("</pattern>").count());
    assert!(
        drawing.table.contains("<caption>") && drawing.table.contains("scope=\"row\"")
            || drawing.table.contains("<tbody></tbody>")
    );
}

#[test]
fn every_drawing_keeps_its_promises() {
    promises(&curves("Loss").draw());
    promises(&bars(&[(1.0, 9.0), (8.0, 2.0), (0.0, 0.0)]).draw());
    promises(&bars(&[]).draw());
    let row =
        |middle| Row { label: "option".to_owned(), middle, low: 0.0, high: 2.0 * middle, against: Some(3.0) };
    let rows = |rows| Rows {
        id: "r".into(),
        title: "R".into(),
        description: "D".into(),
        reading: "Look.".into(),
        interval: "the <dot>".into(),
        against: "the square".into(),
        across: "EUR".into(),
        rows,
    };
    promises(&rows(vec![row(5.0), row(0.0)]).draw());
    promises(&rows(Vec::new()).draw());
}

#[test]
fn every_figure_says_how_it_is_read_and_what_each_mark_means() {
    let row = Row { label: "o".to_owned(), middle: 1.0, low: 0.0, high: 2.0, against: Some(3.0) };
    let rows = Rows {
        id: "r".into(),
        title: "R".into(),
        description: "D".into(),
        reading: "Look.".into(),
        interval: "the <dot>".into(),
        against: "the square".into(),
        across: "EUR".into(),
        rows: vec![row],
    };
    for (drawing, wanted) in [
        (
            curves("Loss").draw(),
            vec![
                "Read it from left to right.",
                "before",
                "after",
                "what the simulation leaves open",
                "what is accepted",
            ],
        ),
        (bars(&[(1.0, 9.0), (8.0, 2.0)]).draw(), vec!["Compare them.", "rises", "falls", "the middle"]),
        (rows.draw(), vec!["Look.", "the &lt;dot&gt;", "the square"]),
    ] {
        let figure = drawing.figure();
        let caption = figure.split_once("<figcaption>").unwrap().1.split_once("</figcaption>").unwrap().0;
        for words in wanted {
            assert!(caption.contains(words), "{words}: {caption}");
        }
    }
    assert!(!bars(&[(1.0, 9.0)]).draw().caption.contains("falls"), "only marks that are there");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(curves("Loss").draw(), curves("Loss").draw());
}

#[test]
fn two_curves_differ_without_colour() {
    let svg = curves("Loss").draw().svg;
    assert!(svg.contains("<circle class=\"mark-one\"") && svg.contains("<path class=\"mark-two\""));
    assert!(STYLE.contains(".chart svg .two { stroke: var(--two); stroke-dasharray"));
}

#[test]
fn words_cannot_become_markup() {
    let drawing = curves("<script>alert(1)</script> \"quoted\"").draw();
    assert!(!drawing.svg.contains("<script") && !drawing.table.contains("<script"));
    assert!(drawing.svg.contains("&lt;script&gt;"));
}

#[test]
fn odd_numbers_draw_without_harm() {
    let mut odd = curves("Loss");
    odd.lines[0].points = vec![(0.0, 2.0), (f64::NAN, 0.5), (1e300, -1.0)];
    odd.scale = Scale::Linear;
    let _ = odd.draw();
    odd.lines.clear();
    odd.limits.clear();
    promises(&odd.draw());
}

#[test]
fn numbers_are_short_and_right() {
    for (value, wanted) in [
        (0.0, "0"),
        (7.0, "7"),
        (950.0, "950"),
        (1_000.0, "1 k"),
        (12_345.0, "12 k"),
        (1e6, "1 M"),
        (2.5e6, "2.5 M"),
        (-3_000.0, "-3 k"),
        (1e12, "1 T"),
    ] {
        assert_eq!(short(value), wanted);
    }
    for (share, wanted) in
        [(0.0, "0 %"), (0.5, "50 %"), (0.0999, "10 %"), (0.02, "2.0 %"), (0.0012, "0.12 %"), (1.0, "100 %")]
    {
        assert_eq!(percent(share), wanted);
    }
}
