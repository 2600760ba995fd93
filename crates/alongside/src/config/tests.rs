//! What a file may say, and how a wrong one is answered.

use super::*;

#[test]
fn an_unknown_key_is_refused_by_name() {
    let problem = toml::from_str::<Config>("[web]\nlissten = \"127.0.0.1:1\"").unwrap_err().to_string();
    assert!(problem.contains("lissten"), "{problem}");
}

#[test]
fn a_value_of_the_wrong_kind_is_answered_with_its_line_and_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("alongside.toml");
    for (text, said) in [
        (
            "[web]\nlisten = \"localhost:8025\"",
            "line 2: `web.listen` has `\"localhost:8025\"`; write an address in numbers and a port, such as `127.0.0.1:8025`",
        ),
        (
            "[web]\nreports_per_minute = -1",
            "line 2: `web.reports_per_minute` has `-1`; write a whole number, 0 or more",
        ),
        (
            "[organisation]\ndomains = \"a.example\"",
            "line 2: `organisation.domains` has `\"a.example\"`; write a list in square brackets",
        ),
        ("[relay]\nport = 25", "line 1: `host` is missing in `[relay]`; it has to be set"),
        (
            "[relay]\nhost = \"a\"\nsecurity = \"ssl\"",
            "line 3: `relay.security` has `ssl`; it can be `starttls`, `tls`, `none`",
        ),
        ("[web]\nlissten = 1", "line 2: there is no setting `lissten` here; there is `listen`, `base_url`"),
    ] {
        std::fs::write(&file, text).unwrap();
        let problem = format!("{:#}", Config::load(Some(&file)).unwrap_err());
        assert!(problem.contains(said), "{problem}\nnot\n{said}");
    }
}

#[test]
fn no_file_at_all_is_a_working_desk() {
    let settings = Config::default().settings().unwrap();
    assert_eq!(settings.base_url, "http://127.0.0.1:8025");
    assert!(settings.trusts("127.0.0.1".parse().unwrap()));
    assert!(!settings.trusts("192.0.2.1".parse().unwrap()));
}

#[test]
fn what_a_file_says_about_drills_names_and_limits_is_used() {
    let config = toml::from_str::<Config>(
        "[organisation]\nown_names = [\"Helpdesk\"]\n[reading]\ndrill_hosts = [\"Drill.example\"]\n\
        [web]\ntrusted_reports_per_minute = 5000\n[smtp]\nmax_mib = 10",
    )
    .unwrap();
    let settings = config.settings().unwrap();
    assert_eq!(settings.mail.own_names, ["Helpdesk"]);
    assert_eq!(settings.mail.drill_hosts, ["drill.example"]);
    assert_eq!((config.limits().reports, config.limits().trusted_reports), (60, 5000));
    assert_eq!(settings.most_bytes, 10 << 20);
}

#[test]
fn a_desk_that_others_reach_does_not_trust_its_own_machine() {
    let settings =
        toml::from_str::<Config>("[web]\nbase_url = \"https://desk.example\"").unwrap().settings().unwrap();
    assert!(!settings.trusts("127.0.0.1".parse().unwrap()));
}

#[test]
fn only_this_machine_itself_counts_as_this_machine() {
    let trusts = |url: &str| {
        let text = format!("[web]\nbase_url = \"{url}\"");
        let settings = toml::from_str::<Config>(&text).unwrap().settings().unwrap();
        settings.trusts("127.0.0.1".parse().unwrap())
    };
    for url in ["http://localhost:8025", "http://127.0.0.1:8025/", "http://[::1]:8025"] {
        assert!(trusts(url), "{url}");
    }
    for url in ["https://localhost.example.org", "https://desk.example:443", "https://127.0.0.1.example.org"]
    {
        assert!(!trusts(url), "{url}");
    }
}

