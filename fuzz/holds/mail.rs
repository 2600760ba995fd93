//! Any bytes are read without a panic; spans fit; what is shown is inert.

/// Holds for any input.
pub fn holds(raw: &[u8]) {
    let setting = mail::Setting {
        own_domains: vec!["example.org".to_owned()],
        trusted_authserv_ids: vec!["mx.example.org".to_owned()],
        desk_addresses: vec!["report@example.org".to_owned()],
        ..mail::Setting::default()
    };
    let reading = mail::read(raw, &setting);
    assert!(!reading.evidence.is_empty());
    let message = reading.subject_message();
    for link in &message.links {
        if let Some(span) = link.span {
            assert!(span.of(&message.text).is_some());
        }
    }
    if let Some(html) = mail::sanitised_html(message) {
        // The words of a message may say `href=`; a tag may not.
        let mut tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
        assert!(!tags.any(|tag| tag.contains("href=")));
    }
    let print = mail::fingerprint(message, &setting);
    let _ = mail::alike(&print, &print);
    assert_eq!(mail::Fingerprint::parse(&print.to_line()).as_ref(), Some(&print));
}
