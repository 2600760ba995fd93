//! The pages on the rules of the check: what each notices, why that hurts, and what to say instead. They show the rules' own files.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use lint::rule::{Example, LANGUAGES, Rule};

use crate::Desk;
use crate::error::{Error, Result};
use crate::page::{Frame, show};
use crate::who::{Public, Who};

#[derive(Template)]
#[template(path = "checking/rules.html")]
struct Rules {
    frame: Frame,
    languages: Vec<OfLanguage>,
}

/// The rules for texts in one language, by what they are about.
struct OfLanguage {
    language: &'static str,
    groups: Vec<(&'static str, Vec<&'static Rule>)>,
}

#[derive(Template)]
#[template(path = "checking/rule.html")]
struct OneRule {
    frame: Frame,
    rule: &'static Rule,
    language: &'static str,
    /// Headings as keys of the page's words, with what stands below.
    parts: Vec<(&'static str, Vec<Piece>)>,
    /// The same, with examples.
    examples: Vec<(&'static str, Vec<String>)>,
}

/// A stretch of text; rule files set the words they speak of between asterisks.
struct Piece {
    text: &'static str,
    spoken_of: bool,
}

/// How many examples a page shows.
const EXAMPLES: usize = 6;

pub(super) async fn all(State(desk): State<Desk>, public: Public, who: Result<Who>) -> Result<Response> {
    let mut languages: Vec<OfLanguage> = LANGUAGES
        .iter()
        .map(|set| {
            let mut rules: Vec<&'static Rule> = set.rules.iter().collect();
            rules.sort_by_key(|rule| (rule.group, rule.code));
            let groups = rules
                .chunk_by(|left, right| left.group == right.group)
                .filter_map(|rules| Some((rules.first()?.group.as_str(), rules.to_vec())))
                .collect();
            OfLanguage { language: set.language, groups }
        })
        .collect();
    let own = public.locale.tag();
    languages.sort_by_key(|one| one.language != own);
    show(&Rules { frame: Frame::either(&desk, who, public.locale, public.path), languages })
}

pub(super) async fn one(
    State(desk): State<Desk>,
    public: Public,
    who: Result<Who>,
    Path(code): Path<String>,
) -> Result<Response> {
    let rule = lint::rule::find(&code).ok_or(Error::NotFound)?;
    let language = LANGUAGES
        .iter()
        .find(|set| set.rules.iter().any(|one| one.code == rule.code))
        .map_or("en", |set| set.language);
    let parts = [
        ("rule-notices", rule.notices),
        ("rule-hurts", rule.hurts),
        ("rule-instead", rule.instead),
        ("rule-source", rule.source),
    ];
    let examples = [("rule-flags", rule.must_flag), ("rule-passes", rule.must_pass)];
    show(&OneRule {
        frame: Frame::either(&desk, who, public.locale, public.path),
        rule,
        language,
        parts: parts.into_iter().map(|(heading, text)| (heading, pieces(text))).collect(),
        examples: examples
            .into_iter()
            .map(|(heading, examples)| {
                (heading, examples.iter().filter_map(Example::line).take(EXAMPLES).collect())
            })
            .collect(),
    })
}

fn pieces(text: &'static str) -> Vec<Piece> {
    let pieces = text.trim().split('*').enumerate();
    pieces.map(|(number, text)| Piece { text, spoken_of: number % 2 == 1 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::TestDesk;

    #[tokio::test]
    async fn every_rule_explains_itself_on_a_page_of_its_own() {
        let test = TestDesk::new().await;
        let list = test.get("/check/rules", "").await;
        for rule in LANGUAGES.iter().flat_map(|set| set.rules) {
            let path = format!("/check/rules/{}", rule.code);
            assert!(list.body.contains(&format!("href=\"{path}\"")), "{} stands in the list", rule.code);
            let page = test.get(&path, "").await;
            assert!(page.status.is_success(), "{}", rule.code);
            for text in [rule.notices, rule.hurts, rule.instead, rule.source] {
                assert!(
                    pieces(text).len() % 2 == 1,
                    "{}: `{text}` opens words and does not close them",
                    rule.code
                );
            }
        }
        assert_eq!(test.get("/check/rules/NONE99", "").await.status, 404);
    }

    #[tokio::test]
    async fn a_mark_leads_to_its_rule() {
        let test = TestDesk::new().await;
        let page = test.post("/check", "", &[("text", "You should have checked the sender.")]).await;
        assert!(page.body.contains("href=\"/check/rules/BLM03\""));
    }

    #[tokio::test]
    async fn somebody_who_is_signed_in_keeps_their_navigation() {
        let test = TestDesk::new().await;
        let (_, cookie) = test.somebody(crate::who::Role::Responder).await;
        for path in ["/check", "/check/rules", "/check/rules/BLM03"] {
            let page = test.get(path, &cookie).await.body;
            assert!(page.contains("href=\"/inbox\"") && page.contains("The responder"), "{path}");
            assert!(!test.get(path, "").await.body.contains("href=\"/inbox\""), "{path}");
        }
    }
}
