//! The words in which people say what they did, in English and German. All lists are lower case, words between blanks;
//! `*` at a start or an end stands for any letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Told;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
}

/// What is heard: what somebody did, that a device is gone, or only that something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heard {
    Paid,
    Remote,
    Password,
    Approved,
    Opened,
    Clicked,
    Replied,
    Lost,
    Wrong,
}

impl Heard {
    pub fn told(self) -> Option<Told> {
        match self {
            Heard::Paid => Some(Told::Paid),
            Heard::Remote => Some(Told::Remote),
            Heard::Password => Some(Told::Password),
            Heard::Approved => Some(Told::Approved),
            Heard::Opened => Some(Told::Opened),
            Heard::Clicked => Some(Told::Clicked),
            Heard::Replied => Some(Told::Replied),
            Heard::Lost | Heard::Wrong => None,
        }
    }
}

/// What has to stand beside the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    /// The thing, whoever did it.
    Thing,
    /// The thing, done by the one who speaks.
    OwnThing,
    Own,
    ThingOrOwn,
    /// Done by the one who speaks, and who clicked before: `I clicked the link and logged in`.
    OwnAfterClick,
    /// Done by the one who speaks, and no more is said, in a text that speaks of the matter: `sign-ins … in the end I approved`.
    OwnAbout,
    /// The thing, done by the one who speaks, in such a text: `gift cards … I bought five of them`.
    OwnThingAbout,
    /// The thing in such a text, whoever did it: `he took over my computer`.
    ThingAbout,
    /// Done to the one who speaks: `I was tricked`, `man hat mich reingelegt`.
    ToOwn,
    /// The thing, and a place that is not one's own: `left my laptop on the train`.
    ThingElsewhere,
    /// The thing, and that it was not so: `cannot find my phone`.
    ThingDenied,
}

/// How a verb is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Past,
    /// `clicking`, marked with `~`: heard behind `after`, `sorry for` and the like.
    Gerund,
    /// `klicken`, marked with `!`: heard in regret, `hätte nicht klicken sollen`.
    Infinitive,
}

/// Verbs, and the things they are done to.
pub(super) struct Deed {
    pub heard: Heard,
    pub tongue: Tongue,
    pub needs: Needs,
    verbs: &'static str,
    pub things: &'static str,
    /// The matter, of which the text has to speak.
    pub about: &'static str,
}

macro_rules! deeds {
    ($($heard:ident $tongue:ident $needs:ident $verbs:literal $things:expr $(=> $about:expr)?;)+) => {
        pub(super) static DEEDS: &[Deed] = &[$(Deed {
            heard: Heard::$heard,
            tongue: Tongue::$tongue,
            needs: Needs::$needs,
            verbs: $verbs,
            things: $things,
            about: [$($about,)? ""][0],
        }),+];
    };
}

