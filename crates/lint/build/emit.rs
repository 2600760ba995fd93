//! Writes rules and tables as Rust source: arrays of plain values.

use super::Language;
use super::phrase::table::{Accept, Edge, Table, Test};
use super::rule_file::{AUDIENCES, ExampleText, FixLine, GROUPS, KINDS, RuleFile};
use std::fmt::{Debug, Write};

/// The source of `rules.rs`.
pub fn source(languages: &[Language]) -> String {
    let mut out = String::new();
    for language in languages {
        let upper = language.name.to_uppercase();
        let _ = writeln!(out, "/// The rules of this language.\npub static RULES_{upper}: &[Rule] = &[");
        for rule in &language.rules {
            emit_rule(&mut out, rule);
        }
        let _ = writeln!(
            out,
            "];\n/// The phrases of this language.\npub static TABLE_{upper}: Table = {};",
            table(&language.table)
        );
    }
    let _ = writeln!(out, "/// Every language that has rules.\npub static LANGUAGES: &[RuleSet] = &[");
    for language in languages {
        let upper = language.name.to_uppercase();
        let _ = writeln!(
            out,
            "RuleSet {{ language: {:?}, rules: RULES_{upper}, table: &TABLE_{upper} }},",
            language.name
        );
    }
    out.push_str("];\n");
    out
}

fn emit_rule(out: &mut String, rule: &RuleFile) {
    let value = |key: &str| rule.head.get(key).map_or("", String::as_str);
    let safe: Vec<&str> =
        rule.phrases.iter().filter(|line| line.safe).filter_map(|line| line.replacement.as_deref()).collect();
    let level = |key: &str| match value(key) {
        "" => "None".to_string(),
        "off" => "Some(None)".to_string(),
        level => format!("Some(Some(Severity::{}))", camel(level)),
    };
    let group = GROUPS.iter().find(|group| **group == value("group")).copied().unwrap_or("");
    let guards = value("guards");
    let message = value("message");
    let kind = if value("examples").is_empty() { "other" } else { value("examples") };
    let matcher = match value("matcher") {
        "" => "None".to_string(),
        path => format!("Some(crate::matchers::{path})"),
    };
    let _ = writeln!(
        out,
        "Rule {{ code: {:?}, name: {:?}, title: {:?}, group: Group::{}, default: {}, by_kind: [{}], by_audience: [{}], \
         example_kind: Kind::{}, message: {message:?}, negation: {}, question: {}, quoted: {}, matcher: {matcher}, whole: {}, hears: {}, doubted: {}, yields: &{:?}, once: {}, \
         notices: {:?}, hurts: {:?}, instead: {:?}, source: {:?}, must_flag: &{}, must_pass: &{}, safe: &{:?}, fixes: &{} }},",
        value("code"),
        value("name"),
        rule.title,
        camel(group),
        default_level(value("severity")),
        KINDS.map(level).join(", "),
        AUDIENCES.map(level).join(", "),
        camel(kind),
        guards.contains("negation"),
        guards.contains("question"),
        value("quoted") == "no",
        value("matcher").contains("::no_"),
        value("hears") == "sentences",
        value("doubt") == "on" || value("doubt") != "off" && value("matcher").is_empty(),
        value("yields").split_whitespace().collect::<Vec<_>>(),
        value("once") == "list",
        rule.notices,
        rule.hurts,
        rule.instead,
        rule.source,
        examples(&rule.must_flag),
        examples(&rule.must_pass),
        safe,
        fixes(&rule.fixes),
    );
}

fn default_level(level: &str) -> String {
    if level == "off" { "None".to_string() } else { format!("Some(Severity::{})", camel(level)) }
}

fn examples(examples: &[ExampleText]) -> String {
    let items = examples.iter().map(|example| {
        let kind =
            example.kind.as_ref().map_or("None".to_string(), |kind| format!("Some(Kind::{})", camel(kind)));
        format!("Example {{ kind: {kind}, text: {:?} }}", example.text)
    });
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn fixes(fixes: &[FixLine]) -> String {
    let items = fixes.iter().map(|fix| {
        format!("FixExample {{ before: {:?}, after: {:?}, safe: {} }}", fix.before, fix.after, fix.safe)
    });
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn table(table: &Table) -> String {
    let edge = |edge: &Edge| format!("Edge{{test:{},node:{}}}", test(edge.test), edge.node);
    let accept = |accept: &Accept| {
        format!(
            "Accept{{rule:{},action:Action::{:?},replacement:{},safe:{}}}",
            accept.rule, accept.action, accept.replacement, accept.safe
        )
    };
    format!(
        "Table{{words:{},slots:{},class_at:{},class_of:{},class_bits:{},root_words:{},root_tests:{},sentence_root:{},nodes:{},\
         word_edges:{},edges:{},accepts:{},prefixes:{},replacements:{},negation:{},turn:{}}}",
        list(&table.words, plain),
        list(&table.slots, plain),
        list(&table.class_at, plain),
        list(&table.class_of, plain),
        list(&table.class_bits, plain),
        list(&table.root_words, plain),
        list(&table.root_tests, edge),
        table.sentence_root,
        list(&table.nodes, |node| format!(
            "Node{{words:{:?},edges:{:?},classes:{},bits:{},accepts:{:?}}}",
            node.words, node.edges, node.classes, node.bits, node.accepts
        )),
        list(&table.word_edges, |edge| format!("WordEdge{{word:{},node:{}}}", edge.word, edge.node)),
        list(&table.edges, edge),
        list(&table.accepts, accept),
        list(&table.prefixes, |text| format!("Cow::Borrowed({text:?})")),
        list(&table.replacements, |text| format!("Cow::Borrowed({text:?})")),
        table.negation,
        table.turn,
    )
}

fn list<T>(items: &[T], each: impl Fn(&T) -> String) -> String {
    format!("Cow::Borrowed(&[{}])", items.iter().map(each).collect::<Vec<_>>().join(","))
}

fn plain<T: Debug>(value: &T) -> String {
    format!("{value:?}")
}

fn test(test: Test) -> String {
    format!("Test::{test:?}")
}

/// `next-step` as `NextStep`.
fn camel(name: &str) -> String {
    name.split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
        })
        .collect()
}
