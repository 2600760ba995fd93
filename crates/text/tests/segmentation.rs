//! Words and sentences as people see them, and prose that knows where it came from.

#![expect(clippy::string_slice, reason = "a test fails where a span does not fit")]

use text::prose::BlockKind;
use text::scope::{Format, read};
use text::{Key, Kind, segment, word};

fn sentences(text: &str) -> Vec<&str> {
    segment(text).sentences.iter().map(|sentence| &text[sentence.range()]).collect()
}

fn words(text: &str) -> Vec<&str> {
    word::tokens(text).iter().map(|token| token.of(text)).collect()
}

#[test]
fn abbreviations_initials_and_numbers_do_not_end_sentences() {
    assert_eq!(
        sentences("Ask Dr. Weber, e.g. by phone. She is in."),
        ["Ask Dr. Weber, e.g. by phone.", "She is in."]
    );
    assert_eq!(sentences("Version 4.2 is out. It is fine."), ["Version 4.2 is out.", "It is fine."]);
    assert_eq!(
        sentences("Am 12. Juni, d.h. am Freitag. Danke."),
        ["Am 12. Juni, d.h. am Freitag.", "Danke."]
    );
    assert_eq!(sentences("\"Really?\" she asked. Yes!"), ["\"Really?\"", "she asked.", "Yes!"]);
    assert_eq!(sentences("Wait... what? No!!! Stop."), ["Wait... what?", "No!!!", "Stop."]);
}

#[test]
fn contractions_are_read_in_full_and_keep_their_bytes() {
    let text = "You don\u{2019}t, can't and won't; you've cannot.";
    let tokens = word::tokens(text);
    let keys: Vec<Key> =
        tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.key).collect();
    let wanted = ["you", "do", "not", "can", "not", "and", "will", "not", "you", "have", "can", "not"];
    assert_eq!(keys, wanted.map(Key::of));
    assert!(tokens.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn addresses_paths_and_names_are_one_token() {
    assert_eq!(
        words("See https://a.example/x?y=1, mail a.b@c.example or read /etc/hosts at 16:00."),
        [
            "See",
            "https://a.example/x?y=1",
            ",",
            "mail",
            "a.b@c.example",
            "or",
            "read",
            "/etc/hosts",
            "at",
            "16:00",
            "."
        ]
    );
}

#[test]
fn code_and_quotations_are_left_out_of_markdown_and_spans_point_home() {
    let text = "# Title\n\nUse `rm -rf` and **your** mail.\n\n> your fault\n\n```\nyour fault\n```\n\n- one\n- two\n";
    let prose = read(text, Format::Markdown);
    let blocks: Vec<(&str, BlockKind)> =
        prose.blocks.iter().map(|block| (&prose.text[block.range.clone()], block.kind)).collect();
    assert_eq!(
        blocks,
        [
            ("Title", BlockKind::Heading),
            ("Use \u{FFFC} and your mail.", BlockKind::Paragraph),
            ("one", BlockKind::Item),
            ("two", BlockKind::Item)
        ]
    );
    let at = prose.text.find("your").expect("it is there");
    assert_eq!(prose.original(at..at + 9).of(text), Some("your** mail"));
}

#[test]
fn html_shows_what_a_reader_sees() {
    let text = "<p>Caf&eacute; <code>x</code> &amp; more</p><script>your fault</script><!-- note --><a href='u'>here</a>";
    let prose = read(text, Format::Html);
    let blocks: Vec<&str> = prose.blocks.iter().map(|block| &prose.text[block.range.clone()]).collect();
    assert_eq!(blocks, ["Caf\u{e9} \u{FFFC} & more", "here"]);
    assert_eq!(prose.links[0].target, "u");
    assert_eq!(prose.comments[0].text, "note");
    let at = prose.text.find('\u{e9}').expect("it is there");
    assert_eq!(prose.original(at..at + 2).of(text), Some("&eacute;"));
}

#[test]
fn mail_is_decoded_and_every_byte_knows_its_place() {
    let text = "Subject: Hello\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nF=C3=BCr al=\r\nle.\r\n> your fault\r\n";
    let prose = read(text, Format::Mail);
    let blocks: Vec<&str> = prose.blocks.iter().map(|block| &prose.text[block.range.clone()]).collect();
    assert_eq!(blocks, ["Hello", "F\u{fc}r alle."]);
    let at = prose.text.find("alle").expect("it is there");
    assert_eq!(prose.original(at..at + 4).of(text), Some("al=\r\nle"));
}

#[test]
fn quoted_lines_and_forwarded_mail_are_left_out_of_plain_text() {
    let text =
        "Thank you.\n> You failed.\n\n- one\n- two\n-- \nSam\n---- Original Message ----\nYou failed.\n";
    let prose = read(text, Format::Plain);
    let blocks: Vec<&str> = prose.blocks.iter().map(|block| &prose.text[block.range.clone()]).collect();
    assert_eq!(blocks, ["Thank you.", "one", "two", "Sam"]);
}
