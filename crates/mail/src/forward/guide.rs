//! How a person forwards a message as an attachment, so that its headers survive: steps by program and language.
//! This is a table of words; the answer to a reporter quotes it when the original headers are gone.

/// The steps for one mail program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HowToAttach {
    /// The program as [`super::Forwarded::program`] names it.
    pub program: &'static str,
    /// The name people know.
    pub name: &'static str,
    pub english: &'static [&'static str],
    pub german: &'static [&'static str],
}

impl HowToAttach {
    /// The steps in a language by its code (`de`); English where we have no translation.
    pub fn steps(&self, language: &str) -> &'static [&'static str] {
        if language == "de" || language.starts_with("de-") { self.german } else { self.english }
    }
}

/// The steps for the program a forward came from; a general hint for one we do not know.
pub fn how_to_attach(program: &str) -> &'static HowToAttach {
    HOW_TO_ATTACH.iter().find(|entry| entry.program == program).unwrap_or(&ANY)
}

/// Every program we have steps for.
pub static HOW_TO_ATTACH: [HowToAttach; 5] = [
    HowToAttach {
        program: "outlook",
        name: "Outlook",
        english: &[
            "Select the message in your inbox with one click, without opening anything in it.",
            "Press Ctrl+Alt+F. Or choose More (…) and then Forward as attachment.",
            "Send it to us. If you use Outlook on the web or on a phone: start a new message to us and drag the suspicious one into it, or save it with More (…), Download, and add the file.",
        ],
        german: &[
            "Markieren Sie die Nachricht im Posteingang mit einem Klick, ohne darin etwas zu öffnen.",
            "Drücken Sie Strg+Alt+F. Oder wählen Sie Weitere (…) und dann „Als Anlage weiterleiten“.",
            "Senden Sie sie an uns. Mit Outlook im Browser oder auf dem Telefon: Beginnen Sie eine neue Nachricht an uns und ziehen Sie die verdächtige hinein, oder speichern Sie sie über Weitere (…), Herunterladen, und fügen Sie die Datei an.",
        ],
    },
    HowToAttach {
        program: "gmail",
        name: "Gmail",
        english: &[
            "Open Gmail in a browser and tick the box in front of the message.",
            "Choose the three dots above the list, then Forward as attachment.",
            "Send it to us.",
        ],
        german: &[
            "Öffnen Sie Gmail im Browser und setzen Sie vor der Nachricht das Häkchen.",
            "Wählen Sie die drei Punkte über der Liste, dann „Als Anhang weiterleiten“.",
            "Senden Sie sie an uns.",
        ],
    },
    HowToAttach {
        program: "apple-mail",
        name: "Apple Mail",
        english: &[
            "On a Mac, select the message in the list.",
            "In the menu Message, choose Forward as Attachment.",
            "Send it to us. On an iPhone or iPad this is not possible; what you sent already helps us.",
        ],
        german: &[
            "Wählen Sie am Mac die Nachricht in der Liste aus.",
            "Wählen Sie im Menü „E-Mail“ den Punkt „Als Anhang weiterleiten“.",
            "Senden Sie sie an uns. Auf iPhone und iPad geht das nicht; was Sie geschickt haben, hilft uns schon.",
        ],
    },
    HowToAttach {
        program: "thunderbird",
        name: "Thunderbird",
        english: &[
            "Select the message in the list with one click.",
            "In the menu Message, choose Forward As, then Attachment.",
            "Send it to us.",
        ],
        german: &[
            "Markieren Sie die Nachricht in der Liste mit einem Klick.",
            "Wählen Sie im Menü „Nachricht“ den Punkt „Weiterleiten als“, dann „Anhang“.",
            "Senden Sie sie an uns.",
        ],
    },
    HowToAttach {
        program: "yahoo",
        name: "Yahoo Mail",
        english: &[
            "Open the message list in a browser and tick the box in front of the message.",
            "Choose the three dots above the list, then Forward as attachment.",
            "Send it to us.",
        ],
        german: &[
            "Öffnen Sie die Nachrichtenliste im Browser und setzen Sie vor der Nachricht das Häkchen.",
            "Wählen Sie die drei Punkte über der Liste, dann „Als Anhang weiterleiten“.",
            "Senden Sie sie an uns.",
        ],
    },
];

/// What helps with any program.
static ANY: HowToAttach = HowToAttach {
    program: "other",
    name: "your mail program",
    english: &[
        "Select the message in the list with one click.",
        "Look in the menu Forward for a choice named as attachment, and send it to us.",
        "If there is none: save the message as a file (.eml or .msg) and attach that file to a new message to us.",
    ],
    german: &[
        "Markieren Sie die Nachricht in der Liste mit einem Klick.",
        "Suchen Sie beim Weiterleiten nach der Auswahl „als Anhang“ und senden Sie sie an uns.",
        "Gibt es sie nicht: Speichern Sie die Nachricht als Datei (.eml oder .msg) und hängen Sie diese an eine neue Nachricht an uns.",
    ],
};
