//! Text in the box for a copied message that is no message: what its writer says happened to them.

use super::told;
use super::tongue::among;

/// What a person said of themselves in copied text: what stands above a copied message, or all of it where it is their own story.
pub(super) fn words_in(reading: &mail::Reading) -> &str {
    let outer = &reading.outer;
    match reading.shape {
        mail::Shape::InlineForward { .. } => &reading.own_words,
        _ if outer.links.is_empty() && !greets_somebody(&outer.text) && tells(&outer.text) => &outer.text,
        _ => "",
    }
}

fn tells(words: &str) -> bool {
    let heard = told::Heard::of(words);
    heard.tells_of_harm() || heard.went_wrong || heard.lost_a_device
}

/// Whether a text greets somebody other than us: then it came to its reader from somebody.
fn greets_somebody(text: &str) -> bool {
    const GREETINGS: &str = "dear hello hi hey hallo liebe lieber liebes guten sehr good moin servus";
    const BESIDE: &str = "tag morgen abend morning afternoon evening day geehrte geehrter geehrtes";
    const US: &str = "desk team all everybody everyone security it support colleagues kollegen zusammen there i ich my mein meine we wir";
    let lower = text.trim_start().lines().next().unwrap_or_default().to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|first| among(first, GREETINGS))
        && words
            .find(|word| !among(word, BESIDE) && !among(word, GREETINGS))
            .is_some_and(|name| !among(name, US))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_of_ones_own_is_told_from_a_message_to_its_reader() {
        let own = |text: &str| {
            let raw = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}");
            !words_in(&mail::read(raw.as_bytes(), &mail::Setting::default())).is_empty()
        };
        assert!(own("Hello desk, I clicked on a link in a mail and typed my password. What shall I do?"));
        assert!(own("Guten Tag, ich habe auf den Link geklickt und mein Passwort eingegeben."));
        assert!(own("I typed my password on a strange page"));
        assert!(!own("Hi mum, I lost my phone, this is my new number. Can you pay a bill?"));
        assert!(!own("Dear customer, I paid your invoice twice, please refund me."));
        assert!(!own("I typed my password here: https://pay.example/login"));
        assert!(!own("Your parcel waits. Pay 2 euro."));
    }
}
