//! What analysis saw in a message, in the form the desk keeps it. Built from the engines' values; says nothing by itself.

use mail::{Reading, Shape, VerdictKind};
use serde::{Deserialize, Serialize};

use crate::words::{Locale, straight, turns_words};

/// Everything kept about one reading. Kept as JSON; fields may be added, never renamed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    pub shape: String,
    pub headers_gone: bool,
    pub program: String,
    pub verdict: String,
    pub certainty: f32,
    pub from_name: String,
    pub from_address: String,
    pub subject: String,
    /// The date inside the message, seconds since 1970 UTC. Its sender wrote it.
    pub sent_at: Option<i64>,
    pub evidence: Vec<SeenEvidence>,
    pub levers: Vec<SeenLever>,
    /// The language of its words, where we read it.
    pub language: Option<String>,
    /// The kind of attack, if it is one.
    pub attack: Option<String>,
    /// How sure we are of the kind, 0 to 1.
    pub attack_certainty: f32,
    pub attack_reasons: Vec<String>,
    pub difficulty: Option<String>,
    /// Why it is understandable to be taken in, in the reporter's language; empty where the message looks genuine.
    pub understandable: String,
    pub cue_count: u32,
    /// The signs and our guess of the premise, where the message could be read.
    pub scale: Option<SeenScale>,
    pub links: Vec<SeenLink>,
    pub attachments: Vec<SeenAttachment>,
    pub authentication: Vec<(String, String)>,
}

/// One piece of evidence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenEvidence {
    pub rule: String,
    /// For anybody.
    pub plain: String,
    /// For a responder.
    pub detail: String,
    pub weight: i32,
    pub place: String,
    pub source: String,
    /// The words it points at, if they are in the text.
    pub quote: String,
}

/// One lever and where it is pulled.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenLever {
    pub name: String,
    /// The value of `principle-of-persuasion` in the MISP taxonomy `phishing`, for exports; empty in readings older than this field.
    pub principle: String,
    pub sentence: String,
    pub quotes: Vec<String>,
    /// How sure we are that it is there, 0 to 1; 0 in readings older than this field, which named only sure ones.
    pub probability: f32,
    /// Said with "maybe".
    pub maybe: bool,
}

/// What the Phish Scale is made of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenScale {
    pub cues: Vec<SeenCue>,
    /// E1 to E5 in points, as far as nobody here said more.
    pub premise: [i32; 5],
    /// Few, some or many signs.
    pub category: String,
    /// How well the premise fits people's work: weak, medium or strong.
    pub alignment: String,
    /// How hard it was to spot, as a code.
    pub difficulty: String,
    /// Whether the premise is our guess; it is until somebody who knows the people confirms it.
    pub provisional: bool,
}

/// One sign that a person could see.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenCue {
    /// 1 to 23, as published.
    pub number: u8,
    pub count: u32,
    pub quotes: Vec<String>,
}

/// One link.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenLink {
    pub shown: String,
    pub target: String,
    pub found_in: String,
}

/// One attachment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenAttachment {
    pub name: String,
    pub kind: String,
    pub size: usize,
}

const MOST_LINKS: usize = 60;
const MOST_QUOTE: usize = 240;

