//! What a file is by its first bytes, whatever its name says.

use super::bytes::{find, has, head};
use super::names;

/// The kinds of file that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Program(&'static str),
    Shortcut,
    DiskImage(&'static str),
    HelpFile,
    OneNote,
    RemoteDesktop,
    DataQuery,
    Pdf,
    Zip,
    Gzip,
    Tar,
    SevenZip,
    Rar,
    Cabinet,
    OtherArchive(&'static str),
    /// An OLE compound file: old Office, Outlook item, installer.
    Ole,
    Rtf,
    Html,
    Svg,
    Calendar,
    Image(Picture),
    Mail,
    Text,
    Unknown,
}

/// Pictures by format; only some can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    Png,
    Jpeg,
    Gif,
    Webp,
    Bmp,
    Other(&'static str),
}

impl Kind {
    /// The media type, where the bytes say one.
    pub fn media_type(self) -> Option<&'static str> {
        Some(match self {
            Kind::Program(kind) | Kind::DiskImage(kind) | Kind::OtherArchive(kind) => kind,
            Kind::Shortcut => "application/x-ms-shortcut",
            Kind::HelpFile => "application/vnd.ms-htmlhelp",
            Kind::OneNote => "application/onenote",
            Kind::RemoteDesktop => "application/x-rdp",
            Kind::DataQuery => "application/x-ms-excel-query",
            Kind::Pdf => "application/pdf",
            Kind::Zip => "application/zip",
            Kind::Gzip => "application/gzip",
            Kind::Tar => "application/x-tar",
            Kind::SevenZip => "application/x-7z-compressed",
            Kind::Rar => "application/vnd.rar",
            Kind::Cabinet => "application/vnd.ms-cab-compressed",
            Kind::Ole => "application/x-ole-storage",
            Kind::Rtf => "application/rtf",
            Kind::Html => "text/html",
            Kind::Svg => "image/svg+xml",
            Kind::Calendar => "text/calendar",
            Kind::Image(Picture::Png) => "image/png",
            Kind::Image(Picture::Jpeg) => "image/jpeg",
            Kind::Image(Picture::Gif) => "image/gif",
            Kind::Image(Picture::Webp) => "image/webp",
            Kind::Image(Picture::Bmp) => "image/bmp",
            Kind::Image(Picture::Other(kind)) => kind,
            Kind::Mail => "message/rfc822",
            Kind::Text => "text/plain",
            Kind::Unknown => return None,
        })
    }
}

/// Fixed beginnings.
static BEGINNINGS: [(&[u8], Kind); 45] = [
    (b"MZ", Kind::Program("application/vnd.microsoft.portable-executable")),
    (b"\x7fELF", Kind::Program("application/x-elf")),
    (b"\xcf\xfa\xed\xfe", Kind::Program("application/x-mach-binary")),
    (b"\xce\xfa\xed\xfe", Kind::Program("application/x-mach-binary")),
    (b"\xca\xfe\xba\xbe", Kind::Program("application/java-vm")),
    (b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F", Kind::Shortcut),
    (b"ITSF", Kind::HelpFile),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", Kind::OneNote),
    (b"vhdxfile", Kind::DiskImage("application/x-vhdx")),
    (b"conectix", Kind::DiskImage("application/x-vhd")),
    (b"KDMV", Kind::DiskImage("application/x-vmdk")),
    (b"MSWIM\x00\x00\x00", Kind::DiskImage("application/x-ms-wim")),
    (b"%PDF-", Kind::Pdf),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"PK\x07\x08PK\x03\x04", Kind::Zip),
    (b"\x1f\x8b", Kind::Gzip),
    (b"7z\xbc\xaf\x27\x1c", Kind::SevenZip),
    (b"Rar!\x1a\x07", Kind::Rar),
    (b"MSCF\x00\x00\x00\x00", Kind::Cabinet),
    (b"BZh", Kind::OtherArchive("application/x-bzip2")),
    (b"\xfd7zXZ\x00", Kind::OtherArchive("application/x-xz")),
    (b"\x28\xb5\x2f\xfd", Kind::OtherArchive("application/zstd")),
    (b"\x60\xea", Kind::OtherArchive("application/x-arj")),
    (b"\x1f\x9d", Kind::OtherArchive("application/x-compress")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Ole),
    (b"{\\rt", Kind::Rtf),
    (b"\x89PNG\r\n\x1a\n", Kind::Image(Picture::Png)),
    (b"\xff\xd8\xff", Kind::Image(Picture::Jpeg)),
    (b"GIF87a", Kind::Image(Picture::Gif)),
    (b"GIF89a", Kind::Image(Picture::Gif)),
    (b"II*\x00", Kind::Image(Picture::Other("image/tiff"))),
    (b"MM\x00*", Kind::Image(Picture::Other("image/tiff"))),
    (b"\x00\x00\x01\x00", Kind::Image(Picture::Other("image/x-icon"))),
    (b"BM", Kind::Image(Picture::Bmp)),
    (b"[InternetShortcut]", Kind::Shortcut),
    (b"[InternetS", Kind::Shortcut),
    (b"[{000214A0-0000-0000-C000-000000000046}]", Kind::Shortcut),
    (b"ID;P", Kind::DataQuery),
    (b"WEB\r\n1", Kind::DataQuery),
    (b"WEB\n1", Kind::DataQuery),
    (b"BEGIN:VCALENDAR", Kind::Calendar),
    (b"Received: ", Kind::Mail),
    (b"Return-Path: ", Kind::Mail),
    (b"From - ", Kind::Mail),
];

