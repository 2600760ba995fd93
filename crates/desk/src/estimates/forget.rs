//! Takes somebody's name out of estimates. The numbers stay; whatever sentence, title or comment holds the name goes, with all that it says.

use super::store;
use crate::db::Tx;
use crate::error::Result;

/// What stands in place of words that named somebody.
const GONE: &str = "words that named somebody were taken out";

crate::columns! {
    /// The words of one version.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
    pub(crate) struct Words {
        #[serde(skip)]
        pub id: crate::ids::VersionId,
        pub title: String,
        pub note: String,
        pub scenario: String,
        pub sentence: String,
        #[serde(skip)]
        pub brief: String,
    }
}

impl Words {
    fn name(&self, names: &dyn Fn(&str) -> bool) -> bool {
        [&self.title, &self.note, &self.scenario, &self.sentence].into_iter().any(|text| names(text))
            || names(&plain(&self.brief))
    }

    fn without(self, names: &dyn Fn(&str) -> bool) -> Words {
        let gone = |text: String| if names(&text) { GONE.to_owned() } else { text };
        Words {
            title: gone(self.title),
            note: gone(self.note),
            sentence: gone(self.sentence),
            scenario: scenario(&self.scenario, names),
            brief: brief(&self.brief, names),
            ..self
        }
    }
}

/// The versions whose words name somebody. `like` is the name as text in lower case, `names` says for sure.
pub(crate) async fn naming(tx: &mut Tx, like: &str, names: &dyn Fn(&str) -> bool) -> Result<Vec<Words>> {
    let mut found = store::words_like(tx, like).await?;
    found.retain(|words| words.name(names));
    Ok(found)
}

/// Takes the name out of them.
pub(crate) async fn forget(tx: &mut Tx, like: &str, names: &dyn Fn(&str) -> bool) -> Result<()> {
    for words in naming(tx, like, names).await? {
        let words = words.without(names);
        store::set_words(tx, &words, &risk::fingerprint(&words.scenario)).await?;
    }
    store::take_titles_over(tx).await
}

/// A scenario (TOML) without the comments and texts that hold a name.
fn scenario(text: &str, names: &dyn Fn(&str) -> bool) -> String {
    let line = |line: &str| {
        if !names(line) {
            return line.to_owned();
        }
        if line.trim_start().starts_with('#') {
            return format!("# {GONE}");
        }
        let mut parts: Vec<String> = line.split('"').map(str::to_owned).collect();
        for part in parts.iter_mut().skip(1).filter(|part| names(part)) {
            *part = GONE.to_owned();
        }
        let line = parts.join("\"");
        // What is left is a comment behind the numbers, or a text written in a way of its own.
        if names(&line) { format!("# {GONE}") } else { line }
    };
    text.lines().map(|one| line(one) + "\n").collect()
}

/// A brief (HTML) without the pieces of text that hold a name.
fn brief(page: &str, names: &dyn Fn(&str) -> bool) -> String {
    let piece = |piece: &str| match piece.split_once('>') {
        Some((tag, text)) if names(&plain(text)) => format!("{tag}>{GONE}"),
        _ => piece.to_owned(),
    };
    let page = page.split('<').map(piece).collect::<Vec<_>>().join("<");
    // A name in what only a screen reader says, or cut by a mark: then the sentence and the numbers of the scenario have to do.
    if names(&page.replace(['<', '>'], " ")) || names(&plain(&page)) {
        format!("<p>{GONE}</p>")
    } else {
        page
    }
}

/// The signs that a page writes in a longer way.
fn plain(text: &str) -> String {
    let signs = [("&#39;", "'"), ("&#x27;", "'"), ("&quot;", "\""), ("&#34;", "\""), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (long, short)| text.replace(long, short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_scenario_stay_and_the_words_about_somebody_go() {
        let names = |text: &str| text.to_lowercase().contains("kim berg");
        let text = "# Asked Kim Berg.\nname = \"Fraud\"\nloss_events = { pert = [1, 2, 5], unit = \"per year\", because = \"Kim Berg, who clicked\" }\n";
        let left = scenario(text, &names);
        assert!(
            !names(&left) && left.contains("[1, 2, 5], unit = \"per year\"") && left.contains("\"Fraud\"")
        );
        assert_eq!(brief("<p>By Kim Berg</p><b>5</b>", &names), format!("<p>{GONE}</p><b>5</b>"));
        assert_eq!(brief("<i title=\"Kim Berg\">5</i>", &names), format!("<p>{GONE}</p>"));
    }
}
