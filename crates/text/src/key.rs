//! A word as a number: 64-bit FNV-1a over its lower-case letters, so that phrases compare numbers instead of strings.
//! Computed the same way at build time and at run time.

/// A word without regard to capitals, as a number. Two different words have the same key once in about 10^19.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Key {
    /// The key of a word that is already in lower case.
    pub const fn of(word: &str) -> Key {
        let mut hash = OFFSET;
        let mut bytes = word.as_bytes();
        while let [first, rest @ ..] = bytes {
            hash = (hash ^ *first as u64).wrapping_mul(PRIME);
            bytes = rest;
        }
        Key(hash)
    }

    /// The keys of words that are already in lower case, in their order.
    pub const fn each<const N: usize>(words: [&str; N]) -> [Key; N] {
        let mut keys = [Key(0); N];
        let mut rest: &[&str] = &words;
        let mut slots: &mut [Key] = &mut keys;
        while let ([word, tail @ ..], [slot, free @ ..]) = (rest, slots) {
            *slot = Key::of(word);
            rest = tail;
            slots = free;
        }
        keys
    }

    /// The key of one character.
    pub fn of_char(char: char) -> Key {
        let mut key = KeyOf::new();
        key.push_char(char);
        key.key()
    }
}

/// Builds a [`Key`] byte by byte.
#[derive(Clone, Copy, Debug)]
pub struct KeyOf(u64);

impl KeyOf {
    /// The key of nothing yet.
    pub fn new() -> KeyOf {
        KeyOf(OFFSET)
    }

    /// Adds a byte that is already in lower case.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
    }

    /// Adds a character, in lower case.
    pub fn push_char(&mut self, char: char) {
        let mut buffer = [0; 4];
        for lower in char.to_lowercase() {
            for byte in lower.encode_utf8(&mut buffer).bytes() {
                self.push(byte);
            }
        }
    }

    /// The key of what was added.
    #[inline]
    pub fn key(&self) -> Key {
        Key(self.0)
    }
}

impl Default for KeyOf {
    fn default() -> Self {
        KeyOf::new()
    }
}
