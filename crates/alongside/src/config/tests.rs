//! What a file may say, and how a wrong one is answered.

use super::*;

#[test]
fn an_unknown_key_is_refused_by_name() {
    let problem = toml::from_str::<Config>("[web]\nlissten = \"127.0.0.1:1\"").unwrap_err().to_string();
    assert!(problem.contains("lissten"), "{problem}");
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
fn wrong_values_say_what_to_write() {
    let bad = |text: &str| toml::from_str::<Config>(text).unwrap().settings().unwrap_err().to_string();
    assert!(bad("[hours]\nzone = \"Mars\"").contains("Europe/Berlin"));
    assert!(bad("[hours]\nfrom = \"18:00\"").contains("later than"));
    assert!(bad("[hours]\ndays = [\"someday\"]").contains("mon, tue"));
    assert!(bad("[organisation]\ndesk_address = \"desk\"").contains("e-mail address"));
}
