//! Where somebody else's mail begins below a letter: the block of `From:`, `Sent:`, `To:`, `Subject:` that Outlook and its like put
//! above what they quote, whatever the format. What stands at the top is never somebody else's: a draft may begin with such lines.

use crate::prose::{Block, BlockKind, Prose};

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

/// Of those, the ones that only a mail has: a policy may run from one day to another.
const TIMES: [&str; 6] = ["sent:", "date:", "gesendet:", "datum:", "enviado:", "verzonden:"];

/// The one that is read.
const SUBJECT: [&str; 7] = ["subject:", "betreff:", "objet :", "objet:", "assunto:", "asunto:", "onderwerp:"];

/// Leaves out somebody else's mail below our own words, and remembers how many words those were. Notes in it allow nothing.
pub(super) fn leave_out(prose: &mut Prose<'_>) {
    let below =
        |first: &usize| prose.blocks.iter().take(*first).any(|block| block.kind != BlockKind::Subject);
    let Some(first) = first_block(prose).into_iter().chain(prose.announced).filter(below).min() else {
        return;
    };
    let words =
        |block: &Block| prose.text.get(block.range.clone()).map_or(0, |text| text.split_whitespace().count());
    let left_out = prose.blocks.iter().skip(first).map(words).sum();
    if let Some(block) = prose.blocks.get(first) {
        let begin = prose.original(block.range.clone()).start;
        prose.comments.retain(|comment| comment.span.start < begin);
    }
    prose.blocks.truncate(first);
    prose.left_out = left_out;
}

/// Reads the lines of a mail's head at the top as such: the subject is one, and nobody is spoken to in the others.
pub(super) fn read_head(prose: &mut Prose<'_>) {
    let lines = |block: &Block| prose.text.get(block.range.clone()).unwrap_or("").split_inclusive('\n');
    let is_head =
        |line: &str| begins_with(line.trim_start(), &FROM) || begins_with(line.trim_start(), &BESIDE);
    let labels: usize =
        prose.blocks.iter().take(BLOCKS).flat_map(lines).take_while(|line| is_head(line)).count();
    let begins = prose.blocks.first().and_then(|block| lines(block).next());
    if labels < 3 || !begins.is_some_and(|line| begins_with(line.trim_start(), &FROM)) {
        return;
    }
    let mut blocks = Vec::with_capacity(prose.blocks.len());
    let mut in_head = true;
    for block in &prose.blocks {
        let mut at = block.range.start;
        for line in lines(block).take_while(|line| in_head && is_head(line)) {
            if begins_with(line.trim_start(), &SUBJECT)
                && let Some((label, subject)) = line.split_once(':')
            {
                let start = at + label.len() + 1 + (subject.len() - subject.trim_start().len());
                blocks.push(Block {
                    range: start..(at + line.trim_end().len()).max(start),
                    kind: BlockKind::Subject,
                });
            }
            at += line.len();
        }
        in_head &= at >= block.range.end;
        if !in_head {
            blocks.push(Block { range: at..block.range.end, kind: block.kind });
        }
    }
    blocks.retain(|block| !block.range.is_empty());
    let left = prose.blocks.len();
    prose.announced = prose.announced.map(|first| (first + blocks.len()).saturating_sub(left));
    prose.blocks = blocks;
}

/// The first block that is the head of somebody else's mail.
fn first_block(prose: &Prose<'_>) -> Option<usize> {
    let text = |index: usize| prose.blocks.get(index).and_then(|block| prose.text.get(block.range.clone()));
    (0..prose.blocks.len()).find(|index| {
        let Some(own) = text(*index) else { return false };
        let own = own.trim_start_matches(['_', '-', '=', ' ', '\t', '\r', '\n']);
        let beside = || {
            (*index..index + BLOCKS)
                .filter_map(text)
                .flat_map(|block| block.lines().take(BLOCKS + 1))
                .map(str::trim_start)
                .filter(|line| begins_with(line, &BESIDE))
        };
        begins_with(own, &FROM)
            && beside().count() >= 2
            && (own.lines().next().is_some_and(|line| line.contains('@'))
                || beside().any(|line| begins_with(line, &TIMES)))
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
    fn a_draft_that_begins_with_a_head_is_ours() {
        let plain = "From: Security desk\nTo: Jonas\nSubject: Your report\n\nIt is your fault.\n";
        assert_eq!(shown(plain, Format::Plain), "Your report|It is your fault.");
        let joined = "Von: Sicherheit\nAn: Kim\nBetreff: Danke\nDas ist Ihre Schuld.\n";
        assert_eq!(shown(joined, Format::Markdown), "Danke|Das ist Ihre Schuld.");
        let below =
            "-----Original Message-----\nFrom: Bank\nSent: Monday\nTo: Kim\n\nPay.\n\nIt is your fault.\n";
        assert_eq!(shown(below, Format::Plain), "Pay.|It is your fault.");
        let policy =
            "This holds for a year.\n\nFrom: 1 January\nTo: 31 December\nSubject: all staff\n\nMore.\n";
        assert!(shown(policy, Format::Plain).ends_with("|More."));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let text = "Thank you.\n\n-----Original Message-----\nYou must pay now.\n";
        assert_eq!(read(text, Format::Plain).left_out, 4);
        assert_eq!(crate::scope::read_all(text, Format::Plain).left_out, 0);
    }

    #[test]
    fn a_sentence_that_begins_alike_is_ours() {
        let text = "From: here on, all is well.\n\nTo: you we say thanks.\n\nAnd more.\n";
        assert_eq!(shown(text, Format::Plain).matches('|').count(), 2);
    }
}