/// What the file says wrong, one line each.
fn check(text: &str, expected: expect_test::Expect) {
    let found = toml::from_str::<Config>(text).unwrap().problems();
    expected.assert_eq(&found.iter().map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn everything_that_cannot_be_used_is_said_at_once_with_what_to_write() {
    check("", expect_test::expect![[""]]);
    check(
        r#"
        [organisation]
        name = "Harbour\nWorks"
        desk_address = "desk@example.org\r\nBcc: all@example.org"
        more_addresses = ["abuse"]
        language = "fr"
        trusted_networks = ["10.0.0.1/8"]
        [web]
        base_url = "desk.example"
        reports_per_minute = 0
        proxies = ["here"]
        [smtp]
        max_mib = 5000
        hostname = "a b"
        relays = ["10.0.0.1/33"]
        certificate = "one.pem"
        [relay]
        host = "mail.example.org"
        user = "desk"
        [store]
        database = "mysql://desk:secret@db/desk"
        [reading]
        drill_headers = ["X-Drill"]
        [hours]
        zone = "Mars"
        days = ["monkey"]
        from = "18:00"
        to = "24:30"
        holidays = ["tomorrow"]
        first_word_minutes = -5
        help_minutes = 0
        "#,
        expect_test::expect![[r#"
            `organisation.desk_address` has `desk@example.org\r\nBcc: all@example.org`; write an address such as `security@example.org`, without `+`, spaces or quotes
            `organisation.more_addresses` has `abuse`; write an address such as `security@example.org`, without `+`, spaces or quotes
            `organisation.language` has `fr`; it can be `en` or `de`
            `organisation.name` has `Harbour\nWorks`; write it in one line
            `organisation.trusted_networks` has `10.0.0.1/8`; write the network's first address and its length in bits, such as `10.0.0.0/8`
            `reading.drill_headers` has `X-Drill`; write it as `Name: value`
            `web.base_url` has `desk.example`; write how people reach the pages, such as `https://desk.example.org`, without a path
            `web.proxies` has `here`; write the network's first address and its length in bits, such as `10.0.0.0/8`
            `smtp.relays` has `10.0.0.1/33`; write the network's first address and its length in bits, such as `10.0.0.0/8`
            `web.reports_per_minute` has `0`; then nobody could report anything; write 1 or more
            `smtp.max_mib` has `5000`; it can be 1 to 100
            `smtp.hostname` has `a b`; write a name such as `desk.example.org`
            `smtp.certificate` and `smtp.key` belong together; set both or none
            `relay.user` and `relay.password_file` belong together; set both or none
            `store.database` has `mysql:…`; write `sqlite:PATH` or `postgres://…`
            `hours.zone` has `Mars`; use a name such as `Europe/Berlin`
            `hours.days` has `monkey`; use mon, tue, wed, thu, fri, sat, sun
            `hours.holidays` has `tomorrow`; write it as 2026-12-25
            `hours.to` has `24:30`; write a time of day such as 09:00
            `hours.first_word_minutes` has `-5`; it can be 1 to 43200
            `hours.help_minutes` has `0`; it can be 1 to 43200
        "#]],
    );
    check(
        "[hours]\ndays = []\nfrom = \"18:00\"",
        expect_test::expect![[r#"
        `hours.days` is empty; name at least one of mon, tue, wed, thu, fri, sat, sun. A desk that never sleeps has all seven, from 00:00 to 24:00
        `hours.to` has `17:00`; it must be later than `hours.from`
    "#]],
    );
}

#[test]
fn an_address_of_the_pages_is_a_whole_one() {
    for good in
        ["https://desk.example", "http://desk.example:8025/", "https://[2001:db8::1]:8443", "http://10.0.0.7"]
    {
        assert!(check::host_of(good).is_some(), "{good}");
    }
    for bad in [
        "desk.example",
        "https://",
        "https://desk example",
        "https://desk.example/path",
        "https://me@desk.example",
        "https://desk.example:port",
        "https://desk.example:99999",
        "https://[desk]",
        "ftp://desk.example",
        "https://desk.example\r\n",
    ] {
        assert!(check::host_of(bad).is_none(), "{bad}");
    }
}

#[test]
fn paths_in_a_named_file_count_from_its_folder() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("desk.toml");
    let text = "[store]\ndatabase = \"sqlite:rows.db\"\n[relay]\nhost = \"mail.example.org\"\nuser = \"desk\"\npassword_file = \"password\"\n\
        [mailbox]\nhost = \"mail.example.org\"\nuser = \"abuse\"\npassword_file = \"/run/secret\"\n";
    std::fs::write(&file, text).unwrap();
    let config = Config::load(Some(&file)).unwrap();
    assert_eq!(config.store.folder, place.path().join("data"));
    assert_eq!(config.database_file().unwrap(), place.path().join("rows.db"));
    assert_eq!(config.relay.unwrap().password_file.unwrap(), place.path().join("password"));
    assert_eq!(config.mailbox.unwrap().password_file, Path::new("/run/secret"), "a whole path stays");
}

#[test]
fn letters_cross_no_network_unprotected_and_domains_are_domains() {
    let problems = |text: &str| toml::from_str::<Config>(text).unwrap().problems();
    let relay = |host: &str| problems(&format!("[relay]\nhost = \"{host}\"\nsecurity = \"none\""));
    assert!(relay("mail.example.org").iter().any(|one| one.contains("relay.security")));
    for here in ["localhost", "127.0.0.1", "[::1]"] {
        assert!(relay(here).is_empty(), "{here}: {:?}", relay(here));
    }
    let found =
        problems("[organisation]\ndomains = [\"not a domain\", \"\", \"example.org\", \"bücher.example\"]");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_desk_from_before_paths_counted_from_the_file_is_noticed() {
    let place = tempfile::tempdir().unwrap();
    let here = |name: &str| place.path().join(name);
    let mut config = Config { written_folder: Some(here("old")), ..Config::default() };
    config.store.folder = here("new");
    assert_eq!(config.older_desk(), None);
    std::fs::create_dir(here("old")).unwrap();
    std::fs::write(here("old/secret"), b"").unwrap();
    assert_eq!(config.older_desk(), Some(here("old")));
    std::fs::create_dir(here("new")).unwrap();
    assert_eq!(config.older_desk(), None, "a desk that is where it counts is the one");
}

#[test]
fn a_mail_server_on_this_machine_vouches_for_nobody_at_a_desk_for_others() {
    let by_mail = |text: &str| {
        let config = toml::from_str::<Config>(text).unwrap();
        let here = "127.0.0.1".parse().unwrap();
        let networks = config.networks_by_mail().unwrap();
        networks.iter().any(|network| network.contains(here))
    };
    assert!(by_mail(""), "a desk to try out");
    assert!(!by_mail("[web]\nbase_url = \"https://desk.example\""));
    assert!(!by_mail("[web]\nbase_url = \"https://desk.example\"\nproxies = [\"127.0.0.1/32\"]"));
}

#[test]
fn nobody_trusts_everybody_by_a_slip() {
    let problems = |text: &str| toml::from_str::<Config>(text).unwrap().problems();
    for wide in ["0.0.0.0/0", "128.0.0.0/1", "::/0", "2000::/3"] {
        let found = problems(&format!("[organisation]\ntrusted_networks = [\"{wide}\"]"));
        assert!(found.len() == 1 && found[0].contains("holds strangers"), "{wide}: {found:?}");
    }
    for shared in ["com", "co.uk", "COM"] {
        let found = problems(&format!("[organisation]\ndomains = [\"{shared}\"]"));
        assert!(found.len() == 1 && found[0].contains("anybody can register"), "{shared}: {found:?}");
    }
    let fine = "[organisation]\ntrusted_networks = [\"10.0.0.0/8\", \"2001:db8::/32\"]\ndomains = [\"example.co.uk\"]";
    assert!(problems(fine).is_empty(), "{:?}", problems(fine));
}

#[test]
fn those_who_need_help_never_wait_longer_than_everybody_else() {
    let hours = |help: i64| Config {
        hours: Hours { help_minutes: help, first_word_minutes: 10, ..Hours::default() },
        ..Config::default()
    };
    assert!(hours(10).problems().is_empty());
    assert!(hours(500).problems().iter().any(|problem| problem.contains("`hours.help_minutes` has `500`")));
}
