//! Short forms in capitals that nobody explained. Knows the common ones, names, and words that are only shouted.

use crate::document::{Document, Hit};
use crate::draft::Kind;
use crate::profile::Limits;
use std::collections::{BTreeMap, BTreeSet};
use text::prose::BlockKind;
use text::word::Kind as What;
use text::{Key, Token};

/// Short forms that are neither common knowledge nor explained nor the writers' own name. Each is marked where it first stands.
pub fn unexplained(document: &Document<'_>, _: &Limits, found: &mut Vec<Hit>) {
    let uses = uses(document);
    if uses.is_empty() {
        return;
    }
    let mut seen: BTreeSet<Key> = explained(document);
    let names = names(document, &uses);
    let technical = document.kind == Kind::Review
        || matches!(document.kind, Kind::Reply | Kind::Commit) && document.has(&WRITES_PROGRAMS)
        || document.kind != Kind::Executive && document.has(&RUNS_MACHINES)
        || document.kind != Kind::Executive
            && uses.keys().filter(|key| TECHNICAL.contains(key)).count() >= MANY_TECHNICAL;
    for sentence in &document.sentences {
        let tokens = document.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate() {
            if !may_be_short(token) || token.shape.is_quoted() {
                continue;
            }
            let key = token.key;
            let known = KNOWN.contains(&key)
                || SHOUTED.contains(&key)
                || technical && TECHNICAL.contains(&key)
                || uses.get(&key).is_some_and(|one| one.in_small)
                || document.accepted.contains(&key)
                || seen.contains(&key);
            if known
                || is_joined(tokens, at)
                || has_digit(token, document)
                || !TRADE.contains(&key) && names.contains(&key)
            {
                continue;
            }
            seen.insert(key);
            found.push(Hit::at(token.range()));
        }
    }
}

/// So many short forms of computing show that a text is for people who know them: a list of services and ports.
const MANY_TECHNICAL: usize = 4;

/// What only those talk of who write programs, and so do those they answer.
static WRITES_PROGRAMS: [Key; 14] = Key::each([
    "github",
    "gitlab",
    "repo",
    "repository",
    "readme",
    "npm",
    "pypi",
    "maintainer",
    "maintainers",
    "xml",
    "commit",
    "installer",
    "changelog",
    "rfc",
]);

/// What only those read of who run machines with others: the users of a cluster, the administrators of a host.
static RUNS_MACHINES: [Key; 10] = Key::each([
    "sysadmin",
    "sysadmins",
    "sudo",
    "linux",
    "unix",
    "hpc",
    "sshd",
    "shell",
    "supercomputer",
    "scp",
]);

/// Who is named three times is no riddle any more.
const OFTEN: usize = 3;

/// How often a word in capitals stands in the document, and whether it stands there in small letters too.
#[derive(Clone, Copy, Default)]
struct Use {
    count: usize,
    in_small: bool,
}

fn may_be_short(token: &Token) -> bool {
    token.kind == What::Word && token.shape.is_capitals() && is_so_long(token)
}

fn is_so_long(token: &Token) -> bool {
    (2..=6).contains(&(token.end - token.start))
}

fn uses(document: &Document<'_>) -> BTreeMap<Key, Use> {
    let mut uses: BTreeMap<Key, Use> = BTreeMap::new();
    for token in document.tokens.iter().filter(|token| may_be_short(token)) {
        uses.entry(token.key).or_default().count += 1;
    }
    if uses.is_empty() {
        return uses;
    }
    let small = |token: &&Token| token.kind == What::Word && is_so_long(token) && !token.shape.is_capitals();
    for token in document.tokens.iter().filter(small) {
        if let Some(one) = uses.get_mut(&token.key) {
            one.in_small = true;
        }
    }
    uses
}

/// What the writers call themselves or their house: it stands in an address, a signature or like a name somewhere, or
/// again and again.
fn names(document: &Document<'_>, uses: &BTreeMap<Key, Use>) -> BTreeSet<Key> {
    let mut names: BTreeSet<Key> = BTreeSet::new();
    let mut take = |address: &str| {
        for part in address.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| part.len() <= 6) {
            names.insert(Key::of(&part.to_ascii_lowercase()));
        }
    };
    document.links().iter().for_each(|link| take(&link.target));
    for token in document.tokens.iter().filter(|token| token.kind == What::Link) {
        take(token.of(document.text()));
    }
    for (number, sentence) in document.sentences.iter().enumerate() {
        let signature = document.block_kind(number) == BlockKind::Signature;
        let tokens = document.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| may_be_short(token)) {
            if signature || is_a_name(tokens, at) {
                names.insert(token.key);
            }
        }
    }
    // In a brief for managers a short form is no clearer for standing there often.
    if document.kind != Kind::Executive {
        names.extend(uses.iter().filter(|(_, one)| one.count >= OFTEN).map(|(key, _)| *key));
    }
    names
}

