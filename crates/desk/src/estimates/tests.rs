//! Stories of an estimate, told through the pages.

mod fields;

use super::web::EXAMPLES;
use super::{Side, compute};
use crate::ids::Time;
use crate::test::{LURE, Page, TestDesk};
use crate::who::{Role, Who};

const SCENARIO: &str = "name = \"Payment to the wrong account\"\ncurrency = \"EUR\"\n[frequency]\n\
    threat_events = { pert = [2, 5, 20], unit = \"per year\" }\nvulnerability = { pert = [0.05, 0.12, 0.30], unit = \"share\" }\n\
    [loss.primary]\nresponse = { pert = [10_000, 50_000, 500_000], unit = \"EUR\" }\n";

struct Lead<'a> {
    test: &'a TestDesk,
    who: Who,
    cookie: String,
}

impl<'a> Lead<'a> {
    async fn of(test: &'a TestDesk) -> Lead<'a> {
        let (who, cookie) = test.somebody(Role::Lead).await;
        Lead { test, who, cookie }
    }

    async fn get(&self, path: &str) -> Page {
        self.test.get(path, &self.cookie).await
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = vec![
            ("form_token", self.who.form_token.as_str()),
            ("seed", "7"),
            ("years", "20,000"),
            ("title", "Supplier fraud"),
        ];
        form.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        form.extend_from_slice(fields);
        self.test.post(path, &self.cookie, &form).await
    }

    /// Saves a form and gives the address of the estimate.
    async fn saves(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let page = self.send(path, fields).await;
        assert!(page.status.is_redirection(), "{}", page.body);
        let to = page.headers["location"].to_str().unwrap();
        to.split('?').next().unwrap().to_owned()
    }
}

/// What a page says to somebody who reads it, a line for each block.
fn words(page: &Page) -> String {
    let main = page.body.split_once("<main").unwrap().1;
    let mut text = String::new();
    let mut rest = main.split_once('>').unwrap().1;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        // What a person typed, and drawings: their numbers stand in the table.
        if ["textarea", "pre", "code", "svg", "select"].contains(&name.as_str()) && !tag.starts_with('/') {
            rest = next.split_once(&format!("</{name}>")).map_or("", |(_, after)| after);
            continue;
        }
        if !["a", "b", "strong", "span"].contains(&name.as_str()) {
            text.push_str("\n\n");
        }
        rest = next;
    }
    for (entity, letter) in [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

fn serious(text: &str) -> Vec<String> {
    let profile = lint::Profile::default();
    let draft = lint::Draft {
        language: Some(lint::Language::English),
        ..lint::Draft::plain(text, &profile).kind(lint::Kind::Executive)
    };
    lint::Checker::standard()
        .check(&draft)
        .findings
        .into_iter()
        .filter(|finding| finding.severity >= finding::Severity::Warning)
        .map(|finding| {
            format!("{} “{}”: {}", finding.rule, finding.span.of(text).unwrap_or(""), finding.message)
        })
        .collect()
}

#[tokio::test]
async fn an_estimate_is_made_changed_read_again_and_compared() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let empty = lead.get("/estimates").await;
    assert!(
        empty.body.contains("No estimate yet") && empty.body.contains("threat_events"),
        "with an example"
    );
    let begun = lead.get("/estimates/new?example=supplier-payment").await;
    assert!(begun.body.contains("Somebody is persuaded to pay an invoice"));

    let path = lead
        .saves(
            "/estimates/new",
            &[("scenario", SCENARIO), ("note", "Five attempts last year, said the treasurer.")],
        )
        .await;
    let page = lead.get(&path).await;
    assert!(page.body.contains("An average year costs about EUR 110,000"), "{}", page.body);
    assert!(
        page.body.contains("One year in 20 costs more than</dt><dd>EUR 420,000"),
        "the exact value of the closed form"
    );
    assert!(page.body.contains("Five attempts last year, said the treasurer."));
    assert!(page.body.contains("The lead"), "who estimated");
    assert!(page.body.contains("<svg") && page.body.contains("Loss exceedance curve"));
    assert!(
        !page.body.contains("<style") && !page.body.contains(" style=") && !page.body.contains("<script>"),
        "nothing the policy forbids"
    );

    test.later(Time::HOUR);
    let cheaper = SCENARIO.replace("[0.05, 0.12, 0.30]", "[0.02, 0.05, 0.10]");
    let change = format!("{path}/change");
    assert!(lead.get(&change).await.body.contains("0.30"), "the form begins with the newest version");
    let fields = [
        ("scenario", cheaper.as_str()),
        ("note", "We now call back before a new account is used."),
        ("from", "1"),
    ];
    assert_eq!(lead.saves(&change, &fields).await, path);

    let page = lead.get(&path).await;
    assert!(page.body.contains("Version 2 of 2") && page.body.contains("23 November 2026"));
    assert!(page.body.contains("Five attempts last year, said the treasurer."), "the history keeps why");
    let old = lead.get(&format!("{path}?version=1")).await;
    assert!(
        old.body.contains("Version 1 of 2") && old.body.contains("EUR 110,000"),
        "an old version stays readable"
    );
    assert_eq!(lead.get(&format!("{path}?version=3")).await.status, 404);

    let link = page
        .body
        .split("href=\"/estimates/compare?left=")
        .find(|part| part.contains("Compare with version 1"))
        .unwrap();
    let link = format!("/estimates/compare?left={}", link.split('"').next().unwrap().replace("&amp;", "&"));
    let compared = lead.get(&link).await;
    assert!(compared.body.contains("less on the right"), "{}", compared.body);
    assert!(!compared.body.contains("EUR 110,000 and EUR 110,000"), "a range with two like ends is no range");
    assert!(compared.body.contains("Chance that a try works"), "the input that differs is named");
    assert!(
        !compared.body.contains("<th scope=\"row\">How often it is tried"),
        "those that do not are left out"
    );
    assert!(
        compared.body.contains("more in 0 %"),
        "in no year does a smaller chance cost more: the luck is the same"
    );
    assert!(lead.get("/estimates").await.body.contains("version 2"));
}

#[tokio::test]
async fn a_scenario_with_slips_comes_back_whole_with_every_line_explained() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let wrong = SCENARIO.replace("[2, 5, 20]", "[20, 5, 2]").replace("unit = \"EUR\"", "unit = \"USD\"");
    let page = lead
        .send("/estimates/new", &[("scenario", &wrong), ("note", "From the <treasurer>."), ("years", "7")])
        .await;
    assert_eq!(page.status, 422);
    for expected in [
        "<strong>Line 4.</strong>",
        "<strong>Line 7.</strong>",
        "Nothing is lost.",
        "[20, 5, 2]",
        "From the &#60;treasurer&#62;.",
        "from 1,000 to 200,000",
    ] {
        assert!(page.body.contains(expected), "{expected}: {}", page.body);
    }
    assert!(page.body.contains("aria-invalid=\"true\" aria-describedby=\"note-scenario\""));
    assert!(lead.get("/estimates").await.body.contains("No estimate yet"), "and nothing half-done is stored");

