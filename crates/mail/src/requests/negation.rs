//! Whether a word stands under a negation that takes its meaning away: `nothing is urgent here`. In six languages, by
//! the few words in front of it; nothing is parsed.

/// Whether the word at `start` of folded text stands within three words after a negation, in the same clause.
///
/// Some negations deny nothing: those of a condition (`if you do not act, your account is closed`), of a warning not to
/// let something happen (`don't miss your last chance`, `to ensure that it is not suspended`) and of not being able to
/// (`cannot buy gift cards myself`).
pub(super) fn denies(folded: &str, start: usize) -> bool {
    let from = folded.ceil_char_boundary(start.saturating_sub(LONGEST_CLAUSE));
    let before = folded.get(from..start).unwrap_or_default();
    let clause = before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let words: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let near = words.get(words.len().saturating_sub(3)..).unwrap_or_default();
    let Some(at) = near.iter().rposition(|word| is_negation(word)) else { return false };
    let at = words.len() - near.len() + at;
    // The word that is denied may itself be one of those that make a warning of it (`don't lose access`).
    let ahead = folded.get(start..).unwrap_or_default().split(' ').next().unwrap_or_default();
    let unable = at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| UNABLE.contains(word));
    !unable && !words.iter().chain([&ahead]).any(|word| keeps(word))
}

fn is_negation(word: &str) -> bool {
    let unable = UNABLE.iter().any(|unable| word.strip_prefix(unable) == Some("'t"));
    NEGATIONS.contains(&word) || word.starts_with("kein") || word.ends_with("n't") && !unable
}

fn keeps(word: &str) -> bool {
    let word = word.rsplit('\'').next().unwrap_or(word);
    CONDITIONS.contains(&word) || WARNINGS.iter().any(|stem| word.starts_with(stem))
}

/// Bytes in front of a word that are looked at.
const LONGEST_CLAUSE: usize = 120;
const CLAUSE_ENDS: [char; 13] = ['.', ',', ';', ':', '!', '?', '(', ')', '"', '|', '…', '•', '¿'];

const NEGATIONS: [&str; 38] = [
    "no", "not", "nothing", "never", "none", "nobody", "neither", "nor", "dont", "doesnt", "isnt",
    "wont", // en
    "nicht", "nichts", "nie", "niemals", "niemand", // de
    "pas", "rien", "jamais", "aucun", "aucune", // fr
    "nada", "nunca", "ningun", "ninguna", // es
    "nao", "nenhum", "nenhuma", // pt
    "niet", "niets", "nooit", "geen", // nl
    "without", "ohne", "sans", "sin", "zonder",
];

/// What comes before `not` or `n't` where somebody is unable.
const UNABLE: [&str; 4] = ["can", "ca", "could", "couldn"];

/// Words that open a condition.
const CONDITIONS: [&str; 16] = [
    "if",
    "unless",
    "until",
    "otherwise",
    "wenn",
    "falls",
    "sofern",
    "solange",
    "sonst",
    "si",
    "sinon",
    "se",
    "caso",
    "als",
    "indien",
    "tenzij",
];

/// Starts of words that make a warning of a negation, or take it back (`not only`).
const WARNINGS: [&str; 48] = [
    "only",
    "lose",
    "losing",
    "miss",
    "ignor",
    "delay",
    "wait",
    "hesitat",
    "forget",
    "fail",
    "later",
    "risk",
    "ensur",
    "assur",
    "guarant",
    "garant", // en, fr, es, pt, nl
    "nur",
    "verpass",
    "verlier",
    "versaum",
    "zoger",
    "warte",
    "vergess",
    "vergiss",
    "riskier",
    "damit",
    "sicherz", // de
    "seulement",
    "perd",
    "manqu",
    "tard",
    "oubli",
    "hesit",
    "attend", // fr
    "solo",
    "solamente",
    "pierd",
    "olvid",
    "demor", // es
    "apenas",
    "perc",
    "esquec", // pt
    "alleen",
    "verlies",
    "negeer",
    "vergeet",
    "wacht",
    "zodat", // nl
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, denied: bool) {
        let at = text.find(word).expect("the word is in the text");
        assert_eq!(denies(text, at), denied, "{text}");
    }

    #[test]
    fn a_word_under_a_negation_is_denied() {
        for (text, word) in [
            ("nothing is urgent here", "urgent"),
            ("this isn't urgent", "urgent"),
            ("there is no immediate action needed", "immediate"),
            ("your account will not be suspended", "suspended"),
            ("we never changed our bank", "changed our bank"),
            ("please do not buy some gift cards", "buy some"),
            ("es ist nicht dringend", "dringend"),
            ("keine dringende zahlung", "dringende"),
            ("ce n'est pas urgent", "urgent"),
            ("no es urgente", "urgente"),
            ("nao e urgente", "urgente"),
            ("het is niet dringend", "dringend"),
        ] {
            check(text, word, true);
        }
    }

    #[test]
    fn a_negation_of_something_else_denies_nothing() {
        for (text, word) in [
            ("not for me. urgent", "urgent"),
            ("this is no joke, act immediately", "immediately"),
            ("we did not get your answer to this urgent matter", "urgent"),
            ("if you do not act now", "act now"),
            ("if you do not respond immediately", "immediately"),
            ("don't miss your last chance", "last chance"),
            ("don't lose access", "lose access"),
            ("not only urgent", "urgent"),
            ("to ensure that it is not suspended", "suspended"),
            ("i can't buy some myself", "buy some"),
            ("verpassen sie nicht ihre letzte chance", "letzte chance"),
            ("n'ignorez pas ce dernier rappel", "dernier rappel"),
            ("a noted urgent matter", "urgent"),
            ("urgent", "urgent"),
        ] {
            check(text, word, false);
        }
    }
}
