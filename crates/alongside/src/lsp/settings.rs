//! What the editor may set under `alongside`. One setting of the wrong kind leaves the others as they are, and is said.

use tower_lsp_server::ls_types::LSPAny;

#[derive(Default)]
pub(super) struct Settings {
    /// A path to a profile.
    pub profile: Option<String>,
    /// The kind of all documents.
    pub kind: Option<String>,
    /// What could not be used.
    pub problem: Option<String>,
}

impl Settings {
    /// Settings may come bare or under `alongside`.
    pub fn of(value: LSPAny) -> Settings {
        let inner = value.get("alongside").unwrap_or(&value);
        let mut problem = None;
        let mut text = |name: &str| match inner.get(name) {
            None | Some(LSPAny::Null) => None,
            Some(LSPAny::String(text)) => Some(text.clone()),
            Some(other) => {
                problem =
                    Some(format!("`alongside.{name}` is {other}, and a text is meant; it is left aside."));
                None
            }
        };
        let (profile, kind) = (text("profile"), text("kind"));
        Settings { profile, kind, problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_of_the_wrong_kind_leaves_the_others() {
        let settings = Settings::of(serde_json::json!({ "alongside": { "profile": 5, "kind": "reply" } }));
        assert_eq!((settings.profile, settings.kind.as_deref()), (None, Some("reply")));
        assert!(settings.problem.is_some_and(|problem| problem.contains("`alongside.profile` is 5")));
        assert!(Settings::of(serde_json::json!({ "kind": "reply" })).problem.is_none());
    }
}
