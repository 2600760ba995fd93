//! Taking a report in. The bytes are stored, then one transaction writes the report and the work that follows;
//! only then does the door say yes. Never analyses, never answers.

use std::collections::BTreeSet;

use super::reply::{Reply, reply_by_mail};
use super::store::{self, File, NewReport};
use super::{Door, Kind, Told, Vouch, is_address, links, told};
use crate::blobs::key_of;
use crate::cases::{self, Visibility};
use crate::error::{Error, Result};
use crate::ids::{FileId, LetterId, ReportId, Time};
use crate::jobs::{self, Work};
use crate::words::Locale;
use crate::{Desk, Settings, keys, letters, people, write};

/// A file that came with a report.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// A report at the door.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub door: Door,
    pub kind: Kind,
    pub told: BTreeSet<Told>,
    /// What the person wrote themselves.
    pub words: String,
    /// The message they report, raw.
    pub message: Option<Upload>,
    /// Screenshots and other files.
    pub files: Vec<Upload>,
    /// The reporter's address and name, as far as they gave them: the address is empty where they only said a name.
    pub reporter: Option<(String, String)>,
    pub vouch: Vouch,
    /// Whether an automatic answer may go out (RFC 3834).
    pub answerable: bool,
    pub locale: Locale,
    /// The same for every attempt to hand over this same report.
    pub dedupe_key: Option<String>,
    /// Whether whoever wrote the message sent it to us, as its envelope says.
    pub written: bool,
    /// Whether a machine wrote the message: a notice, a list, an automatic reply.
    pub automatic: bool,
}

impl Incoming {
    /// What tells this report from another one under the same key.
    pub(super) fn content_hash(&self) -> String {
        let (address, name) = self.reporter.as_ref().map_or(("", ""), |(address, name)| (address, name));
        let told = told::join(&self.told);
        let message = self.message.as_ref().map(|message| key_of(&message.bytes)).unwrap_or_default();
        let files: Vec<String> = self.files.iter().map(|file| key_of(&file.bytes)).collect();
        let pieces = [
            self.kind.as_str(),
            &told,
            &self.words,
            address,
            name,
            self.locale.tag(),
            &message,
            &files.concat(),
        ];
        keys::hash(&pieces.map(|piece| format!("{}:{piece}", piece.len())).concat())
    }
}

/// What the door gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub report: ReportId,
    /// The token of the reporter's private page.
    pub token: String,
    /// False if this same report was taken in before.
    pub new: bool,
}

/// More words than anybody types. The form says so; a button's are cut here.
pub(super) const MOST_WORDS: usize = 100_000;
pub(super) const MOST_FILES: usize = 10;
/// The media type of a file that is a message, by its content.
pub(super) const MESSAGE: &str = "message/rfc822";

/// Takes a report in. When this returns `Ok`, it survives a crash.
pub async fn receive(desk: &Desk, incoming: Incoming) -> Result<Receipt> {
    receive_answering(desk, incoming, None).await
}

