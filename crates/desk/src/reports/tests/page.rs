//! Stories of the form and of the reporter's page: what was typed stays, and what we say there is true.

use super::{desk, doors::form, page_of, receive};
use crate::Time;
use crate::cases::{ForWhom, Outcome};
use crate::casework::{self, Ask};
use crate::reports::Told;
use crate::test::{LURE, incoming};
use crate::who::{Gates, Limits, Role};

#[tokio::test]
async fn a_promise_that_broke_is_said_sorry_for_and_leads_to_a_person() {
    let mut test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let own = format!("/r/{}", receipt.token);
    assert!(test.get(&own, "").await.body.contains("You hear from us by"));
    super::super::say(&test.desk, receipt.report, "I paid them").await.unwrap();
    let sooner = "We moved this time";
    assert!(test.get(&own, "").await.body.contains(sooner), "it came sooner");
    test.later(7 * Time::DAY);
    let page = test.get(&own, "").await;
    assert!(!page.body.contains(sooner), "what was to be sooner is late");
    assert!(!page.body.contains("You hear from us by"), "no time that is over is promised");
    assert!(page.body.contains("We are sorry") && page.body.contains("To reach a person now, call"));
    let mut settings = (*test.desk.settings).clone();
    settings.phone = None;
    test.desk.settings = std::sync::Arc::new(settings);
    assert!(test.get(&own, "").await.body.contains("write to us below"));
    test.work().await;
}

#[tokio::test]
async fn what_a_program_read_is_not_put_down_to_people() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let own = format!("/r/{}", receipt.token);
    let story = test.get(&own, "").await.body;
    assert!(story.contains("<strong>Our program</strong> read the message"), "{story}");
    let story = test.get(&own, "lang=de").await.body;
    assert!(story.contains("<strong>Unser Programm</strong> hat die Nachricht gelesen"), "{story}");
}

#[tokio::test]
async fn another_language_keeps_what_was_typed_in_the_form() {
    let test = desk().await;
    let page = test.get("/report/happened", "").await;
    let switch = "form=\"report\" formnovalidate name=\"language\" value=\"de\"";
    assert!(page.body.contains(switch), "the switch sends the form");
    let default = page.body.find("form=\"report\" hidden").expect("Enter still sends the form");
    assert!(default < page.body.find(switch).unwrap());
    let page = form(
        &test,
        "happened",
        &[
            ("told", None, b"password"),
            ("words", None, b"my <own> words"),
            ("name", None, b"Kim"),
            ("language", None, b"de"),
        ],
    )
    .await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Was ist passiert?") && page.body.contains("my &#60;own&#62; words"),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"password\" checked") && page.body.contains("value=\"Kim\""));
    assert!(page.headers["set-cookie"].to_str().unwrap().starts_with("lang=de"));
    test.work().await;
    assert!(test.letters().await.is_empty(), "and nothing was sent");
}

#[tokio::test]
async fn words_come_back_when_a_file_is_too_large_or_too_much_came_at_once() {
    let mut test = desk().await;
    let large = vec![b'a'; 26 * 1024 * 1024];
    let fields: [(&str, Option<&str>, &[u8]); 3] =
        [("told", None, b"paid"), ("message", Some("film.mov"), &large), ("words", None, b"I paid them")];
    let page = form(&test, "happened", &fields).await;
    assert_eq!(page.status, 413);
    assert!(page.body.contains("larger than we can take") && page.body.contains("I paid them</textarea>"));
    assert!(page.body.contains("value=\"paid\" checked") && page.body.contains("choose your files again"));

    test.desk.gates = std::sync::Arc::new(Gates::new(Limits { reports: 1, ..Limits::default() }));
    let words: [(&str, Option<&str>, &[u8]); 1] = [("words", None, b"odd mail")];
    assert!(form(&test, "message", &words).await.status.is_redirection());
    let page = form(&test, "message", &words).await;
    assert_eq!((page.status.as_u16(), page.headers.contains_key("retry-after")), (429, true));
    assert!(page.body.contains("odd mail</textarea>"));
    test.work().await;
}

#[tokio::test]
async fn words_on_the_page_come_back_when_they_are_too_long_or_too_fast() {
    let mut test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let say = format!("/r/{}/say", receipt.token);
    let long = "wörter ".repeat(3_000);
    let page = test.post(&say, "", &[("words", &long)]).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("more text than we can take at once") && page.body.contains(long.trim()));
    assert!(
        page_of(&test.desk, receipt.report).await.unwrap().timeline.iter().all(|entry| entry.kind != "said")
    );

    test.desk.gates = std::sync::Arc::new(Gates::new(Limits { words: 1, ..Limits::default() }));
    assert!(test.post(&say, "", &[("words", "one")]).await.status.is_redirection());
    let page = test.post(&say, "", &[("words", "two, and it matters")]).await;
    assert_eq!((page.status.as_u16(), page.headers.contains_key("retry-after")), (429, true));
    assert!(page.body.contains("two, and it matters</textarea>") && !page.body.contains("your network"));
}

#[tokio::test]
async fn a_task_done_after_the_end_puts_the_case_in_front_of_us_again() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let ask = Ask {
        report: Some(receipt.report),
        for_whom: ForWhom::Reporter,
        ask: "Please change your password".into(),
        why: "Somebody may know it".into(),
        minutes: None,
        over: None,
    };
    casework::ask(&test.desk, &robin, case, &ask).await.unwrap();
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, "", None).await.unwrap();
    casework::close_with(&test.desk, &robin, case, casework::OpenTasks::Stay).await.unwrap();
    test.later(Time::HOUR);
    test.work().await;
    let task = page_of(&test.desk, receipt.report).await.unwrap().tasks[0].id;
    let done = format!("/r/{}/task/{task}", receipt.token);
    assert!(test.post(&done, "", &[("verb", "done")]).await.status.is_redirection());
    let page = page_of(&test.desk, receipt.report).await.unwrap();
    assert!(page.promises.iter().any(crate::cases::Promise::is_open), "we said that we check it");
    let inbox = test.get("/inbox", &cookie).await;
    assert!(inbox.body.contains(&format!("/cases/{case}")), "and the team sees it: {}", inbox.body);
}

