//! Our own practice messages, known by a header with a value that only we configure.

use finding::Span;

use crate::catalogue::evidence;
use crate::facts::Facts;
use crate::{Evidence, Place, domains};

/// Evidence that the message is one of our drills: a header with the configured value, or links to nowhere but the
/// drills' own hosts. The value must match exactly and may not be empty, so that a
/// stranger who knows the name of the header cannot dress up as a drill. The hosts are known to everybody who ever got a drill:
/// their link alone excuses nothing that weighs by itself.
pub(crate) fn check(facts: &Facts<'_>, found: &mut Vec<Evidence>) {
    let (message, setting) = (facts.message, facts.setting);
    let ours = setting.drill_headers.iter().find(|(name, value)| {
        !value.is_empty() && message.headers_named(name).any(|seen| seen.trim() == value)
    });
    if let Some((name, _)) = ours {
        found.push(evidence("drill-ours", Place::Header(name.clone()), Span::default(), &[name]));
        return;
    }
    let leads_to_drill = |host: &str| setting.drill_hosts.iter().any(|drill| domains::within(host, drill));
    if message.attachments.is_empty()
        && facts.targets_known
        && let Some((index, first)) = facts.urls.first()
        && facts.urls.iter().all(|(_, url)| leads_to_drill(&url.host))
    {
        found.push(evidence("drill-link", Place::Link(*index), Span::default(), &[&first.host]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Link, Message, Setting};

    fn check_header(value: &str, configured: &str) -> usize {
        let message =
            Message { headers: vec![("x-drill".to_owned(), value.to_owned())], ..Message::default() };
        let setting = Setting {
            drill_headers: vec![("X-Drill".to_owned(), configured.to_owned())],
            ..Setting::default()
        };
        let mut found = Vec::new();
        check(&Facts::new(&message, &setting), &mut found);
        found.len()
    }

    #[test]
    fn only_the_configured_value_makes_a_drill() {
        assert_eq!(check_header("secret-1", "secret-1"), 1);
        assert_eq!(check_header("secret-2", "secret-1"), 0);
        assert_eq!(check_header("", ""), 0);
    }

    #[test]
    fn links_make_a_drill_only_when_all_lead_there() {
        let count = |targets: &[&str]| {
            let links = targets
                .iter()
                .map(|target| Link { target: (*target).to_owned(), ..Link::default() })
                .collect();
            let message = Message { links, ..Message::default() };
            let setting = Setting { drill_hosts: vec!["drill.example.org".to_owned()], ..Setting::default() };
            let mut found = Vec::new();
            check(&Facts::new(&message, &setting), &mut found);
            found.len()
        };
        assert_eq!(count(&["https://drill.example.org/a"]), 1);
        assert_eq!(count(&["https://drill.example.org/a", "https://evil.example.com/"]), 0);
        assert_eq!(count(&["https://notdrill.example.org/a"]), 0);
    }
}
