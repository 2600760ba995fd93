//! A draft, read once: its prose, blocks, words, sentences and what it says (signals). Matchers look at this and never at raw text.

use crate::draft::{Kind, Language};
use crate::phrase::matching::NO_WORD;
use crate::phrase::table::Table;
use finding::Applicability;
use std::ops::Range;
use text::prose::{Block, BlockKind, Link, Prose};
use text::{Key, Sentence, Token, word};

/// A prepared document. All ranges are bytes of its prose.
#[derive(Debug)]
pub struct Document<'a> {
    pub prose: &'a Prose<'a>,
    pub kind: Kind,
    pub language: Language,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// For every sentence, the number of its block.
    pub block_of: Vec<u32>,
    /// What it says, in reading order.
    pub signals: Vec<Signalled>,
    /// Words the profile accepts.
    pub accepted: Vec<Key>,
    pub(crate) numbers: Vec<u32>,
}

/// A place where the document says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signalled {
    pub signal: Signal,
    pub sentence: usize,
    pub first: usize,
    pub last: usize,
}

/// What a document may say. The phrases stand in `rules/<language>/signals.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Asks the reader to do something.
    Ask,
    /// Goes on with a further verb, as in *and call us*.
    Step,
    /// Asks for a sign-in, a payment or personal details.
    Bait,
    /// Says that nothing needs doing.
    NothingToDo,
    /// Names a way to reach somebody.
    Contact,
    /// Names a time.
    Deadline,
    /// Presses for speed.
    Urgency,
    Thanks,
    /// Says what the writers do next.
    OurNextStep,
    /// Announces a punishment or loss for the reader.
    Threat,
    /// Describes a danger or attack.
    Danger,
    /// Says what protects or helps.
    Coping,
    Greeting,
    Apology,
    /// Says what may happen.
    Consequence,
    /// Offers a choice.
    Choice,
    /// Says how something is known.
    Evidence,
    /// Names an effect on the business.
    Business,
    /// Asks for a decision or says that none is needed.
    Decision,
    /// Gives a reason.
    Reason,
    /// Sends the reader to somebody not named.
    Referral,
    /// Speaks about a report that somebody made.
    ReportReceived,
    /// Names who keeps a rule, or whom to ask for an exception.
    Owner,
    /// Asks politely: please, could you.
    Courtesy,
    /// Says how large an effect is: money, time, people, or that there is none.
    Effect,
    /// Says what the reader may do or take.
    Offer,
    /// Names what is changed for the better: by whom, since or until when.
    Measure,
    /// Is addressed to many.
    ToEveryone,
    /// Sounds like a policy.
    LikePolicy,
    /// Sounds like a review of what happened.
    LikeReview,
    /// Sounds like a brief for managers.
    LikeExecutive,
    /// Sounds like the page after a practice message.
    LikeDrill,
    /// Sounds like a dialog or banner.
    LikeWarning,
    /// Sounds like a commit or a ticket.
    LikeCommit,
}

/// Something a rule found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Bytes of the prose.
    pub range: Range<usize>,
    /// Values for the `{name}` parts of the rule's message.
    pub values: Vec<(&'static str, String)>,
    /// What could stand there instead.
    pub fix: Option<(String, Applicability)>,
}

impl Hit {
    /// A hit without a fix.
    pub fn at(range: Range<usize>) -> Hit {
        Hit { range, values: Vec::new(), fix: None }
    }

    /// The same hit with a value for the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Hit {
        self.values.push((name, value.to_string()));
        self
    }
}

impl Signal {
    /// In the order of the headings the build knows.
    pub const ALL: [Signal; 34] = [
        Signal::Ask,
        Signal::Step,
        Signal::Bait,
        Signal::NothingToDo,
        Signal::Contact,
        Signal::Deadline,
        Signal::Urgency,
        Signal::Thanks,
        Signal::OurNextStep,
        Signal::Threat,
        Signal::Danger,
        Signal::Coping,
        Signal::Greeting,
        Signal::Apology,
        Signal::Consequence,
        Signal::Choice,
        Signal::Evidence,
        Signal::Business,
        Signal::Decision,
        Signal::Reason,
        Signal::Referral,
        Signal::ReportReceived,
        Signal::Owner,
        Signal::Courtesy,
        Signal::Effect,
        Signal::Offer,
        Signal::Measure,
        Signal::ToEveryone,
        Signal::LikePolicy,
        Signal::LikeReview,
        Signal::LikeExecutive,
        Signal::LikeDrill,
        Signal::LikeWarning,
        Signal::LikeCommit,
    ];
}

