//! Reads a rule file (`rules/<language>/<CODE>.md`) and says what is missing in it. Used when the crate is built.
//! The format is described in `docs/contributing/add-a-rule.md`.

use std::collections::BTreeMap;

/// Everything one rule file says.
#[derive(Clone, Debug, Default)]
pub struct RuleFile {
    pub head: BTreeMap<String, String>,
    pub title: String,
    pub notices: String,
    pub hurts: String,
    pub instead: String,
    pub source: String,
    pub phrases: Vec<PhraseLine>,
    pub silent: Vec<(Scope, String)>,
    pub must_flag: Vec<ExampleText>,
    pub must_pass: Vec<ExampleText>,
    pub fixes: Vec<FixLine>,
}

/// One line under `Phrases`.
#[derive(Clone, Debug)]
pub struct PhraseLine {
    pub phrase: String,
    pub replacement: Option<String>,
    pub safe: bool,
}

/// One line under `Fixes`.
#[derive(Clone, Debug)]
pub struct FixLine {
    pub before: String,
    /// The same as `before` where no fix may change it.
    pub after: String,
    pub safe: bool,
}

/// How far a line under `Silent when` reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Here,
    Before,
    Sentence,
    Near,
    Document,
}

/// One small document that the rule must flag or leave alone.
#[derive(Clone, Debug)]
pub struct ExampleText {
    /// The kind of document, when a fence names one.
    pub kind: Option<String>,
    pub text: String,
}

pub const GROUPS: [&str; 13] = [
    "blame",
    "shame",
    "fear",
    "next-step",
    "clarity",
    "vagueness",
    "register",
    "empathy",
    "warning",
    "lure",
    "inclusive",
    "executive",
    "policy",
];
pub const KINDS: [&str; 10] = [
    "reply",
    "awareness",
    "warning",
    "policy",
    "review",
    "executive",
    "drill",
    "commit",
    "documentation",
    "other",
];
pub const AUDIENCES: [&str; 3] = ["formal", "casual", "expert"];
pub const LEVELS: [&str; 5] = ["off", "note", "suggestion", "warning", "error"];
/// What a document may say, for the matchers: the headings of `signals.md`.
pub const SIGNALS: [&str; 34] = [
    "ask",
    "step",
    "bait",
    "nothing-to-do",
    "contact",
    "deadline",
    "urgency",
    "thanks",
    "our-next-step",
    "threat",
    "danger",
    "coping",
    "greeting",
    "apology",
    "consequence",
    "choice",
    "evidence",
    "business",
    "decision",
    "reason",
    "referral",
    "report-received",
    "owner",
    "courtesy",
    "effect",
    "offer",
    "measure",
    "to-everyone",
    "like-policy",
    "like-review",
    "like-executive",
    "like-drill",
    "like-warning",
    "like-commit",
];
const OTHER_KEYS: [&str; 13] = [
    "code", "name", "group", "severity", "examples", "message", "guards", "quoted", "matcher", "hears",
    "doubt", "yields", "once",
];
const LEAST_LINES: usize = 10;

/// Reads a rule file; `stem` is its name without `.md`. All that is wrong with it is returned at once.
pub fn read(stem: &str, text: &str) -> Result<RuleFile, Vec<String>> {
    let mut wrong = Vec::new();
    let mut rule = RuleFile::default();
    let text = text.replace("\r\n", "\n");
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return Err(vec!["the head between two lines `---` is missing".to_string()]);
    };
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once(':') {
            Some((key, value)) => {
                rule.head.insert(key.trim().to_string(), value.trim().to_string());
            }
            None => wrong.push(format!("head: `{line}` has no `:`")),
        }
    }
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    let mut fenced = false;
    for line in body.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if let (false, Some(title)) = (fenced, line.strip_prefix("# ")) {
            rule.title = title.trim().to_string();
        } else if let (false, Some(section)) = (fenced, line.strip_prefix("## ")) {
            name = section.trim().to_string();
            if sections.insert(name.clone(), String::new()).is_some() {
                wrong.push(format!("the section `{name}` stands twice"));
            }
        } else if let Some(section) = sections.get_mut(&name) {
            section.push_str(line);
            section.push('\n');
        } else if !line.trim().is_empty() {
            wrong.push(format!("`{line}` stands in no section"));
        }
    }
    check_head(stem, &rule.head, &mut wrong);
    if rule.title.is_empty() {
        wrong.push("the title `# …` is missing".to_string());
    }
    let mut take = |name: &str| sections.remove(name);
    for (name, place) in [
        ("What it notices", &mut rule.notices),
        ("Why it hurts", &mut rule.hurts),
        ("Say instead", &mut rule.instead),
        ("Source", &mut rule.source),
    ] {
        match take(name) {
            Some(text) if !text.trim().is_empty() => *place = text.trim().to_string(),
            _ => wrong.push(format!("the section `{name}` is missing")),
        }
    }
    for line in take("Phrases").unwrap_or_default().lines().filter_map(|line| line.strip_prefix("- ")) {
        rule.phrases.push(phrase_line(line.trim()));
    }
    for line in take("Silent when").unwrap_or_default().lines().filter_map(|line| line.strip_prefix("- ")) {
        let scopes = [
            ("sentence:", Scope::Sentence),
            ("before:", Scope::Before),
            ("near:", Scope::Near),
            ("document:", Scope::Document),
        ];
        let scope = scopes.iter().find_map(|(word, scope)| Some((*scope, line.trim().strip_prefix(word)?)));
        let (scope, phrase) = scope.unwrap_or((Scope::Here, line));
        rule.silent.push((scope, phrase.trim().to_string()));
    }
    for (name, place) in [("Must flag", &mut rule.must_flag), ("Must pass", &mut rule.must_pass)] {
        *place = examples(&take(name).unwrap_or_default());
        if place.len() < LEAST_LINES {
            wrong.push(format!("`{name}` has {} lines; it needs {LEAST_LINES}", place.len()));
        }
        for example in place.iter() {
            if let Some(kind) = example.kind.as_deref().filter(|kind| !KINDS.contains(kind)) {
                wrong.push(format!("`{name}`: there is no kind of document `{kind}`"));
            }
        }
    }
    for line in take("Fixes").unwrap_or_default().lines().filter_map(|line| line.strip_prefix("- ")) {
        rule.fixes.push(fix_line(line.trim()));
    }
    if rule.fixes.is_empty() && rule.phrases.iter().any(|line| line.safe) {
        wrong.push(
            "a machine may apply its replacements, and no line under `Fixes` shows what comes out"
                .to_string(),
        );
    }
    wrong.extend(sections.keys().map(|name| format!("there is no section `{name}` in a rule")));
    if rule.phrases.is_empty() && !["matcher", "hears"].iter().any(|key| rule.head.contains_key(*key)) {
        wrong.push("neither `Phrases` nor a `matcher` nor `hears` says what to look for".to_string());
    }
    if wrong.is_empty() { Ok(rule) } else { Err(wrong) }
}

