//! Whether the words before a phrase deny it: `there is no hurry`, `has not been suspended`. Looks a few words back inside
//! one clause and understands no grammar; where a negation makes a condition or a warning, it denies nothing.

use crate::fold::Folded;
use crate::language::{Language, Tongue};

/// How many words before a phrase a negation may stand.
const REACH: usize = 3;

/// How many words before a negation a condition is looked for.
const CONDITION_REACH: usize = 8;

/// Where the negation stands, in folded bytes, that denies a phrase which begins at `start` and belongs to `tongue`.
pub(crate) fn of(text: &Folded, start: usize, languages: &[Language], tongue: Tongue) -> Option<usize> {
    let denies = |tongue: Tongue| {
        let counts = languages.iter().any(|language| match language {
            Language::Known(known) => *known == tongue,
            Language::TooShort | Language::Other => false,
        });
        counts.then(|| denied_in(text, start, words(tongue))).flatten()
    };
    let told = Tongue::ALL.into_iter().find_map(denies);
    let is_told = languages.iter().any(|language| language.known().is_some());
    told.or_else(|| if is_told { None } else { denied_in(text, start, words(tongue)) })
}

fn denied_in(text: &Folded, start: usize, words: &Words) -> Option<usize> {
    // A phrase begins with the gap before its first word, where a clause may end.
    let mut back = before(text, start).take(REACH + 1).enumerate().peekable();
    while let Some((distance, (at, word))) = back.next() {
        if !text.is_one_clause(at, start + 1) || words.parts.contains(&word) {
            return None;
        }
        // `isn't` is folded to two words.
        let short_not = word == "t" && back.peek().is_some_and(|(_, (_, verb))| SHORT_NOT.contains(verb));
        let is_negation = distance < REACH && (words.not.contains(&word) || short_not)
            || distance == 0 && words.without.contains(&word);
        if is_negation {
            return (!words.keeps(text, at)).then_some(at);
        }
    }
    None
}

/// The words before a place, nearest first, each with where it begins.
fn before(text: &Folded, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = end;
    text.text.get(..end).unwrap_or_default().rsplit(' ').filter_map(move |word| {
        let at = end.saturating_sub(word.len());
        end = at.saturating_sub(1);
        (!word.is_empty()).then_some((at, word))
    })
}

/// What negates in one language, folded. A star stands for any ending.
struct Words {
    not: &'static [&'static str],
    /// Deny only what follows at once: `without an answer within 24 hours` is a threat.
    without: &'static [&'static str],
    /// Beside a negation these keep what follows: `do not miss the deadline`, `not only`, `not paid within 24 hours`.
    turns: &'static [&'static str],
    /// Before a negation these make it a condition or an aim: `if you do not act at once`.
    conditions: &'static [&'static str],
    /// Where a new part of the sentence begins.
    parts: &'static [&'static str],
}

impl Words {
    /// Whether what follows a negation holds all the same.
    fn keeps(&self, text: &Folded, negation: usize) -> bool {
        let after = text.text.get(negation..).unwrap_or_default().split(' ').skip(1).take(2);
        // `No 4711` counts and does not deny.
        let is_number = after.clone().next().is_some_and(|word| word.starts_with('#'));
        let beside = before(text, negation).map(|(_, word)| word).take(2).chain(after);
        let turned = beside.into_iter().any(|word| is_one_of(word, self.turns));
        is_number
            || turned
            || before(text, negation)
                .take(CONDITION_REACH)
                .take_while(|(at, _)| text.is_one_clause(*at, negation))
                .any(|(_, word)| self.conditions.contains(&word))
    }
}

fn is_one_of(word: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == *pattern,
    })
}

fn words(tongue: Tongue) -> &'static Words {
    match tongue {
        Tongue::En => &ENGLISH,
        Tongue::De => &GERMAN,
        Tongue::Pt => &PORTUGUESE,
        Tongue::Nl => &DUTCH,
        Tongue::Fr => &FRENCH,
    }
}