/// What `bytes` are.
pub(crate) fn kind(bytes: &[u8]) -> Kind {
    if let Some((beginning, kind)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        // Two letters prove little: a program has a pointer to its header, a bitmap its own size.
        let weak = beginning.len() == 2 && looks_like_text(head(bytes, 256));
        if !weak {
            return *kind;
        }
    }
    let at = |place: usize, mark: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(mark));
    if bytes.starts_with(b"RIFF") && at(8, b"WEBP") {
        return Kind::Image(Picture::Webp);
    }
    if at(257, b"ustar") {
        return Kind::Tar;
    }
    if at(0x8001, b"CD001") || at(0x8001, b"BEA01") || at(0x8001, b"NSR0") {
        return Kind::DiskImage("application/x-iso9660-image");
    }
    if at(2, b"-lh") && at(6, b"-") {
        return Kind::OtherArchive("application/x-lzh");
    }
    if at(7, b"**ACE**") {
        return Kind::OtherArchive("application/x-ace");
    }
    if at(4, b"ftypheic") || at(4, b"ftypavif") || at(4, b"ftypmif1") {
        return Kind::Image(Picture::Other("image/heif"));
    }
    let tail = bytes.len().saturating_sub(512);
    if at(tail, b"conectix") {
        return Kind::DiskImage("application/x-vhd");
    }
    if at(tail, b"koly") {
        return Kind::DiskImage("application/x-apple-diskimage");
    }
    let first = head(bytes, 1024);
    if find(first, b"%PDF-").is_some() {
        return Kind::Pdf;
    }
    written(bytes)
}

/// Kinds that are text.
fn written(bytes: &[u8]) -> Kind {
    let first = head(bytes, 2048);
    let wide = first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]);
    if !wide && !looks_like_text(first) {
        return Kind::Unknown;
    }
    let start = super::bytes::text(first, 2048).to_ascii_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let holds = |mark: &str| start.contains(mark);
    if start.starts_with("begin:vcalendar") {
        return Kind::Calendar;
    }
    if holds("[internetshortcut]") {
        return Kind::Shortcut;
    }
    if holds("full address:s:") || holds("redirectdrives:i:") || holds("remoteapplicationmode:i:") {
        return Kind::RemoteDesktop;
    }
    if start.starts_with('<') || holds("<!doctype html") || holds("<html") {
        let page = holds("<html")
            || holds("<!doctype html")
            || holds("<script")
            || holds("<body")
            || holds("<head")
            || holds("<form")
            || holds("<meta")
            || holds("<iframe");
        if holds("<svg") && !holds("<html") && !holds("<!doctype html") {
            return Kind::Svg;
        }
        if page {
            return Kind::Html;
        }
    }
    if holds("\nreceived: ") && (holds("\nfrom: ") || holds("\nsubject: ")) {
        return Kind::Mail;
    }
    Kind::Text
}