#[tokio::test]
async fn a_name_and_a_subject_turn_no_words_of_ours_round() {
    let test = desk().await;
    let message = LURE.replace("Your mailbox", "\u{202e}Your \u{2066}mailbox");
    let mut report = incoming("eve@example.org", &[], "odd", Some(&message));
    report.reporter = Some(("eve@example.org".into(), "Eve\u{202e}".into()));
    let receipt = receive(&test.desk, report).await.unwrap();
    test.work().await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let word = casework::Word {
        to: casework::To::One(receipt.report),
        body: "Hello Eve,\n\nthank you for this. It was harmless.".into(),
        over: None,
        next_by: Some(test.desk.now().plus(Time::DAY)),
    };
    casework::write_word(&test.desk, &robin, case, &word).await.unwrap();
    let turns = |text: &str| text.chars().any(crate::words::turns_words);
    let letters = test.letters().await;
    assert!(letters.iter().all(|letter| !turns(&letter.subject) && !turns(&letter.body)));
    assert!(letters[1].body.contains("Hello Eve,"), "{}", letters[1].body);
    for (path, cookie) in [
        ("/inbox".into(), cookie.as_str()),
        (format!("/cases/{case}"), &cookie),
        (format!("/r/{}", receipt.token), ""),
    ] {
        let page = test.get(&path, cookie).await;
        assert!(page.status.is_success() && !turns(&page.body), "{path}");
    }
}

#[tokio::test]
async fn the_phone_is_a_link_wherever_somebody_may_need_it_at_once() {
    let test = desk().await;
    let link = "<a href=\"tel:4444\">4444</a>";
    for path in ["/", "/report", "/report/happened"] {
        assert!(test.get(path, "").await.body.contains(link), "{path}");
    }
    // Monday evening: a person answers on Tuesday.
    test.later(8 * Time::HOUR);
    let receipt = test.told("kim@example.org", &[crate::reports::Told::Password], "", None).await;
    let page = test.get(&format!("/r/{}", receipt.token), "").await.body;
    let promise = page.split("data-part=\"stand\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(promise.contains("Our desk is closed at the moment") && promise.contains(link), "{promise}");
    assert!(promise.contains("Tuesday 24 November, 10:00 (UTC)"), "with the place of its clock: {promise}");
}

#[tokio::test]
async fn why_words_were_not_taken_stands_beside_them() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let page = test.post(&format!("/r/{}/say", receipt.token), "", &[("words", "  ")]).await.body;
    let form = page.split("/say\">").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("id=\"problem\">Please write a few words first."), "{form}");
    assert!(form.contains("autofocus aria-invalid=\"true\" aria-describedby=\"problem\""), "{form}");
}

#[tokio::test]
async fn a_german_page_says_which_of_its_words_are_english() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let page = test.get(&format!("/r/{}", receipt.token), "lang=de").await.body;
    assert!(page.contains("„<bdi lang=\"en\">Your mailbox will be closed today</bdi>“"), "{page}");
    assert!(page.contains("<details lang=\"en\"><summary>"), "our letters too: {page}");
}

#[tokio::test]
async fn the_words_about_the_end_stay_whatever_is_written_afterwards_and_on_each_older_piece() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let case = test.case_of(receipt.report).await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let words = "The page is blocked for all of us.";
    casework::tell_outcome(&test.desk, &robin, case, Outcome::Harmful, words, None).await.unwrap();
    for number in 0..51 {
        test.later(Time::MINUTE);
        super::super::say(&test.desk, receipt.report, &format!("word {number}")).await.unwrap();
    }
    for piece in ["", "?piece=1"] {
        let page = test.get(&format!("/r/{}{piece}", receipt.token), "").await.body;
        let ended = page.split("It was harmful").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(ended.contains(words), "{piece}: {ended}");
    }
    test.work().await;
}

#[tokio::test]
async fn nobody_is_asked_again_for_what_they_told_us() {
    let test = desk().await;
    let words = "Close the page. If you typed or downloaded anything";
    let clicked = test.told("kim@example.org", &[Told::Clicked], "odd", Some(LURE)).await;
    assert!(test.get(&format!("/r/{}", clicked.token), "").await.body.contains(words));
    let both = test.told("lee@example.org", &[Told::Clicked, Told::Password], "odd", Some(LURE)).await;
    let page = test.get(&format!("/r/{}", both.token), "").await.body;
    assert!(page.contains("Close the page.") && !page.contains(words));
}

#[tokio::test]
async fn a_form_without_its_file_comes_back_in_its_place_and_letters_carry_their_day() {
    let test = desk().await;
    let receipt = test.told("kim@example.org", &[], "odd", Some(LURE)).await;
    let own = format!("/r/{}", receipt.token);
    assert!(test.get(&own, "").await.body.contains("</bdi> <span class=\"soft small\" lang=\"en\">Monday"));
    let empty = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
    let request = axum::http::Request::post(format!("{own}/file"))
        .header("content-type", "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin");
    let page = test.send(request.body(axum::body::Body::from(empty)).unwrap()).await;
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.body.contains("id=\"file-problem\"") && page.body.contains("Your report"), "{}", page.body);
}
