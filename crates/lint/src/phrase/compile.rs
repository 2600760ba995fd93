//! Phrases to a [`Table`]: choices are written out, words become numbers, and phrases that begin alike share their beginning.

pub use super::endings::Endings;
use super::endings::inflections;
use super::parse::{Part, Shape, parse};
use super::table::{Accept, Edge, Node, Table, Test, WordEdge, spread};
use std::collections::{BTreeMap, BTreeSet};
use text::Key;

/// Collects phrases and makes a table of them.
pub struct Compiler {
    lists: BTreeMap<String, Vec<Vec<Part>>>,
    endings: Endings,
    words: BTreeSet<u64>,
    classes: BTreeMap<Vec<u64>, u16>,
    prefixes: BTreeMap<String, u16>,
    replacements: Vec<String>,
    places: Vec<Place>,
    known: BTreeMap<Place, u32>,
    starts: BTreeSet<u32>,
}

/// A place inside phrases: where they go on, and which of them are complete here. Equal places are one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    next: Vec<(Atom, u32)>,
    accepts: Vec<Accept>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Word(u64),
    Test(Test),
    Start,
}

/// How many words deep the beginnings of phrases are shared.
const SHARED_DEPTH: usize = 3;

impl Compiler {
    pub fn new(endings: Endings) -> Compiler {
        Compiler {
            lists: BTreeMap::new(),
            endings,
            words: BTreeSet::new(),
            classes: BTreeMap::new(),
            prefixes: BTreeMap::new(),
            replacements: Vec::new(),
            places: Vec::new(),
            known: BTreeMap::new(),
            starts: BTreeSet::new(),
        }
    }

    /// Adds a word list, to be used as `<name>`.
    pub fn list(&mut self, name: &str, lines: &[String]) -> Result<(), String> {
        let mut rows = Vec::new();
        for line in lines {
            rows.push(parse(line)?);
        }
        self.lists.insert(name.to_string(), rows);
        Ok(())
    }

    /// Adds a phrase that leads to `accept`; `replacement` is what could stand in its place.
    pub fn phrase(
        &mut self,
        phrase: &str,
        mut accept: Accept,
        replacement: Option<&str>,
    ) -> Result<(), String> {
        let parts = parse(phrase)?;
        if let Some(replacement) = replacement {
            let known = self.replacements.iter().position(|known| known == replacement);
            let index = known.unwrap_or_else(|| {
                self.replacements.push(replacement.to_string());
                self.replacements.len() - 1
            });
            accept.replacement = u16::try_from(index + 1).map_err(|_| "too many replacements".to_string())?;
        }
        let end = self.place(Place { next: Vec::new(), accepts: vec![accept] });
        let start = self.row(&parts, end, 0).map_err(|error| format!("`{phrase}`: {error}"))?;
        let place = self.places.get(start as usize).cloned().unwrap_or_default();
        if !place.accepts.is_empty() {
            return Err(format!("`{phrase}` can be empty"));
        }
        if place.next.iter().any(|(atom, _)| matches!(atom, Atom::Test(Test::Gap(..) | Test::End))) {
            return Err(format!("`{phrase}` can begin with a gap; begin with a word"));
        }
        self.starts.insert(start);
        Ok(())
    }

    /// The number of a place; equal places get one number.
    fn place(&mut self, mut place: Place) -> u32 {
        place.next.sort();
        place.next.dedup();
        place.accepts.sort();
        place.accepts.dedup();
        if let Some(number) = self.known.get(&place) {
            return *number;
        }
        let number = self.places.len() as u32;
        self.places.push(place.clone());
        self.known.insert(place, number);
        number
    }

