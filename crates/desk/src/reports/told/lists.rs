//! The lists of words that are looked for beside a verb, and which of them a word stands in: asked once for each word of a text, so
//! that each further look costs nothing. All lists are lower case, words between blanks; `*` at a start or an end stands for any letters.

use std::collections::HashMap;
use std::ops::BitOrAssign;
use std::sync::LazyLock;

use super::words::{DEEDS, Event, Form, Needs, Tongue};

/// Some of the lists, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists(u128);

impl Lists {
    pub fn have(self, others: Lists) -> bool {
        self.0 & others.0 != 0
    }

    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl BitOrAssign for Lists {
    fn bitor_assign(&mut self, others: Lists) {
        self.0 |= others.0;
    }
}

/// A list that has a name, or one that stands where it is used.
#[derive(Clone, Copy, Debug)]
pub(super) enum Listed {
    Named(Lists),
    Here(&'static str),
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident $text:literal;)+) => {
        #[expect(clippy::upper_case_acronyms, non_camel_case_types, reason = "the places of the lists below, under their names")]
        enum Place { $($name),+ }
        $($(#[$doc])* pub(super) const $name: Lists = Lists(1 << Place::$name as u32);)+
        const NAMED: &[&str] = &[$($text),+];
    };
}

lists! {
    /// Things that are one only close behind the verb.
    IT "it this that them one";
    SPOTS "link links url urls *link *links *button *knopf page site website webpage *seite *website qr* banner image \
        picture bild";
    PLACES "link links url urls *link *links *button *knopf page site website webpage *seite *website qr*";
    ENTRIES "there page site website *link form portal dort darauf drauf damit *seite *website *formular *maske";
    SECRETS "*password* passcode* login logins log-in credential* username* pin pins tan tans pw otp mfa* code details \
        *passwort* *passwörter* *kennwort* zugangsdaten *anmeldedaten *logindaten login-daten benutzername* daten";
    FILES "attachment* file files *-file *document* doc docx *pdf* zip excel* spreadsheet* invoice* macro* editing \
        program app software installer exe anydesk teamviewer *anhang* *anhänge* *anlage *anlagen *datei* *dokument* *rechnung* \
        *makro* programm programme *tabelle*";
    MONEY "money payment* transfer* funds transaction* bitcoin* crypto euro* eur usd dollar* pounds deposit geld *betrag \
        *zahlung *überweisung *transaktion";
    GIFTS "*gift* voucher* itunes* cards *gutschein* *geschenkkarte* paysafe*";
    /// Of what somebody speaks who passes on codes: of cards with money on them, and not of a sign-in.
    GIVEN "*gift* voucher* itunes* *gutschein* *geschenkkarte* paysafe* bought purchased gekauft besorgt";
    /// Things that were named before.
    SOME "them some several two three four five six eight ten all sie welche davon einige zwei drei vier fünf sechs zehn \
        alle";
    /// What asks on a telephone whether it is you who signs in.
    PROMPTS "sign-in sign-ins signin login logins log-in log-ins prompt* push* *notification* mfa* 2fa two-factor* \
        multi-factor* authenticator* duo okta *anmeldung *anmeldungen *anmeldeanfrage* *anmeldeversuch* *loginanfrage* login-anfrage* *push* \
        *authenticator* *zwei-faktor* *pushmitteilung* *benachrichtigung*";
    REMOTE "remote* teamviewer* anydesk* quickassist* quick-assist* logmein* screenconnect* rustdesk* ultraviewer* \
        *fernzugriff* *fernwartung* *fernsteuerung*";
    MACHINES "*computer *laptop *notebook pc mac macbook machine screen desktop mouse *rechner *bildschirm *maus";
    TAKING_OVER "remote* control* access over into onto him teamviewer* anydesk* zugriff kontrolle steuerung ihn ihm denen \
        fern* anrufer* techniker*";
    CARDS "card bank-details bank-account account-number iban cvv cvc *kreditkarte* *karten* *bankdaten *kontodaten \
        *kontonummer";
    DEVICES "*phone *phones mobile cell *laptop *laptops *notebook *macbook *computer pc tablet *ipad device *usb *stick \
        *drive badge keycard access-card token yubikey *handy *handys telefon *telefon rechner *rechner gerät *gerät *ausweis *festplatte \
        *karte *badge *smartphone schlüsselkarte";
    /// Devices that nobody signs in on.
    BADGES "*badge *badges keycard access-card *ausweis schlüsselkarte zutrittskarte zugangskarte";
    /// Where something that was left is out of one's hands.
    ELSEWHERE "train bus tram tube subway taxi cab uber plane flight airport station café cafe restaurant pub bar \
        hotel shop behind *zug bahn *bahn taxi *flugzeug flughafen bahnhof *hotel lokal kneipe laden irgendwo somewhere";
    /// Behind `lost`: it is not the device that is gone.
    NOT_THE_DEVICE "mail mails email message access connection signal contact data time track money password passwords files file reception \
        internet wifi";

    /// Where a clause ends, and with it what a negation reaches; and what joins two of them.
    ENDS ", but however aber sondern jedoch";
    JOINS "and und &";

    NEGATIONS "not no never nothing none nobody neither nor cannot dont didnt havent hasnt wasnt *n't nicht \
        nichts nix nie niemals niemand nirgends nirgendwo nowhere weder kein*";
    /// Behind a negation: it is one of something else.
    NOT_DENIED "only just merely knowing realizing realising thinking noticing sure certain aware paying \
        looking idea nur bloß bloss";

    OWN "i i've i'd i'm ive we we've we'd ich wir hab habe hab's habs ichs";
    /// Others who may have done it.
    OTHERS "he she colleague* coworker* co-worker* boss manager assistant intern trainee apprentice wife husband \
        partner son daughter mother father mum mom dad friend er kollege kollegen kollegin chef chefin mann frau sohn tochter mutter \
        vater freund freundin praktikant* azubi auszubildende*";
    SUBJECTS "i i've i'd ive we we've we'd he she they it you anyone anybody ich wir jemand";
    NOBODY_NAMED "you anyone anybody jemand";
    AUXILIARIES "have had did habe hab hatte bin";
    /// What may stand between `I` and its verb.
    FILLERS "have had has did do just already also then now even only once both by mistake accident too today \
        yesterday still sorry hi hello";

    IF "if whether wenn ob falls sofern";
    BEFORE "before until bevor ehe bis";
    DOUBT "sure certain unsure wondering idea sicher unsicher ahnung";
    /// Doubt where it is denied.
    KNOWING "know remember recall weiß weiss erinnere erinnern";
    BELIEFS "think believe glaube denke";
    /// What speaks for somebody else, mostly the message.
    CLAIMS "says said saying claims claimed claiming states suggests pretends behauptet sagt steht";
    ALLEGED "supposedly allegedly apparently angeblich";
    PASSIVE "was were been being is are be get gets";
    REGRET "should shouldn't ought wish";
    NEARLY "almost nearly would wouldn't could couldn't should fast beinahe";
    UNREAL "hätte hätten wäre wären würde werden wird sollte";
    /// What was done to somebody or something.
    UNDERGONE "wurde wurden worden bekommen erhalten";
    /// In front of a gerund: it happened.
    CLICKING_WAS "after mistake ended regret sorry admit resist help";

    /// Behind `paid` or `answered`: something else is meant.
    OTHER_SENSES "attention heed phone door you your through me";
    /// The report button, the bin: no harm there.
    HARMLESS "report* delet* bin junk spam alert trash forward* block* cancel* close reply print away melde* \
        meldung lösch* papierkorb weiterleit* abbrechen schließ* antworten";
    /// Around a thing: another thing is meant, as in `my password expired`, `the official site`, `the mail with the attachment`.
    NO_THING_BEHIND "is was has had expired expires will would reminder request requests instructions screen \
        demand";
    NO_THING_BEFORE "real official genuine actual legit business id sim birthday card echte echten offizielle \
        offiziellen richtigen";
    HOLDS "with containing mit";
    MAIL "mail email e-mail message nachricht";

    ME "me us mich uns";
    I "i ich";
    LINKS "*link *links url";
    /// In German, somebody else is the one who did it; or it is not known that it happened.
    HAS "hat haben hatten";
    WOULD_HAVE "hätte hätten";
    OUGHT "sollen dürfen";
    /// In front of `have`.
    MAY "may might must should shouldn't";
    HAVE "have";
    HAVING "having";
    OR "or oder noch";
    THAT "that dass";
}

/// A verb with what its deed needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    pub event: Event,
    pub tongue: Tongue,
    pub needs: Needs,
    pub form: Form,
    pub things: Lists,
    pub about: Lists,
}

/// All verbs, and all lists turned round: from a word, or its beginning, end or middle, to the lists it stands in.
struct Vocabulary {
    verbs: HashMap<&'static str, Vec<Verb>>,
    whole: HashMap<&'static str, Lists>,
    starts: HashMap<&'static str, Lists>,
    ends: HashMap<&'static str, Lists>,
    middles: Vec<(&'static str, Lists)>,
    /// In bytes: nothing longer is looked up.
    longest: usize,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);

/// What a word can be as a verb.
pub(super) fn verbs_of(word: &str) -> &'static [Verb] {
    VOCABULARY.verbs.get(word).map_or(&[], Vec::as_slice)
}

/// The lists in which a word stands.
pub(super) fn lists_of(word: &str) -> Lists {
    VOCABULARY.lists_of(word)
}

impl Vocabulary {
    fn new() -> Vocabulary {
        let mut texts = NAMED.to_vec();
        let verbs = verbs(&mut texts);
        let mut words = Vocabulary {
            verbs,
            whole: HashMap::new(),
            starts: HashMap::new(),
            ends: HashMap::new(),
            middles: Vec::new(),
            longest: 0,
        };
        for (place, text) in texts.iter().enumerate() {
            for pattern in text.split_ascii_whitespace() {
                words.add(pattern, Lists(1 << place));
            }
        }
        words
    }

