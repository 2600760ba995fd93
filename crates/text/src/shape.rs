//! How a word is written: capitals, a space before it, quotation marks around it.

/// A few facts about the spelling of a token, in one byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shape(u8);

const CAPITALISED: u8 = 1;
const CAPITALS: u8 = 2;
const AFTER_SPACE: u8 = 4;
const QUOTED: u8 = 8;

impl Shape {
    /// Begins with a capital letter.
    pub fn is_capitalised(self) -> bool {
        self.0 & CAPITALISED != 0
    }

    /// Two or more capital letters and no small ones.
    pub fn is_capitals(self) -> bool {
        self.0 & CAPITALS != 0
    }

    /// White space or the beginning of the text stands before it.
    pub fn is_after_space(self) -> bool {
        self.0 & AFTER_SPACE != 0
    }

    /// Stands between double quotation marks.
    pub fn is_quoted(self) -> bool {
        self.0 & QUOTED != 0
    }

    /// The same, with or without a first capital.
    pub fn capitalised(self, yes: bool) -> Shape {
        self.with(CAPITALISED, yes)
    }

    /// The same, all capitals or not.
    pub fn capitals(self, yes: bool) -> Shape {
        self.with(CAPITALS, yes)
    }

    /// The same, with or without a space before it.
    pub fn after_space(self, yes: bool) -> Shape {
        self.with(AFTER_SPACE, yes)
    }

    /// The same, inside quotation marks or not.
    pub fn quoted(self, yes: bool) -> Shape {
        self.with(QUOTED, yes)
    }

    fn with(self, bit: u8, yes: bool) -> Shape {
        Shape(if yes { self.0 | bit } else { self.0 & !bit })
    }
}