    /// The place from which `parts` lead to `to`.
    fn row(&mut self, parts: &[Part], mut to: u32, depth: usize) -> Result<u32, String> {
        if depth > 12 {
            return Err("word lists that name each other".to_string());
        }
        for part in parts.iter().rev() {
            to = match part {
                Part::Word(word) => self.words(words_of(word), to),
                Part::Prefix(begin) => {
                    if begin.len() < 2 {
                        return Err(format!("`{begin}*` is too short; give two letters or more"));
                    }
                    let next = self.prefixes.len() as u16;
                    let number = *self.prefixes.entry(begin.clone()).or_insert(next);
                    self.step(Atom::Test(Test::Prefix(number)), to)
                }
                Part::Gap(least, most) => self.step(Atom::Test(Test::Gap(*least, *most)), to),
                Part::Shape(shape) => self.step(
                    Atom::Test(match shape {
                        Shape::Number => Test::Number,
                        Shape::Link => Test::Link,
                        Shape::Object => Test::Object,
                        Shape::Acronym => Test::Acronym,
                        Shape::Name => Test::Name,
                    }),
                    to,
                ),
                Part::Start => self.step(Atom::Start, to),
                Part::End => self.step(Atom::Test(Test::End), to),
                Part::Inflected(_) | Part::List(_) | Part::Either(_) => {
                    let mut single = Vec::new();
                    let mut others = Vec::new();
                    self.choices(part, &mut single, &mut others, depth)?;
                    self.either(single, &others, to, depth)?
                }
            };
        }
        Ok(to)
    }

    /// The choices a part stands for: single words, and everything else.
    fn choices(
        &self,
        part: &Part,
        single: &mut Vec<u64>,
        others: &mut Vec<Vec<Part>>,
        depth: usize,
    ) -> Result<(), String> {
        if depth > 12 {
            return Err("word lists that name each other".to_string());
        }
        let rows = match part {
            Part::Inflected(stem) => {
                inflections(stem, self.endings).into_iter().map(|word| vec![Part::Word(word)]).collect()
            }
            Part::List(name) => {
                self.lists.get(name).cloned().ok_or_else(|| format!("there is no word list `{name}`"))?
            }
            Part::Either(choices) => choices.clone(),
            other => vec![vec![other.clone()]],
        };
        for row in rows {
            match row.as_slice() {
                [Part::Word(word)] => match words_of(word).as_slice() {
                    [Atom::Word(key)] => single.push(*key),
                    _ => others.push(row),
                },
                [nested @ (Part::Inflected(_) | Part::List(_) | Part::Either(_))] => {
                    self.choices(nested, single, others, depth + 1)?
                }
                _ => others.push(row),
            }
        }
        Ok(())
    }

    /// The place from which any of the choices leads to `to`. Many single words become one class.
    fn either(
        &mut self,
        mut single: Vec<u64>,
        others: &[Vec<Part>],
        to: u32,
        depth: usize,
    ) -> Result<u32, String> {
        single.sort_unstable();
        single.dedup();
        self.words.extend(single.iter().copied());
        let mut whole = Place::default();
        if single.len() < 3 {
            whole.next.extend(single.into_iter().map(|word| (Atom::Word(word), to)));
        } else {
            let next =
                u16::try_from(self.classes.len()).map_err(|_| "too many different choices".to_string())?;
            let class = *self.classes.entry(single).or_insert(next);
            whole.next.push((Atom::Test(Test::Class(class)), to));
        }
        for row in others {
            let start = self.row(row, to, depth + 1)?;
            let place = self.places.get(start as usize).cloned().unwrap_or_default();
            whole.next.extend(place.next);
            whole.accepts.extend(place.accepts);
        }
        Ok(self.place(whole))
    }

    fn words(&mut self, words: Vec<Atom>, mut to: u32) -> u32 {
        for atom in words.into_iter().rev() {
            if let Atom::Word(word) = atom {
                self.words.insert(word);
            }
            to = self.step(atom, to);
        }
        to
    }

    fn step(&mut self, atom: Atom, to: u32) -> u32 {
        self.place(Place { next: vec![(atom, to)], accepts: Vec::new() })
    }

    /// One place that goes on wherever one of `set` goes on.
    fn union(&mut self, set: &BTreeSet<u32>, depth: usize) -> u32 {
        if let (1, Some(only)) = (set.len(), set.first()) {
            return *only;
        }
        let mut by_atom: BTreeMap<Atom, BTreeSet<u32>> = BTreeMap::new();
        let mut whole = Place::default();
        for number in set {
            let place = self.places.get(*number as usize).cloned().unwrap_or_default();
            whole.accepts.extend(place.accepts);
            for (atom, to) in place.next {
                by_atom.entry(atom).or_default().insert(to);
            }
        }
        for (atom, targets) in by_atom {
            if depth == 0 {
                whole.next.extend(targets.into_iter().map(|to| (atom, to)));
            } else {
                let to = self.union(&targets, depth - 1);
                whole.next.push((atom, to));
            }
        }
        self.place(whole)
    }

