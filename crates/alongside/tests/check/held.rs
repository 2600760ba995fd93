//! How far a note and a list of known findings reach, and what is nobody's words.

use super::*;

fn marks(text: &str, name: &str) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("written");
    let output = alongside(&["check", name, "--kind", "other"], folder.path(), "");
    out(&output).matches("BLM01").count() - out(&output).matches("`alongside rule BLM01`").count()
}

#[test]
fn a_note_covers_one_block_in_pages_lists_and_tables() {
    let note = "<!-- alongside: allow BLM01 because it is quoted -->";
    let three = "<p>This is your fault.</p>".repeat(3);
    assert_eq!(marks(&format!("{note}{three}\n"), "a.html"), 2);
    assert_eq!(marks(&format!("{note}\n{}\n", three.replace("</p>", "</p>\n")), "b.html"), 2);
    assert_eq!(
        marks(
            &format!("- This is your fault. {note}\n- This is your fault.\n- This is your fault.\n"),
            "c.md"
        ),
        2
    );
    let table =
        format!("| a | b |\n|---|---|\n| This is your fault. | {note} |\n| x | This is your fault. |\n");
    assert_eq!(marks(&table, "d.md"), 1);
    assert_eq!(
        marks(
            &format!("{note}\n\nThis is your fault.\nThis is your fault.\n\nThis is your fault.\n"),
            "e.md"
        ),
        1
    );
}

#[test]
fn what_a_text_lacks_stays_known_when_its_first_sentence_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |text: &str| std::fs::write(folder.path().join("a.md"), text).expect("written");
    write("We closed the ticket about the mail. The page is gone. All works again.\n");
    alongside(&["check", "--kind", "reply", "--write-baseline", "known.json"], folder.path(), "");
    write("We closed the case about the mail. The page is gone. All works again.\n");
    let output = alongside(&["check", "--kind", "reply", "--baseline", "known.json"], folder.path(), "");
    assert!(!out(&output).contains("EMP01") && !out(&output).contains("NXT"), "{}", out(&output));
}

#[test]
fn gits_own_lines_are_nobodys_words() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(".alongside.toml"), "kind = \"reply\"\n").expect("written");
    let text = "Mend the form\n\n# This is your fault.\n# ---- >8 ----\n-This is your fault.\n";
    std::fs::write(folder.path().join("COMMIT_EDITMSG"), text).expect("written");
    let output = alongside(&["check", "COMMIT_EDITMSG"], folder.path(), "");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn a_mail_in_old_characters_is_read_and_not_rewritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let head =
        b"Subject: Gruss\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n";
    let mail = [&head[..], b"Das ist Ihre Schuld, f\xfcr alle. Bitte melden Sie sich.\n"].concat();
    std::fs::write(folder.path().join("a.eml"), &mail).expect("written");
    let output = alongside(&["check", "a.eml", "--kind", "other"], folder.path(), "");
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    alongside(&["check", "a.eml", "--fix", "--suggested"], folder.path(), "");
    assert_eq!(std::fs::read(folder.path().join("a.eml")).expect("read"), mail);
}

#[test]
fn a_message_that_cannot_be_read_is_no_harm_and_nobody_is_promised() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("empty.eml"), "").expect("written");
    let output = alongside(&["read", "empty.eml"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2));
    assert!(!out(&output).contains("a person"), "{}", out(&output));
    let both = "From a@b.example Mon Jul  6 10:00:00 2026\nFrom: a@b.example\nTo: c@d.example\nSubject: lunch\n\nHello, lunch at noon?\n\n\
        From e@f.example Mon Jul  6 11:00:00 2026\nFrom: e@f.example\nTo: c@d.example\nSubject: pay\n\nHello.\n";
    std::fs::write(folder.path().join("two.mbox"), both).expect("written");
    let read = out(&alongside(&["read", "two.mbox"], folder.path(), ""));
    assert!(read.contains("made-several"), "{read}");
}

#[test]
fn both_forms_of_a_mail_are_read_and_what_both_say_is_marked_once() {
    let mail = |html: &str| {
        format!(
            "Subject: Hello\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
             Dear all, thank you for asking us about the new sign-in. It is your fault.\n\n--b\n\
             Content-Type: text/html\n\n<p>{html}</p>\n--b--\n"
        )
    };
    let same = "Dear all, thank you for asking us about the new sign-in. It is <b>your fault</b>.";
    assert_eq!(marks(&mail(same), "same.eml"), 1);
    assert_eq!(marks(&mail("This is all your fault."), "other.eml"), 2);
}

#[test]
fn names_that_a_program_looks_up_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let names =
        "Dear {{ commence }}, ${utilize} %utilize% $utilize #utilize ./utilize --utilize utilize= utilize()";
    for (name, beyond) in [("a.txt", ""), ("a.md", "\n\n## More {#utilize}"), ("a.html", "")] {
        let text = format!("{names}{beyond}\n\nWe utilize it.\n");
        std::fs::write(folder.path().join(name), &text).expect("written");
        alongside(&["check", name, "--fix", "--kind", "other"], folder.path(), "");
        let mended = std::fs::read_to_string(folder.path().join(name)).expect("read");
        assert_eq!(mended, text.replace("We utilize", "We use"), "{name}");
    }
}

#[test]
fn an_encoded_mail_is_shown_as_its_readers_see_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mail = "Subject: Hello\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
        SGVsbG8gYWxsLCBpdCBpcyB5b3VyIGZhdWx0IG5vdy4=\n";
    std::fs::write(folder.path().join("a.eml"), mail).expect("written");
    let shown = out(&alongside(&["check", "a.eml", "--kind", "other"], folder.path(), ""));
    assert!(shown.contains("Hello all, it is your fault now.") && !shown.contains("SGVsbG8"), "{shown}");
    for format in ["json", "sarif"] {
        let shown =
            out(&alongside(&["check", "a.eml", "--kind", "other", "--format", format], folder.path(), ""));
        assert!(shown.contains("\"text\": \"your fault\""), "{shown}");
    }
}
