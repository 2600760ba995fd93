//! Ten questions to practise 90 % intervals on, asked and answered in the terminal.

use std::{io::BufRead, process::ExitCode};

use risk::quiz::{QUESTIONS, hits};

/// Asks, listens, and says how often the truth lay inside.
pub fn run() -> ExitCode {
    println!("{}\n", risk::problem::INTERVAL);
    println!("Answer each question with a low and a high number, such as: 1800 1950. An empty line skips.\n");
    let mut lines = std::io::stdin().lock().lines();
    let mut answers = Vec::new();
    for question in QUESTIONS {
        println!("{}", question.text);
        let Some(Ok(line)) = lines.next() else { break };
        let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match numbers.as_slice() {
            [low, high] if low <= high => {
                let held = *low <= question.answer && question.answer <= *high;
                println!("  {}: it is {}.\n", if held { "inside" } else { "outside" }, question.answer);
                answers.push(((*low, *high), question.answer));
            }
            _ => println!("  Skipped.\n"),
        }
    }
    let hits = hits(&answers);
    if hits.given == 0 {
        println!("No answers, so nothing to say yet.");
        return ExitCode::SUCCESS;
    }
    println!("{} of {} intervals held the truth; nine in ten would be right.", hits.held, hits.given);
    println!(
        "In the long run yours would hold it in {} to {} of cases. {}",
        chart::percent(hits.share.low),
        chart::percent(hits.share.high),
        if hits.share.high < 0.9 { "Make them wider: most people do not at first." } else { "That fits." }
    );
    ExitCode::SUCCESS
}