    fn add(&mut self, pattern: &'static str, list: Lists) {
        self.longest = self.longest.max(pattern.len());
        let known = match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => {
                self.middles.push((pattern.trim_matches('*'), list));
                return;
            }
            (Some(end), None) => self.ends.entry(end),
            (None, Some(start)) => self.starts.entry(start),
            (None, None) => self.whole.entry(pattern),
        };
        *known.or_default() |= list;
    }

    fn lists_of(&self, word: &str) -> Lists {
        let mut lists = self.whole.get(word).copied().unwrap_or_default();
        let places = || word.char_indices().map(|(at, _)| at);
        for at in places().skip(1).chain([word.len()]).take_while(|at| *at <= self.longest) {
            let start = word.get(..at).and_then(|start| self.starts.get(start));
            lists |= start.copied().unwrap_or_default();
        }
        for at in places().rev().take_while(|at| word.len() - at <= self.longest) {
            let end = word.get(at..).and_then(|end| self.ends.get(end));
            lists |= end.copied().unwrap_or_default();
        }
        for (middle, list) in &self.middles {
            if word.contains(middle) {
                lists |= *list;
            }
        }
        lists
    }
}

/// From a verb to its deeds. Lists without a name get a place behind the others.
fn verbs(texts: &mut Vec<&'static str>) -> HashMap<&'static str, Vec<Verb>> {
    let mut list = |listed| match listed {
        Listed::Named(list) => list,
        Listed::Here("") => Lists::default(),
        Listed::Here(text) => Lists(1 << place_of(text, texts)),
    };
    let mut verbs: HashMap<&str, Vec<Verb>> = HashMap::new();
    for deed in DEEDS {
        let (things, about) = (list(deed.things), list(deed.about));
        for verb in deed.verbs.split_ascii_whitespace() {
            let (verb, form) = match (verb.strip_prefix('~'), verb.strip_prefix('!')) {
                (Some(verb), _) => (verb, Form::Gerund),
                (None, Some(verb)) => (verb, Form::Infinitive),
                (None, None) => (verb, Form::Past),
            };
            let (event, tongue, needs) = (deed.heard, deed.tongue, deed.needs);
            verbs.entry(verb).or_default().push(Verb { event, tongue, needs, form, things, about });
        }
    }
    verbs
}

fn place_of(text: &'static str, texts: &mut Vec<&'static str>) -> usize {
    texts.iter().position(|known| *known == text).unwrap_or_else(|| {
        texts.push(text);
        texts.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_in_a_list_whole_or_by_its_beginning_end_or_middle() {
        assert!(lists_of("and").have(JOINS) && !lists_of("land").have(JOINS));
        assert!(lists_of("deleted").have(HARMLESS) && lists_of("didn't").have(NEGATIONS));
        assert!(lists_of("mailpasswords").have(SECRETS) && lists_of("diensthandy").have(DEVICES));
        assert!(lists_of("").is_none() && lists_of(&"ö".repeat(100_000)).is_none());
    }

    #[test]
    fn there_is_a_bit_for_each_list() {
        let mut texts = NAMED.to_vec();
        verbs(&mut texts);
        assert!(texts.len() <= 128, "{} lists", texts.len());
    }
}
