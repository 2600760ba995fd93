//! The conversation under hostile input: smuggling, floods, and properties over random octets.

use proptest::prelude::*;

use super::*;

/// Ends of lines that some server somewhere takes for the end of a message.
#[test]
fn nothing_can_be_smuggled_behind_a_false_end() {
    let head = b"EHLO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\nhello";
    let second =
        b"MAIL FROM:<ceo@corp.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\npay\r\n.\r\nQUIT\r\n";
    for (end, words) in [
        (b"\n.\n".as_slice(), "LF alone"),
        (b"\n.\r\n", "LF alone"),
        (b"\r\n.\n", "LF alone"),
        (b"\r.\r", "CR that does not end"),
        (b"\r\n.\r", "CR that does not end"),
        (b"\r.\r\n", "CR that does not end"),
        (b"\n.\r", "LF alone"),
        (b"\r\r\n.\n", "CR that does not end"),
        (b"\0\r\n.\n", "NUL"),
        (b"\r\n\0.\r\n", "NUL"),
        (b"\r\n.\0\r\n", "NUL"),
    ] {
        let input = [head, end, second].concat();
        let held = play(rules(), [input.as_slice()]);
        let replies = String::from_utf8(held.replies).unwrap();
        assert_eq!(held.taken, [], "{}", end.escape_ascii());
        assert_eq!(replies.matches("354 ").count(), 1, "{}: {replies}", end.escape_ascii());
        assert!(replies.contains("550 5.6.") && replies.contains(words), "{}: {replies}", end.escape_ascii());
    }
}

#[test]
fn bare_line_ends_in_commands_are_refused() {
    for (line, words) in [
        (b"NOOP\n".as_slice(), "500 5.5.2 Every line"),
        (b"NOOP\r\r\n", "500 5.5.2 Every line"),
        (b"NO\rOP\r\n", "500 5.5.2 Every line"),
        (b"NOOP\0\r\n", "500 5.5.2 Control"),
        (b"NOOP \x1b[2J\r\n", "500 5.5.2 Control"),
        (b"NOOP \xff\r\n", "500 5.5.2 Commands must"),
    ] {
        let replies = String::from_utf8(play(rules(), [line]).replies).unwrap();
        let (_, answer) = replies.split_once("\r\n").unwrap();
        assert!(
            answer.starts_with(words) && answer.matches("\r\n").count() == 1,
            "{}: {answer}",
            line.escape_ascii()
        );
    }
}

#[test]
fn a_sender_that_never_stops_is_parted_with_and_memory_stays_bounded() {
    let mut session = Session::new(Arc::new(rules()), &mut Vec::new());
    let mut replies = Vec::new();
    let mut head = b"HELO c\r\nMAIL FROM:<z@c.example>\r\n".as_slice();
    assert_eq!(session.step(&mut head, &mut replies), Step::Admit(Some("z@c.example".into())));
    session.admit(Admission::Welcome, &mut replies);
    assert_eq!(
        session.step(&mut b"RCPT TO:<report@desk.example>\r\nDATA\r\n".as_slice(), &mut replies),
        Step::More
    );
    let mut most = 0;
    let mut pieces = 0;
    while session.step(&mut b"0123456789\r\n".as_slice(), &mut replies) == Step::More {
        most = most.max(session.held());
        pieces += 1;
        assert!(pieces < 1000, "it would go on for ever");
    }
    assert!(most <= 2048, "held {most} octets for a limit of 1000");
    assert!(replies.ends_with(b"largest attachments\r\n"));
    assert_eq!(session.step(&mut b"NOOP\r\n".as_slice(), &mut replies), Step::Close);
}

#[test]
fn when_memory_runs_out_the_sender_is_asked_to_try_again() {
    let mut replies = Vec::new();
    let mut session = Session::new(Arc::new(rules()), &mut replies);
    session.step(&mut b"HELO c\r\nMAIL FROM:<>\r\n".as_slice(), &mut replies);
    session.admit(Admission::Welcome, &mut replies);
    session.step(&mut b"RCPT TO:<report@desk.example>\r\nDATA\r\nhello".as_slice(), &mut replies);
    assert!(session.in_data() && session.held() > 0);
    session.out_of_room();
    assert_eq!(session.held(), 0);
    replies.clear();
    assert_eq!(session.step(&mut b"\r\nmore\r\n.\r\nNOOP\r\n".as_slice(), &mut replies), Step::More);
    let replies = String::from_utf8(replies).unwrap();
    assert!(replies.starts_with("452 4.3.1") && replies.contains("\r\n250 2.0.0 Done\r\n"), "{replies}");
}

