//! Reads abuse reports (RFC 5965): what a mailbox provider or a tool says about a message, and the message itself.
//! Every value is what the reporter claims; nothing here is proof.

use crate::message::Message;
use mail_parser::{MessageParser, MimeHeaders, PartType};

/// Fields and values kept.
const FIELDS: usize = 100;
const VALUE: usize = 2_000;

/// An abuse report.
#[derive(Clone, Debug, Default)]
pub struct AbuseReport {
    /// `abuse`, `fraud`, `virus`, `not-spam`, `other` (lower case).
    pub feedback_type: String,
    pub user_agent: Option<String>,
    /// Address of the host the message came from, as claimed.
    pub source_ip: Option<String>,
    /// The envelope of the reported message.
    pub original_mail_from: Option<String>,
    pub original_rcpt_to: Vec<String>,
    pub arrival_date: Option<String>,
    pub reported_domain: Vec<String>,
    pub reported_uri: Vec<String>,
    pub authentication_results: Vec<String>,
    /// How many such messages the report stands for, at least 1.
    pub incidents: u32,
    /// Every field in order, as written.
    pub fields: Vec<(String, String)>,
    /// What a person is told in the first part.
    pub description: String,
    /// The reported message, whole or its headers.
    pub original: Option<Message>,
    /// The bytes the original was read from.
    pub original_bytes: Vec<u8>,
    /// Whether only the headers of the original were sent (`text/rfc822-headers`).
    pub headers_only: bool,
}

/// Reads an abuse report; nothing if the message is none.
pub fn read(raw: &[u8]) -> Option<AbuseReport> {
    let start = raw.get(..raw.len().min(256 << 10)).unwrap_or_default();
    crate::bounds::has(start, b"feedback-report").then_some(())?;
    let raw = &*crate::bounds::within(raw, &mut Vec::new());
    // A panic in the reader of a hostile message costs this report, not the process.
    std::panic::catch_unwind(|| read_parts(raw)).ok().flatten()
}

fn read_parts(raw: &[u8]) -> Option<AbuseReport> {
    let message = MessageParser::default().parse(raw)?;
    let mut report = AbuseReport { incidents: 1, ..AbuseReport::default() };
    let mut is_report = false;
    for part in message.parts.iter().skip(1).take(50) {
        let kind = part.content_type().map(|kind| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
        });
        match kind.as_deref() {
            Some("message/feedback-report") if !is_report => {
                is_report = true;
                fields(&String::from_utf8_lossy(part.contents()), &mut report);
            }
            Some("message/rfc822" | "message/global" | "encoded/rfc822" | "encoded/global")
                if report.original_bytes.is_empty() =>
            {
                let bytes = match &part.body {
                    PartType::Message(inner) => inner.raw_message(),
                    _ => part.contents(),
                };
                report.original_bytes = bytes.to_vec();
            }
            Some("text/rfc822-headers" | "message/rfc822-headers") if report.original_bytes.is_empty() => {
                report.original_bytes = part.contents().to_vec();
                report.original_bytes.extend_from_slice(b"\r\n\r\n");
                report.headers_only = true;
            }
            Some("text/plain") if report.description.is_empty() && !is_report => {
                let text = String::from_utf8_lossy(part.contents()).into_owned();
                report.description = crate::parse::head(text.trim(), 10_000).to_owned();
            }
            _ => {}
        }
    }
    is_report.then_some(())?;
    if !report.original_bytes.is_empty() {
        report.original = Some(crate::parse::parse(&report.original_bytes).message);
    }
    Some(report)
}

/// The fields of the machine-readable part (RFC 5965 §3).
fn fields(source: &str, report: &mut AbuseReport) {
    let unfolded = source.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    for line in unfolded.lines().take(FIELDS) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.trim().to_owned(), crate::parse::line(value, VALUE));
        let bare = value.trim_matches(['<', '>']).to_owned();
        match name.to_ascii_lowercase().as_str() {
            "feedback-type" => report.feedback_type = value.to_ascii_lowercase(),
            "user-agent" => report.user_agent = Some(value.clone()),
            "source-ip" => report.source_ip = Some(value.clone()),
            "original-mail-from" => report.original_mail_from = Some(bare.to_lowercase()),
            "original-rcpt-to" => report.original_rcpt_to.push(bare.to_lowercase()),
            "arrival-date" | "received-date" => report.arrival_date = Some(value.clone()),
            "reported-domain" => report.reported_domain.push(value.to_lowercase()),
            "reported-uri" => report.reported_uri.push(value.clone()),
            "authentication-results" => report.authentication_results.push(value.clone()),
            "incidents" => report.incidents = value.parse().unwrap_or(1).max(1),
            _ => {}
        }
        report.fields.push((name, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(original: &str) -> String {
        format!(
            "From: <abusedesk@example.com>\r\nTo: <abuse@example.net>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=feedback-report;\r\n\tboundary=\"part\"\r\n\r\n\
             --part\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n\
             --part\r\nContent-Type: message/feedback-report\r\n\r\n\
             Feedback-Type: abuse\r\nUser-Agent: Generator/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <Spam@example.net>\r\n\
             Original-Rcpt-To: <user@example.com>\r\nArrival-Date: Thu, 8 Mar 2024\r\n 14:00:00 EDT\r\nSource-IP: 192.0.2.2\r\n\
             Reported-Domain: example.net\r\nReported-Uri: http://example.net/earn_money.html\r\nIncidents: 3\r\n\r\n\
             --part\r\n{original}\r\n--part--\r\n"
        )
    }

    #[test]
    fn a_report_with_a_whole_message_is_read() {
        let raw = report(
            "Content-Type: message/rfc822\r\n\r\nFrom: Spam <spam@example.net>\r\nSubject: Earn money\r\n\r\nhttp://example.net/earn\r\n",
        );
        let read = read(raw.as_bytes()).unwrap();
        assert_eq!((read.feedback_type.as_str(), read.incidents, read.headers_only), ("abuse", 3, false));
        assert_eq!(read.source_ip.as_deref(), Some("192.0.2.2"));
        assert_eq!(read.original_mail_from.as_deref(), Some("spam@example.net"));
        assert_eq!(read.original_rcpt_to, ["user@example.com"]);
        assert_eq!(read.arrival_date.as_deref(), Some("Thu, 8 Mar 2024 14:00:00 EDT"));
        assert_eq!(read.description, "This is an email abuse report.");
        assert_eq!(read.fields.len(), 10);
        let original = read.original.unwrap();
        assert_eq!(original.subject, "Earn money");
        assert_eq!(original.links.len(), 1);
    }

    #[test]
    fn a_report_with_headers_only_says_so() {
        let raw = report(
            "Content-Type: text/rfc822-headers\r\n\r\nFrom: Spam <spam@example.net>\r\nSubject: Earn money\r\n",
        );
        let read = read(raw.as_bytes()).unwrap();
        assert!(read.headers_only);
        assert_eq!(read.original.unwrap().from.unwrap().address, "spam@example.net");
    }

    #[test]
    fn a_letter_about_reports_is_none() {
        assert!(
            read(b"From: a@example.org\r\nSubject: feedback-report\r\n\r\nWhat is a feedback-report?")
                .is_none()
        );
        assert!(read(b"").is_none());
        let cut = report("Content-Type: message/rfc822\r\n\r\nFrom: x");
        for end in 0..cut.len() {
            let _no_panic = read(&cut.as_bytes()[..end]);
        }
    }
}