    let broken = lead.send("/estimates/new", &[("scenario", "name = \"x"), ("note", "n")]).await;
    assert!(
        broken.body.contains("<strong>Line 1.</strong>") && broken.body.contains("This is not valid TOML"),
        "{}",
        broken.body
    );
    let empty = lead.send("/estimates/new", &[("scenario", ""), ("title", " ")]).await;
    for field in ["note-title", "note-scenario", "note-note"] {
        assert!(empty.body.contains(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(serious(&words(&page)).is_empty(), "{:#?}", serious(&words(&page)));
    assert!(serious(&words(&empty)).is_empty(), "{:#?}", serious(&words(&empty)));
}

#[tokio::test]
async fn two_leads_who_change_the_same_version_lose_nothing() {
    let test = TestDesk::new().await;
    let (one, other) = (Lead::of(&test).await, Lead::of(&test).await);
    let path = one.saves("/estimates/new", &[("scenario", SCENARIO), ("note", "first")]).await;
    let change = format!("{path}/change");
    one.saves(&change, &[("scenario", SCENARIO), ("note", "second, by one"), ("from", "1")]).await;
    let page =
        other.send(&change, &[("scenario", SCENARIO), ("note", "mine, by the other"), ("from", "1")]).await;
    assert_eq!(page.status, 409);
    assert!(
        page.body.contains("mine, by the other") && page.body.contains("name=\"from\" value=\"2\""),
        "{}",
        page.body
    );
    other.saves(&change, &[("scenario", SCENARIO), ("note", "mine, by the other"), ("from", "2")]).await;
    let history = one.get(&path).await.body;
    assert!(
        history.contains("second, by one")
            && history.contains("mine, by the other")
            && history.contains("Version 3 of 3")
    );
}

#[tokio::test]
async fn only_leads_and_admins_reach_estimates() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let path = lead.saves("/estimates/new", &[("scenario", SCENARIO), ("note", "n")]).await;
    for role in [Role::Coach, Role::Responder] {
        let (who, cookie) = test.somebody(role).await;
        for address in
            ["/estimates", "/estimates/new", "/estimates/compare", &path, &format!("{path}/change")]
        {
            assert_eq!(test.get(address, &cookie).await.status, 403, "{role:?} {address}");
        }
        let form = [
            ("form_token", who.form_token.as_str()),
            ("title", "t"),
            ("scenario", SCENARIO),
            ("seed", "1"),
            ("years", "1000"),
            ("note", "n"),
            ("from", "1"),
        ];
        assert_eq!(test.post("/estimates/new", &cookie, &form).await.status, 403);
        assert_eq!(test.post(&format!("{path}/change"), &cookie, &form).await.status, 403);
        assert!(
            !test.get("/numbers", &cookie).await.body.contains("href=\"/estimates\""),
            "nor are they pointed there"
        );
    }
    let (_, admin) = test.somebody(Role::Admin).await;
    assert!(test.get(&path, &admin).await.status.is_success());
    assert!(lead.get("/numbers").await.body.contains("href=\"/estimates\""));
}

#[tokio::test]
async fn one_option_can_be_looked_at_alone() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let with = format!(
        "{SCENARIO}[[control]]\nname = \"Call back\"\nfunction = \"prevent\"\ncoverage = {{ constant = 0.9, unit = \"share\" }}\n\
         reliability = {{ constant = 0.8, unit = \"share\" }}\nefficacy = {{ constant = 0.9, unit = \"share\" }}\nyearly_cost = 18_000\n\
         [[control]]\nname = \"Call back twice\"\nfunction = \"prevent\"\ncoverage = {{ constant = 0.9, unit = \"share\" }}\n\
         reliability = {{ constant = 0.9, unit = \"share\" }}\nefficacy = {{ constant = 0.9, unit = \"share\" }}\nyearly_cost = 30_000\n"
    );
    let path = lead.saves("/estimates/new", &[("scenario", &with), ("note", "n")]).await;
    let all = lead.get(&path).await.body;
    assert!(
        all.contains("<b>Call back.</b>")
            && all.contains("<b>Call back twice.</b>")
            && all.contains("<b>All of these together.</b>")
    );
    let one = lead.get(&format!("{path}?what_if=Call+back")).await.body;
    assert!(
        one.contains("<b>Call back.</b>") && !one.contains("<b>Call back twice.</b>"),
        "exactly the one that was asked for"
    );
    assert_eq!(lead.get(&format!("{path}?what_if=Nothing")).await.status, 404);
}

#[tokio::test]
async fn what_the_desk_measured_is_offered_and_what_it_did_not_is_said() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let unmeasured = lead.get("/estimates/new").await.body;
    assert_eq!(unmeasured.matches("Not measured yet.").count(), 3);
    // Sent at 09:00; the desk's clock stands at 10:00.
    let dated = LURE.replace("MIME-Version", "Date: Mon, 23 Nov 2026 09:00:00 +0000\nMIME-Version");
    for person in 0..4 {
        test.told(&format!("p{person}@example.org"), &[], "", Some(&dated)).await;
    }
    for _ in 0..3 {
        test.told("p0@example.org", &[], "", Some(&dated)).await;
    }
    test.later(7 * Time::DAY);
    let lead = Lead::of(&test).await;
    assert_eq!(
        lead.get("/estimates/new").await.body.matches("Not measured yet.").count(),
        3,
        "four people are too few, however often one of them tells us"
    );
    test.told("p4@example.org", &[], "", Some(&dated.replace("23 Nov", "30 Nov"))).await;
    test.later(7 * Time::DAY);
    let lead = Lead::of(&test).await;
    let measured = lead.get("/estimates/new").await;
    assert!(
        measured.body.contains("Half of 8 reports of about the last year came within 1 h"),
        "{}",
        measured.body
    );
    assert!(measured.body.contains("hours = 2, reported = 1.00"));
    assert!(measured.body.contains("A drill measures it"), "the reporting rate is not guessed");
}

