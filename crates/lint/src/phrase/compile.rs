//! Phrases to a table: choices are written out, words become numbers, and phrases that begin alike share their beginning.

pub use super::endings::Endings;
use super::endings::inflections;
use super::parse::{Part, Shape, parse};
use super::table::{Accept, Test};
use std::collections::{BTreeMap, BTreeSet};
use text::Key;

/// Collects phrases and makes a table of them.
pub struct Compiler {
    pub(super) lists: BTreeMap<String, Vec<Vec<Part>>>,
    endings: Endings,
    pub(super) words: BTreeSet<u64>,
    pub(super) classes: BTreeMap<Vec<u64>, u16>,
    pub(super) prefixes: BTreeMap<String, u16>,
    pub(super) replacements: Vec<String>,
    pub(super) places: Vec<Place>,
    known: BTreeMap<Place, u32>,
    pub(super) starts: BTreeSet<u32>,
}

/// A place inside phrases: where they go on, and which of them are complete here. Equal places are one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) next: Vec<(Atom, u32)>,
    pub(super) accepts: Vec<Accept>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    Word(u64),
    Test(Test),
    Start,
}

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

    /// Whether there is a word list of this name.
    pub fn has_list(&self, name: &str) -> bool {
        self.lists.contains_key(name)
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
    pub(super) fn place(&mut self, mut place: Place) -> u32 {
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
    pub(super) fn choices(
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
}

/// The words of a literal, split the way a text is.
fn words_of(literal: &str) -> Vec<Atom> {
    match literal {
        "'s" | "'d" => return vec![Atom::Word(Key::of(literal).0)],
        _ => {}
    }
    text::word::tokens(literal).iter().map(|token| Atom::Word(token.key.0)).collect()
}