deeds! {
    Clicked English ThingOrOwn "clicked ~clicking tapped double-clicked" SPOTS;
    Clicked English Thing "clicked ~clicking tapped" IT;
    Clicked English Thing "pressed followed ~following opened ~opening visited ~visiting scanned ~scanning accessed went landed" PLACES;
    Clicked German ThingOrOwn "geklickt klickte !klicken" SPOTS;
    Clicked German Nothing "angeklickt draufgeklickt draufgedrückt !anklicken" "";
    Clicked German Thing "gedrückt gedrueckt getippt gefolgt gegangen geöffnet aufgerufen aufgemacht besucht gescannt drückte folgte öffnete \
        !öffnen !folgen" PLACES;

    Password English Thing "entered ~entering typed ~typing filled submitted keyed" SECRETS;
    Password English OwnThing "put gave ~giving sent ~sending shared ~sharing told provided supplied handed disclosed revealed wrote \
        input confirmed" SECRETS;
    Password German Thing "eingegeben eingetippt getippt angegeben eingetragen preisgegeben verraten !eingeben !angeben" SECRETS;
    Password German OwnThing "gegeben weitergegeben rausgegeben herausgegeben durchgegeben mitgeteilt geschickt gesendet bestätigt \
        gesagt gab tippte verriet" SECRETS;
    Password English Thing "logged-in signed-in" ENTRIES;
    Password German Thing "angemeldet eingeloggt" ENTRIES;
    Password English OwnAfterClick "logged-in signed-in" "";
    Password German OwnAfterClick "angemeldet eingeloggt" "";

    Approved English OwnThing "approved ~approving accepted ~accepting allowed ~allowing confirmed ~confirming authorized authorised \
        authenticated acknowledged" PROMPTS;
    Approved English Thing "pressed ~pressing tapped ~tapping hit ~hitting clicked ~clicking chose selected" "approve";
    Approved English OwnThingAbout "pressed tapped hit clicked chose selected said" "yes ok okay accept allow confirm authorise authorize"
        => PROMPTS;
    Approved English OwnThingAbout "approved accepted allowed confirmed authorized authorised" IT => PROMPTS;
    Approved English OwnAbout "approved" "" => PROMPTS;
    Approved German OwnThing "bestätigt freigegeben genehmigt akzeptiert zugelassen erlaubt !bestätigen !freigeben !genehmigen" PROMPTS;
    Approved German Thing "gedrückt gedrueckt getippt geklickt angetippt gewählt" "genehmigen approve";
    Approved German OwnThingAbout "gedrückt gedrueckt getippt geklickt angetippt gewählt" "bestätigen zulassen freigeben erlauben akzeptieren \
        ja ok okay" => PROMPTS;
    Approved German OwnThingAbout "genehmigt bestätigt freigegeben" "sie es das eine dann einfach schließlich" => PROMPTS;

    Remote English OwnThing "let gave ~giving granted ~granting allowed ~allowing handed permitted installed ~installing downloaded \
        started ran opened launched used" REMOTE;
    Remote English OwnThingAbout "let gave ~giving granted allowed ~allowing handed permitted" MACHINES => TAKING_OVER;
    Remote English OwnThingAbout "shared ~sharing" "screen" => "him her caller* man woman technician* stranger* support";
    Remote English ThingAbout "took taken" "over control" => MACHINES;
    Remote English ThingAbout "controlled controls controlling moved moves moving" MACHINES => "he she they someone somebody";
    Remote English ThingAbout "moved moves moving" "cursor pointer mouse" => "itself own";
    Remote English ThingAbout "connected logged-in got" MACHINES => REMOTE;
    Remote German OwnThing "erlaubt gegeben gewährt zugelassen freigegeben gestattet gelassen draufgelassen reingelassen eingerichtet \
        installiert heruntergeladen runtergeladen gestartet geöffnet benutzt !erlauben !geben !lassen" REMOTE;
    Remote German OwnThingAbout "gegeben gewährt erlaubt gelassen draufgelassen reingelassen zugelassen gestattet überlassen ließ liess \
        gab" MACHINES => TAKING_OVER;
    Remote German ThingAbout "übernommen gesteuert ferngesteuert aufgeschaltet zugegriffen bewegt" MACHINES => "er jemand* fremde* die* \
        fern* teamviewer* anydesk* anrufer* techniker*";
    Remote German ThingAbout "bewegt bewegte" "*maus *mauszeiger *cursor" => "selbst allein* jemand* er";

    Opened English Thing "opened ~opening ran ~running executed launched downloaded ~downloading installed ~installing started \
        unzipped extracted enabled ~enabling activated clicked ~clicking tapped" FILES;
    Opened English OwnThing "opened ~opening downloaded installed" "it them";
    Opened German Thing "geöffnet aufgemacht ausgeführt heruntergeladen runtergeladen installiert gestartet entpackt aktiviert \
        geklickt angeklickt öffnete !öffnen !installieren" FILES;

    Replied English Own "replied ~replying answered ~answering responded wrote-back" "";
    Replied English OwnThing "sent ~sending wrote" "reply answer response";
    Replied German Own "geantwortet zurückgeschrieben beantwortet antwortete !antworten" "";

    Paid English Own "paid ~paying wired ~wiring transferred ~transferring" "";
    Paid English OwnThing "sent ~sending made approved authorized authorised" MONEY;
    Paid English OwnThing "entered ~entering typed put gave ~giving sent ~sending shared told provided filled submitted" CARDS;
    Paid English Thing "bought ~buying purchased ordered" GIFTS;
    Paid English OwnThingAbout "sent ~sending gave ~giving shared told read texted emailed scratched forwarded" "codes code numbers" => GIVEN;
    Paid English OwnThingAbout "bought ~buying purchased" SOME => GIFTS;
    Paid German OwnThingAbout "geschickt gesendet durchgegeben weitergegeben weitergeleitet gegeben vorgelesen fotografiert freigerubbelt"
        "codes code nummern" => GIVEN;
    Paid German OwnThingAbout "gekauft besorgt" SOME => GIFTS;
    Paid German Own "überwiesen bezahlt gezahlt überwies bezahlte !überweisen !bezahlen" "";
    Paid German Thing "überwiesen" "geld *betrag";
    Paid German OwnThing "geschickt gesendet getätigt freigegeben ausgeführt veranlasst" MONEY;
    Paid German Thing "eingegeben angegeben eingetragen !eingeben !angeben" CARDS;
    Paid German OwnThing "gegeben durchgegeben mitgeteilt geschickt" CARDS;
    Paid German Thing "gekauft besorgt" GIFTS;

    Lost English Thing "lost ~losing misplaced mislaid stolen stole nicked pinched missing gone vanished disappeared" DEVICES;
    Lost English ThingElsewhere "left forgot forgotten dropped" DEVICES;
    Lost English ThingDenied "find found" DEVICES;
    Lost German Thing "verloren verlor verlegt gestohlen geklaut entwendet abhanden weg verschwunden liegengelassen stehengelassen \
        vermisse vermissen" DEVICES;
    Lost German ThingElsewhere "vergessen gelassen liegt" DEVICES;
    Lost German ThingDenied "finde finden gefunden auffindbar" DEVICES;

    Wrong English OwnThing "fell ~falling" "for";
    Wrong English OwnThing "did done" "stupid silly wrong dumb foolish terrible";
    Wrong English OwnThing "made ~making" "mistake error blunder";
    Wrong English OwnThing "messed screwed" "up";
    Wrong English ToOwn "scammed tricked fooled duped conned phished defrauded" "";
    Wrong German Own "reingefallen hereingefallen draufreingefallen hineingefallen" "";
    Wrong German OwnThing "gemacht getan angestellt gebaut begangen" "dummes blödes falsch falsches schlimmes fehler dummheit mist";
    Wrong German ToOwn "betrogen reingelegt hereingelegt ausgetrickst abgezockt" "";
}