impl Seen {
    /// Copies what the engines found.
    pub fn from_reading(reading: &Reading) -> Seen {
        let message = reading.subject_message();
        let (shape, program) = match &reading.shape {
            Shape::Bare => ("bare", ""),
            Shape::Attached => ("attached", ""),
            Shape::Arf => ("arf", ""),
            Shape::OutlookFile => ("outlook-file", ""),
            Shape::InlineForward { program, .. } => ("inline-forward", *program),
            Shape::Letter => ("letter", ""),
        };
        let from = message.from.clone().unwrap_or_default();
        let value = |outcome: mail::Outcome| format!("{outcome:?}").to_lowercase();
        let evidence = reading
            .evidence
            .iter()
            .map(|piece| SeenEvidence {
                rule: piece.finding.rule.to_string(),
                plain: straight(&piece.finding.message),
                detail: straight(&piece.finding.why),
                weight: piece.weight,
                place: place(&piece.place),
                source: format!("{:?}", piece.source).to_lowercase(),
                quote: quote(piece, message),
            })
            .collect();
        Seen {
            shape: shape.into(),
            headers_gone: shape == "inline-forward",
            program: program.into(),
            verdict: verdict_word(reading.verdict.kind).into(),
            certainty: reading.verdict.certainty,
            from_name: clip(&from.name.unwrap_or_default()),
            from_address: clip(&from.address),
            subject: clip(&message.subject),
            sent_at: message.date,
            evidence,
            links: message
                .links
                .iter()
                .take(MOST_LINKS)
                .map(|link| SeenLink {
                    shown: clip(&link.shown),
                    target: clip(&link.target),
                    found_in: link.found_in.into(),
                })
                .collect(),
            attachments: message
                .attachments
                .iter()
                .take(MOST_LINKS)
                .map(|part| SeenAttachment {
                    name: clip(&part.name),
                    kind: part.detected_type.clone().unwrap_or_else(|| part.declared_type.clone()),
                    size: part.size,
                })
                .collect(),
            authentication: message
                .authentication
                .by
                .iter()
                .map(|by| ("checked by".to_owned(), by.clone()))
                .chain([
                    ("SPF".to_owned(), value(message.authentication.spf)),
                    ("DKIM".to_owned(), value(message.authentication.dkim)),
                    ("DMARC".to_owned(), value(message.authentication.dmarc)),
                    ("ARC".to_owned(), value(message.authentication.arc)),
                ])
                .collect(),
            ..Seen::default()
        }
    }

    /// From its stored form; what cannot be read is nothing.
    pub fn parse(text: &str) -> Seen {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Its stored form.
    pub fn store(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether nothing speaks for an attack: the message looks genuine, or is one of our own drills.
    pub fn is_harmless(&self) -> bool {
        matches!(self.verdict.as_str(), "looks-genuine" | "our-drill")
    }

    /// The sentences that led to the verdict, strongest first, for anybody to read: what speaks for harm, or what speaks for
    /// a message that looks genuine.
    pub fn reasons(&self, most: usize, locale: Locale) -> Vec<String> {
        let sign = if self.is_harmless() { -1 } else { 1 };
        let mut pieces: Vec<&SeenEvidence> =
            self.evidence.iter().filter(|piece| piece.weight * sign > 0).collect();
        pieces.sort_by_key(|piece| -piece.weight.abs());
        let mut sentences = Vec::new();
        for piece in pieces {
            let sentence = piece.plain_in(locale);
            if sentences.len() < most && !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        sentences
    }

    /// How sure we are, in words.
    pub fn sure(&self, locale: impl std::borrow::Borrow<Locale>) -> String {
        let locale = *locale.borrow();
        let key = match self.certainty {
            sure if sure >= 0.8 => "certainty-high",
            sure if sure >= 0.5 => "certainty-middle",
            _ => "certainty-low",
        };
        locale.t(key)
    }
}

impl SeenEvidence {
    /// The responder's sentence, with quotation marks that people know.
    pub fn detail_in(&self, locale: impl std::borrow::Borrow<Locale>) -> String {
        quoted(&self.detail, *locale.borrow())
    }

    /// The plain sentence in the reader's language; in English where we have no other words for it.
    pub fn plain_in(&self, locale: impl std::borrow::Borrow<Locale>) -> String {
        let locale = *locale.borrow();
        let key = format!("evidence-{}", self.rule);
        if locale == Locale::En || !locale.has(&key) {
            return quoted(&self.plain, locale);
        }
        let of_messages = mail::catalogue::RULES.iter().map(|rule| (rule.code, rule.plain));
        let of_attachments = mail::attachments::RULES.iter().map(|rule| (rule.code, rule.plain));
        let known = of_messages.chain(of_attachments).find(|(code, _)| *code == self.rule);
        let Some(details) = known.and_then(|(_, pattern)| details(pattern, &self.plain)) else {
            return quoted(&self.plain, locale);
        };
        let detail = |index: usize| details.get(index).map_or("", String::as_str);
        quoted(&locale.say(&key, &[("a", detail(0)), ("b", detail(1))]), locale)
    }
}

/// Words of a message stand between backticks in the engines' sentences; readers get the quotation marks they know.
fn quoted(sentence: &str, locale: Locale) -> String {
    let (open, close) = match locale {
        Locale::En => ('“', '”'),
        Locale::De => ('„', '“'),
    };
    let mut inside = false;
    sentence
        .chars()
        .map(|letter| match letter {
            '`' => {
                inside = !inside;
                if inside { open } else { close }
            }
            other => other,
        })
        .collect()
}

/// What stands in a sentence where its pattern has `{0}`, `{1}` or a name in braces, in the order of these.
fn details(pattern: &str, sentence: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let (mut pattern, mut sentence) = (pattern, sentence);
    while let Some((before, rest)) = pattern.split_once('{') {
        sentence = sentence.strip_prefix(before)?;
        let (name, after) = rest.split_once('}')?;
        // The last piece reaches to the end; one before it to the next words that are always the same.
        let (detail, left) = match after.split_once('{') {
            None => (sentence.strip_suffix(after)?, after),
            Some((fixed, _)) => sentence.split_at_checked(sentence.find(fixed)?)?,
        };
        found.push((name, detail.to_owned()));
        (pattern, sentence) = (after, left);
    }
    found.sort_by_key(|(name, _)| *name);
    Some((pattern == sentence).then_some(found)?.into_iter().map(|(_, detail)| detail).collect())
}

/// The word stored for a verdict.
pub fn verdict_word(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::LikelyHarmful => "likely-harmful",
        VerdictKind::Suspicious => "suspicious",
        VerdictKind::LooksGenuine => "looks-genuine",
        VerdictKind::OurDrill => "our-drill",
        VerdictKind::CannotTell => "cannot-tell",
    }
}

fn place(place: &mail::Place) -> String {
    match place {
        mail::Place::Subject => "subject".into(),
        mail::Place::Text => "text".into(),
        mail::Place::Html => "html".into(),
        mail::Place::Header(name) => format!("header {name}"),
        mail::Place::Link(_) => "link".into(),
        mail::Place::Attachment(_) => "attachment".into(),
        mail::Place::Whole => "whole message".into(),
    }
}

fn quote(piece: &mail::Evidence, message: &mail::Message) -> String {
    clip(words_at(&piece.place, piece.finding.span, message).unwrap_or_default())
}

/// What stands at a place of a message.
fn words_at<'a>(place: &mail::Place, span: finding::Span, message: &'a mail::Message) -> Option<&'a str> {
    match place {
        mail::Place::Subject => span.of(&message.subject),
        mail::Place::Text => span.of(&message.text),
        mail::Place::Link(index) => message.links.get(*index).map(|link| link.target.as_str()),
        mail::Place::Attachment(index) => message.attachments.get(*index).map(|part| part.name.as_str()),
        mail::Place::Header(name) => message
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str()),
        mail::Place::Html | mail::Place::Whole => None,
    }
}

