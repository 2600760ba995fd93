//! The words in which people say what they did, in English and German. All lists are lower case, words between blanks;
//! `*` at a start or an end stands for any letters.

use super::Told;
use super::lists::{
    CARDS, DEVICES, ENTRIES, FILES, GIFTS, GIVEN, IT, Listed, MACHINES, MONEY, PLACES, PROMPTS, REMOTE,
    SECRETS, SOME, SPOTS, TAKING_OVER,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
}

/// What is heard: what somebody did, that a device is gone, or only that something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
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

impl Event {
    pub fn told(self) -> Option<Told> {
        match self {
            Event::Paid => Some(Told::Paid),
            Event::Remote => Some(Told::Remote),
            Event::Password => Some(Told::Password),
            Event::Approved => Some(Told::Approved),
            Event::Opened => Some(Told::Opened),
            Event::Clicked => Some(Told::Clicked),
            Event::Replied => Some(Told::Replied),
            Event::Lost | Event::Wrong => None,
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
    pub heard: Event,
    pub tongue: Tongue,
    pub needs: Needs,
    pub verbs: &'static str,
    pub things: Listed,
    /// The matter, of which the text has to speak.
    pub about: Listed,
}

macro_rules! listed {
    () => {
        Listed::Here("")
    };
    ($text:literal) => {
        Listed::Here($text)
    };
    ($name:ident) => {
        Listed::Named($name)
    };
}

macro_rules! deeds {
    ($($heard:ident $tongue:ident $needs:ident $verbs:literal $things:tt $(=> $about:tt)?;)+) => {
        pub(super) static DEEDS: &[Deed] = &[$(Deed {
            heard: Event::$heard,
            tongue: Tongue::$tongue,
            needs: Needs::$needs,
            verbs: $verbs,
            things: listed!($things),
            about: listed!($($about)?),
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
