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
    check("/cases/42", &german, 400, "Ein Teil der Adresse fehlt").await;
    check("/cases/42", &cookie, 400, "Part of the address is missing").await;
    check("/inbox?closed=maybe", &german, 400, "Ein Teil der Adresse fehlt").await;
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
