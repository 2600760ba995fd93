//! Finds every phrase of a [`Table`] in the words of a sentence. One pass; the work per word is bounded by the phrases that begin with it.

use super::table::{Accept, NOWHERE, Table, Test};
use text::Key;
use text::word::{Kind, Token};

/// A phrase that was found: tokens `first..last`.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub first: usize,
    pub last: usize,
    pub accept: Accept,
}

/// Finds the phrases in `tokens[range]`, which is one sentence. `numbers` holds [`Table::word`] of every token.
pub fn find(
    table: &Table,
    text: &str,
    tokens: &[Token],
    numbers: &[u32],
    range: std::ops::Range<usize>,
    found: &mut Vec<Match>,
) {
    let is_word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == Kind::Word);
    let first_word = range.clone().find(is_word).unwrap_or(range.end);
    let mut walk =
        Walk { table, text, tokens, numbers, first_word, end: range.end, first: range.start, found };
    let mut seen_word = false;
    for at in range.clone() {
        let Some(token) = tokens.get(at) else { break };
        walk.first = at;
        if !seen_word && token.kind != Kind::Mark {
            seen_word = true;
            walk.node(table.sentence_root, at);
        }
        let number = numbers.get(at).copied().unwrap_or(NO_WORD);
        if number != NO_WORD {
            let node = table.root_words.get(number as usize).copied().unwrap_or(NOWHERE);
            if node != NOWHERE {
                walk.node(node, at + 1);
            }
        }
        for edge in table.root_tests.iter() {
            if walk.holds(edge.test, at) {
                walk.node(edge.node, at + 1);
            }
        }
    }
}

const I: Key = Key::of("i");

/// Stands for a token no phrase names.
pub const NO_WORD: u32 = u32::MAX;

struct Walk<'a> {
    table: &'a Table,
    text: &'a str,
    tokens: &'a [Token],
    numbers: &'a [u32],
    /// Where the first word of the sentence stands; a capital there says nothing.
    first_word: usize,
    end: usize,
    first: usize,
    found: &'a mut Vec<Match>,
}

impl Walk<'_> {
    fn node(&mut self, node: u32, at: usize) {
        let table = self.table;
        let Some(node) = table.nodes.get(node as usize) else { return };
        if node.accepts.1 > node.accepts.0 && at > self.first {
            for accept in table.accepts.get(node.accepts.0 as usize..node.accepts.1 as usize).unwrap_or(&[]) {
                self.found.push(Match { first: self.first, last: at, accept: *accept });
            }
        }
        if node.words.1 > node.words.0 && at < self.end {
            let number = self.numbers.get(at).copied().unwrap_or(NO_WORD);
            if number != NO_WORD {
                let edges = table.word_edges.get(node.words.0 as usize..node.words.1 as usize).unwrap_or(&[]);
                let from = edges.partition_point(|edge| edge.word < number);
                for edge in edges.get(from..).unwrap_or(&[]).iter().take_while(|edge| edge.word == number) {
                    self.node(edge.node, at + 1);
                }
            }
        }
        // Most words are in none of the classes a place asks for; one look at the bits says so.
        let number = self.numbers.get(at).copied().unwrap_or(NO_WORD);
        let may = at < self.end
            && number != NO_WORD
            && table.class_bits.get(number as usize).is_some_and(|bits| bits & node.bits != 0);
        let first = if may { node.edges.0 } else { node.classes };
        for edge in table.edges.get(first as usize..node.edges.1 as usize).unwrap_or(&[]) {
            match edge.test {
                Test::Gap(least, most) => {
                    for count in 0..=usize::from(most) {
                        if count >= usize::from(least) {
                            self.node(edge.node, at + count);
                        }
                        let word = self.tokens.get(at + count).filter(|_| at + count < self.end);
                        if !word.is_some_and(|token| token.kind != Kind::Mark) {
                            break;
                        }
                    }
                }
                Test::End => {
                    let rest = self.tokens.get(at..self.end).unwrap_or(&[]);
                    if rest.iter().all(|token| token.kind == Kind::Mark) {
                        self.node(edge.node, at);
                    }
                }
                test => {
                    if at < self.end && self.holds(test, at) {
                        self.node(edge.node, at + 1);
                    }
                }
            }
        }
    }

    fn holds(&self, test: Test, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match test {
            Test::Class(class) => {
                let number = self.numbers.get(at).copied().unwrap_or(NO_WORD);
                number != NO_WORD && self.table.in_class(number, class)
            }
            Test::Prefix(prefix) => {
                token.kind == Kind::Word
                    && self
                        .table
                        .prefixes
                        .get(usize::from(prefix))
                        .is_some_and(|prefix| begins_with(token.of(self.text), prefix))
            }
            Test::Number => token.kind == Kind::Number,
            Test::Link => token.kind == Kind::Link,
            Test::Object => token.kind == Kind::Object,
            Test::Acronym => token.kind == Kind::Word && token.shape.is_capitals(),
            Test::Name => {
                token.kind == Kind::Word
                    && token.shape.is_capitalised()
                    && at > self.first_word
                    && token.key != I
                    && !self.tokens.get(at - 1).is_none_or(|before| {
                        before.kind == Kind::Mark && !before.is_mark(',') && !before.is_mark('(')
                    })
            }
            Test::Gap(..) | Test::End => false,
        }
    }
}

/// Whether `word` begins with `prefix`, which is in lower case.
fn begins_with(word: &str, prefix: &str) -> bool {
    let first = |text: &str| text.bytes().next().unwrap_or(0) | 0x20;
    if first(word) != first(prefix) {
        return false;
    }
    let mut letters = word.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|wanted| letters.next() == Some(wanted))
}