/// Things that are one only close behind the verb.
pub(super) const IT: &str = "it this that them one";
const SPOTS: &str = "link links url urls *link *links *button *knopf page site website webpage *seite *website qr* banner image \
    picture bild";
const PLACES: &str =
    "link links url urls *link *links *button *knopf page site website webpage *seite *website qr*";
const ENTRIES: &str =
    "there page site website *link form portal dort darauf drauf damit *seite *website *formular *maske";
const SECRETS: &str = "*password* passcode* login logins log-in credential* username* pin pins tan tans pw otp mfa* code details \
    *passwort* *passwörter* *kennwort* zugangsdaten *anmeldedaten *logindaten login-daten benutzername* daten";
const FILES: &str = "attachment* file files *-file *document* doc docx *pdf* zip excel* spreadsheet* invoice* macro* editing \
    program app software installer exe anydesk teamviewer *anhang* *anhänge* *anlage *anlagen *datei* *dokument* *rechnung* \
    *makro* programm programme *tabelle*";
const MONEY: &str = "money payment* transfer* funds transaction* bitcoin* crypto euro* eur usd dollar* pounds deposit geld *betrag \
    *zahlung *überweisung *transaktion";
const GIFTS: &str = "*gift* voucher* itunes* cards *gutschein* *geschenkkarte* paysafe*";
/// Of what somebody speaks who passes on codes: of cards with money on them, and not of a sign-in.
const GIVEN: &str =
    "*gift* voucher* itunes* *gutschein* *geschenkkarte* paysafe* bought purchased gekauft besorgt";