#[test]
fn goodbyes_say_why() {
    for why in [
        Farewell::TooSlow,
        Farewell::TooManyConnections,
        Farewell::TooManyFromYou,
        Farewell::TooMuchData,
        Farewell::Stopping,
    ] {
        let mut replies = Vec::new();
        let mut session = Session::new(Arc::new(rules()), &mut Vec::new());
        session.part(why, &mut replies);
        session.part(why, &mut replies);
        assert_eq!(replies, why.to_bytes());
        assert!(replies.starts_with(b"421 4.") && replies.ends_with(b"\r\n"));
        assert_eq!(session.step(&mut b"NOOP\r\n".as_slice(), &mut replies), Step::Close);
    }
}

/// Pieces of conversation and of trouble, to be strung together at random.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"EHLO c\r\n",
        b"HELO c\r\n",
        b"MAIL FROM:<z@c.example>\r\n",
        b"MAIL FROM:<>\r\n",
        b"MAIL FROM:<busy@c.example>\r\n",
        b"RCPT TO:<report@desk.example>\r\n",
        b"RCPT TO:<case@desk.example>\r\n",
        b"RCPT TO:<x@y.example>\r\n",
        b"DATA\r\n",
        b"\r\n.\r\n",
        b".\r\n",
        b"..\r\n",
        b"\n.\n",
        b"\n",
        b"\r",
        b".",
        b"\0",
        b"hello",
        b"RSET\r\n",
        b"NOOP\r\n",
        b"QUIT\r\n",
        b"Subject: x\r\n\r\n",
        b"\r\n",
    ];
    prop_oneof![
        20 => prop::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), 0_usize..3000).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

fn conversation() -> impl Strategy<Value = Vec<u8>> {
    let opening = b"EHLO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n".to_vec();
    (any::<bool>(), prop::collection::vec(fragment(), 0..40)).prop_map(move |(opened, fragments)| {
        let mut all = if opened { opening.clone() } else { vec![] };
        all.extend(fragments.concat());
        all
    })
}

proptest! {
    #[test]
    fn however_the_octets_are_cut_the_replies_are_the_same(
        input in conversation(),
        cuts in prop::collection::vec(1_usize..60, 1..30),
    ) {
        let rules = Rules { offer_tls: false, max_commands: 1000, max_errors: 1000, ..rules() };
        let whole = play(rules.clone(), [input.as_slice()]);
        let mut pieces = vec![];
        let mut rest = input.as_slice();
        for cut in cuts.iter().cycle() {
            let (piece, after) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(&play(rules.clone(), pieces), &whole);
        prop_assert_eq!(play(rules, input.chunks(1)), whole);
    }

    #[test]
    fn what_is_taken_is_what_was_sent(lines in prop::collection::vec("[ -~]{0,20}|\\.{1,3}[a-z]?", 0..12)) {
        let stuffed: String = lines.iter().map(|line| if line.starts_with('.') { format!(".{line}\r\n") } else { format!("{line}\r\n") }).collect();
        let said = format!("HELO c\r\nMAIL FROM:<z@c.example>\r\nRCPT TO:<report@desk.example>\r\nDATA\r\n{stuffed}.\r\n");
        let held = play(rules(), [said.as_bytes()]);
        let sent: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        prop_assert_eq!(held.taken.len(), 1);
        prop_assert_eq!(&held.taken[0].raw, sent.as_bytes());
    }

    #[test]
    fn a_hostile_client_gets_well_formed_replies_and_smuggles_nothing(input in conversation()) {
        let held = play(rules(), [input.as_slice()]);
        let replies = String::from_utf8(held.replies).unwrap();
        for line in replies.split_terminator("\r\n") {
            prop_assert!(line.len() < 512 && line.bytes().all(|byte| (32..127).contains(&byte)), "{}", line);
            let (code, rest) = line.split_at(3);
            prop_assert!(code.parse::<u16>().is_ok_and(|code| (200..600).contains(&code)), "{}", line);
            prop_assert!(rest.starts_with([' ', '-']));
        }
        for envelope in held.taken {
            let text = envelope.raw;
            prop_assert!(text.len() <= 1000 && !text.contains(&0));
            prop_assert!(text.iter().filter(|&&byte| byte == b'\r').count() == text.windows(2).filter(|pair| pair == b"\r\n").count());
            prop_assert!(text.iter().filter(|&&byte| byte == b'\n').count() == text.windows(2).filter(|pair| pair == b"\r\n").count());
            prop_assert!(!envelope.recipients.is_empty() && envelope.recipients.len() <= 2);
        }
    }
}