    /// Makes the table. The list `negation` serves the guard of that name.
    pub fn table(mut self) -> Result<Table, String> {
        let negation = if self.lists.contains_key("negation") {
            let (mut single, mut others) = (Vec::new(), Vec::new());
            self.choices(&Part::List("negation".to_string()), &mut single, &mut others, 0)?;
            single.sort_unstable();
            single.dedup();
            self.words.extend(single.iter().copied());
            let next = self.classes.len() as u16;
            *self.classes.entry(single).or_insert(next)
        } else {
            u16::MAX
        };
        let starts = std::mem::take(&mut self.starts);
        let root = self.union(&starts, SHARED_DEPTH);
        let root = self.places.get(root as usize).cloned().unwrap_or_default();
        let sentence: BTreeSet<u32> =
            root.next.iter().filter(|(atom, _)| *atom == Atom::Start).map(|(_, to)| *to).collect();
        let sentence = if sentence.is_empty() {
            self.place(Place::default())
        } else {
            self.union(&sentence, SHARED_DEPTH)
        };

        let words: Vec<u64> = self.words.iter().copied().collect();
        let number = |key: u64| words.binary_search(&key).unwrap_or(0) as u32;
        let mut classes_of: Vec<Vec<u16>> = vec![Vec::new(); words.len()];
        for (members, class) in &self.classes {
            for member in members {
                if let Some(list) = classes_of.get_mut(number(*member) as usize) {
                    list.push(*class);
                }
            }
        }
        let mut flat = Flat::default();
        let mut root_words: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut root_tests = Vec::new();
        for (atom, to) in &root.next {
            let node = flat.node(*to, &self.places, &number);
            match atom {
                Atom::Word(word) => root_words.entry(number(*word)).or_default().push(node),
                Atom::Test(Test::Class(class)) => {
                    for (word, classes) in classes_of.iter().enumerate() {
                        if classes.contains(class) {
                            root_words.entry(word as u32).or_default().push(node);
                        }
                    }
                }
                Atom::Test(test) => root_tests.push(Edge { test: *test, node }),
                Atom::Start => {}
            }
        }
        let sentence_root = flat.node(sentence, &self.places, &number);
        let mut class_bits = Vec::new();
        let (mut class_at, mut class_of, mut root_at, mut root_of) =
            (vec![0], Vec::new(), vec![0], Vec::new());
        for (word, classes) in classes_of.iter_mut().enumerate() {
            classes.sort_unstable();
            class_of.extend_from_slice(classes);
            class_bits.push(classes.iter().fold(0u64, |bits, class| bits | 1 << (class & 63)));
            class_at.push(class_of.len() as u32);
            root_of.extend(root_words.get(&(word as u32)).into_iter().flatten());
            root_at.push(root_of.len() as u32);
        }
        let mut prefixes: Vec<(String, u16)> = self.prefixes.into_iter().collect();
        prefixes.sort_by_key(|(_, index)| *index);
        Ok(Table {
            slots: slots(&words).into(),
            words: words.into(),
            class_at: class_at.into(),
            class_of: class_of.into(),
            class_bits: class_bits.into(),
            root_at: root_at.into(),
            root_of: root_of.into(),
            root_tests: root_tests.into(),
            sentence_root,
            nodes: flat.nodes.into(),
            word_edges: flat.word_edges.into(),
            edges: flat.edges.into(),
            accepts: flat.accepts.into(),
            prefixes: prefixes.into_iter().map(|(prefix, _)| prefix.into()).collect(),
            replacements: self.replacements.into_iter().map(Into::into).collect(),
            negation,
        })
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

/// The words of a literal, split the way a text is.
fn words_of(literal: &str) -> Vec<Atom> {
    match literal {
        "'s" | "'d" => return vec![Atom::Word(Key::of(literal).0)],
        _ => {}
    }
    text::word::tokens(literal).iter().map(|token| Atom::Word(token.key.0)).collect()
}