/// Things that were named before.
const SOME: &str = "them some several two three four five six eight ten all sie welche davon einige zwei drei vier fünf sechs zehn \
    alle";
/// What asks on a telephone whether it is you who signs in.
const PROMPTS: &str = "sign-in sign-ins signin login logins log-in log-ins prompt* push* *notification* mfa* 2fa two-factor* \
    multi-factor* authenticator* duo okta *anmeldung *anmeldungen *anmeldeanfrage* *anmeldeversuch* *loginanfrage* login-anfrage* *push* \
    *authenticator* *zwei-faktor* *pushmitteilung* *benachrichtigung*";
const REMOTE: &str = "remote* teamviewer* anydesk* quickassist* quick-assist* logmein* screenconnect* rustdesk* ultraviewer* \
    *fernzugriff* *fernwartung* *fernsteuerung*";
const MACHINES: &str =
    "*computer *laptop *notebook pc mac macbook machine screen desktop mouse *rechner *bildschirm *maus";
const TAKING_OVER: &str = "remote* control* access over into onto him teamviewer* anydesk* zugriff kontrolle steuerung ihn ihm denen \
    fern* anrufer* techniker*";
const CARDS: &str = "card bank-details bank-account account-number iban cvv cvc *kreditkarte* *karten* *bankdaten *kontodaten \
    *kontonummer";
pub(super) const DEVICES: &str = "*phone *phones mobile cell *laptop *laptops *notebook *macbook *computer pc tablet *ipad device *usb *stick \
    *drive badge keycard access-card token yubikey *handy *handys telefon *telefon rechner *rechner gerät *gerät *ausweis *festplatte \
    *karte *badge *smartphone schlüsselkarte";
/// Devices that nobody signs in on.
pub(super) const BADGES: &str =
    "*badge *badges keycard access-card *ausweis schlüsselkarte zutrittskarte zugangskarte";
/// Where something that was left is out of one's hands.
pub(super) const ELSEWHERE: &str = "train bus tram tube subway taxi cab uber plane flight airport station café cafe restaurant pub bar \
    hotel shop behind *zug bahn *bahn taxi *flugzeug flughafen bahnhof *hotel lokal kneipe laden irgendwo somewhere";
/// Behind `lost`: it is not the device that is gone.
pub(super) const NOT_THE_DEVICE: &str = "mail mails email message access connection signal contact data time track money password passwords files file reception \
    internet wifi";

/// From a verb to its deeds.
pub(super) static VERBS: LazyLock<HashMap<&str, Vec<(&Deed, Form)>>> = LazyLock::new(|| {
    let mut verbs: HashMap<&str, Vec<(&Deed, Form)>> = HashMap::new();
    for deed in DEEDS {
        for verb in deed.verbs.split_whitespace() {
            let (verb, form) = match (verb.strip_prefix('~'), verb.strip_prefix('!')) {
                (Some(verb), _) => (verb, Form::Gerund),
                (None, Some(verb)) => (verb, Form::Infinitive),
                (None, None) => (verb, Form::Past),
            };
            verbs.entry(verb).or_default().push((deed, form));
        }
    }
    verbs
});

/// Words that belong together, read as one.
pub(super) const JOINED: [(&str, &str, &str); 17] = [
    ("user", "name", "username"),
    ("log", "in", "log-in"),
    ("sign", "in", "sign-in"),
    ("quick", "assist", "quick-assist"),
    ("logged", "in", "logged-in"),
    ("logged", "into", "logged-in"),
    ("logged", "on", "logged-in"),
    ("signed", "in", "signed-in"),
    ("wrote", "back", "wrote-back"),
    ("bank", "details", "bank-details"),
    ("bank", "account", "bank-account"),
    ("account", "number", "account-number"),
    ("no", "one", "nobody"),
    ("access", "card", "access-card"),
    ("key", "card", "keycard"),
    ("liegen", "gelassen", "liegengelassen"),
    ("stehen", "gelassen", "stehengelassen"),
];

