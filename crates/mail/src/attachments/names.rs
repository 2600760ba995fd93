//! What a file's name says, and what it hides.

use super::rules::evidence;
use crate::evidence::Evidence;

/// The lower-case ending without its dot, or nothing; invisible marks do not hide it.
pub(super) fn extension(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !is_mark(*c)).collect();
    let bare = visible.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let last = bare.rsplit(['/', '\\']).next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 20 => ending.to_lowercase(),
        _ => String::new(),
    }
}

/// The rule for an ending that is dangerous whatever the content.
pub(super) fn dangerous(extension: &str) -> Option<&'static str> {
    DANGEROUS.iter().find(|(_, endings)| endings.contains(&extension)).map(|(rule, _)| *rule)
}

/// Endings by the rule they fall under.
static DANGEROUS: [(&str, &[&str]); 8] = [
    (
        "attachment-program",
        &[
            "exe",
            "scr",
            "com",
            "pif",
            "cpl",
            "msi",
            "msp",
            "dll",
            "jar",
            "apk",
            "appx",
            "msix",
            "msixbundle",
            "appinstaller",
            "gadget",
            "pkg",
            "xll",
            "wll",
            "ocx",
            "sys",
            "elf",
            "deb",
            "rpm",
            "application",
            "xbap",
        ],
    ),
    (
        "attachment-script",
        &[
            "js",
            "jse",
            "vbs",
            "vbe",
            "wsf",
            "wsh",
            "wsc",
            "hta",
            "ps1",
            "psm1",
            "psd1",
            "bat",
            "cmd",
            "sct",
            "reg",
            "msc",
            "inf",
            "command",
            "scpt",
            "applescript",
            "pyw",
        ],
    ),
    (
        "attachment-shortcut",
        &[
            "lnk",
            "desktop",
            "library-ms",
            "search-ms",
            "searchconnector-ms",
            "scf",
            "settingcontent-ms",
            "appref-ms",
            "theme",
            "themepack",
            "diagcab",
        ],
    ),
    ("attachment-disk-image", &["iso", "img", "vhd", "vhdx", "udf", "dmg", "vmdk", "wim", "nrg"]),
    ("attachment-web-shortcut", &["url", "website", "webloc"]),
    ("attachment-help-file", &["chm", "hlp"]),
    ("attachment-remote-desktop", &["rdp", "ica"]),
    ("attachment-data-query", &["iqy", "oqy", "dqy", "rqy", "slk", "odc"]),
];

/// Endings that people know and trust, which attackers put in the middle of a name.
static TRUSTED: [&str; 26] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "csv", "jpg", "jpeg", "png", "gif",
    "mp3", "mp4", "wav", "avi", "htm", "html", "zip", "odt", "ods", "eml", "msg", "tif",
];

/// What the name alone shows.
pub(super) fn look(name: &str, found: &mut Vec<Evidence>) {
    let ending = extension(name);
    if name.chars().any(is_override) && !ending.is_empty() {
        found.push(evidence("attachment-name-reversed", name, &ending));
    }
    if name.chars().filter(|c| is_filler(*c)).count() >= 2 {
        let visible: String = name.chars().filter(|c| !is_filler(*c)).collect();
        found.push(evidence(
            "attachment-name-disguised",
            &visible,
            &format!("{} of them", name.chars().filter(|c| is_filler(*c)).count()),
        ));
    }
    let Some(rule) = dangerous(&ending) else { return };
    found.push(evidence(rule, name, &format!(".{ending}")));
    let visible: String = name.chars().filter(|c| !is_mark(*c)).collect();
    let before = visible
        .trim_end_matches(['.', ' '])
        .get(..)
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(before, _)| before);
    let shown = before.trim_end();
    if before.len().saturating_sub(shown.len()) >= 3 {
        found.push(evidence("attachment-name-padded", name, &format!(".{ending}")));
    }
    let inner = extension(shown);
    if shown.contains('.') && TRUSTED.contains(&inner.as_str()) {
        found.push(evidence("attachment-double-extension", name, &format!(".{inner}, is .{ending}")));
    }
}

/// A mark that reverses the direction of what follows.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character that nobody sees and no language needs in a name; put between letters it defeats word filters.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
    )
}

/// A character that nobody sees.
fn is_mark(c: char) -> bool {
    is_override(c) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        let mut found = Vec::new();
        look(name, &mut found);
        let codes: Vec<&str> = found.iter().map(|one| one.finding.rule.as_ref()).collect();
        assert_eq!(codes, expected, "{name:?}");
    }

    #[test]
    fn names_tell_what_they_hide() {
        check("invoice.pdf", &[]);
        check("report.v2.docx", &[]);
        check("setup.exe", &["attachment-program"]);
        check("invoice.pdf.exe", &["attachment-program", "attachment-double-extension"]);
        check(
            "invoice.pdf           .js",
            &["attachment-script", "attachment-name-padded", "attachment-double-extension"],
        );
        check("gpj\u{202e}fdp.exe", &["attachment-name-reversed", "attachment-program"]);
        check("photo_\u{202e}gnp.scr", &["attachment-name-reversed", "attachment-program"]);
        check("D\u{34f}e\u{34f}t.pdf", &["attachment-name-disguised"]);
        check("نام\u{200c}ها.pdf", &[]);
        check("A.EXE. ", &["attachment-program"]);
        check("payload.l\u{200b}nk", &["attachment-shortcut"]);
        check("disk.iso", &["attachment-disk-image"]);
        check("", &[]);
        check("...", &[]);
        check("no ending", &[]);
    }
}
