//! The places of phrases as a [`Table`]: beginnings are joined, so that a word of a text is looked up once, and everything becomes plain arrays.

use super::compile::{Atom, Compiler, Place};
use super::parse::Part;
use super::table::{Accept, Edge, NOWHERE, Node, Table, Test, WordEdge, spread};
use std::collections::{BTreeMap, BTreeSet};

/// How many words deep the beginnings of phrases are shared.
const SHARED_DEPTH: usize = 3;

/// A place that asks for more classes than this asks for their words instead: one search answers all of them.
const MOST_CLASSES: usize = 2;

impl Compiler {
    /// Makes the table. The lists `negation` and `turn` serve the guard `negation`.
    pub fn table(mut self) -> Result<Table, String> {
        let negation = self.guard_class("negation")?;
        let turn = self.guard_class("turn")?;
        let mut members: Vec<Vec<u64>> = vec![Vec::new(); self.classes.len()];
        for (words, class) in &self.classes {
            if let Some(slot) = members.get_mut(usize::from(*class)) {
                slot.clone_from(words);
            }
        }
        let mut joined = Joined { compiler: &mut self, members: &members };
        let starts = std::mem::take(&mut joined.compiler.starts);
        let (root, sentence) = joined.roots(&starts);

        let words: Vec<u64> = self.words.iter().copied().collect();
        let number = |key: u64| words.binary_search(&key).unwrap_or(0) as u32;
        let mut classes_of: Vec<Vec<u16>> = vec![Vec::new(); words.len()];
        for (class, members) in members.iter().enumerate() {
            for member in members {
                if let Some(list) = classes_of.get_mut(number(*member) as usize) {
                    list.push(class as u16);
                }
            }
        }
        let mut flat = Flat::default();
        let mut root_words = vec![NOWHERE; words.len()];
        let mut root_tests = Vec::new();
        for (atom, to) in &root.next {
            let node = flat.node(*to, &self.places, &number);
            match atom {
                Atom::Word(word) => {
                    if let Some(slot) = root_words.get_mut(number(*word) as usize) {
                        *slot = node;
                    }
                }
                Atom::Test(test) => root_tests.push(Edge { test: *test, node }),
                Atom::Start => {}
            }
        }
        let sentence_root = flat.node(sentence, &self.places, &number);
        let mut class_bits = Vec::new();
        let (mut class_at, mut class_of) = (vec![0], Vec::new());
        for classes in &mut classes_of {
            classes.sort_unstable();
            class_of.extend_from_slice(classes);
            class_bits.push(classes.iter().fold(0u64, |bits, class| bits | 1 << (class & 63)));
            class_at.push(class_of.len() as u32);
        }
        let mut prefixes: Vec<(String, u16)> = self.prefixes.into_iter().collect();
        prefixes.sort_by_key(|(_, index)| *index);
        Ok(Table {
            slots: slots(&words).into(),
            words: words.into(),
            class_at: class_at.into(),
            class_of: class_of.into(),
            class_bits: class_bits.into(),
            root_words: root_words.into(),
            root_tests: root_tests.into(),
            sentence_root,
            nodes: flat.nodes.into(),
            word_edges: flat.word_edges.into(),
            edges: flat.edges.into(),
            accepts: flat.accepts.into(),
            prefixes: prefixes.into_iter().map(|(prefix, _)| prefix.into()).collect(),
            replacements: self.replacements.into_iter().map(Into::into).collect(),
            negation,
            turn,
        })
    }

    /// The class of the single words of a list, or one that no word is in.
    fn guard_class(&mut self, list: &str) -> Result<u16, String> {
        if !self.lists.contains_key(list) {
            return Ok(u16::MAX);
        }
        let (mut single, mut others) = (Vec::new(), Vec::new());
        self.choices(&Part::List(list.to_string()), &mut single, &mut others, 0)?;
        single.sort_unstable();
        single.dedup();
        self.words.extend(single.iter().copied());
        let next = self.classes.len() as u16;
        Ok(*self.classes.entry(single).or_insert(next))
    }
}

/// Joins places that begin alike.
struct Joined<'a> {
    compiler: &'a mut Compiler,
    /// The words of each class.
    members: &'a [Vec<u64>],
}