/// Where a clause ends, and with it what a negation reaches; and what joins two of them.
pub(super) const ENDS: &str = ", but however aber sondern jedoch";
pub(super) const JOINS: &str = "and und &";

pub(super) const NEGATIONS: &str = "not no never nothing none nobody neither nor cannot dont didnt havent hasnt wasnt *n't nicht \
    nichts nix nie niemals niemand nirgends nirgendwo nowhere weder kein*";
/// Behind a negation: it is one of something else.
pub(super) const NOT_DENIED: &str = "only just merely knowing realizing realising thinking noticing sure certain aware paying \
    looking idea nur bloß bloss";

pub(super) const OWN: &str = "i i've i'd i'm ive we we've we'd ich wir hab habe hab's habs ichs";
/// Others who may have done it.
pub(super) const OTHERS: &str = "he she colleague* coworker* co-worker* boss manager assistant intern trainee apprentice wife husband \
    partner son daughter mother father mum mom dad friend er kollege kollegen kollegin chef chefin mann frau sohn tochter mutter \
    vater freund freundin praktikant* azubi auszubildende*";
pub(super) const SUBJECTS: &str =
    "i i've i'd ive we we've we'd he she they it you anyone anybody ich wir jemand";
pub(super) const NOBODY_NAMED: &str = "you anyone anybody jemand";
pub(super) const AUXILIARIES: &str = "have had did habe hab hatte bin";
/// What may stand between `I` and its verb.
pub(super) const FILLERS: &str = "have had has did do just already also then now even only once both by mistake accident too today \
    yesterday still sorry hi hello";

pub(super) const IF: &str = "if whether wenn ob falls sofern";
pub(super) const BEFORE: &str = "before until bevor ehe bis";
pub(super) const DOUBT: &str = "sure certain unsure wondering idea sicher unsicher ahnung";
/// Doubt where it is denied.
pub(super) const KNOWING: &str = "know remember recall weiß weiss erinnere erinnern";
pub(super) const BELIEFS: &str = "think believe glaube denke";
/// What speaks for somebody else, mostly the message.
pub(super) const CLAIMS: &str =
    "says said saying claims claimed claiming states suggests pretends behauptet sagt steht";
pub(super) const ALLEGED: &str = "supposedly allegedly apparently angeblich";
pub(super) const PASSIVE: &str = "was were been being is are be get gets";
pub(super) const REGRET: &str = "should shouldn't ought wish";
pub(super) const NEARLY: &str = "almost nearly would wouldn't could couldn't should fast beinahe";
pub(super) const UNREAL: &str = "hätte hätten wäre wären würde werden wird sollte";
/// What was done to somebody or something.
pub(super) const UNDERGONE: &str = "wurde wurden worden bekommen erhalten";
/// In front of a gerund: it happened.
pub(super) const CLICKING_WAS: &str = "after mistake ended regret sorry admit resist help";

/// Behind `paid` or `answered`: something else is meant.
pub(super) const OTHER_SENSES: &str = "attention heed phone door you your through me";
/// The report button, the bin: no harm there.
pub(super) const HARMLESS: &str = "report* delet* bin junk spam alert trash forward* block* cancel* close reply print away melde* \
    meldung lösch* papierkorb weiterleit* abbrechen schließ* antworten";
/// Around a thing: another thing is meant, as in `my password expired`, `the official site`, `the mail with the attachment`.
pub(super) const NO_THING_BEHIND: &str = "is was has had expired expires will would reminder request requests instructions screen \
    demand";
pub(super) const NO_THING_BEFORE: &str = "real official genuine actual legit business id sim birthday card echte echten offizielle \
    offiziellen richtigen";
pub(super) const HOLDS: &str = "with containing mit";
pub(super) const MAIL: &str = "mail email e-mail message nachricht";

/// Whether a word is one of a list.
pub(super) fn among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|pattern| {
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => word.contains(pattern.trim_matches('*')),
            (Some(end), None) => word.ends_with(end),
            (None, Some(start)) => word.starts_with(start),
            (None, None) => word == pattern,
        }
    })
}
