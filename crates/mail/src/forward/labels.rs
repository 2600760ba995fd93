//! What mail programs write above a forwarded message, by language: the labels of the copied header and the
//! phrases that announce it. This is a table; a language is added by adding a row.

/// One line of a copied header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    From,
    /// Outlook's and Yahoo's word for the date (`Sent:`).
    Sent,
    Date,
    To,
    Cc,
    Subject,
    ReplyTo,
    /// Labels that belong to the block but carry nothing we keep (`Importance:`, `Attachments:`).
    Other,
}

/// How a separator line announces what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announcement {
    /// `Begin forwarded message:`
    Begin,
    /// `---- Forwarded message ----`
    Forwarded,
    /// `-----Original Message-----`
    Original,
}

/// The words of one language, lower case.
pub(super) struct Tongue {
    pub code: &'static str,
    pub from: &'static [&'static str],
    pub sent: &'static [&'static str],
    pub date: &'static [&'static str],
    pub to: &'static [&'static str],
    pub cc: &'static [&'static str],
    pub subject: &'static [&'static str],
    pub reply_to: &'static [&'static str],
    pub other: &'static [&'static str],
    pub begin: &'static [&'static str],
    pub forwarded: &'static [&'static str],
    pub original: &'static [&'static str],
    /// Months January to December: the shortest beginning that tells them apart; `|` parts two.
    pub months: [&'static str; 12],
    /// Words that stand in a written date and tell this language from its neighbours.
    pub date_words: &'static [&'static str],
}

/// A set of languages as bits, in the order of [`TONGUES`].
pub(super) type Tongues = u16;

/// Which header line a label stands for, and in which languages; the label is lower case without its colon.
pub(super) fn field_of(label: &str) -> Option<(Field, Tongues)> {
    let mut found: Option<(Field, Tongues)> = None;
    for (position, tongue) in TONGUES.iter().enumerate() {
        let columns = [
            (Field::From, tongue.from),
            (Field::Sent, tongue.sent),
            (Field::Date, tongue.date),
            (Field::To, tongue.to),
            (Field::Cc, tongue.cc),
            (Field::Subject, tongue.subject),
            (Field::ReplyTo, tongue.reply_to),
            (Field::Other, tongue.other),
        ];
        for (field, words) in columns {
            if words.contains(&label) {
                let (first, seen) = found.unwrap_or((field, 0));
                found = Some((first, seen | (1 << position)));
            }
        }
    }
    found
}

/// Whether the words of a separator line (lower case, without dashes and colon) announce a forward.
pub(super) fn announcement_of(words: &str) -> Option<(Announcement, Tongues)> {
    let mut found: Option<(Announcement, Tongues)> = None;
    for (position, tongue) in TONGUES.iter().enumerate() {
        let columns = [
            (Announcement::Begin, tongue.begin),
            (Announcement::Forwarded, tongue.forwarded),
            (Announcement::Original, tongue.original),
        ];
        for (kind, phrases) in columns {
            if phrases.contains(&words) {
                let (first, seen) = found.unwrap_or((kind, 0));
                found = Some((first, seen | (1 << position)));
            }
        }
    }
    found
}