impl Joined<'_> {
    /// The place where every phrase begins, with one way on for each word, and the place of those that begin a sentence.
    fn roots(&mut self, starts: &BTreeSet<u32>) -> (Place, u32) {
        let root = self.union(starts, SHARED_DEPTH, 0);
        let root = self.place(root);
        let sentence: BTreeSet<u32> =
            root.next.iter().filter(|(atom, _)| *atom == Atom::Start).map(|(_, to)| *to).collect();
        let sentence = if sentence.is_empty() {
            self.compiler.place(Place::default())
        } else {
            self.union(&sentence, SHARED_DEPTH, MOST_CLASSES)
        };
        (root, sentence)
    }

    /// One place that goes on wherever one of `set` goes on. If they ask for more than `most` classes, it asks for the words of these.
    fn union(&mut self, set: &BTreeSet<u32>, depth: usize, most: usize) -> u32 {
        if let (1, Some(only)) = (set.len(), set.first()) {
            return *only;
        }
        let mut whole = Place::default();
        let mut next: BTreeMap<Atom, BTreeSet<u32>> = BTreeMap::new();
        for number in set {
            let place = self.place(*number);
            whole.accepts.extend(place.accepts);
            for (atom, to) in place.next {
                next.entry(atom).or_default().insert(to);
            }
        }
        if next.keys().filter(|atom| class(atom).is_some()).count() > most {
            next = self.in_words(next);
        }
        for (atom, targets) in next {
            if depth == 0 {
                whole.next.extend(targets.into_iter().map(|to| (atom, to)));
            } else {
                let to = self.union(&targets, depth - 1, MOST_CLASSES);
                whole.next.push((atom, to));
            }
        }
        self.compiler.place(whole)
    }

    /// The same ways on with each class written out.
    fn in_words(&self, ways: BTreeMap<Atom, BTreeSet<u32>>) -> BTreeMap<Atom, BTreeSet<u32>> {
        let mut written: BTreeMap<Atom, BTreeSet<u32>> = BTreeMap::new();
        for (atom, targets) in ways {
            match class(&atom).and_then(|class| self.members.get(usize::from(class))) {
                None => written.entry(atom).or_default().extend(targets),
                Some(words) => {
                    for word in words {
                        written.entry(Atom::Word(*word)).or_default().extend(&targets);
                    }
                }
            }
        }
        written
    }

    fn place(&self, number: u32) -> Place {
        self.compiler.places.get(number as usize).cloned().unwrap_or_default()
    }
}

fn class(atom: &Atom) -> Option<u16> {
    match atom {
        Atom::Test(Test::Class(class)) => Some(*class),
        _ => None,
    }
}

/// The places that can be reached, as arrays.
#[derive(Default)]
struct Flat {
    nodes: Vec<Node>,
    word_edges: Vec<WordEdge>,
    edges: Vec<Edge>,
    accepts: Vec<Accept>,
    done: BTreeMap<u32, u32>,
}

impl Flat {
    fn node(&mut self, number: u32, places: &[Place], word_number: &impl Fn(u64) -> u32) -> u32 {
        if let Some(node) = self.done.get(&number) {
            return *node;
        }
        let Some(place) = places.get(number as usize) else { return 0 };
        let mut words = Vec::new();
        let mut edges = Vec::new();
        for (atom, to) in &place.next {
            let node = self.node(*to, places, word_number);
            match atom {
                Atom::Word(word) => words.push(WordEdge { word: word_number(*word), node }),
                Atom::Test(test) => edges.push(Edge { test: *test, node }),
                Atom::Start => {}
            }
        }
        words.sort_by_key(|edge| edge.word);
        let from = (self.word_edges.len() as u32, self.edges.len() as u32, self.accepts.len() as u32);
        let class = |edge: &&Edge| matches!(edge.test, Test::Class(_));
        let classes = edges.iter().take_while(class).count() as u32;
        let bits = edges.iter().fold(0u64, |bits, edge| match edge.test {
            Test::Class(class) => bits | 1 << (class & 63),
            _ => bits,
        });
        self.word_edges.extend(words);
        self.edges.extend(edges);
        self.accepts.extend(&place.accepts);
        self.nodes.push(Node {
            words: (from.0, self.word_edges.len() as u32),
            edges: (from.1, self.edges.len() as u32),
            classes: from.1 + classes,
            bits,
            accepts: (from.2, self.accepts.len() as u32),
        });
        let node = self.nodes.len() as u32 - 1;
        self.done.insert(number, node);
        node
    }
}

fn slots(words: &[u64]) -> Vec<u32> {
    let size = (words.len() * 4).next_power_of_two().max(16);
    let mut slots = vec![0u32; size];
    for (number, word) in words.iter().enumerate() {
        let mut at = spread(*word) & (size - 1);
        while slots.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & (size - 1);
        }
        if let Some(slot) = slots.get_mut(at) {
            *slot = number as u32 + 1;
        }
    }
    slots
}