/// Reads `words.md`: the lists by name.
pub fn read_words(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            name = heading.trim().to_string();
        } else if let Some(word) = line.strip_prefix("- ") {
            lists.entry(name.clone()).or_default().push(word.trim().to_string());
        }
    }
    lists
}

fn check_head(stem: &str, head: &BTreeMap<String, String>, wrong: &mut Vec<String>) {
    let value = |key: &str| head.get(key).map_or("", String::as_str);
    for key in ["code", "name", "group", "severity", "message"] {
        if value(key).is_empty() {
            wrong.push(format!("head: `{key}` is missing"));
        }
    }
    if value("code") != stem {
        wrong.push(format!("head: the code `{}` differs from the file name", value("code")));
    }
    if !is_code(stem) {
        wrong.push("the code is three capitals and two digits".to_string());
    }
    if !GROUPS.contains(&value("group")) {
        wrong.push(format!("head: there is no group `{}`", value("group")));
    }
    if let Some(kind) = head.get("examples").filter(|kind| !KINDS.contains(&kind.as_str())) {
        wrong.push(format!("head: there is no kind of document `{kind}`"));
    }
    for (key, value) in head {
        let level = key == "severity" || KINDS.contains(&key.as_str()) || AUDIENCES.contains(&key.as_str());
        if level && !LEVELS.contains(&value.as_str()) {
            wrong.push(format!("head: `{key}: {value}` is not a severity"));
        }
        if !level && !OTHER_KEYS.contains(&key.as_str()) {
            wrong.push(format!("head: there is no key `{key}`"));
        }
        if key == "yields" {
            for name in value.split_whitespace().filter(|name| !GROUPS.contains(name) && !is_code(name)) {
                wrong.push(format!("head: it cannot yield to `{name}`, which is neither a group nor a code"));
            }
        }
        if key == "guards" {
            for guard in value.split([',', ' ']).filter(|guard| !guard.is_empty()) {
                if !["negation", "question"].contains(&guard) {
                    wrong.push(format!("head: there is no guard `{guard}`"));
                }
            }
        }
    }
}

/// Three capitals and two digits.
fn is_code(name: &str) -> bool {
    let (letters, digits) = name.split_at_checked(3).unwrap_or((name, ""));
    digits.len() == 2
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn phrase_line(line: &str) -> PhraseLine {
    for (arrow, safe) in [(" => ", true), (" -> ", false)] {
        if let Some((phrase, replacement)) = line.split_once(arrow) {
            let replacement = replacement.trim();
            let replacement = if replacement == "\"\"" { "" } else { replacement };
            return PhraseLine {
                phrase: phrase.trim().to_string(),
                replacement: Some(replacement.to_string()),
                safe,
            };
        }
    }
    PhraseLine { phrase: line.to_string(), replacement: None, safe: false }
}

fn fix_line(line: &str) -> FixLine {
    for (arrow, safe) in [(" => ", true), (" -> ", false)] {
        if let Some((before, after)) = line.split_once(arrow) {
            return FixLine { before: before.trim().to_string(), after: after.trim().to_string(), safe };
        }
    }
    FixLine { before: line.to_string(), after: line.to_string(), safe: false }
}

fn examples(section: &str) -> Vec<ExampleText> {
    let mut found = Vec::new();
    let mut open: Option<ExampleText> = None;
    for line in section.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(example), None) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, Some(kind)) => {
                let kind = Some(kind.trim()).filter(|kind| !kind.is_empty()).map(str::to_string);
                open = Some(ExampleText { kind, text: String::new() });
            }
            (None, None) => {
                if let Some(text) = line.strip_prefix("- ") {
                    found.push(ExampleText { kind: None, text: text.trim().to_string() });
                }
            }
        }
    }
    found
}
