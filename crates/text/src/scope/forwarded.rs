//! Where somebody else's mail begins below a letter: the block of `From:`, `Sent:`, `To:`, `Subject:` that Outlook and its like put
//! above what they quote, whatever the format.

use crate::prose::Prose;

/// Who wrote it.
const FROM: [&str; 5] = ["from:", "von:", "de :", "de:", "van:"];

/// What stands beside it; two of them make it a head of a mail.
const BESIDE: [&str; 22] = [
    "sent:",
    "date:",
    "to:",
    "cc:",
    "subject:",
    "gesendet:",
    "datum:",
    "an:",
    "betreff:",
    "envoyé :",
    "envoyé:",
    "à :",
    "à:",
    "objet :",
    "objet:",
    "enviado:",
    "para:",
    "assunto:",
    "asunto:",
    "verzonden:",
    "aan:",
    "onderwerp:",
];

/// How far below the sender the others may stand.
const BLOCKS: usize = 5;

/// The first block that is somebody else's mail.
pub(super) fn first_block(prose: &Prose<'_>) -> Option<usize> {
    let text = |index: usize| prose.blocks.get(index).and_then(|block| prose.text.get(block.range.clone()));
    (0..prose.blocks.len()).find(|index| {
        let Some(own) = text(*index) else { return false };
        let own = own.trim_start_matches(['_', '-', '=', ' ', '\t', '\r', '\n']);
        begins_with(own, &FROM)
            && (*index..index + BLOCKS)
                .filter_map(text)
                .flat_map(|block| block.lines().take(BLOCKS + 1))
                .filter(|line| begins_with(line.trim_start(), &BESIDE))
                .count()
                >= 2
    })
}

fn begins_with(line: &str, labels: &[&str]) -> bool {
    let head: String = line.chars().take(10).flat_map(char::to_lowercase).collect();
    labels.iter().any(|label| head.starts_with(label))
}

#[cfg(test)]
mod tests {
    use crate::scope::{Format, read};

    fn shown(text: &str, format: Format) -> String {
        let prose = read(text, format);
        prose
            .blocks
            .iter()
            .filter_map(|block| prose.text.get(block.range.clone()))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn what_outlook_quotes_is_not_ours() {
        let plain = "Thank you, Kim.\n\n________________________________\nFrom: Bank <a@b.example>\nSent: Monday\nTo: Kim\nSubject: Act now\n\nYou must pay.\n";
        assert_eq!(shown(plain, Format::Plain), "Thank you, Kim.");
        let german = "Danke.\n\nVon: Bank\nGesendet: Montag\nAn: Kim\nBetreff: Eilt\n\nSie haben versagt.\n";
        assert_eq!(shown(german, Format::Plain), "Danke.");
        let html = "<p>Thank you.</p><div style='border-top:solid'><p><b>From:</b> Bank<br><b>Sent:</b> Monday<br><b>To:</b> Kim<br><b>Subject:</b> Act</p></div><p>You must pay.</p>";
        assert_eq!(shown(html, Format::Html), "Thank you.");
    }

    #[test]
    fn a_sentence_that_begins_alike_is_ours() {
        let text = "From: here on, all is well.\n\nTo: you we say thanks.\n\nAnd more.\n";
        assert_eq!(shown(text, Format::Plain).matches('|').count(), 2);
    }
}