/// The same for one with which somebody answers a letter to somebody else: it joins the case of that one.
async fn receive_answering(
    desk: &Desk,
    mut incoming: Incoming,
    answers: Option<ReportId>,
) -> Result<Receipt> {
    // What is no message is a file, whatever its sender called it. A mail is one, however oddly it is built.
    let by_mail = matches!(incoming.door, Door::Mail | Door::Mailbox);
    if !by_mail && let Some(file) = incoming.message.take_if(|message| !mail::is_message(&message.bytes)) {
        incoming.files.insert(0, file);
    }
    let size: usize = incoming.files.iter().chain(&incoming.message).map(|file| file.bytes.len()).sum();
    if size > desk.settings.most_bytes {
        return Err(Error::TooLarge);
    }
    if incoming.files.len() > MOST_FILES {
        return Err(Error::Unclear("problem-ten-files"));
    }
    if let Some((address, name)) = &mut incoming.reporter
        && !by_mail
        && !is_reachable(&desk.settings, address)
    {
        // What is no address of a person may still say who it is.
        let said = std::mem::take(address);
        if name.trim().is_empty() {
            *name = said;
        }
        incoming.vouch = Vouch::Nobody;
    }
    let content_hash = (incoming.door == Door::Api).then(|| incoming.content_hash());
    let now = desk.now();
    let id = ReportId::new(now);
    let (raw_key, raw_name) = match incoming.message {
        Some(message) => (Some(desk.blobs.put(message.bytes).await?), Some(clean_name(&message.name))),
        None => (None, None),
    };
    let mut files = Vec::new();
    for upload in incoming.files {
        files.push(keep_file(desk, upload, now).await?);
    }
    let words: String = incoming.words.chars().filter(|letter| *letter != '\0').take(MOST_WORDS).collect();
    let exposed = told::needs_help(incoming.kind, &incoming.told);
    let anonymous = incoming.reporter.as_ref().is_none_or(|(address, _)| address.is_empty());
    let reporter_name = incoming.reporter.as_ref().map(|(_, name)| people::short(name)).unwrap_or_default();
    let vouched = incoming.vouch == Vouch::Vouched && !anonymous;
    let reachable =
        incoming.reporter.as_ref().is_some_and(|(address, _)| is_reachable(&desk.settings, address));
    let mut new = NewReport {
        id,
        reporter_id: None,
        reporter_name,
        anonymous,
        door: incoming.door.as_str(),
        kind: incoming.kind.as_str(),
        told: told::join(&incoming.told),
        words,
        locale: incoming.locale.tag(),
        vouched: incoming.vouch.as_str(),
        answerable: vouched && incoming.answerable,
        quiet: vouched && !incoming.answerable && reachable,
        raw_key,
        raw_name,
        dedupe_key: incoming.dedupe_key,
        content_hash,
        written: incoming.written,
        automatic: incoming.automatic,
        answers,
        received_at: now,
        exposed,
    };
    let ahead = ahead(incoming.vouch, exposed);
    // Whoever typed an address and whoever reads it need not be the same: each gets a link of their own.
    let typed = incoming.door == Door::Web && new.answerable;
    let (taken, fresh) = write!(desk.db, tx => {
        if let Some(key) = &new.dedupe_key
            && let Some((known, was)) = store::by_dedupe(tx, key).await? {
                if was.is_some() && was != new.content_hash {
                    return Err(Error::Invalid("This `Idempotency-Key` already stands for another report of the same person. Give each press of the button a key of its own.".into()));
                }
                return Ok((known, false));
            }
        if let Some((address, name)) = &incoming.reporter && !anonymous {
            let vouched_name = (incoming.vouch == Vouch::Vouched).then_some(name.as_str());
            new.reporter_id = Some(people::recognise(tx, address, vouched_name, incoming.locale, now).await?);
        }
        store::add(tx, &new).await?;
        for file in &files {
            store::add_file(tx, id, file).await?;
        }
        links::first(tx, desk, id, typed, now).await?;
        jobs::enqueue(tx, Work::Understand(id), now.plus(-ahead), now).await?;
        Ok((id, true))
    })?;
    metrics::counter!("alongside_reports_total", "door" => new.door).increment(1);
    let token = if typed { links::at_door(desk, taken) } else { current_token(desk, taken, fresh).await? };
    Ok(Receipt { report: taken, token, new: fresh })
}

/// How far a report steps ahead among those that wait to be read: much that came at once from strangers keeps nobody waiting for whom
/// somebody vouches. Nobody waits longer than this for others who came later.
fn ahead(vouch: Vouch, exposed: bool) -> i64 {
    let known = if vouch == Vouch::Vouched { 10 * Time::MINUTE } else { 0 };
    let pressing = if exposed { 5 * Time::MINUTE } else { 0 };
    known + pressing
}

/// Whether a letter to an address can get to a person: not one of the desk's own, and in a domain that mail goes to.
pub(super) fn is_reachable(settings: &Settings, address: &str) -> bool {
    let Some((_, host)) = address.rsplit_once('@') else { return false };
    let goes = host.contains('.') || mail::is_own(&settings.mail, host);
    goes && is_address(address)
        && !mail::is_desk(address, &settings.mail)
        && people::normal(&settings.desk_address) != people::normal(address)
}

