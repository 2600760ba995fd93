//! Which of five languages a text is in, told by its function words. Says so when it cannot tell: other languages are
//! listed only so that they are not taken for one of ours. Never guesses from a single word.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// The language of a message, or the honest answer that we cannot tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    Known(Tongue),
    /// Too little text to tell.
    #[default]
    TooShort,
    /// Enough text, but in none of the languages we read.
    Other,
}

/// The languages whose levers we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    En,
    De,
    Pt,
    Nl,
    Fr,
}

impl Language {
    /// The language, if we can tell.
    pub fn known(self) -> Option<Tongue> {
        match self {
            Language::Known(tongue) => Some(tongue),
            Language::TooShort | Language::Other => None,
        }
    }
}

impl Tongue {
    pub const ALL: [Tongue; 5] = [Tongue::En, Tongue::De, Tongue::Pt, Tongue::Nl, Tongue::Fr];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::De => "de",
            Tongue::Pt => "pt",
            Tongue::Nl => "nl",
            Tongue::Fr => "fr",
        }
    }
}

/// How many words are looked at; the first few hundred tell as much as all of them.
const WORDS_READ: usize = 400;

/// Tells the language of folded words (see [`crate::fold::Folded::words`]).
pub fn language_of<'a>(words: impl Iterator<Item = &'a str>) -> Language {
    let mut scores = [0.0f32; LANGUAGES];
    let mut seen = 0usize;
    let mut latin = 0usize;
    for word in words.take(WORDS_READ) {
        if word.starts_with(['#', '$', '%']) {
            continue;
        }
        seen += 1;
        if word.is_ascii() {
            latin += 1;
        }
        if let Some(in_languages) = FUNCTION_WORDS.get(word) {
            let share = 1.0 / in_languages.count_ones() as f32;
            for (index, score) in scores.iter_mut().enumerate() {
                if in_languages & (1 << index) != 0 {
                    *score += share;
                }
            }
        }
    }
    if seen < 3 {
        return Language::TooShort;
    }
    if latin * 2 < seen {
        return Language::Other;
    }
    let mut order: Vec<usize> = (0..LANGUAGES).collect();
    order.sort_by(|a, b| score(&scores, *b).total_cmp(&score(&scores, *a)));
    let (Some(&first), Some(&second)) = (order.first(), order.get(1)) else { return Language::TooShort };
    let (best, next) = (score(&scores, first), score(&scores, second));
    // Two clear function words and a lead decide a short text; a long text must also be made of such words.
    let clear = best >= 1.4 && best >= next * 1.25 + 0.3;
    let dense = seen < 60 || best / seen as f32 >= 0.05;
    match (clear && dense, Tongue::ALL.get(first)) {
        (true, Some(tongue)) => Language::Known(*tongue),
        (true, None) => Language::Other,
        (false, _) if seen >= 60 => Language::Other,
        (false, _) => Language::TooShort,
    }
}

/// How many different function words of one language stand there that another does not have.
pub(crate) fn own_words<'a>(words: impl Iterator<Item = &'a str>, of: Tongue, beside: Tongue) -> usize {
    let (of, beside) = (1 << of as u16, 1 << beside as u16);
    let own: BTreeSet<&str> = words
        .filter(|word| FUNCTION_WORDS.get(*word).is_some_and(|found| found & of != 0 && found & beside == 0))
        .collect();
    own.len()
}

fn score(scores: &[f32; LANGUAGES], index: usize) -> f32 {
    scores.get(index).copied().unwrap_or(0.0)
}

const LANGUAGES: usize = 14;

static FUNCTION_WORDS: LazyLock<HashMap<String, u16>> = LazyLock::new(|| {
    let mut words: HashMap<String, u16> = HashMap::new();
    for (index, line) in
        include_str!("words/languages.txt").lines().filter(|line| !line.starts_with('#')).enumerate()
    {
        let (_, list) = line.split_once(':').expect("every line of words/languages.txt is `code: words`");
        for word in list.split_whitespace() {
            *words.entry(crate::fold::folded(word)).or_default() |= 1 << index;
        }
    }
    words
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    fn check(text: &str, expected: Language) {
        assert_eq!(language_of(Folded::new(text).words()), expected, "{text}");
    }

    #[test]
    fn five_languages_are_told_apart() {
        check("Please confirm that you are the owner of this account", Language::Known(Tongue::En));
        check("Bitte bestätigen Sie, dass das Konto Ihnen gehört", Language::Known(Tongue::De));
        check("Por favor confirme que você é o dono da sua conta, não demore", Language::Known(Tongue::Pt));
        check("Bevestig dat u de eigenaar van deze rekening bent", Language::Known(Tongue::Nl));
        check("Veuillez confirmer que vous êtes le titulaire du compte", Language::Known(Tongue::Fr));
    }

    #[test]
    fn other_languages_are_said_to_be_other() {
        check(
            "Estimado cliente, su cuenta ha sido bloqueada por motivos de seguridad y usted debe confirmar los datos en el \
             enlace que le hemos enviado hoy para que pueda usar la tarjeta con normalidad",
            Language::Other,
        );
        check(
            "Gentile cliente, il suo conto è stato bloccato e lei deve confermare i dati della carta",
            Language::Other,
        );
        check(
            "Szanowny kliencie, twoje konto zostało zablokowane i nie możesz się zalogować",
            Language::Other,
        );
        check("Уважаемый клиент, ваш счёт заблокирован и требует подтверждения", Language::Other);
    }

    #[test]
    fn words_of_one_language_are_counted_once_each() {
        let count = |text: &str| own_words(Folded::new(text).words(), Tongue::Nl, Tongue::En);
        assert_eq!(count("a contrail over Florida and later over Indiana"), 1);
        assert_eq!(count("Bevestig dat u de eigenaar van deze rekening bent"), 8);
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        check("", Language::TooShort);
        check("12345 67", Language::TooShort);
        check("PayPal Amazon Netflix", Language::TooShort);
    }
}
