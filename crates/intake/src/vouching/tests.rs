//! Who vouches, as a table of messages.

use super::*;

const RELAY: &str = "10.0.0.2";
const OFFICE: &str = "192.168.7.7";
const STRANGER: &str = "203.0.113.9";

fn trust() -> Trust {
    Trust {
        networks: vec!["192.168.0.0/16".parse().unwrap(), "10.0.0.0/8".parse().unwrap()],
        relays: vec!["10.0.0.2".parse().unwrap()],
        authserv_ids: vec!["mx.example.org".into()],
    }
}

fn vouched(head: &str, from: Option<&str>, peer: Option<&str>) -> String {
    let raw = format!("{}\r\n\r\nbody\r\n", head.replace('\n', "\r\n"));
    match who_vouches(raw.as_bytes(), from, peer.map(|peer| peer.parse().unwrap()), &trust()) {
        Vouched::TrustedNetwork => "network".into(),
        Vouched::AuthenticatedResults { by, domain } => format!("{by} for {domain}"),
        Vouched::Nobody => "nobody".into(),
    }
}

const ZOE: Option<&str> = Some("zoe@corp.example");

#[test]
fn the_network_vouches_for_its_people_and_never_for_what_a_relay_hands_over() {
    assert_eq!(vouched("From: zoe@corp.example", ZOE, Some(OFFICE)), "network");
    assert_eq!(vouched("From: zoe@corp.example", ZOE, Some(STRANGER)), "nobody");
    assert_eq!(vouched("From: zoe@corp.example", ZOE, Some(RELAY)), "nobody");
    assert_eq!(vouched("From: zoe@corp.example", ZOE, None), "nobody");
    assert_eq!(vouched("From: zoe@corp.example", None, Some(OFFICE)), "nobody");
    let failed =
        "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=corp.example\nFrom: zoe@corp.example";
    assert_eq!(vouched(failed, ZOE, Some(RELAY)), "nobody");
    assert_eq!(vouched("Authentication-Results: mx.example.org; none", ZOE, Some(RELAY)), "nobody");
    let without_ids = Trust { authserv_ids: vec![], ..trust() };
    let relayed = who_vouches(b"From: zoe@corp.example\r\n\r\n", ZOE, RELAY.parse().ok(), &without_ids);
    assert_eq!(relayed, Vouched::Nobody, "also where no server of ours is named");
}

#[test]
fn only_a_trusted_server_reached_through_a_relay_or_a_mailbox_is_believed() {
    let passed = "Authentication-Results: MX.example.org 1; spf=pass smtp.mailfrom=zoe@corp.example\nFrom: zoe@corp.example";
    assert_eq!(vouched(passed, ZOE, Some(RELAY)), "mx.example.org for corp.example");
    assert_eq!(vouched(passed, ZOE, None), "mx.example.org for corp.example");
    assert_eq!(vouched(passed, ZOE, Some(STRANGER)), "nobody");
    let other = passed.replace("MX.example.org", "mx.example.org.evil.test");
    assert_eq!(vouched(&other, ZOE, None), "nobody");
}

#[test]
fn the_authenticated_domain_must_be_the_senders() {
    let check = |results: &str, expected: &str| {
        let head = format!("Authentication-Results: mx.example.org; {results}\nFrom: Zoe <zoe@corp.example>");
        assert_eq!(vouched(&head, ZOE, None), expected, "{results}");
    };
    check("spf=pass smtp.mailfrom=corp.example", "mx.example.org for corp.example");
    check("spf=pass smtp.mailfrom=evil.test", "nobody");
    check("spf=pass smtp.helo=corp.example", "nobody");
    check("spf=softfail smtp.mailfrom=corp.example", "nobody");
    check("spf=none", "nobody");
    check("dkim=pass header.d=corp.example", "mx.example.org for corp.example");
    check("dkim=pass (2048-bit key; d=corp.example) header.d=evil.test", "nobody");
    check("dkim=pass header.d=example", "nobody");
    check(
        "dkim=fail header.d=corp.example; dmarc = pass (p=reject) header.from = corp.example",
        "mx.example.org for corp.example",
    );
    check("dmarc=pass header.from=sub.corp.example", "nobody");
    check("dkim=pass reason=\"x; spf=pass smtp.mailfrom=corp.example\" header.d=evil.test", "nobody");
    check(
        "auth=pass (plain) smtp.auth=zoe@corp.example smtp.mailfrom=zoe@corp.example",
        "mx.example.org for corp.example",
    );
    check("auth=pass smtp.auth=mallory@evil.test smtp.mailfrom=zoe@corp.example", "nobody");
    check("auth=pass smtp.auth=zoe", "nobody");
    check("arc=pass header.d=corp.example", "nobody");
    check("iprev=pass smtp.remote-ip=1.2.3.4", "nobody");
}

#[test]
fn a_signature_counts_for_its_author_only() {
    let signed = |from: &str| {
        format!("Authentication-Results: mx.example.org; dkim=pass header.d=corp.example\nFrom: {from}")
    };
    assert_eq!(
        vouched(&signed("zoe@mail.corp.example"), Some("zoe@mail.corp.example"), None),
        "mx.example.org for corp.example"
    );
    assert_eq!(vouched(&signed("zoe@corp.example"), Some("victim@corp.example.evil.test"), None), "nobody");
    assert_eq!(vouched(&signed("zoe@corp.example, x@evil.test"), ZOE, None), "nobody");
    assert_eq!(vouched(&signed("ceo@other.example"), ZOE, None), "nobody");
}

#[test]
fn a_header_that_was_there_before_the_server_took_the_message_proves_nothing() {
    let forged_below = "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=corp.example\n\
        Received: from evil by mx.example.org\n\
        Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=corp.example\nFrom: zoe@corp.example";
    assert_eq!(vouched(forged_below, ZOE, Some(RELAY)), "nobody");
    let several = "Received: from mx by desk\nAuthentication-Results: mx.example.org; dkim=none\n\
        Authentication-Results: mx.example.org;\n spf=pass smtp.mailfrom=corp.example\nReceived: from far";
    assert_eq!(vouched(several, ZOE, Some(RELAY)), "mx.example.org for corp.example");
}

#[test]
fn a_signed_mail_of_one_person_handed_on_speaks_for_nobody_else_of_their_domain() {
    let passed = "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=corp.example; dkim=pass header.d=corp.example; dmarc=pass header.from=corp.example";
    let by = |author: &str| vouched(&format!("{passed}\nFrom: {author}"), ZOE, Some(RELAY));
    assert_eq!(by("News <news@corp.example>"), "nobody");
    assert_eq!(by("Zoe <Zoe@Corp.example>"), "mx.example.org for corp.example");
}
