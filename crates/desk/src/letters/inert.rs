//! Words from outside, written so that nobody can follow an address in them from a letter of ours, and that they turn none of our
//! own words round. Text in, text out.

/// The same words, with a bracket where an address needs its dot or its colon: `https[:]//bank[.]example`. People still read where it
/// leads, and no mail program makes a link of it.
///
/// Of the usual two ways this one was chosen over `hxxps`: programs make links of bare host names too, and those have no
/// scheme to change. File names keep their dots where their ending is none that a host can have.
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = crate::words::straight(text);
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|letter: char| !is_of_host(letter)).unwrap_or(rest.len());
        if end == 0 {
            let after_scheme = rest.strip_prefix("://");
            out.push_str(if after_scheme.is_some() {
                "[:]//"
            } else {
                rest.get(..letter.len_utf8()).unwrap_or_default()
            });
            rest = after_scheme.or_else(|| rest.get(letter.len_utf8()..)).unwrap_or_default();
            continue;
        }
        let (run, after) = rest.split_at(end);
        if is_host(run) {
            let host = run.trim_end_matches('.');
            out.push_str(&host.replace('.', "[.]"));
            out.push_str(run.get(host.len()..).unwrap_or_default());
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out
}

fn is_of_host(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_')
}

/// Whether a mail program may take this for the name of a host.
fn is_host(run: &str) -> bool {
    let host = run.trim_matches('.').to_lowercase();
    host.contains('.')
        && (host.starts_with("www.") || suffix::registered(&host).is_some_and(|registered| registered.listed))
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_address_can_be_followed_and_words_and_files_stay_as_they_are() {
        for (text, expected) in [
            ("It goes to bank.com.", "It goes to bank[.]com."),
            ("fix at https://evil.example/login now.exe", "fix at https[:]//evil.example/login now.exe"),
            ("HTTP://3232235777/", "HTTP[:]//3232235777/"),
            ("www.evil.example", "www[.]evil[.]example"),
            ("write to it@mail.evil.co.uk, soon", "write to it@mail[.]evil[.]co[.]uk, soon"),
            ("“pаypal.com”", "“pаypal[.]com”"),
            ("invoice.pdf.exe", "invoice.pdf.exe"),
            ("statement.zip", "statement[.]zip"),
            ("Dr. Kim O'Neill, Ph.D.", "Dr. Kim O'Neill, Ph.D."),
            ("at 14:30. Then", "at 14:30. Then"),
            ("pay \u{202e}txet", "pay txet"),
        ] {
            assert_eq!(inert(text), expected);
            assert_eq!(inert(expected), expected, "saying it twice changes nothing");
        }
    }
}
