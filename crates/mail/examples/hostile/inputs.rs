//! Messages made to hurt by their headers, their parts and their words.

/// A name and how to make the input.
pub type Input = (&'static str, fn() -> Vec<u8>);

/// As large as the doors take.
pub const LARGE: usize = 25 << 20;

pub const ALL: &[Input] = &[
    ("one base64 part of 25 MiB", || part("application/octet-stream", &vec![7; LARGE / 4 * 3])),
    ("one base64 part of 25 MiB, text", || base64_body("text/plain", &b"word and word. ".repeat(LARGE / 20))),
    ("one base64 part of 25 MiB, HTML", || {
        base64_body("text/html", &b"<p>word and <b>word</b>".repeat(LARGE / 32))
    }),
    ("base64 of 25 MiB that is none", || {
        text("text/plain\nContent-Transfer-Encoding: base64", &"=?*".repeat(LARGE / 3))
    }),
    ("10,000 parts", || parts(10_000, "Content-Type: application/pdf; name=a.pdf\n\nx\n")),
    ("10,000 text parts", || parts(10_000, "Content-Type: text/plain\n\nsome words here\n")),
    ("10,000 HTML parts", || parts(10_000, "Content-Type: text/html\n\n<p>some words here\n")),
    ("7,000 parts with 3 KB of headers each", || {
        parts(7_000, &format!("Content-Type: text/plain\nX-A: {}\n\nx\n", "a@b.example, ".repeat(230)))
    }),
    ("one part with 400,000 headers", || {
        parts(1, &format!("{}\nx\n", "X-A: some words, and more of them\n".repeat(400_000)))
    }),
    ("7,000 base64 parts, 20 MiB after", || {
        let mut raw =
            parts(7_000, "Content-Type: application/x\nContent-Transfer-Encoding: base64\n\nQUJD\n");
        raw.extend("some words\n".repeat((20 << 20) / 11).into_bytes());
        raw
    }),
    ("7,000 parts whose boundary is nowhere", || {
        let mut raw = parts(7_000, "Content-Type: multipart/mixed; boundary=nowhere\n\nx\n");
        raw.extend("some words\n".repeat((20 << 20) / 11).into_bytes());
        raw
    }),
    ("25 MiB of part boundaries", || parts(LARGE / 4, "")),
    ("multiparts 100 deep", || multiparts(100)),
    ("multiparts 10,000 deep", || multiparts(10_000)),
    ("multiparts 7,000 deep, 20 MiB in the last", || {
        let mut raw = multiparts(3_900);
        raw.extend(b"Content-Type: text/plain\n\n");
        raw.extend("--b some words\n".repeat(20_000).into_bytes());
        raw.extend("-x some words\n".repeat(1_400_000).into_bytes());
        raw
    }),
    ("messages 100 deep", || b"Content-Type: message/rfc822\n\n".repeat(100)),
    ("messages 10,000 deep", || b"Content-Type: message/rfc822\n\n".repeat(10_000)),
    ("messages 55 deep, 20 MiB in the last", || {
        let mut raw = b"Content-Type: message/rfc822\n\n".repeat(55);
        raw.extend(b"Subject: x\n\n");
        raw.extend("some words\n".repeat((20 << 20) / 11).into_bytes());
        raw
    }),
    ("blanks in the type of messages 200,000 deep", || {
        b"Content-Type: message\n / rfc822\n\n".repeat(200_000)
    }),
    ("a header bomb in an encoded message", || {
        base64_body("message/rfc822", format!("To: {}\n\nx", "a:b@c;".repeat(LARGE / 9)).as_bytes())
    }),
    ("a header bomb behind a boundary", || {
        parts(1, "\nx\n--bTo: ").into_iter().chain("a:b@c;".repeat(LARGE / 7).into_bytes()).collect()
    }),
    ("400 header bombs of 60 KB", || format!("To: {}\n", "a:b@c;".repeat(10_000)).repeat(400).into_bytes()),
    ("base64 messages inside base64 messages", || {
        let mut raw = b"Subject: x\n\nwords".repeat(500_000);
        for _ in 0..4 {
            raw = base64_body("message/rfc822", &raw);
        }
        raw
    }),
    ("four attached messages of 6 MiB, HTML", || {
        let inner = format!(
            "Content-Type: message/rfc822\n\nContent-Type: text/html\n\n{}\n",
            "<p>a word ".repeat(600_000)
        );
        parts(4, &inner)
    }),
    ("one header of 10 MB", || format!("X-A: {}\n\nbody", "x".repeat(10 << 20)).into_bytes()),
    ("one folded header of 10 MB", || {
        format!("Subject: x{}\n\nbody", "\n a".repeat((10 << 20) / 3)).into_bytes()
    }),
    ("a References header of 25 MiB", || {
        format!("References: {}\n\nx", "<a@b.example> ".repeat(LARGE / 14)).into_bytes()
    }),
    ("Received headers, 25 MiB", || {
        "Received: from a.example (b.example [192.0.2.1]) by c.example with ESMTP id 1; Mon, 1 Jan 2024 00:00:00 +0000\n"
            .repeat(LARGE / 110)
            .into_bytes()
    }),
    ("1,000,000 headers", || "X-A: some words here\n".repeat(1_000_000).into_bytes()),
    ("1,800,000 recipients", || {
        format!("From: a@example.org\nTo: {}\n\nx", "b@example.org, ".repeat(LARGE / 15)).into_bytes()
    }),
    ("nested comments in an address, 25 MiB", || format!("From: {}\n\nx", "(".repeat(LARGE)).into_bytes()),
    ("groups of addresses, 25 MiB", || format!("To: {}\n\nx", "a:b@c;".repeat(LARGE / 6)).into_bytes()),
    ("a content type with 1,000,000 parameters", || {
        format!("Content-Type: text/plain{}\n\nx", "; a=b".repeat(1_000_000)).into_bytes()
    }),
    ("continued parameters (RFC 2231), 25 MiB", || {
        let all: String = (0..1_000_000).map(|n| format!(";\n name*{n}*=%41%41")).collect();
        format!("Content-Disposition: attachment{all}\n\nx").into_bytes()
    }),
    ("encoded words, 25 MiB", || {
        format!("Subject: {}\n\nx", "=?utf-8?q?a?= ".repeat(LARGE / 14)).into_bytes()
    }),
    ("encoded words without an end, 25 MiB", || {
        format!("Subject: {}\n\nx", "=?utf-8?q?".repeat(LARGE / 10)).into_bytes()
    }),
    ("encoded words as sender, 10 MB", || {
        format!("From: {} <a@b.example>\n\nx", "=?utf-8?b?YQ==?= ".repeat(600_000)).into_bytes()
    }),
    ("one line of 25 MiB", || text("text/plain", &"x".repeat(LARGE))),
    ("no line break and no header, 25 MiB", || vec![b'x'; LARGE]),
    ("line breaks, 25 MiB", || vec![b'\n'; LARGE]),
    ("NUL bytes, 25 MiB", || vec![0; LARGE]),
    ("quoted-printable that grows, 25 MiB", || {
        text(
            "text/plain; charset=utf-16\nContent-Transfer-Encoding: quoted-printable",
            &"=41".repeat(LARGE / 3),
        )
    }),
    ("quoted-printable soft breaks, 25 MiB", || {
        text("text/plain\nContent-Transfer-Encoding: quoted-printable", &"=\n".repeat(LARGE / 2))
    }),
    ("quoted-printable that is none, 25 MiB", || {
        text("text/plain\nContent-Transfer-Encoding: quoted-printable", &"=ZZ".repeat(LARGE / 3))
    }),
    ("charset utf-7, 25 MiB", || text("text/plain; charset=utf-7", &"+AGE-".repeat(LARGE / 5))),
    ("charset utf-16 of odd length, 25 MiB", || {
        text("text/plain; charset=utf-16le", &"a\u{fffd}".repeat(LARGE / 4))
    }),
    ("charset iso-2022-jp escapes, 25 MiB", || {
        text("text/html; charset=iso-2022-jp", &"\u{1b}$B!!\u{1b}(B".repeat(LARGE / 8))
    }),
    ("charset latin-1 that triples, 25 MiB", || {
        let mut raw = text("text/plain; charset=windows-1252", "");
        raw.resize(LARGE, 0x80);
        raw
    }),
    ("charset of 1 MB that nobody knows", || {
        text(&format!("text/plain; charset={}", "x".repeat(1 << 20)), "words")
    }),
    ("a forward quoted 100,000 times", || {
        text("text/plain", &"-----Original Message-----\nFrom: x@y.example\nSent: Monday\nTo: z@y.example\nSubject: FW: x\n\n".repeat(100_000))
    }),
    ("quotation marks, 25 MiB", || text("text/plain", &"> ".repeat(LARGE / 2))),
    ("lines quoted ever deeper", || {
        let all: String = (0..7_000).map(|n| format!("{} From: a@b.example\n", ">".repeat(n))).collect();
        text("text/plain", &all)
    }),
    ("addresses in text, 25 MiB", || text("text/plain", &"http://a.example/x ".repeat(LARGE / 19))),
    ("one address of 25 MiB", || text("text/plain", &format!("http://{}", "a.".repeat(LARGE / 2)))),
    ("protected links inside each other", || {
        let mut link = "http://evil.example/".to_owned();
        for _ in 0..9 {
            let escaped = link
                .replace('%', "%25")
                .replace(':', "%3A")
                .replace('/', "%2F")
                .replace('?', "%3F")
                .replace('=', "%3D");
            link = format!("https://eur01.safelinks.protection.outlook.com/?url={escaped}");
        }
        text("text/html", &format!("<a href=\"{link}\">x</a>").repeat(2_000))
    }),
    ("words that look alike, 25 MiB", || text("text/plain", &"vеrify yоur accоunt. ".repeat(LARGE / 24))),
    ("combining marks, 25 MiB", || {
        text("text/plain; charset=utf-8", &format!("a{}", "\u{301}".repeat(LARGE / 2)))
    }),
    ("different words, 25 MiB", || {
        let all: String = (0..2_600_000).map(|n| format!("word{n} ")).collect();
        text("text/plain", &all)
    }),
    ("1,000,000 <div> inside each other", || text("text/html", &"<div>".repeat(1_000_000))),
    ("25 MiB of <div> inside each other", || text("text/html", &"<div>".repeat(LARGE / 5))),
    ("<div> with hidden styles, 25 MiB", || {
        text("text/html", &"<div style='font-size:0;color:#fff'>a ".repeat(LARGE / 38))
    }),
    ("mis-nested <b><p>, 25 MiB", || text("text/html", &"<b><i><p>x</b><a href=x>y</i>".repeat(LARGE / 29))),
    ("tables without an end, 25 MiB", || text("text/html", &"<table><tr><td>x".repeat(LARGE / 16))),
    ("closing tags, 25 MiB", || text("text/html", &"</div>".repeat(LARGE / 6))),
    ("1,000,000 links", || text("text/html", &"<a href=http://x.example>y</a>".repeat(1_000_000))),
    ("different links, 25 MiB", || {
        let all: String =
            (0..600_000).map(|n| format!("<a href=http://h{n}.example/>www.w{n}.example</a>")).collect();
        text("text/html", &all)
    }),
    ("no closing quote, 25 MiB", || text("text/html", &"<a href=\"".repeat(LARGE / 9))),
    ("one tag with 25 MiB of attributes", || text("text/html", &format!("<a {}>", "a=b ".repeat(LARGE / 4)))),
    ("open comments, 25 MiB", || text("text/html", &"<!--".repeat(LARGE / 4))),
    ("open scripts, 25 MiB", || text("text/html", &"<script>".repeat(LARGE / 8))),
    ("brackets, 25 MiB", || text("text/html", &"<".repeat(LARGE))),
    ("entities, 25 MiB", || text("text/html", &"&#".repeat(LARGE / 2))),
    ("entities of many digits, 25 MiB", || text("text/html", &format!("&#{}", "0".repeat(LARGE)))),
    ("escapes, 25 MiB", || text("text/html", &"&lt;&amp;".repeat(LARGE / 9))),
    ("style rules, 25 MiB", || {
        text("text/html", &format!("<style>{}</style><p class=a>x", ".a{color:red}".repeat(LARGE / 13)))
    }),
    ("different style rules and classes", || {
        let rules: String = (0..60_000).map(|n| format!(".c{n}{{display:none}}")).collect();
        let uses: String = (0..60_000).map(|n| format!("<p class=c{n}>x")).collect();
        text("text/html", &format!("<style>{rules}</style>{uses}"))
    }),
    ("media rules without an end, 25 MiB", || {
        text("text/html", &format!("<style>{}</style>", "@media{".repeat(LARGE / 7)))
    }),
    ("pictures as data, 25 MiB", || {
        text("text/html", &format!("<img src='data:image/png;base64,{}'>", "A".repeat(LARGE)))
    }),
];

/// A message with this body.
pub fn text(content_type: &str, body: &str) -> Vec<u8> {
    format!("From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: {content_type}\n\n{body}")
        .into_bytes()
}

fn parts(count: usize, part: &str) -> Vec<u8> {
    let mut raw = "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
    raw.extend(std::iter::repeat_n(format!("--b\n{part}"), count));
    raw.into_bytes()
}

fn multiparts(deep: usize) -> Vec<u8> {
    let all: String =
        (0..deep).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    all.into_bytes()
}

/// A message whose body is this in base64.
pub fn base64_body(content_type: &str, bytes: &[u8]) -> Vec<u8> {
    text(&format!("{content_type}\nContent-Transfer-Encoding: base64"), &base64(bytes))
}

/// A message with this file attached.
pub fn part(content_type: &str, bytes: &[u8]) -> Vec<u8> {
    attached(content_type, "file", &[bytes.to_vec()])
}

/// A message with these files attached.
pub fn attached(content_type: &str, name: &str, files: &[Vec<u8>]) -> Vec<u8> {
    let mut raw = "From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned();
    for file in files {
        raw.push_str(&format!(
            "--b\nContent-Type: {content_type}; name=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{}\n",
            base64(file)
        ));
    }
    raw.push_str("--b--\n");
    raw.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 3 / 2);
    for (index, three) in bytes.chunks(3).enumerate() {
        let group =
            three.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS.get(group >> (18 - 6 * place) & 63).copied().unwrap_or(b'A');
            out.push(if place > three.len() { '=' } else { char::from(letter) });
        }
        if index % 19 == 18 {
            out.push('\n');
        }
    }
    out
}
