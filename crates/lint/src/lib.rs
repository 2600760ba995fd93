//! A draft in, findings out: is it kind, clear and useful to the person who reads it?
//! A function of its input: it reads no file, no clock and no environment.

pub mod check;
pub mod document;
pub mod draft;
pub mod fix;
mod guess;
mod house_words;
mod instead;
mod listening;
pub mod matchers;
mod person;
pub mod phrase;
pub mod profile;
pub mod rule;
pub mod rule_file;
mod suppress;
pub mod vale;
pub mod wrong_toml;

pub use check::{Checker, Report};
pub use draft::{Draft, Kind, Language};
pub use profile::Profile;
pub use rule::{Group, Rule};
pub use suppress::{IDLE_NOTE, OTHER_LANGUAGE, answered};
pub use text::scope::Format;