/// Whether the words around show a name: *XYZ help desk*, *contact XYZ*, *XYZ will never ask*, *TJ Ohara*.
fn is_a_name(tokens: &[Token], at: usize) -> bool {
    let after = tokens.get(at + 1..).unwrap_or(&[]);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let initials = tokens.get(at).is_some_and(|token| token.end - token.start == 2)
        && after.first().is_some_and(|next| {
            next.kind == What::Word && next.shape.is_capitalised() && !next.shape.is_capitals()
        });
    let near = after.iter().take(3).take_while(|token| token.kind == What::Word);
    // *ZQR Health Care*, *ZQR Policy 4*, *Galaxy ZQR*: a house before the name of its part, or a name of several words.
    let named = at > 1
        && before.is_some_and(|before| {
            before.kind == What::Word && before.shape.is_capitalised() && !before.shape.is_capitals()
        });
    let house = at > 0
        && after.first().is_some_and(|next| {
            next.kind == What::Word && next.shape.is_capitalised() && !next.shape.is_capitals()
        });
    initials
        || house
        || named
        || near.into_iter().any(|token| DESK.contains(&token.key))
        || after.first().is_some_and(|next| ACTS.contains(&next.key))
        || before.is_some_and(|before| ADDRESSED.contains(&before.key))
}

/// Whether it is a part of something longer: shouting, a code (*AB-12*), a joined name (*R&D*, *\*AB*).
fn is_joined(tokens: &[Token], at: usize) -> bool {
    let near = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let loud = |token: Option<&Token>| {
        token.is_some_and(|token| token.kind == What::Word && token.shape.is_capitals())
    };
    let (before, after) = (near(at.checked_sub(1)), near(at.checked_add(1)));
    let tight = |token: &Token| !token.shape.is_after_space();
    let code = after.is_some_and(|next| {
        next.kind == What::Number || (next.is_mark('-') || next.is_mark('&')) && tight(next)
    });
    let tied = tokens.get(at).is_some_and(tight)
        && before
            .is_some_and(|before| ['&', '*', '#', '$', '_', '.'].iter().any(|mark| before.is_mark(*mark)));
    // *FINANCE/LEGAL: …*, *DATE: …* at the head of a line is a label.
    let label = at == 0 && after.is_some_and(|next| ['/', ':'].iter().any(|mark| next.is_mark(*mark)));
    loud(before) || loud(after) || code || tied || label
}

fn has_digit(token: &Token, document: &Document<'_>) -> bool {
    token.of(document.text()).bytes().any(|byte| byte.is_ascii_digit())
}

/// The short forms that stand as `(ABC)` after words or as `ABC (words …)`, and those whose letters begin words with capitals
/// that stand next to each other somewhere (*Acceptable Use Policy*).
fn explained(document: &Document<'_>) -> BTreeSet<Key> {
    let mark = |at: Option<usize>, mark: char| {
        at.and_then(|at| document.tokens.get(at)).is_some_and(|token| token.is_mark(mark))
    };
    let word = |at: usize| document.tokens.get(at).is_some_and(|token| token.kind == What::Word);
    let capitals = document.tokens.iter().enumerate().filter(|(_, token)| token.shape.is_capitals());
    let mut explained: BTreeSet<Key> = capitals
        .filter(|(at, _)| {
            let inside = mark(at.checked_sub(1), '(') && mark(Some(at + 1), ')');
            inside || mark(Some(at + 1), '(') && word(at + 2) && word(at + 3)
        })
        .map(|(_, token)| token.key)
        .collect();
    let mut run = String::new();
    for token in &document.tokens {
        let text = token.of(document.text());
        let begins = token.kind == What::Word && token.shape.is_capitalised() && !token.shape.is_capitals();
        match text.chars().next().filter(|first| begins && first.is_ascii_uppercase()) {
            Some(first) => {
                run.push(first.to_ascii_lowercase());
                let letters = run.len();
                for length in 3..=letters.min(6) {
                    explained.extend(run.get(letters - length..).map(Key::of));
                }
            }
            None if LINKING.contains(&token.key) || token.is_mark('-') || token.is_mark('&') => {}
            None => run.clear(),
        }
    }
    explained
}

/// Words inside a name that its short form leaves out.
static LINKING: [Key; 6] = Key::each(["of", "and", "for", "the", "in", "to"]);

/// What stands behind the name of a house or a part of it.
static DESK: [Key; 27] = Key::each([
    "desk",
    "helpdesk",
    "servicedesk",
    "help",
    "support",
    "team",
    "staff",
    "office",
    "department",
    "website",
    "homepage",
    "community",
    "users",
    "members",
    "students",
    "faculty",
    "employees",
    "account",
    "accounts",
    "email",
    "computer",
    "computers",
    "computing",
    "campus",
    "library",
    "login",
    "password",
]);

/// What somebody does who is named.
static ACTS: [Key; 14] = Key::each([
    "will",
    "has",
    "have",
    "would",
    "recommends",
    "encourages",
    "provides",
    "offers",
    "asks",
    "continues",
    "urges",
    "never",
    "reserves",
    "believes",
]);