/// Whether bytes look like written text: no zero bytes and few other control characters.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    let odd = bytes.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte) && **byte != 27).count();
    !has(bytes, b"\0") && odd * 50 <= bytes.len()
}

/// What a person would expect behind a name's ending and what is there instead, if those differ in a way that
/// matters. Programs and scripts have rules of their own.
pub(super) fn mismatch(name: &str, kind: Kind) -> Option<String> {
    let ending = names::extension(name);
    let expected: &[&str] = match kind {
        Kind::Pdf => &["pdf", "ai"],
        Kind::Html => {
            &["html", "htm", "xhtml", "shtml", "mht", "mhtml", "xml", "txt", "hta", "php", "asp", "svg"]
        }
        Kind::Svg => &["svg", "xml", "html", "htm", "txt"],
        Kind::Image(_) => &IMAGES,
        Kind::Rtf => &["rtf", "doc", "wiz"],
        Kind::OneNote => &["one", "onepkg"],
        Kind::Rar => &["rar", "r00", "001", "cbr"],
        Kind::SevenZip => &["7z", "001"],
        Kind::Zip | Kind::Ole | Kind::Program(_) | Kind::DiskImage(_) | Kind::Cabinet => {
            let innocent = IMAGES.contains(&ending.as_str())
                || matches!(ending.as_str(), "pdf" | "txt" | "html" | "htm" | "csv" | "rtf" | "ics");
            return innocent
                .then(|| format!("named .{ending}, is {}", kind.media_type().unwrap_or("something else")));
        }
        _ => return None,
    };
    let known = KNOWN.contains(&ending.as_str()) || IMAGES.contains(&ending.as_str());
    (known && !expected.contains(&ending.as_str()))
        .then(|| format!("named .{ending}, is {}", kind.media_type().unwrap_or("something else")))
}

static IMAGES: [&str; 14] =
    ["png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp", "tif", "tiff", "ico", "heic", "avif", "jfif", "emz"];

/// Endings whose content people believe they know.
static KNOWN: [&str; 22] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "txt", "csv", "zip", "rar",
    "7z", "html", "htm", "svg", "ics", "eml", "mp3", "mp4",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(kind(b"%PDF-1.7\n"), Kind::Pdf);
        assert_eq!(kind(b"\xef\xbb\xbf  <!DOCTYPE html><p>"), Kind::Html);
        assert_eq!(kind(b"<?xml version='1.0'?><svg xmlns='x'>"), Kind::Svg);
        assert_eq!(kind(b"\xff\xfe<\0h\0t\0m\0l\0>\0"), Kind::Html);
        assert_eq!(
            kind(b"MZ\x90\x00\x03\x00\x00\x00"),
            Kind::Program("application/vnd.microsoft.portable-executable")
        );
        assert_eq!(kind(b"MZ is how this letter begins, and then it goes on."), Kind::Text);
        assert_eq!(kind(b"BM W cars are nice"), Kind::Text);
        assert_eq!(kind(b""), Kind::Text);
        assert_eq!(kind(&[0, 1, 2, 3, 4, 5, 6]), Kind::Unknown);
    }

    #[test]
    fn names_that_disagree_are_told() {
        assert_eq!(mismatch("a.pdf", Kind::Html).as_deref(), Some("named .pdf, is text/html"));
        assert_eq!(mismatch("a.docx", Kind::Zip), None);
        assert_eq!(mismatch("a.doc", Kind::Rtf), None);
        assert_eq!(mismatch("a.jpg", Kind::Image(Picture::Png)), None);
        assert_eq!(mismatch("a.jpg", Kind::Zip).as_deref(), Some("named .jpg, is application/zip"));
        assert_eq!(mismatch("a", Kind::Zip), None);
    }
}
