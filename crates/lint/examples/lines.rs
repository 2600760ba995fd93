//! Reads lines `group<tab>kind<tab>sentence` and says which of them a rule of that group catches; a line whose group is `-` should stay
//! silent. For trying a rule on sentences that are in no file: `cargo run -p lint --example lines < my-lines.tsv`.

use lint::rule::LANGUAGES;
use lint::{Checker, Draft, Format, Kind, Language, Profile};
use std::collections::BTreeMap;
use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let profile = Profile::default();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut parts = line.splitn(3, '\t');
        let (Some(group), Some(kind), Some(sentence)) = (parts.next(), parts.next(), parts.next()) else {
            eprintln!("needs three parts: {line}");
            continue;
        };
        let draft = Draft {
            text: sentence,
            format: Format::Plain,
            kind: Kind::from_name(kind),
            language: std::env::args()
                .nth(1)
                .and_then(|code| Language::from_code(&code))
                .or(Some(Language::English)),
            profile: &profile,
        };
        let report = Checker::standard().check(&draft);
        let found: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.severity >= finding::Severity::Suggestion)
            .map(|finding| format!("{} `{}`", finding.rule, finding.span.of(sentence).unwrap_or("?")))
            .collect();
        let of_group = |code: &str| {
            LANGUAGES
                .iter()
                .flat_map(|set| set.rules)
                .any(|rule| rule.code == code && rule.group.as_str() == group)
        };
        let right = match group {
            "-" => found.is_empty(),
            _ => report.findings.iter().any(|finding| of_group(&finding.rule)),
        };
        let count = counts.entry(group).or_default();
        count.0 += 1;
        count.1 += usize::from(right);
        if !right {
            println!("{group}: {sentence}   {found:?}");
        }
    }
    for (group, (all, right)) in &counts {
        println!("{group:<12} {right:>3} of {all:>3}");
    }
    let (all, right) = counts
        .iter()
        .filter(|(group, _)| **group != "-")
        .fold((0, 0), |sum, (_, (all, right))| (sum.0 + all, sum.1 + right));
    println!("{:<12} {right:>3} of {all:>3}", "to catch");
    Ok(())
}