#[tokio::test]
async fn every_page_speaks_as_we_ask_others_to() {
    let test = TestDesk::new().await;
    let lead = Lead::of(&test).await;
    let mut wrong = Vec::new();
    let mut pages = vec![
        ("empty list".to_owned(), lead.get("/estimates").await),
        ("blank form".to_owned(), lead.get("/estimates/new").await),
        ("blank fields".to_owned(), lead.get("/estimates/fields").await),
    ];
    pages.push(("nothing to compare".into(), lead.get("/estimates/compare").await));
    for (key, _, scenario) in EXAMPLES {
        let path = lead
            .saves(
                "/estimates/new",
                &[
                    ("scenario", scenario),
                    ("title", key),
                    ("note", "From the people who do this work every day."),
                ],
            )
            .await;
        pages.push((key.into(), lead.get(&path).await));
        pages.push((format!("change {key}"), lead.get(&format!("{path}/change")).await));
    }
    let versions = super::versions(&test.desk).await.unwrap();
    let path = format!("/estimates/compare?left={}&right={}", versions[0].id, versions[1].id);
    pages.push(("compared".into(), lead.get(&path).await));
    pages.push(("list".into(), lead.get("/estimates").await));
    for (name, page) in &pages {
        assert!(page.status.is_success(), "{name}: {}", page.status);
        let text = words(page);
        assert!(text.trim().len() > 40, "{name}: {text}");
        wrong.extend(serious(&text).into_iter().map(|finding| format!("{name}: {finding}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn the_styles_of_charts_come_from_our_own_address() {
    let test = TestDesk::new().await;
    for name in ["chart.css", "estimates.css"] {
        let page = test.get(&format!("/assets/{name}"), "").await;
        assert!(
            page.status.is_success()
                && page.headers["content-type"].to_str().unwrap().starts_with("text/css")
        );
        assert!(page.body.contains('{'));
    }
}

fn side(label: &str, text: &str, seed: u64) -> Side {
    Side { label: label.into(), text: text.into(), seed, years: 20_000 }
}

#[test]
fn the_same_estimate_on_both_sides_differs_in_nothing_whatever_its_name() {
    let renamed = SCENARIO.replace("Payment to the wrong account", "Another name");
    let compared = compute::compare(&side("a", SCENARIO, 1), &side("b", &renamed, 99)).unwrap();
    assert_eq!(compared.words[0], "Both give the same loss in every year.");
    assert_eq!(compared.words.len(), 2, "nothing is counted where nothing differs");
    assert!(compared.inputs.is_empty());
    assert!(compared.numbers.iter().all(|[_, left, right]| left == right));
}

#[test]
fn years_lived_one_by_one_average_to_what_is_exact() {
    let model = risk::Model::new(&risk::read(SCENARIO).unwrap().scenario);
    let years = compute::lives(&model, 20_000, 3);
    let exact = risk::exact::curve(&model);
    let error = exact.sd / (years.len() as f64).sqrt();
    assert!((stats::mean(&years).unwrap() - exact.mean).abs() < 4.0 * error);
    assert!((stats::variance(&years).unwrap().sqrt() / exact.sd - 1.0).abs() < 0.1);
    assert_ne!(years, compute::lives(&model, 20_000, 4), "another seed is other luck");
}

#[test]
fn a_difference_is_signed_the_way_it_reads() {
    let dearer = SCENARIO.replace("[10_000, 50_000, 500_000]", "[20_000, 100_000, 1_000_000]");
    let up = compute::compare(&side("a", SCENARIO, 1), &side("b", &dearer, 1)).unwrap();
    let down = compute::compare(&side("b", &dearer, 1), &side("a", SCENARIO, 1)).unwrap();
    assert!(
        up.words[0].contains("EUR 120,000 more on the right: EUR 230,000 rather than EUR 110,000"),
        "{}",
        up.words[0]
    );
    assert!(
        down.words[0].contains("EUR 120,000 less on the right: EUR 110,000 rather than EUR 230,000"),
        "{}",
        down.words[0]
    );
    assert!(
        compute::compare(&side("a", SCENARIO, 1), &side("b", &SCENARIO.replace("EUR", "USD"), 1))
            .unwrap_err()
            .contains("`USD`")
    );
}

#[test]
fn what_would_take_too_long_is_said_before_it_begins() {
    let busy = |rate: &str| compute::Typed {
        title: "Busy".into(),
        scenario: SCENARIO
            .replace("threat_events = { pert = [2, 5, 20]", &format!("loss_events = {{ constant = {rate}"))
            .replace("vulnerability = { pert = [0.05, 0.12, 0.30], unit = \"share\" }", ""),
        seed: "1".into(),
        years: "200000".into(),
        note: "n".into(),
    };
    let hurdles = compute::make(&busy("900")).unwrap_err();
    assert_eq!((hurdles[0].field, hurdles[0].fix.as_str()), ("years", "Write `55000` or fewer."));
    let hurdles = compute::make(&busy("5000")).unwrap_err();
    assert!(hurdles[0].what.contains("5,000 events in a year"), "{hurdles:?}");
}
