//! PDF files, honest and hostile.

use super::*;

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
fn a_stream_in_more_layers_than_are_undone_is_told() {
    let layered = |filters: &str| {
        let body =
            format!("<< /Filter [{filters}] /Length 12 >>\nstream\n<48656c6c6f>\nendstream").into_bytes();
        pdf_of(&[b"<< /Type /Page >>".to_vec(), body])
    };
    let told = check(&layered("/AHx /AHx /AHx /AHx"), "a.pdf", &["attachment-not-read"]);
    assert!(told.text.is_empty());
    check(&layered("/LZWDecode"), "a.pdf", &["attachment-not-read"]);
    check(&layered("/AHx /AHx /AHx"), "a.pdf", &[]);
    check(&layered("/DCTDecode"), "a.pdf", &[]);
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
fn a_pdf_made_to_be_slow_is_read_in_bounded_time() {
    let places: String =
        (0..4_000).map(|number| format!("{} {} ", number + 10, (number % 2) * 900_000)).collect();
    let overlapping = [places.as_bytes(), &vec![b'('; 1_000_000]].concat();
    let table =
        b"1 beginbfrange ".iter().chain(b"<00><01><02> ".repeat(80_000).iter()).copied().collect::<Vec<u8>>();
    let bodies = [
        stream_of(&format!("/Type /ObjStm /N 4000 /First {}", places.len()), &overlapping),
        stream_of("", &b"<a".repeat(1_000_000)),
        stream_of("", &b"(".repeat(2_000_000)),
        stream_of("", &table),
        b"<< /Type /Font /ToUnicode 4 0 R /Font << /F1 5 0 R >> >>".to_vec(),
        [b"<< ".to_vec(), b"/URI (".repeat(10_000)].concat(),
    ];
    let bytes = pdf_of(&bodies);
    let started = Instant::now();
    let mut budget = Budget::for_one_message();
    let seen = look(&bytes, "a.pdf", "", &mut budget);
    assert!(seen.text.len() <= budget.text);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}