/// A mail at the door.
#[derive(Clone, Debug)]
pub struct Mailed {
    pub door: Door,
    pub recipients: Vec<String>,
    /// The envelope sender; nothing for the null sender of delivery notices.
    pub from: Option<String>,
    pub raw: Vec<u8>,
    /// The address somebody vouches for, if anybody does.
    pub vouched_address: Option<String>,
    /// Whether an automatic answer may go out (RFC 3834).
    pub answerable: bool,
    /// Whether a machine wrote it: a notice, a list, an automatic reply. Not the opposite of `answerable`: a person whom
    /// nobody vouches for is still a person.
    pub automatic: bool,
    pub key: String,
}

/// Takes a mail in: a reply when the reporter sends it to a signed reply address or answers a letter of ours, a new report
/// otherwise. Somebody else who answers gets a report of their own in the same case.
pub async fn receive_mail(desk: &Desk, mailed: Mailed) -> Result<()> {
    let head = mail::head(&mailed.raw);
    let notice = mailed.from.is_none() && letters::is_delivery_notice(&head);
    let (mut answers, mut taken) = (None, false);
    for recipient in &mailed.recipients {
        let tag = recipient.split('@').next().and_then(|local| local.split_once('+')).map(|(_, tag)| tag);
        let tag = tag.unwrap_or_default();
        let letter = desk.keys.letter_of_return(tag);
        if notice && let Some(letter) = letter {
            return letters::returned(desk, letter, &mailed.raw).await;
        }
        let report = match letter {
            // Robots answer where notices go, and so do a few old mail programs.
            Some(letter) => report_of_reply_address(desk, letter).await?,
            None => report_of_tag(desk, tag).await?,
        };
        let Some(report) = report else { continue };
        if notice && doubtful_notice(desk, Some(report), &mailed.raw).await? {
            return Ok(());
        }
        match reply_by_mail(desk, report, &mailed, &head).await? {
            Reply::Taken => taken = true,
            Reply::OfSomebodyElse => answers = answers.or(Some(report)),
            Reply::ToNobody => {}
        }
    }
    if taken {
        return Ok(());
    }
    if notice && doubtful_notice(desk, None, &mailed.raw).await? {
        return Ok(());
    }
    if let Some(report) = answered_letter(desk, &mailed, &head).await?
        && reply_by_mail(desk, report, &mailed, &head).await? == Reply::Taken
    {
        return Ok(());
    }
    let (from, locale) = sender_of(head, desk);
    let vouched = mailed.vouched_address.as_deref().map(people::normal);
    let vouch = if vouched.is_some() { Vouch::Vouched } else { Vouch::Nobody };
    let (author, name) = from.map(|(address, name)| (people::normal(&address), name)).unwrap_or_default();
    // Whoever wrote it handed it over: it is to us, whatever its headers say of recipients. A redirect has another author.
    let written = mailed.from.as_deref().is_some_and(|from| people::normal(from) == author);
    // A name belongs to the address beside it, which may be another than the one that is vouched for.
    let name = if vouched.as_ref().is_none_or(|vouched| *vouched == author) { name } else { String::new() };
    let address = vouched.or(Some(author));
    let incoming = Incoming {
        door: mailed.door,
        kind: Kind::Message,
        told: BTreeSet::new(),
        words: String::new(),
        message: Some(Upload {
            name: "report.eml".into(),
            media_type: "message/rfc822".into(),
            bytes: mailed.raw,
        }),
        files: Vec::new(),
        reporter: address.filter(|address| address.contains('@')).map(|address| (address, name)),
        vouch,
        answerable: mailed.answerable,
        locale,
        dedupe_key: Some(format!("mail:{}", mailed.key)),
        written,
        automatic: mailed.automatic,
    };
    receive_answering(desk, incoming, answers).await.map(|_| ())
}

/// A delivery notice that did not come to the address that only mail servers know. Anybody may have written it, so the team hears of it
/// once for each letter, and nothing else follows. False if it is about no letter of ours.
async fn doubtful_notice(desk: &Desk, report: Option<ReportId>, raw: &[u8]) -> Result<bool> {
    let now = desk.now();
    write!(desk.db, tx => {
        let found = letters::perhaps_returned(tx, desk, report, raw).await?;
        for letter in found.iter().filter(|letter| letter.state == "sent" && letters::says_failed(raw)) {
            let Some(report) = letter.report_id else { continue };
            let Some(case) = store::by_id(tx, report).await?.and_then(|report| report.case_id) else { continue };
            if store::take_once(tx, &format!("notice:{}", letter.id), now).await? {
                cases::add_line(tx, case, report, Visibility::Team, "notice-unconfirmed", now).await?;
            }
        }
        Ok(!found.is_empty())
    })
}

