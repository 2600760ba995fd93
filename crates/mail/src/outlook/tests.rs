//! Outlook items built with another implementation of the container.

use super::*;
use std::io::{Cursor, Write};

struct Builder(cfb::CompoundFile<Cursor<Vec<u8>>>);

impl Builder {
    fn new() -> Builder {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_storage("/__nameid_version1.0").unwrap();
        Builder(file)
    }

    fn put(&mut self, path: &str, bytes: &[u8]) {
        self.0.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    fn string(&mut self, folder: &str, id: u32, value: &str) {
        let bytes: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.put(&format!("{folder}/__substg1.0_{id:04X}001F"), &bytes);
    }

    fn properties(&mut self, folder: &str, header: usize, entries: &[(u32, u64)]) {
        let mut bytes = vec![0; header];
        for (tag, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(6_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        self.put(&format!("{folder}/__properties_version1.0"), &bytes);
    }

    fn recipient(&mut self, number: usize, name: &str, address: &str, kind: u64) {
        let folder = format!("/__recip_version1.0_#{number:08X}");
        self.0.create_storage(&folder).unwrap();
        self.string(&folder, 0x3001, name);
        self.string(&folder, 0x39fe, address);
        self.properties(&folder, 8, &[(0x0c15_0003, kind)]);
    }

    fn file(&mut self, number: usize, name: &str, bytes: &[u8]) {
        let folder = format!("/__attach_version1.0_#{number:08X}");
        self.0.create_storage(&folder).unwrap();
        self.string(&folder, 0x3707, name);
        self.put(&format!("{folder}/__substg1.0_37010102"), bytes);
        self.properties(&folder, 8, &[]);
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().into_inner()
    }
}

/// 2024-03-04 10:15:00 UTC as a Windows file time.
const FILE_TIME: u64 = (1_709_547_300 + 11_644_473_600) * 10_000_000;

fn whole() -> Vec<u8> {
    let mut item = Builder::new();
    item.string("", 0x0037, "Rechnung für März");
    item.string("", 0x0c1a, "Bank Ä");
    item.string("", 0x5d01, "Service@evil.example");
    item.string("", 0x1000, "Bitte zahlen: https://evil.example/pay");
    item.properties("", 32, &[(0x0039_0040, FILE_TIME)]);
    item.recipient(0, "Bo Ek", "bo@example.org", 1);
    item.recipient(1, "Cy", "cy@example.org", 2);
    item.file(0, "a.pdf", b"%PDF-1.4 small");
    item.file(1, "large.bin", &vec![7; 20_000]);
    item.bytes()
}

#[test]
fn an_item_without_headers_is_read_from_its_properties() {
    let bytes = whole();
    assert!(is_outlook(&bytes));
    let item = read(&bytes).unwrap();
    let message = item.message;
    assert!(!item.has_headers);
    assert_eq!(message.subject, "Rechnung für März");
    let from = message.from.unwrap();
    assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("Bank Ä"), "service@evil.example"));
    assert_eq!(message.to.iter().map(|to| to.address.as_str()).collect::<Vec<_>>(), ["bo@example.org"]);
    assert_eq!(message.cc.iter().map(|cc| cc.address.as_str()).collect::<Vec<_>>(), ["cy@example.org"]);
    assert_eq!(message.date, Some(1_709_547_300));
    assert_eq!(message.links[0].target, "https://evil.example/pay");
    let files: Vec<(&str, usize)> =
        message.attachments.iter().map(|file| (file.name.as_str(), file.content.len())).collect();
    assert_eq!(files, [("a.pdf", 14), ("large.bin", 20_000)]);
}

#[test]
fn kept_headers_are_read_like_those_of_any_message() {
    let mut item = Builder::new();
    item.string("", 0x007d, "Received: from x by y; Mon, 4 Mar 2024 10:15:00 +0000\r\nAuthentication-Results: mx.example;\r\n spf=fail\r\nFrom: Evil <e@evil.example>\r\nTo: bo@example.org\r\nReply-To: r@other.example\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n");
    item.string("", 0x0037, "Hi");
    item.put("/__substg1.0_10130102", "<p>Hallo <a href='https://evil.example'>hier</a></p>".as_bytes());
    item.properties("", 32, &[]);
    let item = read(&item.bytes()).unwrap();
    assert!(item.has_headers);
    let message = item.message;
    assert_eq!(message.header("authentication-results"), Some("mx.example; spf=fail"));
    assert_eq!(message.reply_to[0].address, "r@other.example");
    assert_eq!(message.from.unwrap().address, "e@evil.example");
    assert_eq!(message.text, "Hallo hier");
    assert_eq!(message.links[0].target, "https://evil.example");
    assert!(message.attachments.is_empty());
}

#[test]
fn a_rich_text_body_and_an_item_inside_an_item_are_read() {
    let mut item = Builder::new();
    item.string("", 0x0037, "outer");
    let rich = b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Hallo{\\*\\htmltag72 </p>}}";
    let mut packed = Vec::new();
    packed.extend(u32::try_from(rich.len() + 12).unwrap().to_le_bytes());
    packed.extend(u32::try_from(rich.len()).unwrap().to_le_bytes());
    packed.extend(b"MELA\0\0\0\0");
    packed.extend(rich);
    item.put("/__substg1.0_10090102", &packed);
    item.properties("", 32, &[]);
    item.0.create_storage("/__attach_version1.0_#00000000").unwrap();
    let inner = "/__attach_version1.0_#00000000/__substg1.0_3701000D";
    item.0.create_storage(inner).unwrap();
    item.string(inner, 0x0037, "inner");
    item.string(inner, 0x0c1f, "e@evil.example");
    item.properties(inner, 24, &[]);
    let item = read(&item.bytes()).unwrap();
    assert_eq!(item.message.html.as_deref(), Some("<p>Hallo</p>"));
    assert_eq!(item.attached.iter().map(|one| one.subject.as_str()).collect::<Vec<_>>(), ["inner"]);
    assert_eq!(item.attached[0].from.as_ref().unwrap().address, "e@evil.example");
    assert_eq!(item.message.attachments[0].declared_type, "application/vnd.ms-outlook");
}

#[test]
fn a_file_cut_short_or_broken_is_read_as_far_as_it_goes() {
    let whole = whole();
    for end in (0..whole.len()).step_by(97) {
        let _no_panic = read(&whole[..end]);
    }
    for at in 0..4_000 {
        let mut broken = whole.clone();
        broken[at % 3_000] ^= 0xff;
        broken[(at * 31) % 5_000] = 0;
        let _no_panic = read(&broken);
    }
    let cut = read(&whole[..whole.len() - 600]);
    assert_eq!(cut.unwrap().message.subject, "Rechnung für März");
    assert!(!is_outlook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    assert!(read(b"").is_none());
}