/// What stands before the `t` of `isn't`.
const SHORT_NOT: &[&str] = &[
    "don", "doesn", "didn", "isn", "aren", "wasn", "weren", "hasn", "haven", "hadn", "won", "wouldn", "can",
    "couldn", "shouldn", "needn", "mustn",
];

const ENGLISH: Words = Words {
    not: &["not", "no", "nothing", "never", "nobody", "neither", "nor", "dont", "isnt"],
    without: &["without"],
    turns: &[
        "miss", "missing", "let", "forget", "hesitat*", "ignor*", "lose", "losing", "delay", "wait", "fail*",
        "overlook", "only", "just", "more", "later", "doubt", "matter", "get", "within", "before",
        "respond*", "reply*", "answer*", "comply*", "act", "acting", "verif*", "confirm*", "pay*", "paid",
        "complet*", "updat*", "receiv*", "renew*",
    ],
    conditions: &["if", "unless", "when", "until", "so", "where", "should", "case", "order"],
    parts: &["and", "but", "because"],
};

const GERMAN: Words = Words {
    not: &[
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keinem",
        "keiner",
        "keinerlei",
        "nie",
        "niemals",
        "nichts",
        "weder",
        "niemand",
    ],
    without: &["ohne"],
    turns: &[
        "verpass*",
        "vergess*",
        "zoger*",
        "warte*",
        "ignorier*",
        "versaum*",
        "lass*",
        "verlier*",
        "zweifel*",
        "nur",
        "bloss",
        "innerhalb",
        "binnen",
        "spatestens",
        "rechtzeitig",
        "antwort*",
        "reagier*",
        "bestatig*",
        "zahl*",
        "bezahl*",
        "erhalt*",
        "aktualisier*",
    ],
    conditions: &["wenn", "falls", "sofern", "solange", "sonst", "damit", "um", "sollte", "sollten", "bis"],
    parts: &["und", "aber", "sondern", "doch", "weil"],
};

const PORTUGUESE: Words = Words {
    not: &["nao", "nunca", "jamais", "nenhum", "nenhuma", "nada", "nem", "ninguem"],
    without: &["sem"],
    turns: &[
        "perca",
        "perde*",
        "esque*",
        "deix*",
        "ignor*",
        "hesit*",
        "demor*",
        "esper*",
        "so",
        "apenas",
        "somente",
        "duvid*",
        "dentro",
        "ate",
        "respond*",
        "confirm*",
        "pag*",
        "atualiz*",
        "receb*",
        "regulariz*",
    ],
    conditions: &["se", "caso", "para", "quando", "ate", "senao"],
    // Without its accent `é` is `e`, so `e` cannot part.
    parts: &["mas", "porem", "porque"],
};

const DUTCH: Words = Words {
    not: &["niet", "geen", "nooit", "niets", "niemand"],
    without: &["zonder"],
    turns: &[
        "mis",
        "missen",
        "vergeet",
        "wacht",
        "aarzel",
        "negeer",
        "laat",
        "verlies*",
        "alleen",
        "slechts",
        "binnen",
        "reage*",
        "antwoord*",
        "betaal*",
        "bevestig*",
        "ontvang*",
        "verifi*",
    ],
    conditions: &["als", "indien", "wanneer", "tenzij", "zodat", "om", "anders", "mocht"],
    parts: &["en", "maar", "want"],
};

const FRENCH: Words = Words {
    not: &["pas", "jamais", "aucun", "aucune", "rien", "nullement", "ni"],
    without: &["sans"],
    turns: &[
        "manqu*",
        "rate*",
        "oubli*",
        "laiss*",
        "attend*",
        "ignor*",
        "hesit*",
        "tard*",
        "perd*",
        "seulement",
        "doute",
        "dans",
        "sous",
        "avant",
        "repond*",
        "confirm*",
        "pay*",
        "regl*",
        "recu",
        "regularis*",
    ],
    conditions: &["si", "afin", "pour", "sinon", "lorsque", "quand"],
    parts: &["et", "mais", "car"],
};
