//! The compiled form of all phrases of a language: plain arrays, built when the crate is built, ready the moment the program starts.

use std::borrow::Cow;

/// A list that is either part of the program or made at run time.
pub type List<T> = Cow<'static, [T]>;

/// All phrases of a language as one tree of words.
#[derive(Clone, Debug)]
pub struct Table {
    /// Word keys, sorted; the position is the word's number.
    pub words: List<u64>,
    /// Open-addressed: one more than the number of the word, or zero. A power of two long.
    pub slots: List<u32>,
    /// For word `n`, `class_of[class_at[n]..class_at[n + 1]]` are its classes, sorted.
    pub class_at: List<u32>,
    pub class_of: List<u16>,
    /// For word `n`, one bit for each of its classes, by the class's number modulo 64: most questions are answered here.
    pub class_bits: List<u64>,
    /// For word `n`, the node at which phrases go on after beginning with it, or [`NOWHERE`].
    pub root_words: List<u32>,
    /// Beginnings that are not words: shapes and prefixes.
    pub root_tests: List<Edge>,
    /// The node of phrases that begin a sentence.
    pub sentence_root: u32,
    pub nodes: List<Node>,
    pub word_edges: List<WordEdge>,
    pub edges: List<Edge>,
    pub accepts: List<Accept>,
    /// Beginnings of words in lower case, sorted.
    pub prefixes: List<Cow<'static, str>>,
    pub replacements: List<Cow<'static, str>>,
    /// The class of words that turn a statement round (*not, never, nobody*), for the guard `negation`.
    pub negation: u16,
    /// The class of words with which a new thought begins (*because, but*): a denial does not reach across them.
    pub turn: u16,
}

/// No phrase goes on here.
pub const NOWHERE: u32 = u32::MAX;

/// A place in the tree: `from..to` of each list of edges.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub words: (u32, u32),
    pub edges: (u32, u32),
    /// The edges up to here ask for a class; they stand first.
    pub classes: u32,
    /// One bit for each of these classes, as in [`Table::class_bits`].
    pub bits: u64,
    pub accepts: (u32, u32),
}

/// Go on when the next word is this one. Sorted by word inside a node.
#[derive(Clone, Copy, Debug)]
pub struct WordEdge {
    pub word: u32,
    pub node: u32,
}

/// Go on when the test holds.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub test: Test,
    pub node: u32,
}

/// A test on the next words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Test {
    /// The word is in this class.
    Class(u16),
    /// The word begins with this prefix.
    Prefix(u16),
    /// Between so many and so many words follow.
    Gap(u8, u8),
    /// The sentence ends here.
    End,
    Number,
    Link,
    Object,
    Acronym,
    Name,
}

/// What a phrase that was found means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accept {
    /// The rule's number in its language.
    pub rule: u16,
    pub action: Action,
    /// One more than the number of the replacement, or zero.
    pub replacement: u16,
    /// Whether a machine may apply it.
    pub safe: bool,
}

/// Whether a phrase is what a rule looks for, or what silences it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Hit,
    SilentHere,
    SilentBefore,
    SilentSentence,
    /// Also from the sentence before or after.
    SilentNear,
    SilentDocument,
    /// Denies what follows (*none of this*, *there is no way*), for every rule with the guard `negation`; `rule` means nothing.
    Denial,
    /// Says something about the document; `rule` is the number of the signal.
    Signal,
}

impl Table {
    /// The number of a word, if any phrase names it.
    #[inline]
    pub fn word(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread(key) & mask;
        loop {
            match self.slots.get(at).copied() {
                None | Some(0) => return None,
                Some(number) if self.words.get(number as usize - 1) == Some(&key) => return Some(number - 1),
                Some(_) => at = (at + 1) & mask,
            }
        }
    }

    /// Whether a word is in a class.
    #[inline]
    pub fn in_class(&self, word: u32, class: u16) -> bool {
        let word = word as usize;
        if self.class_bits.get(word).is_none_or(|bits| bits >> (class & 63) & 1 == 0) {
            return false;
        }
        let (Some(from), Some(to)) = (self.class_at.get(word), self.class_at.get(word + 1)) else {
            return false;
        };
        self.class_of
            .get(*from as usize..*to as usize)
            .is_some_and(|classes| classes.binary_search(&class).is_ok())
    }
}

/// Spreads a key over the slots.
#[inline]
pub fn spread(key: u64) -> usize {
    (key ^ (key >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) as usize >> 20
}
