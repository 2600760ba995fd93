//! What a house decided about its texts: an audience (`.alongside.toml`, looked for from each text's folder upward) and styles
//! written for Vale. The same for the terminal and for editors.

use crate::say::talk;
use finding::Finding;
use lint::check::HOUSE_WORDS;
use lint::vale::Style;
use lint::{Checker, Draft, Profile, Report};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a profile that is found by itself.
const FILE: &str = ".alongside.toml";

/// An audience, and further styles to check by.
#[derive(Default)]
pub(crate) struct House {
    pub profile: Profile,
    styles: Vec<Style>,
}

impl House {
    /// Reads a profile and the styles it names, whose paths count from its folder.
    pub fn read(path: &Path) -> Result<House, String> {
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!(
                "there is no profile `{}`\nhint: a profile is a TOML file; without `--profile` the nearest `{FILE}` is used, or none",
                path.display()
            ),
            _ => format!("the profile `{}` could not be read: {error}", path.display()),
        })?;
        let profile = Profile::from_toml(&text)
            .map_err(|error| format!("the profile `{}`: {error}", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let styles =
            profile.styles.iter().map(|style| style_of(&folder.join(style))).collect::<Result<_, _>>()?;
        House { profile, styles }.with_styles(&[])
    }

    /// Adds the styles in these folders.
    pub fn with_styles(mut self, folders: &[PathBuf]) -> Result<House, String> {
        for folder in folders {
            self.styles.push(style_of(folder)?);
        }
        match self.profile.rules.keys().find(|name| self.names_nothing(name)) {
            Some(name) => Err(format!(
                "the profile names the rule `{name}`, and the style has none of that name\nhint: a rule is called by its style and its file, without `.yml`"
            )),
            None => Ok(self),
        }
    }

    /// Whether a name is that of a rule in a style that is here, and the style has no such rule.
    fn names_nothing(&self, name: &str) -> bool {
        let of_it = || self.styles.iter().filter(|style| name.split('.').next() == Some(&style.name));
        let mut known = of_it().flat_map(|style| {
            style.rules.iter().map(|rule| &rule.name).chain(style.skipped.iter().map(|(rule, _)| rule))
        });
        name.contains('.') && of_it().next().is_some() && !known.any(|rule| rule == name)
    }

    /// What is found in a draft, our rules and the styles together, in reading order.
    pub fn check(&self, draft: &Draft<'_>) -> Report {
        let mut report = Checker::standard().check(draft);
        // What belongs to no rule of a language has its severity from the profile alone.
        let own = |finding: &Finding| {
            [HOUSE_WORDS, lint::IDLE_NOTE, lint::OTHER_LANGUAGE].contains(&finding.rule.as_ref())
        };
        let (unknown, answered) = lint::answered(
            draft.text,
            draft.format,
            super::language::unknown(draft, &report).into_iter().collect(),
        );
        report.allowed.extend(answered);
        report.findings.splice(0..0, unknown);
        report.findings.retain_mut(|finding| !own(finding) || self.decides(finding));
        if self.styles.is_empty() {
            return report;
        }
        let rules = self.styles.iter().flat_map(|style| &style.rules);
        let mut more = lint::vale::check(rules, draft.text, draft.format);
        more.retain_mut(|finding| self.decides(finding));
        let (more, allowed) = lint::answered(draft.text, draft.format, more);
        report.allowed.extend(allowed);
        if !more.is_empty() {
            report.findings.extend(more);
            report.findings.sort_by(|left, right| (left.span, &left.rule).cmp(&(right.span, &right.rule)));
        }
        report
    }

    /// Gives a finding the severity that the profile names for its rule; false where that is off.
    fn decides(&self, finding: &mut Finding) -> bool {
        let level = self.profile.rules.get(finding.rule.as_ref()).copied();
        finding.severity = level.flatten().unwrap_or(finding.severity);
        level != Some(None)
    }
}

/// The rules of the folder of one style, such as `styles/Microsoft`.
fn style_of(folder: &Path) -> Result<Style, String> {
    let cannot = |why: String| {
        format!(
            "the style `{}` could not be read: {why}\nhint: a style is a folder of rules (`.yml`) as Vale has them",
            folder.display()
        )
    };
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| cannot(error.to_string()))? {
        let path = entry.map_err(|error| cannot(error.to_string()))?.path();
        let is_rule = path.extension().is_some_and(|end| end == "yml" || end == "yaml");
        if let (true, Some(name)) = (is_rule, path.file_stem()) {
            let text = std::fs::read_to_string(&path).map_err(|error| cannot(error.to_string()))?;
            files.push((name.to_string_lossy().into_owned(), text));
        }
    }
    if files.is_empty() {
        return Err(cannot("it holds no rule".to_owned()));
    }
    files.sort();
    let name = folder.file_name().map_or_else(|| "style".into(), |name| name.to_string_lossy());
    let style = Style::read(&name, files.iter().map(|(rule, text)| (rule.as_str(), text.as_str())));
    for (rule, reason) in &style.skipped {
        talk!("alongside: `{rule}` is left out: {reason}");
    }
    if style.rules.is_empty() {
        return Err(cannot("none of its rules can run here".to_owned()));
    }
    Ok(style)
}

/// The houses of many texts; each profile is read once.
#[derive(Default)]
pub(crate) struct Houses {
    by_profile: BTreeMap<Option<PathBuf>, Arc<House>>,
}

impl Houses {
    /// The house of a text: that of the nearest profile, or one without any.
    pub fn of(&mut self, text: &Path, styles: &[PathBuf]) -> Result<Arc<House>, String> {
        let nearest = nearest(text);
        if let Some(known) = self.by_profile.get(&nearest) {
            return Ok(Arc::clone(known));
        }
        let house = match &nearest {
            Some(path) => House::read(path)?,
            None => House::default(),
        };
        let house = Arc::new(house.with_styles(styles)?);
        self.by_profile.insert(nearest, Arc::clone(&house));
        Ok(house)
    }
}

/// The nearest profile from the folder of a text upward.
fn nearest(text: &Path) -> Option<PathBuf> {
    let text = std::path::absolute(text).ok()?;
    // Also one that cannot be read, such as a link to nowhere, is somebody's profile: that is said, not passed over.
    text.ancestors().skip(1).map(|folder| folder.join(FILE)).find(|path| path.symlink_metadata().is_ok())
}
