//! Reads Outlook items (`.msg`, MS-OXMSG): an OLE compound file of MAPI properties. Bounded in streams, depth and
//! bytes; a file cut short gives what is still there.

mod compressed;

use crate::attachments::bytes::{le32, text, utf16};
use crate::attachments::ole::{Compound, Item};
use crate::attachments::rtf;
use crate::message::{Attachment, Mailbox, Message};

/// Bytes of one body, of one attachment, and of all attachments.
const BODY: usize = 4 << 20;
const ATTACHMENT: usize = 25 << 20;
const ATTACHMENTS: usize = 32 << 20;
/// Recipients, attachments and messages inside messages that are read.
const RECIPIENTS: usize = 500;
const FILES: usize = 200;
const ATTACHED: usize = 4;

/// An Outlook item.
#[derive(Clone, Debug, Default)]
pub struct OutlookItem {
    pub message: Message,
    /// Messages attached to it as Outlook items, in order.
    pub attached: Vec<Message>,
    /// Whether the headers of the transport were kept; without them nothing is known of authentication.
    pub has_headers: bool,
}

/// Whether the bytes are an Outlook item: by content, not by name.
pub fn is_outlook(bytes: &[u8]) -> bool {
    Compound::open(bytes).is_some_and(|file| file.find("__properties_version1.0").is_some())
}

/// Reads an Outlook item; nothing if the bytes are none.
pub fn read(bytes: &[u8]) -> Option<OutlookItem> {
    let file = Compound::open(bytes)?;
    file.find("__properties_version1.0")?;
    let mut room = ATTACHMENTS;
    let mut item = message(&Folder { file: &file, path: String::new(), header: 32 }, &mut room);
    // Storages of attached items, `__attach_version1.0_#00000000/__substg1.0_3701000D`.
    let inner: Vec<String> = file
        .items
        .iter()
        .filter(|inner| !inner.is_stream && inner.name() == "__substg1.0_3701000D")
        .filter(|inner| inner.path.matches('/').count() == 1)
        .map(|inner| format!("{}/", inner.path))
        .take(ATTACHED)
        .collect();
    for path in inner {
        item.attached.push(message(&Folder { file: &file, path, header: 24 }, &mut room).message);
    }
    Some(item)
}

/// One storage of the file: the item itself, a recipient, an attachment.
struct Folder<'a> {
    file: &'a Compound<'a>,
    /// Path with a trailing slash; empty for the item.
    path: String,
    /// Bytes before the entries of its property stream.
    header: usize,
}

impl Folder<'_> {
    fn stream(&self, tag: u32) -> Option<&Item> {
        self.file.find(&format!("{}__substg1.0_{tag:08X}", self.path)).filter(|item| item.is_stream)
    }

    fn bytes(&self, tag: u32, cap: usize) -> Option<Vec<u8>> {
        let read = self.file.read(self.stream(tag)?, cap);
        (!read.is_empty()).then_some(read)
    }

    /// A string property, in either of its two types.
    fn string(&self, id: u32, cap: usize) -> Option<String> {
        let wide = self.bytes(id << 16 | 0x1f, cap).map(|bytes| utf16(&bytes));
        let found = wide.or_else(|| self.bytes(id << 16 | 0x1e, cap).map(|bytes| text(&bytes, cap)))?;
        let found = found.trim_end_matches('\0');
        (!found.is_empty()).then(|| found.to_owned())
    }

    /// The value of a property of fixed size (MS-OXMSG §2.4).
    fn fixed(&self, tag: u32) -> Option<u64> {
        let stream = self.file.find(&format!("{}__properties_version1.0", self.path))?;
        let bytes = self.file.read(stream, 64 << 10);
        let entries = bytes.get(self.header..)?.as_chunks::<16>().0;
        let entry = entries.iter().find(|entry| le32(entry.as_slice(), 0) == Some(tag))?;
        let value = entry.get(8..16)?;
        Some(u64::from_le_bytes(value.try_into().ok()?))
    }

    /// Storages inside this one whose name begins so, in order.
    fn storages(&self, start: &str, most: usize) -> Vec<Folder<'_>> {
        let inside = |item: &&Item| {
            let name = item.path.strip_prefix(&self.path).unwrap_or_default();
            !item.is_stream && name.starts_with(start) && !name.contains('/')
        };
        let folder = |item: &Item| Folder { file: self.file, path: format!("{}/", item.path), header: 8 };
        self.file.items.iter().filter(inside).take(most).map(folder).collect()
    }
}