/// The report whose reply address stands in a letter, as long as that address is good.
async fn report_of_reply_address(desk: &Desk, letter: LetterId) -> Result<Option<ReportId>> {
    let mut tx = desk.db.read().await?;
    let letter = letters::find(&mut tx, letter).await?;
    drop(tx);
    let address = letter.and_then(|letter| letter.reply_to).unwrap_or_default();
    match address.split('@').next().and_then(|local| local.split_once('+')) {
        Some((_, tag)) => report_of_tag(desk, tag).await,
        None => Ok(None),
    }
}

/// The report a reply address was made for, if we made it and its reporter still has the same private link.
async fn report_of_tag(desk: &Desk, tag: &str) -> Result<Option<ReportId>> {
    let Some(id) = keys::named_in_tag(tag) else { return Ok(None) };
    let mut tx = desk.db.read().await?;
    let serial = store::by_id(&mut tx, id).await?.and_then(|report| u32::try_from(report.link_serial).ok());
    Ok(serial.filter(|serial| desk.keys.is_reply_tag(tag, id, *serial)).map(|_| id))
}

/// The report whose letter a mail answers by its headers, for mail programs that write to our plain address. Only where somebody
/// vouches that it comes from the reader of that letter: a Message-ID is no secret.
async fn answered_letter(desk: &Desk, mailed: &Mailed, head: &mail::Message) -> Result<Option<ReportId>> {
    const MOST_NAMED: usize = 20;
    let Some(vouched) = mailed.vouched_address.as_deref().map(people::normal) else { return Ok(None) };
    let named = ["In-Reply-To", "References"].into_iter().flat_map(|name| head.headers_named(name));
    let ids: Vec<&str> = named
        .flat_map(str::split_whitespace)
        .filter_map(|id| id.strip_prefix('<')?.strip_suffix('>'))
        .filter(|id| !id.contains('\0'))
        .take(MOST_NAMED)
        .collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let mut tx = desk.db.read().await?;
    for id in ids {
        if let Some(report) = letters::report_of_letter(&mut tx, id, &vouched).await? {
            return Ok(Some(report));
        }
    }
    Ok(None)
}

/// The sender as the message names them, and the language their mail program says it is in.
fn sender_of(head: mail::Message, desk: &Desk) -> (Option<(String, String)>, Locale) {
    let locale = head
        .headers
        .iter()
        .find(|(name, _)| {
            name.eq_ignore_ascii_case("content-language") || name.eq_ignore_ascii_case("accept-language")
        })
        .and_then(|(_, value)| Locale::from_header(value))
        .unwrap_or(desk.settings.locale);
    let from = head.from.map(|from| (from.address, from.name.unwrap_or_default()));
    (from, locale)
}

pub(super) async fn keep_file(desk: &Desk, upload: Upload, now: Time) -> Result<File> {
    let size = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
    let media_type = if mail::is_message(&upload.bytes) { MESSAGE } else { &upload.media_type };
    let raw_key = desk.blobs.put(upload.bytes).await?;
    Ok(File {
        id: FileId::new(now),
        raw_key,
        name: clean_name(&upload.name),
        media_type: media_type.chars().filter(|letter| letter.is_ascii_graphic()).take(100).collect(),
        size,
        added_at: now,
    })
}

async fn current_token(desk: &Desk, report: ReportId, fresh: bool) -> Result<String> {
    if fresh {
        return Ok(desk.keys.page_token(report, 0));
    }
    let mut tx = desk.db.read().await?;
    let known = store::by_id(&mut tx, report).await?.ok_or(Error::NotFound)?;
    Ok(desk.keys.page_token(report, u32::try_from(known.link_serial).unwrap_or(0)))
}

/// A file name without folders, control characters or direction tricks, short enough to show.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !crate::words::turns_words(*letter))
        .take(120)
        .collect();
    if clean.trim().is_empty() { "file".into() } else { clean }
}
