//! The usual endings of a word, for `word~` in a phrase.

/// Which endings `word~` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endings {
    English,
    German,
}

/// A word with its usual endings. Forms that do not exist do no harm.
pub fn inflections(stem: &str, endings: Endings) -> Vec<String> {
    let mut forms = vec![stem.to_string()];
    match endings {
        Endings::German => forms.extend(
            ["e", "en", "er", "es", "em", "n", "s", "ern", "t", "te", "ten"]
                .map(|end| format!("{stem}{end}")),
        ),
        Endings::English => {
            let last = stem.chars().last().unwrap_or(' ');
            let before = stem.chars().rev().nth(1).unwrap_or(' ');
            let vowel = |char: char| matches!(char, 'a' | 'e' | 'i' | 'o' | 'u');
            if last == 'e' {
                let cut = stem.trim_end_matches('e');
                forms.extend([
                    format!("{stem}s"),
                    format!("{stem}d"),
                    format!("{cut}ing"),
                    format!("{stem}ing"),
                ]);
            } else if last == 'y' && !vowel(before) {
                let cut = stem.trim_end_matches('y');
                forms.extend([format!("{cut}ies"), format!("{cut}ied"), format!("{stem}ing")]);
            } else {
                let hissing = stem.ends_with(['s', 'x', 'z']) || stem.ends_with("ch") || stem.ends_with("sh");
                forms.extend([
                    if hissing { format!("{stem}es") } else { format!("{stem}s") },
                    format!("{stem}ed"),
                    format!("{stem}ing"),
                ]);
                if vowel(before) && !vowel(last) && !matches!(last, 'w' | 'x' | 'y') {
                    forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]);
                }
            }
        }
    }
    forms
}
