//! What an attachment can show, in words: one row per rule, with a plain sentence for the reporter, a sentence for
//! the responder and a weight (roughly ten times the logarithm of how much likelier harm becomes).
//! `{name}` stands for the file's name and `{detail}` for what was seen in it.

use crate::evidence::{Evidence, Place, Source};
use finding::{Finding, Severity, Span};
use std::borrow::Cow;

/// One thing an attachment can show.
pub struct Rule {
    pub code: &'static str,
    pub weight: i32,
    pub plain: &'static str,
    pub responder: &'static str,
}

/// Evidence by its rule's code. A code that has no row would be a slip of ours and still gives evidence.
pub(super) fn evidence(code: &'static str, name: &str, detail: &str) -> Evidence {
    let rule = RULES.iter().find(|rule| rule.code == code);
    let (weight, plain, responder) =
        rule.map_or((0, code, code), |rule| (rule.weight, rule.plain, rule.responder));
    let fill = |words: &str| words.replace("{name}", &shown(name)).replace("{detail}", &shown(detail));
    let severity = match weight {
        ..=0 => Severity::Note,
        1..20 => Severity::Suggestion,
        20..35 => Severity::Warning,
        35.. => Severity::Error,
    };
    Evidence {
        finding: Finding {
            rule: Cow::Borrowed(code),
            span: Span::default(),
            severity,
            message: fill(plain),
            why: fill(responder),
            fix: None,
        },
        weight,
        place: Place::Attachment(0),
        source: Source::Attachment,
    }
}

/// A name as it can be shown safely: direction marks and control characters made visible, length bounded.
pub(super) fn shown(name: &str) -> String {
    let visible = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '⇄',
        c if c.is_control() => ' ',
        c => c,
    };
    let short: String = name.chars().take(120).map(visible).collect();
    if name.chars().nth(120).is_some() { short + "…" } else { short }
}

