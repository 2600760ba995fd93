//! Shows what a text says, as the matchers see it: `cargo run -p lint --example signals < letter.txt`.

use lint::{Kind, Language};

fn main() -> std::io::Result<()> {
    let text = std::io::read_to_string(std::io::stdin())?;
    let prose = text::scope::read(&text, lint::Format::Markdown);
    let document = lint::check::read(&prose, Kind::Other, Language::English);
    for (number, sentence) in document.sentences.iter().enumerate() {
        println!("{}", document.text().get(sentence.range()).unwrap_or(""));
        for found in document.signals.iter().filter(|found| found.sentence == number) {
            println!(
                "    {:?}: {:?}",
                found.signal,
                document.text().get(document.range_of(found.first, found.last)).unwrap_or("")
            );
        }
    }
    Ok(())
}
