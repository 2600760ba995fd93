//! Files that people added, as stored. What a file is, its bytes say: never its name, never what its sender claims.

use super::receive::{MOST_FILES, Upload};
use super::store;
use crate::Desk;
use crate::cases::{self, Visibility};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{CaseId, FileId, ReportId, Time};

/// A stored file, read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The media type of a picture that a browser may show; nothing for everything else.
    pub picture: Option<&'static str>,
}

/// A file of this report; nothing if it has no such file.
pub async fn open_file(desk: &Desk, report: ReportId, id: FileId) -> Result<Option<Opened>> {
    let mut tx = desk.db.read().await?;
    let found = store::file(&mut tx, id).await?.filter(|(whose, ..)| *whose == report);
    drop(tx);
    let Some((_, raw_key, name)) = found else { return Ok(None) };
    let bytes = desk.blobs.get(&raw_key).await?;
    Ok(Some(Opened { picture: picture(&bytes), name, bytes }))
}

/// Which kind of picture the bytes begin like. Only kinds that cannot hold a script.
pub fn picture(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 4] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let known = BEGINNINGS.iter().find(|(begins, _)| bytes.starts_with(begins)).map(|(_, kind)| *kind);
    known.or(webp.then_some("image/webp"))
}

/// What lies beside the words of a mail, and can be opened as a file; and whether there is more than we keep so. A single message
/// inside is what is read, and no file.
pub(super) fn beside(reading: &mail::Reading) -> (Vec<Upload>, bool) {
    if matches!(reading.shape, mail::Shape::Bare | mail::Shape::Arf) {
        return (Vec::new(), false);
    }
    let alone = reading.original.is_some() && reading.others.is_empty();
    let is_file =
        |file: &&mail::Attachment| !(file.content.is_empty() || alone && mail::is_message(&file.content));
    let all = || reading.outer.attachments.iter().filter(is_file);
    let kept = all().take(MOST_FILES).map(|file| Upload {
        name: file.name.clone(),
        media_type: file.declared_type.clone(),
        bytes: file.content.clone(),
    });
    (kept.collect(), all().count() > MOST_FILES)
}

/// Says to the reporter and the team that not every file of a mail stands by itself.
pub(super) async fn say_left_out(tx: &mut Tx, case: CaseId, report: ReportId, now: Time) -> Result<()> {
    cases::add_line(tx, case, report, Visibility::Reporter, "files-left-out", now).await
}