/// What is done to somebody who is named.
static ADDRESSED: [Key; 7] = Key::each(["contact", "call", "visit", "email", "join", "notify", "within"]);

/// Short forms of the trade: no name of a house, however they stand.
static TRADE: [Key; 82] = Key::each([
    "edr", "xdr", "ndr", "mdr", "soc", "siem", "soar", "ir", "ioc", "iocs", "csirt", "cert", "dlp", "mdm",
    "mam", "crl", "isms", "iam", "pam", "casb", "waf", "ids", "ips", "dkim", "spf", "dmarc", "rat", "apt",
    "ttp", "ttps", "cve", "cvss", "cwe", "mttd", "mttr", "rca", "rbac", "abac", "mfa", "totp", "pki", "kms",
    "hsm", "av", "bec", "ato", "ueba", "sase", "ztna", "ngfw", "nac", "vlan", "acl", "ldap", "ntlm", "saml",
    "oidc", "rdp", "smb", "bia", "rpo", "rto", "slo", "sla", "cab", "bcp", "drp", "grc", "dpia", "ot", "ics",
    "pup", "pua", "kb", "xss", "csrf", "ssrf", "idor", "rce", "poc", "fido", "osint",
]);

/// What people who run or write programs know.
static TECHNICAL: [Key; 44] = Key::each([
    "api", "ssh", "sql", "av", "ip", "dns", "tls", "ssl", "smtp", "imap", "pop", "html", "css", "json",
    "xml", "cdn", "ui", "ci", "cd", "sdk", "npm", "pr", "xss", "csrf", "cve", "ddos", "tcp", "udp", "vm",
    "os", "db", "nfs", "ntp", "ftp", "sftp", "ssd", "php", "js", "gpg", "pgp", "git", "svn", "yaml", "ldap",
]);

/// Words that are more often shouted than abbreviated.
static SHOUTED: [Key; 161] = Key::each([
    "psa", "stop", "you", "your", "not", "now", "do", "no", "never", "all", "any", "must", "urgent", "click",
    "here", "yes", "free", "read", "this", "that", "march", "april", "may", "june", "july", "today", "only",
    "always", "none", "one", "two", "and", "or", "if", "the", "a", "is", "are", "be", "will", "can", "we",
    "our", "my", "me", "he", "she", "they", "everyone", "please", "asap", "help", "note", "notice", "alert",
    "danger", "fire", "final", "last", "first", "new", "team", "staff", "again", "busted", "fail", "failed",
    "line", "room", "keys", "open", "closed", "error", "before", "after", "every", "to", "very", "anyone",
    "gotcha", "high", "medium", "low", "severe", "spam", "secure", "safe", "result", "start", "end", "oops",
    "over", "more", "most", "less", "both", "each", "same", "such", "also", "then", "than", "from", "with",
    "when", "what", "who", "how", "why", "where", "was", "were", "have", "has", "had", "did", "does", "dont",
    "just", "even", "but", "for", "of", "in", "on", "at", "by", "as", "an", "so", "up", "out", "off", "too",
    "own", "real", "fake", "true", "false", "think", "check", "report", "thanks", "really", "public", "date",
    "forced", "subject", "noted", "agreed", "resolved", "should", "could", "would", "ever", "money", "card",
    "bank", "phone", "data", "change",
]);

/// Abbreviations most readers know.
static KNOWN: [Key; 153] = Key::each([
    "it", "hr", "ok", "pdf", "usb", "vpn", "pin", "usa", "us", "uk", "eu", "url", "ceo", "cfo", "cio", "coo",
    "cto", "ciso", "pc", "tv", "id", "am", "pm", "sms", "qr", "faq", "cv", "gdpr", "atm", "gps", "wifi",
    "dvd", "cd", "un", "nato", "bbc", "eur", "usd", "gbp", "chf", "vat", "iban", "bic", "sim", "cet", "cest",
    "utc", "gmt", "bst", "est", "pst", "ps", "nb", "re", "fw", "fyi", "diy", "vip", "ad", "bc", "ii", "iii",
    "iv", "vi", "vii", "viii", "ix", "xi", "xii", "csv", "html", "http", "https", "www", "ram", "cpu", "dhl",
    "ups", "ibm", "sap", "aws", "ngo", "phd", "nhs", "fbi", "cia", "ids", "led", "pp", "iso", "ncsc", "nist",
    "mv", "ms", "dm", "dna", "plc", "ltd", "ag", "po", "pa", "tba", "fax", "dj", "cc", "bcc", "ai", "ict",
    "kpi", "kpis", "cctv", "gb", "mb", "tb", "rss", "msn", "irs", "ftc", "nsa", "llp", "llc", "inc", "ssn",
    "api", "rom", "ny", "ip", "isp", "isps", "faqs", "imo", "imho", "afaik", "btw", "tbd", "upi", "hipaa",
    "p.s", "p.s.", "n.b", "ferpa", "fcc", "dmv", "gop", "dob", "cpa", "urls", "pins", "pdfs", "pcs", "tos",
    "otp", "eta",
]);