impl<'a> Document<'a> {
    /// Finds the words and sentences of `prose`.
    pub fn read(prose: &'a Prose<'a>, kind: Kind, language: Language) -> Document<'a> {
        let mut document = Document {
            prose,
            kind,
            language,
            tokens: Vec::with_capacity(prose.text.len() / 5 + 16),
            sentences: Vec::with_capacity(prose.text.len() / 80 + 4),
            block_of: Vec::new(),
            signals: Vec::new(),
            accepted: Vec::new(),
            numbers: Vec::new(),
        };
        for (number, block) in prose.blocks.iter().enumerate() {
            let first = document.tokens.len();
            word::tokens_into(&prose.text, block.range.clone(), &mut document.tokens);
            let last = document.tokens.len();
            mark_quotations(document.tokens.get_mut(first..last).unwrap_or(&mut []), &prose.text);
            text::sentence::sentences_into(
                &prose.text,
                &document.tokens,
                first..last,
                &mut document.sentences,
            );
            document.block_of.resize(document.sentences.len(), number as u32);
        }
        document
    }

    /// The numbers of the sentences that these bytes of the prose lie in; none, at the number of the next, where they lie between two.
    pub fn sentences_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.sentences.partition_point(|sentence| sentence.range().end <= range.start);
        let last = self.sentences.partition_point(|sentence| sentence.range().start < range.end);
        first..last.max(first)
    }

    /// Looks every word up in `table`.
    pub(crate) fn number(&mut self, table: &Table) {
        self.numbers.clear();
        self.numbers.extend(self.tokens.iter().map(|token| table.word(token.key.0).unwrap_or(NO_WORD)));
    }

    /// The prose.
    pub fn text(&self) -> &str {
        &self.prose.text
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens()).unwrap_or(&[])
    }

    /// The words and numbers of a sentence.
    pub fn words_of(&self, sentence: &Sentence) -> impl Iterator<Item = &Token> {
        self.tokens_of(sentence).iter().filter(|token| token.is_wordlike())
    }

    /// The block a sentence stands in.
    pub fn block_of(&self, sentence: usize) -> Option<&Block> {
        self.prose.blocks.get(*self.block_of.get(sentence)? as usize)
    }

    /// The kind of block a sentence stands in.
    pub fn block_kind(&self, sentence: usize) -> BlockKind {
        self.block_of(sentence).map_or(BlockKind::Paragraph, |block| block.kind)
    }

    /// Places where the document says this.
    pub fn signals(&self, signal: Signal) -> impl Iterator<Item = &Signalled> {
        self.signals.iter().filter(move |found| found.signal == signal)
    }

    /// Whether one of the first sentences greets somebody, as in a letter.
    pub fn begins_with_greeting(&self) -> bool {
        self.signals(Signal::Greeting).any(|found| found.sentence < 3)
    }

    /// What one sentence says.
    pub fn signals_in(&self, sentence: usize) -> &[Signalled] {
        let from = self.signals.partition_point(|found| found.sentence < sentence);
        let to = self.signals.partition_point(|found| found.sentence <= sentence);
        self.signals.get(from..to).unwrap_or(&[])
    }

    /// Whether one sentence says this.
    pub fn says_in(&self, sentence: usize, signal: Signal) -> bool {
        self.signals_in(sentence).iter().any(|found| found.signal == signal)
    }

    /// Whether one of these words stands in a sentence.
    pub fn has_in(&self, sentence: usize, words: &[Key]) -> bool {
        let sentence = self.sentences.get(sentence);
        sentence.is_some_and(|one| self.tokens_of(one).iter().any(|token| words.contains(&token.key)))
    }

    /// Whether one of these words stands anywhere in the document.
    pub fn has(&self, words: &[Key]) -> bool {
        self.tokens.iter().any(|token| words.contains(&token.key))
    }

    /// Whether the document says this anywhere.
    pub fn says(&self, signal: Signal) -> bool {
        self.signals(signal).next().is_some()
    }

    /// The bytes of the tokens `first..last`.
    pub fn range_of(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.tokens.get(first).map_or(0, |token| token.start as usize);
        let end = last
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |token| token.end as usize);
        start..end.max(start)
    }

    /// The links of the document.
    pub fn links(&self) -> &[Link] {
        &self.prose.links
    }

    /// How many words the document has.
    pub fn word_count(&self) -> usize {
        self.tokens.iter().filter(|token| token.is_wordlike()).count()
    }

    /// The first sentence of running text, for findings about what the whole document lacks: marks something short and visible.
    pub fn opening(&self) -> Option<Range<usize>> {
        let is_body = |number: &usize| {
            !matches!(self.block_kind(*number), BlockKind::Subject | BlockKind::Signature)
                && !self.is_greeting(*number)
        };
        let first = (0..self.sentences.len()).find(is_body).or((!self.sentences.is_empty()).then_some(0))?;
        // A title says nothing yet; the text below it does.
        let below = (first..self.sentences.len()).find(|number| is_body(number) && !self.is_a_title(*number));
        let number = below.unwrap_or(first);
        self.sentences.get(number).map(Sentence::range)
    }

    /// Whether a sentence is a heading, or a short block without a mark at its end.
    fn is_a_title(&self, number: usize) -> bool {
        const LONGEST: usize = 12;
        let block = self.block_of.get(number);
        let alone = number.checked_sub(1).is_none_or(|before| self.block_of.get(before) != block)
            && self.block_of.get(number + 1) != block;
        let ends = |sentence: &Sentence| {
            let last = self.tokens_of(sentence).last();
            last.is_some_and(|last| last.kind == word::Kind::Mark && !last.is_mark(':'))
        };
        self.block_kind(number) == BlockKind::Heading
            || alone
                && self
                    .sentences
                    .get(number)
                    .is_some_and(|sentence| !ends(sentence) && self.words_of(sentence).count() <= LONGEST)
    }

    /// The last sentence of running text, before the closing words.
    pub fn ending(&self) -> Option<Range<usize>> {
        let long_enough = |number: &usize| {
            self.sentences.get(*number).is_some_and(|sentence| self.words_of(sentence).count() > 4)
                && self.block_kind(*number) != BlockKind::Signature
        };
        let number =
            (0..self.sentences.len()).rev().find(long_enough).or(self.sentences.len().checked_sub(1))?;
        self.sentences.get(number).map(Sentence::range)
    }

    /// Whether this reads like a whole letter rather than a sentence or two of one: checks for what is missing wait for that.
    pub fn is_letter(&self) -> bool {
        self.says(Signal::Greeting)
            || self.prose.blocks.iter().any(|block| {
                matches!(block.kind, BlockKind::Subject | BlockKind::Signature | BlockKind::Heading)
            })
            || self.word_count() >= 40
            || self.kind == Kind::Reply && self.sentences.len() > 2
    }

    /// Whether a sentence is only a greeting or a closing line.
    pub fn is_greeting(&self, number: usize) -> bool {
        let Some(sentence) = self.sentences.get(number) else { return false };
        let words = self.words_of(sentence).count();
        words <= 6 && self.says_in(number, Signal::Greeting)
    }
}

/// Marks the words between double quotation marks. A mark without its partner marks nothing.
fn mark_quotations(tokens: &mut [Token], text: &str) {
    const QUOTE: Key = Key::of("\"");
    let mut open: Option<usize> = None;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.key == QUOTE && token.kind == word::Kind::Mark {
            match (open, token.of(text)) {
                (Some(start), _) => {
                    spans.push((start, at));
                    open = None;
                }
                (None, _) => open = Some(at),
            }
        }
    }
    for (start, end) in spans {
        for token in tokens.get_mut(start..end).unwrap_or(&mut []) {
            token.shape = token.shape.quoted(true);
        }
    }
}