/// Every rule of this folder.
pub static RULES: [Rule; 50] = [
    Rule {
        code: "attachment-program",
        weight: 45,
        plain: "The file `{name}` is a program. If it is opened, it can do anything on the computer.",
        responder: "{detail} by content or name. Executables sent by mail are almost never legitimate.",
    },
    Rule {
        code: "attachment-script",
        weight: 42,
        plain: "The file `{name}` is a script: a double click would run it like a program.",
        responder: "Script type that Windows or macOS runs on double click ({detail}).",
    },
    Rule {
        code: "attachment-shortcut",
        weight: 42,
        plain: "The file `{name}` is a shortcut that can start something else when it is opened.",
        responder: "Shortcut type ({detail}): runs a command or opens a remote location; look at its target.",
    },
    Rule {
        code: "attachment-web-shortcut",
        weight: 12,
        plain: "The file `{name}` is a shortcut to a website.",
        responder: "Internet shortcut ({detail}): opens its address in the browser.",
    },
    Rule {
        code: "attachment-disk-image",
        weight: 38,
        plain: "The file `{name}` is a disk image. People rarely send these; they can carry hidden programs.",
        responder: "Disk image ({detail}): often used so that the files inside lose their mark of the web.",
    },
    Rule {
        code: "attachment-help-file",
        weight: 38,
        plain: "The file `{name}` is an old kind of help file that can run programs.",
        responder: "Compiled HTML help (CHM): scripts inside run on opening.",
    },
    Rule {
        code: "attachment-onenote",
        weight: 28,
        plain: "The file `{name}` is a OneNote notebook. These can hide a program behind a picture to click.",
        responder: "OneNote section: check for embedded files ({detail}).",
    },
    Rule {
        code: "attachment-remote-desktop",
        weight: 38,
        plain: "The file `{name}` would connect the computer to somebody else's machine.",
        responder: "Remote desktop settings ({detail}): can share drives and the clipboard with a remote host.",
    },
    Rule {
        code: "attachment-data-query",
        weight: 36,
        plain: "The file `{name}` would make Excel fetch or run something from outside.",
        responder: "Query, symbolic link or add-in type for Excel ({detail}).",
    },
    Rule {
        code: "attachment-macro",
        weight: 22,
        plain: "The document `{name}` contains small programs (macros).",
        responder: "VBA project present ({detail}).",
    },
    Rule {
        code: "attachment-macro-autorun",
        weight: 34,
        plain: "The document `{name}` contains a small program that starts by itself when it is opened.",
        responder: "VBA project with an automatic entry point ({detail}).",
    },
    Rule {
        code: "attachment-excel4-macro",
        weight: 32,
        plain: "The workbook `{name}` contains an old kind of small program (macro).",
        responder: "Excel 4.0 macro sheet ({detail}).",
    },
    Rule {
        code: "attachment-remote-template",
        weight: 34,
        plain: "The document `{name}` would fetch more content from elsewhere when it is opened.",
        responder: "External template or object: {detail}",
    },
    Rule {
        code: "attachment-field-command",
        weight: 36,
        plain: "The document `{name}` would start another program when it is opened.",
        responder: "Command in a document field: {detail}.",
    },
    Rule {
        code: "attachment-embedded-object",
        weight: 16,
        plain: "The document `{name}` has another file packed inside it.",
        responder: "Embedded object: {detail}",
    },
    Rule {
        code: "attachment-equation-object",
        weight: 40,
        plain: "The document `{name}` contains a part that is known for attacks on old versions of Office.",
        responder: "Equation Editor object (CVE-2017-11882 and relatives).",
    },
    Rule {
        code: "attachment-double-extension",
        weight: 36,
        plain: "The name `{name}` pretends to be one kind of file, but its real ending says another.",
        responder: "Double extension: looks like {detail}.",
    },
    Rule {
        code: "attachment-name-reversed",
        weight: 44,
        plain: "The name of the file `{name}` has an invisible mark in it that hides what kind of file it is.",
        responder: "Right-to-left override or other direction mark in the name; the real ending is `{detail}`.",
    },
    Rule {
        code: "attachment-name-padded",
        weight: 36,
        plain: "The name `{name}` has a long gap in it that pushes its real ending out of sight.",
        responder: "Run of blanks before the real ending `{detail}`.",
    },
    Rule {
        code: "attachment-name-disguised",
        weight: 26,
        plain: "The name of the file `{name}` has invisible signs between its letters, which hides it from filters.",
        responder: "Invisible characters in the file name ({detail}): word filters do not match such names.",
    },
    Rule {
        code: "attachment-type-differs",
        weight: 14,
        plain: "The file `{name}` is not the kind of file its name says.",
        responder: "Name and content disagree: {detail}.",
    },
    Rule {
        code: "attachment-encrypted",
        weight: 14,
        plain: "The file `{name}` is locked with a password, so that nobody can check what is inside on the way.",
        responder: "Encrypted document ({detail}); the content cannot be inspected.",
    },
    Rule {
        code: "archive-encrypted",
        weight: 22,
        plain: "The packed file `{name}` is locked with a password, so that nobody can check what is inside on the way.",
        responder: "Encrypted archive ({detail}); the content cannot be inspected.",
    },
    Rule {
        code: "archive-bomb",
        weight: 30,
        plain: "The packed file `{name}` would unpack to something far too large. We did not unpack it.",
        responder: "Decompression bomb: {detail}. Inflating was stopped at the budget.",
    },
    Rule {
        code: "archive-nested",
        weight: 16,
        plain: "The file `{name}` has packed files inside packed files, which is a way to hide something.",
        responder: "Archive nested deeper than is read ({detail}).",
    },
    Rule {
        code: "archive-unlisted",
        weight: 4,
        plain: "We could not look inside the packed file `{name}`.",
        responder: "Archive whose listing could not be read ({detail}).",
    },
    Rule {
        code: "attachment-not-read",
        weight: 0,
        plain: "There was more in `{name}` than we read.",
        responder: "Bounds reached: {detail}. The rest was not looked at.",
    },
    Rule {
        code: "attachment-outlook-item",
        weight: 0,
        plain: "`{name}` is an Outlook message.",
        responder: "Outlook item (.msg) inside the mail.",
    },
    Rule {
        code: "html-attachment",
        weight: 14,
        plain: "The file `{name}` is a web page sent as a file. Opened, it looks like a website but comes from the sender.",
        responder: "HTML attachment ({detail}).",
    },
    Rule {
        code: "html-attachment-form",
        weight: 20,
        plain: "The web page `{name}` asks to fill in a form and would send the answers away.",
        responder: "Form in an HTML attachment; goes to {detail}.",
    },
    Rule {
        code: "html-attachment-password",
        weight: 42,
        plain: "The web page `{name}` asks for a password. Please do not type one there.",
        responder: "Password field in an HTML attachment ({detail}).",
    },
    Rule {
        code: "html-attachment-redirect",
        weight: 28,
        plain: "The web page `{name}` would lead on to another website by itself.",
        responder: "Redirect in an HTML attachment: {detail}",
    },
    Rule {
        code: "html-attachment-script",
        weight: 12,
        plain: "The web page `{name}` contains a script.",
        responder: "Script in an HTML attachment ({detail}).",
    },
    Rule {
        code: "html-smuggling",
        weight: 44,
        plain: "The web page `{name}` would build a file on the computer by itself, past every check on the way.",
        responder: "HTML smuggling: {detail}.",
    },
    Rule {
        code: "html-obfuscated",
        weight: 30,
        plain: "The web page `{name}` hides what it does.",
        responder: "Obfuscated script: {detail}.",
    },
    Rule {
        code: "svg-script",
        weight: 44,
        plain: "The picture `{name}` contains a script, which no honest picture needs.",
        responder: "Active content in SVG: {detail}.",
    },
    Rule {
        code: "pdf-script",
        weight: 22,
        plain: "The PDF `{name}` contains a script.",
        responder: "JavaScript in PDF ({detail}).",
    },
    Rule {
        code: "pdf-launch",
        weight: 44,
        plain: "The PDF `{name}` tries to start another program.",
        responder: "Launch action in PDF ({detail}).",
    },
    Rule {
        code: "pdf-opens-link",
        weight: 24,
        plain: "The PDF `{name}` would open a website by itself.",
        responder: "Open action with a URI or remote target: {detail}",
    },
    Rule {
        code: "pdf-embedded-file",
        weight: 14,
        plain: "The PDF `{name}` has another file packed inside it.",
        responder: "Embedded file in PDF ({detail}).",
    },
    Rule {
        code: "pdf-form-submits",
        weight: 18,
        plain: "The PDF `{name}` would send what is typed into it to a website.",
        responder: "SubmitForm action in PDF: {detail}",
    },
    Rule {
        code: "pdf-mostly-link",
        weight: 14,
        plain: "The PDF `{name}` has little in it but a link to click.",
        responder: "One-page PDF with {detail}.",
    },
    Rule {
        code: "pdf-encrypted",
        weight: 6,
        plain: "The PDF `{name}` is locked, so that we could not look inside.",
        responder: "Encrypted PDF ({detail}): strings and streams were not read.",
    },
    Rule {
        code: "pdf-bomb",
        weight: 26,
        plain: "The PDF `{name}` would unpack to something far too large. We stopped reading it.",
        responder: "Decompression bomb in PDF: {detail}.",
    },
    Rule {
        code: "link-in-qr",
        weight: 18,
        plain: "The picture `{name}` holds a QR code that leads to {detail}. A phone would open it without any check.",
        responder: "QR code with a link: {detail}",
    },
    Rule {
        code: "qr-payment",
        weight: 6,
        plain: "The picture `{name}` holds a QR code for a payment.",
        responder: "QR code with payment data: {detail}",
    },
    Rule {
        code: "qr-other",
        weight: 2,
        plain: "The picture `{name}` holds a QR code.",
        responder: "QR code: {detail}",
    },
    Rule {
        code: "image-too-large",
        weight: 4,
        plain: "The picture `{name}` is far larger than it needs to be, so we did not look into it.",
        responder: "Image of {detail}; not decoded.",
    },
    Rule {
        code: "calendar-link",
        weight: 8,
        plain: "The invitation `{name}` has a link in it. Such invitations can land in a calendar without being asked for.",
        responder: "Calendar invite with links; organiser {detail}.",
    },
    Rule {
        code: "calendar-invite",
        weight: 1,
        plain: "`{name}` is a calendar invitation.",
        responder: "Calendar invite without links; organiser {detail}.",
    },
];