fn message(folder: &Folder, room: &mut usize) -> OutlookItem {
    let headers = folder.string(0x007d, 1 << 20).filter(|headers| headers.contains(':'));
    let mut message = headers.as_deref().map(from_headers).unwrap_or_default();
    let has_headers = !message.headers.is_empty();
    if let Some(subject) = folder.string(0x0037, 8 << 10) {
        message.subject = crate::parse::line(&subject, 2_000);
    }
    if message.message_id.is_none() {
        message.message_id =
            folder.string(0x1035, 1 << 10).map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
    }
    if message.from.is_none() {
        message.from = sender(folder);
        message.from_all = message.from.iter().cloned().collect();
    }
    if message.to.is_empty() && message.cc.is_empty() {
        recipients(folder, &mut message);
    }
    if message.date.is_none() {
        message.date = folder.fixed(0x0039_0040).or_else(|| folder.fixed(0x0e06_0040)).and_then(seconds);
    }
    let rich = || -> Option<String> {
        let packed = folder.bytes(0x1009_0102, BODY)?;
        Some(text(&compressed::unpack(&packed, BODY)?, BODY))
    };
    let mut plain = folder.string(0x1000, BODY);
    let mut html = folder
        .bytes(0x1013_0102, BODY)
        .map(|bytes| text(&bytes, BODY))
        .or_else(|| folder.string(0x1013, BODY));
    if html.is_none()
        && let Some(rich) = rich()
    {
        html = rtf::html(&rich, BODY);
        if html.is_none() && plain.is_none() {
            plain = Some(rtf::words(&rich, BODY));
        }
    }
    crate::parse::body(&mut message, plain, html);
    message.attachments = attachments(folder, room);
    OutlookItem { message, attached: Vec::new(), has_headers }
}

/// The transport's headers as Outlook kept them, read like those of any message.
fn from_headers(headers: &str) -> Message {
    let start = headers.trim_start();
    // Exchange puts a line of its own before the headers.
    let start =
        start.strip_prefix("Microsoft Mail Internet Headers Version 2.0").unwrap_or(start).trim_start();
    let bare: Vec<&str> = start.lines().take_while(|line| !line.is_empty()).collect();
    let mut raw = bare.join("\r\n");
    raw.push_str("\r\n\r\n");
    let mut message = crate::parse::parse(raw.as_bytes()).message;
    message.attachments.clear();
    message.limits.retain(|limit| *limit == crate::message::Limit::Headers);
    message
}

fn sender(folder: &Folder) -> Option<Mailbox> {
    let string = |id| folder.string(id, 2 << 10);
    let name = string(0x0c1a).or_else(|| string(0x0042));
    let address =
        [0x5d01, 0x5d02, 0x0c1f, 0x0065].into_iter().filter_map(string).find(|address| address.contains('@'));
    mailbox(name, address)
}

fn recipients(folder: &Folder, message: &mut Message) {
    for recipient in folder.storages("__recip_version1.0_#", RECIPIENTS) {
        let string = |id| recipient.string(id, 2 << 10);
        let address = [0x39fe, 0x3003].into_iter().filter_map(string).find(|address| address.contains('@'));
        let Some(mailbox) = mailbox(string(0x3001), address) else { continue };
        match recipient.fixed(0x0c15_0003) {
            Some(2) => message.cc.push(mailbox),
            Some(3) => {}
            _ => message.to.push(mailbox),
        }
    }
}

fn mailbox(name: Option<String>, address: Option<String>) -> Option<Mailbox> {
    let name = name.map(|name| crate::parse::line(&name, 300)).filter(|name| !name.is_empty());
    let address = crate::parse::line(&address.unwrap_or_default(), 320).to_lowercase();
    let name = name.filter(|name| name.to_lowercase() != address);
    (name.is_some() || !address.is_empty()).then_some(Mailbox { name, address })
}

fn attachments(folder: &Folder, room: &mut usize) -> Vec<Attachment> {
    let mut found = Vec::new();
    for file in folder.storages("__attach_version1.0_#", FILES) {
        let string = |id| file.string(id, 2 << 10);
        let name = string(0x3707).or_else(|| string(0x3704)).or_else(|| string(0x3001)).unwrap_or_default();
        let size = file.stream(0x3701_0102).map_or(0, |item| item.size);
        let content = file.bytes(0x3701_0102, ATTACHMENT.min(*room)).unwrap_or_default();
        *room = room.saturating_sub(content.len());
        let item = file.file.find(&format!("{}__substg1.0_3701000D", file.path)).is_some();
        let declared_type = string(0x370e)
            .unwrap_or_else(|| if item { "application/vnd.ms-outlook".to_owned() } else { String::new() });
        found.push(Attachment {
            name,
            declared_type: declared_type.to_lowercase(),
            size: size.max(content.len()),
            inline: string(0x3712).is_some() && file.fixed(0x7ffe_000b).is_some_and(|hidden| hidden & 1 == 1),
            content,
            ..Attachment::default()
        });
    }
    found
}

/// Seconds since 1970 of a Windows file time (100 ns since 1601).
fn seconds(file_time: u64) -> Option<i64> {
    let seconds = i64::try_from(file_time / 10_000_000).ok()? - 11_644_473_600;
    (seconds > 0).then_some(seconds)
}

#[cfg(test)]
mod tests;
