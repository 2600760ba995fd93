//! Phrases: a small language for rows of words, compiled into one table and found in one pass over the words of a text.

pub mod compile;
pub mod endings;
mod flat;
pub mod matching;
pub mod parse;
pub mod table;