fn clip(text: &str) -> String {
    let kept = |letter: &char| !letter.is_control() && !turns_words(*letter);
    let mut short: String = text.chars().filter(kept).take(MOST_QUOTE).collect();
    if text.chars().nth(MOST_QUOTE).is_some() {
        short.push('…');
    }
    short
}

/// Adds what the message does to people, in the words a responder reads.
pub fn add_lure(seen: &mut Seen, message: &mail::Message, lure: &lure::Lure) {
    let tongue = lure::Locale::En;
    seen.language = lure.language.known().map(|tongue| tongue.code().to_owned());
    seen.levers = lure
        .levers
        .iter()
        .map(|lever| SeenLever {
            name: lever.kind.code().to_owned(),
            principle: lever.kind.misp().to_owned(),
            sentence: lever.sentence(tongue).to_owned(),
            quotes: lever.marks.iter().filter_map(|mark| marked(mark, message)).take(3).collect(),
            probability: lever.probability,
            maybe: !lever.is_sure(),
        })
        .collect();
    seen.cue_count = lure.phish_scale.cues.iter().map(|cue| cue.count).sum();
    if lure.is_read() {
        seen.scale = Some(scale(lure, message));
    }
    // What looks genuine has no kind of attack, and was not there to be spotted.
    if seen.is_harmless() {
        return;
    }
    if let Some(kind) = lure.attack.kind {
        seen.attack = Some(kind.code().to_owned());
        seen.attack_certainty = lure.attack.certainty;
        seen.attack_reasons =
            lure.attack.reasons.iter().take(3).map(|reason| reason.sentence(tongue).to_owned()).collect();
    }
    if lure.is_read() {
        seen.difficulty = Some(lure.phish_scale.difficulty.sentence(tongue).to_owned());
    }
}

