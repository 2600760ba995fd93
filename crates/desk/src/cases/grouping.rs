//! What makes two messages the same lure: keys that a database can look up. Strongest first.

/// The keys of a message; two messages that share one belong to one case. A message with too little in it has none.
pub fn traits_of(message: &mail::Message) -> Vec<String> {
    mail::fingerprint(message).keys()
}
