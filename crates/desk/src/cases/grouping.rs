//! What makes two messages the same lure: keys that a database can look up. Strongest first.

/// The keys of a message; two messages that share one belong to one case.
pub fn traits_of(message: &mail::Message) -> Vec<String> {
    let words: Vec<String> = message
        .text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .take(2000)
        .collect();
    if words.len() < 8 {
        return Vec::new();
    }
    vec![format!("text:{}", crate::keys::hash(&words.join(" ")))]
}