/// The languages we know, English first.
pub(super) static TONGUES: [Tongue; 10] = [
    Tongue {
        code: "en",
        from: &["from"],
        sent: &["sent"],
        date: &["date"],
        to: &["to"],
        cc: &["cc"],
        subject: &["subject"],
        reply_to: &["reply-to", "reply to"],
        other: &[
            "importance",
            "priority",
            "attachments",
            "bcc",
            "organization",
            "resent-from",
            "sensitivity",
            "sender",
        ],
        begin: &["begin forwarded message"],
        forwarded: &["forwarded message", "forwarded email", "forwarded mail", "fwd"],
        original: &["original message", "original mail", "original email", "original appointment"],
        months: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        date_words: &[
            "at",
            "am",
            "pm",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
    },
    Tongue {
        code: "de",
        from: &["von"],
        sent: &["gesendet"],
        date: &["datum"],
        to: &["an"],
        cc: &["kopie", "kopie (cc)"],
        subject: &["betreff"],
        reply_to: &["antwort an", "antworten an"],
        other: &[
            "wichtigkeit",
            "priorität",
            "anlagen",
            "anhänge",
            "blindkopie",
            "organisation",
            "vertraulichkeit",
        ],
        begin: &["anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail"],
        forwarded: &["weitergeleitete nachricht", "weitergeleitete e-mail", "weitergeleitete mail"],
        original: &[
            "ursprüngliche nachricht",
            "originalnachricht",
            "original-nachricht",
            "ursprüngliche mail",
        ],
        months: ["jan", "feb", "mär|mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"],
        date_words: &[
            "um",
            "uhr",
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
        ],
    },
    Tongue {
        code: "fr",
        from: &["de", "expéditeur"],
        sent: &["envoyé", "envoyé le"],
        date: &["date"],
        to: &["à", "pour", "destinataire"],
        cc: &["copie à", "copie"],
        subject: &["objet", "sujet"],
        reply_to: &["répondre à"],
        other: &["importance", "priorité", "pièces jointes", "cci", "organisation"],
        begin: &["début du message réexpédié", "début du message transféré"],
        forwarded: &["message transféré", "message transmis", "message réexpédié", "e-mail transféré"],
        original: &["message d'origine", "message d’origine", "message original", "message initial"],
        months: ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
        date_words: &[
            "à", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun.", "mar.",
            "mer.", "jeu.", "ven.", "sam.", "dim.",
        ],
    },
    Tongue {
        code: "es",
        from: &["de", "remitente"],
        sent: &["enviado", "enviado el", "enviado el día"],
        date: &["fecha"],
        to: &["para"],
        cc: &["copia", "con copia"],
        subject: &["asunto"],
        reply_to: &["responder a", "responder-a"],
        other: &["importancia", "prioridad", "datos adjuntos", "archivos adjuntos", "cco", "organización"],
        begin: &["inicio del mensaje reenviado"],
        forwarded: &["mensaje reenviado", "correo reenviado"],
        original: &["mensaje original", "correo original"],
        months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        date_words: &[
            "las",
            "lunes",
            "martes",
            "miércoles",
            "jueves",
            "viernes",
            "sábado",
            "domingo",
            "lun,",
            "mar,",
            "mié,",
            "jue,",
            "vie,",
            "sáb,",
            "dom,",
        ],
    },
    Tongue {
        code: "pt",
        from: &["de", "remetente"],
        sent: &["enviado", "enviada", "enviado em", "enviada em"],
        date: &["data"],
        to: &["para"],
        cc: &["cópia", "com cópia"],
        subject: &["assunto"],
        reply_to: &["responder a", "responder para"],
        other: &["importância", "prioridade", "anexos", "cco", "organização"],
        begin: &["início da mensagem reencaminhada", "início da mensagem encaminhada"],
        forwarded: &["mensagem encaminhada", "mensagem reencaminhada", "e-mail encaminhado"],
        original: &["mensagem original"],
        months: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
        date_words: &[
            "às",
            "segunda-feira",
            "terça-feira",
            "quarta-feira",
            "quinta-feira",
            "sexta-feira",
            "sábado",
            "domingo",
            "seg.,",
            "ter.,",
            "qua.,",
            "qui.,",
            "sex.,",
            "sáb.,",
            "dom.,",
        ],
    },
    Tongue {
        code: "nl",
        from: &["van", "afzender"],
        sent: &["verzonden"],
        date: &["datum"],
        to: &["aan"],
        cc: &["kopie"],
        subject: &["onderwerp"],
        reply_to: &["antwoord aan", "beantwoorden aan"],
        other: &["urgentie", "prioriteit", "bijlagen", "organisatie"],
        begin: &["begin doorgestuurd bericht"],
        forwarded: &["doorgestuurd bericht", "doorgestuurde e-mail"],
        original: &["oorspronkelijk bericht", "origineel bericht", "oorspronkelijke e-mail"],
        months: ["jan", "feb", "maa|mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        date_words: &["om", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    },
    Tongue {
        code: "it",
        from: &["da", "mittente"],
        sent: &["inviato"],
        date: &["data"],
        to: &["a"],
        cc: &["copia", "cc"],
        subject: &["oggetto"],
        reply_to: &["rispondi a"],
        other: &["priorità", "allegati", "organizzazione"],
        begin: &["inizio messaggio inoltrato"],
        forwarded: &["messaggio inoltrato"],
        original: &["messaggio originale"],
        months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
        date_words: &[
            "alle",
            "ore",
            "lunedì",
            "martedì",
            "mercoledì",
            "giovedì",
            "venerdì",
            "sabato",
            "domenica",
        ],
    },
    Tongue {
        code: "pl",
        from: &["od", "nadawca"],
        sent: &["wysłano", "wysłane"],
        date: &["data"],
        to: &["do", "adresat", "komu"],
        cc: &["dw", "kopia"],
        subject: &["temat"],
        reply_to: &["odpowiedz do", "odpowiedź do"],
        other: &["ważność", "priorytet", "załączniki"],
        begin: &["początek przekazywanej wiadomości"],
        forwarded: &["przekazana wiadomość", "treść przekazanej wiadomości", "wiadomość przekazana dalej"],
        original: &["wiadomość oryginalna", "oryginalna wiadomość"],
        months: ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
        date_words: &["o", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
    },
    Tongue {
        code: "sv",
        from: &["från"],
        sent: &["skickat"],
        date: &["datum"],
        to: &["till"],
        cc: &["kopia"],
        subject: &["ämne"],
        reply_to: &["svar till"],
        other: &["prioritet", "bifogade filer"],
        begin: &["vidarebefordrat mejl", "vidarebefordrat brev"],
        forwarded: &["vidarebefordrat meddelande"],
        original: &["ursprungligt meddelande", "originalmeddelande"],
        months: ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        date_words: &["kl.", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    },
    Tongue {
        code: "da",
        from: &["fra"],
        sent: &["sendt"],
        date: &["dato"],
        to: &["til"],
        cc: &["kopi"],
        subject: &["emne"],
        reply_to: &["svar til"],
        other: &["prioritet", "vedhæftede filer"],
        begin: &["start på videresendt besked"],
        forwarded: &["videresendt meddelelse", "videresendt besked"],
        original: &["oprindelig meddelelse", "original meddelelse"],
        months: ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        date_words: &["kl.", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    },
];
