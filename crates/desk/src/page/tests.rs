//! What anybody reads when something does not work, and that nobody loses their page over another language.

use crate::test::TestDesk;
use crate::who::Role;

#[tokio::test]
async fn another_language_leads_back_to_the_same_page_and_never_to_another_site() {
    let test = TestDesk::new().await;
    let page = format!("/r/{}", test.told("kim@example.org", &[], "hm", None).await.token);
    for path in [&page, "/report", "/"] {
        let shown = test.get(path, "").await;
        assert!(shown.body.contains(&format!("name=\"back\" value=\"{path}\"")), "{path}");
        let answer = test.post("/language/de", "", &[("back", path)]).await;
        assert_eq!(answer.headers["location"], *path);
        assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("lang=de;"));
    }
    for strange in ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nb", ""] {
        let answer = test.post("/language/de", "", &[("back", strange)]).await;
        assert_eq!(answer.headers["location"], "/", "{strange}");
    }
    assert_eq!(test.post("/language/de", "", &[]).await.headers["location"], "/");
}

#[tokio::test]
async fn what_does_not_work_is_said_kindly_in_the_readers_language() {
    let test = TestDesk::new().await;
    let token = test.told("kim@example.org", &[], "hm", None).await.token;
    let (_, cookie) = test.somebody(Role::Responder).await;
    let german = format!("{cookie}; lang=de");
    let page = format!("/r/{token}");
    let check = async |path: &str, cookie: &str, status: u16, words: &str| {
        let shown = test.get(path, cookie).await;
        assert_eq!(shown.status, status, "{path}");
        assert!(
            shown.body.starts_with("<!doctype html>") && shown.body.contains(words),
            "{path}: {}",
            shown.body
        );
    };
    check("/r/00000000000000000000000000000000", "lang=de", 404, "Der Link ist vielleicht alt").await;
    check("/nowhere", "lang=de", 404, "Hier ist nichts").await;
    check("/nowhere", "", 404, "There is nothing here").await;
    // The pages of the team are in English, for whomever they are.
    check("/cases/42", &german, 404, "You find a case in the inbox by its number").await;
    check("/cases/42", &cookie, 404, "You find a case in the inbox by its number").await;
    check("/inbox?closed=maybe", &german, 400, "Part of the address is missing").await;
    check(&format!("{page}/say"), "lang=de", 405, "öffnet sich von einer anderen aus").await;

    let empty = test.post(&format!("{page}/say"), "lang=de", &[("words", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("Bitte schreiben Sie zuerst ein paar Worte."), "{}", empty.body);
    assert!(empty.body.contains(&format!("action=\"{page}/say\"")), "on their page");
    let no_form = test.post(&format!("{page}/file"), "lang=de", &[]).await;
    assert!(no_form.status.is_client_error() && no_form.body.contains("lang=\"de\""), "{}", no_form.body);

    let program = test.get("/api/v1/reports", "").await;
    assert_eq!((program.status.as_u16(), &program.headers["allow"]), (405, &"POST".parse().unwrap()));
    assert!(program.body.starts_with("{\"message\":"), "programs get no page: {}", program.body);
    let program = test.get("/api/v2/reports", "").await;
    assert!(program.status == 404 && program.body.starts_with("{\"message\":"), "{}", program.body);
}

#[tokio::test]
async fn who_works_here_keeps_the_navigation_and_finds_a_way_back_that_opens() {
    let test = TestDesk::new().await;
    let case = test.case_of(test.told("kim@example.org", &[], "hm", None).await.report).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let german = format!("{cookie}; lang=de");
    let merge = axum::http::Request::post(format!("/cases/{case}/merge"))
        .header("cookie", &german)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "desk.example")
        .header("sec-fetch-site", "same-origin")
        .header("referer", format!("http://desk.example/cases/{case}/write"))
        .body(axum::body::Body::from(format!("form_token={}&number=99999", robin.form_token)))
        .unwrap();
    let page = test.send(merge).await.body;
    assert!(page.contains("One thing is missing") && page.contains("There is no case `99999`."), "{page}");
    assert!(page.contains("aria-label=\"Desk\"") && page.contains("lang=\"en\""), "{page}");
    assert!(page.contains(&format!("href=\"/cases/{case}\"")), "back to the page of the form: {page}");
    for path in ["/admin/people", "/nowhere", "/cases/01900001-0000-7000-8000-000000000001"] {
        let page = test.get(path, &german).await.body;
        assert!(page.contains("aria-label=\"Desk\""), "{path}: {page}");
        assert!(page.contains("class=\"button plain\" href=\"/inbox\""), "{path}: {page}");
    }
    assert!(test.get("/nowhere", "lang=de").await.body.contains("Zur Startseite"));
}

#[tokio::test]
async fn a_text_in_a_language_we_do_not_read_is_not_praised() {
    let test = TestDesk::new().await;
    let check = async |text: &str, words: &str| {
        let page = test.post("/check", "", &[("text", text)]).await.body;
        assert!(page.contains(words), "{text}: {page}");
        assert_eq!(page.contains("reads kind and clear"), words.contains("kind and clear"), "{text}");
    };
    check("Bonjour, vous êtes stupides.", "English and German").await;
    check(
        "Ustedes son unos inútiles y la culpa es de ustedes, porque no leen lo que les mandamos.",
        "in a language that we do not read",
    )
    .await;
    check("The canteen opens at eight on Monday, and there is soup for all of you.", "kind and clear").await;
}