/// Adds why it is understandable to be taken in. `turn` counts the answers this person had before and keeps them from
/// reading the same words twice in a row.
pub fn add_why(seen: &mut Seen, lure: &lure::Lure, locale: Locale, turn: i64) {
    if !seen.is_harmless() {
        let tongue = lure::Locale::from_tag(locale.tag());
        seen.understandable = lure::why_understandable(lure, tongue, turn.unsigned_abs());
    }
}

fn scale(lure: &lure::Lure, message: &mail::Message) -> SeenScale {
    let cues = lure.phish_scale.cues.iter().map(|cue| SeenCue {
        number: cue.number,
        count: cue.count,
        quotes: cue.marks.iter().filter_map(|mark| marked(mark, message)).take(3).collect(),
    });
    let scale = &lure.phish_scale;
    SeenScale {
        cues: cues.collect(),
        premise: scale.premise.elements().map(|element| element.applicability.points()),
        category: format!("{:?}", scale.category).to_lowercase(),
        alignment: format!("{:?}", scale.alignment).to_lowercase(),
        difficulty: scale.difficulty.code().to_owned(),
        provisional: scale.provisional,
    }
}

fn marked(mark: &lure::Mark, message: &mail::Message) -> Option<String> {
    let words = words_at(&mark.place, mark.span, message)?;
    (!words.is_empty()).then(|| clip(words))
}

/// Reads a message as the desk would, for people who want to see it without a desk.
pub fn see(raw: &[u8], setting: &mail::Setting) -> Seen {
    let reading = mail::read(raw, setting);
    let mut seen = Seen::from_reading(&reading);
    let lure = lure_of(&reading, setting);
    add_lure(&mut seen, reading.subject_message(), &lure);
    add_why(&mut seen, &lure, Locale::En, 0);
    seen
}

/// What the message in question does to people.
pub fn lure_of(reading: &Reading, setting: &mail::Setting) -> lure::Lure {
    lure::read(reading.subject_message(), &reading.evidence, setting)
}

/// What the reporter wrote above a forwarded message.
pub fn own_words(reading: &Reading) -> String {
    reading.own_words.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_in_english_words_files_is_what_the_engines_say() {
        let of_messages = mail::catalogue::RULES.iter().map(|rule| (rule.code, rule.plain));
        for (code, plain) in
            of_messages.chain(mail::attachments::RULES.iter().map(|rule| (rule.code, rule.plain)))
        {
            assert!(Locale::De.has(&format!("evidence-{code}")), "`{code}` has no German sentence");
            let marks: Vec<(&str, String)> = details(plain, plain)
                .expect("a pattern fits itself")
                .into_iter()
                .zip(["a", "b"])
                .map(|(mark, name)| (name, mark))
                .collect();
            let values: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (*name, mark.as_str())).collect();
            assert_eq!(Locale::En.say(&format!("evidence-{code}"), &values), plain, "`{code}` drifted");
        }
    }

    #[test]
    fn a_lever_carries_the_value_other_desks_know() {
        let mail = b"From: Head Office <boss@example.net>\r\nTo: ana@example.com\r\nSubject: Urgent\r\n\r\n\
            Pay this today, immediately, within the next hour. It is very urgent and cannot wait.\r\n";
        let seen = see(mail, &mail::Setting::default());
        let urgency = seen.levers.iter().find(|lever| lever.name == "urgency").expect("urgency is pulled");
        assert_eq!(urgency.principle, "distraction");
    }

    #[test]
    fn details_of_a_sentence_are_found_by_its_pattern() {
        assert_eq!(
            details("It says {0} but goes to {1}.", "It says bank.example but goes to 192.0.2.7."),
            Some(vec!["bank.example".into(), "192.0.2.7".into()])
        );
        assert_eq!(details("No details.", "No details."), Some(vec![]));
        assert_eq!(details("Ends in {0}", "Ends in x.zip"), Some(vec!["x.zip".into()]));
        assert_eq!(details("Other {0}.", "Not the same."), None);
    }
}
