//! Reads how several scenarios hang together.

use super::cursor::{Notebook, Section, line_of};
use super::factor;
use crate::{
    portfolio::{Copula, SharedCause, Together, cholesky},
    problem::Problem,
    scenario::Unit,
};

/// Reads the dependence between the scenarios called `names`, in this order.
///
/// # Errors
/// Every problem found, in the order of the file.
pub fn read_together(text: &str, names: &[String]) -> Result<Together, Vec<Problem>> {
    let table = toml::de::DeTable::parse(text).map_err(|error| {
        vec![Problem {
            line: error.span().map_or(1, |span| line_of(text, span.start)),
            key: String::new(),
            what: format!(
                "this is not valid TOML: {}.",
                error.message().trim_end_matches('.').replace('\n', ", ")
            ),
            fix: "Check quotes, brackets and commas on this line and the one before.".to_owned(),
        }]
    })?;
    let notebook = Notebook::new(text);
    let together = together(&Section::root(table.get_ref(), &notebook), names);
    let (mut problems, _) = notebook.finish();
    problems.sort_by_key(|problem| problem.line);
    match together {
        Some(together) if problems.is_empty() => Ok(together),
        _ => Err(problems),
    }
}

fn together(root: &Section<'_>, names: &[String]) -> Option<Together> {
    root.only(&["together", "shared_cause", "tolerance"]);
    let copula = match root.get("together").and_then(|entry| entry.section()) {
        Some(section) => copula(&section, names)?,
        None => Copula::Independent,
    };
    let reader = factor::Reader::new(root, "");
    let shared_causes = root
        .sections("shared_cause")
        .iter()
        .filter_map(|section| {
            section.only(&["name", "rate", "strikes"]);
            let name = section.need("name", "Name the cause.").and_then(|entry| entry.text());
            let rate = section
                .need("rate", "Say how often: `rate = { range = [0.1, 0.5], unit = \"per year\" }`.")
                .and_then(|entry| reader.factor(&entry, Unit::PerYear));
            let strikes = section
                .need("strikes", "List the names of the scenarios it strikes.")
                .and_then(|entry| entry.texts())?;
            for unknown in strikes.iter().filter(|strike| !names.contains(strike)) {
                section.problem(
                    &format!("there is no scenario called `{unknown}` in this run."),
                    &called(names),
                );
            }
            Some(SharedCause { name: name?, rate: rate?, strikes })
        })
        .collect();
    Some(Together { copula, shared_causes, tolerance: super::tolerance(root) })
}

fn copula(section: &Section<'_>, names: &[String]) -> Option<Copula> {
    section.only(&["copula", "degrees", "correlation", "pairs"]);
    let kind = section.need("copula", "Write `copula = \"gaussian\"` or `\"t\"`.").and_then(|entry| {
        let kind = entry.text()?;
        if kind != "gaussian" && kind != "t" {
            entry.problem(&format!("`{kind}` is not a copula known here."), "Write \"gaussian\" or \"t\".");
            return None;
        }
        Some(kind)
    })?;
    let degrees = match (kind.as_str(), section.get("degrees")) {
        ("t", Some(entry)) => entry.number_between(1.0, 1000.0)?,
        ("t", None) => 4.0,
        (_, Some(entry)) => {
            entry.problem(
                "`degrees` means nothing to a gaussian copula.",
                "Remove the line, or write `copula = \"t\"`.",
            );
            return None;
        }
        (_, None) => 0.0,
    };
    let common = section.get("correlation").map_or(Some(0.0), |entry| entry.number_between(-0.99, 0.99))?;
    let mut matrix: Vec<Vec<f64>> = (0..names.len())
        .map(|i| (0..names.len()).map(|j| if i == j { 1.0 } else { common }).collect())
        .collect();
    for pair in section.sections("pairs") {
        pair.only(&["between", "correlation"]);
        let between = pair.need("between", "Name the two scenarios.").and_then(|entry| entry.texts())?;
        let correlation = pair
            .need("correlation", "Give a number from -0.99 to 0.99.")
            .and_then(|entry| entry.number_between(-0.99, 0.99))?;
        let place = |name: &String| names.iter().position(|known| known == name);
        let [first, second] = between.as_slice() else {
            pair.problem("`between` takes two names.", "Write `between = [\"one\", \"other\"]`.");
            return None;
        };
        match (place(first), place(second)) {
            (Some(i), Some(j)) if i != j => {
                for (row, column) in [(i, j), (j, i)] {
                    if let Some(cell) = matrix.get_mut(row).and_then(|line| line.get_mut(column)) {
                        *cell = correlation;
                    }
                }
            }
            _ => pair.problem("`between` needs two different scenarios of this run.", &called(names)),
        }
    }
    let Some(factor) = cholesky(&matrix) else {
        section.problem(
            "these correlations cannot all be true at once.",
            "If A goes with B and B with C, then A cannot go against C: bring the numbers closer to 0.",
        );
        return None;
    };
    Some(if kind == "t" { Copula::StudentT { factor, degrees } } else { Copula::Gaussian { factor } })
}

fn called(names: &[String]) -> String {
    format!("They are called: {}.", names.join(", "))
}
