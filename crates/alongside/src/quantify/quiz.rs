//! Ten questions to practise 90 % intervals on, asked and answered in the terminal.

use std::io::{BufRead, Write};

use crate::say::{self, Unwritten};
use risk::quiz::{QUESTIONS, hits};

/// Asks, listens, and says how often the truth lay inside. Ends when nobody reads any more.
pub fn run() -> Result<(), Unwritten> {
    say::heard(ask(&mut std::io::stdout().lock()))
}

fn ask(out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{}\n", risk::problem::INTERVAL)?;
    writeln!(
        out,
        "Answer each question with a low and a high number, such as: 1800 1950. An empty line skips.\n"
    )?;
    let mut lines = std::io::stdin().lock().lines();
    let mut answers = Vec::new();
    for question in QUESTIONS {
        writeln!(out, "{}", question.text)?;
        let Some(Ok(line)) = lines.next() else { break };
        let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match numbers.as_slice() {
            [low, high] if low <= high => {
                let held = *low <= question.answer && question.answer <= *high;
                writeln!(out, "  {}: it is {}.\n", if held { "inside" } else { "outside" }, question.answer)?;
                answers.push(((*low, *high), question.answer));
            }
            _ => writeln!(out, "  Skipped.\n")?,
        }
    }
    let hits = hits(&answers);
    if hits.given == 0 {
        writeln!(out, "No answers, so nothing to say yet.")?;
        return Ok(());
    }
    writeln!(out, "{} of {} intervals held the truth; nine in ten would be right.", hits.held, hits.given)?;
    writeln!(
        out,
        "In the long run yours would hold it in {} to {} of cases. {}",
        chart::percent(hits.share.low),
        chart::percent(hits.share.high),
        if hits.share.high < 0.9 { "Make them wider: most people do not at first." } else { "That fits." }
    )
}
