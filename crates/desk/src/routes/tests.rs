//! Promises of the door itself: who comes in where, what a browser is told, how much is taken.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use expect_test::expect;
use tower::ServiceExt;

use crate::test::{LURE, TestDesk};
use crate::who::{Gates, Limits, Role};

/// Who may use which method of which address. Written by hand; whoever opens or closes a door changes a line here too.
#[tokio::test]
async fn every_page_answers_each_role_as_the_table_says() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let case = test.case_of(receipt.report).await.to_string();
    let mut people = vec![("anybody", String::new())];
    for role in Role::ALL {
        people.push((role.as_str(), test.somebody(role).await.1));
    }
    let router = super::router(test.desk.clone());
    let mut table = String::new();
    for (_, pattern) in super::table(&test.desk) {
        let path = pattern
            .replace("{token}", &receipt.token)
            .replace("{task}", &case)
            .replace("{kind}", "message")
            .replace("{tag}", "en")
            .replace("{id}", if pattern.starts_with("/reports") { "REPORT" } else { &case })
            .replace("REPORT", &receipt.report.to_string());
        let mut line = pattern.to_owned();
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let (mut let_in, mut there) = (Vec::new(), false);
            for (name, cookie) in &people {
                let request = Request::builder()
                    .method(&method)
                    .uri(&path)
                    .header(header::COOKIE, cookie)
                    .header("sec-fetch-site", "same-origin")
                    .body(Body::empty())
                    .unwrap();
                // Only the head: the live pages never end.
                let answer = router.clone().oneshot(request).await.unwrap();
                let to_sign_in = answer.headers().get("location").is_some_and(|to| to == "/sign-in");
                match answer.status() {
                    StatusCode::METHOD_NOT_ALLOWED => {}
                    StatusCode::UNAUTHORIZED => there = true,
                    StatusCode::FORBIDDEN => {}
                    _ if to_sign_in => {}
                    _ => {
                        there = true;
                        let_in.push(*name);
                    }
                }
            }
            if there {
                let who = match let_in.as_slice() {
                    [] => "nobody without a token".into(),
                    ["anybody", ..] if let_in.len() == people.len() => "anybody".into(),
                    some => some.join(" "),
                };
                line.push_str(&format!("\n    {method}: {who}"));
            }
        }
        table.push_str(&line);
        table.push('\n');
    }
    expect![[r#"
        /
            GET: anybody
        /language/{tag}
            POST: anybody
        /sign-in
            GET: anybody
            POST: anybody
        /sign-out
            POST: responder coach lead admin
        /setup/{token}
            GET: anybody
            POST: anybody
        /account
            GET: responder coach lead admin
            POST: responder coach lead admin
        /admin/people
            GET: admin
        /admin/people/invite
            POST: admin
        /admin/people/invitations/{id}/back
            POST: admin
        /admin/people/{id}/role
            POST: admin
        /admin/people/{id}/password
            POST: admin
        /admin/looked
            GET: admin
        /admin/jobs
            GET: admin
        /admin/jobs/again
            POST: admin
        /admin/jobs/{id}/again
            POST: admin
        /health
            GET: anybody
        /ready
            GET: anybody
        /metrics
            GET: anybody
        /report
            GET: anybody
        /report/{kind}
            GET: anybody
            POST: anybody
        /r/{token}
            GET: anybody
        /r/{token}/language/{tag}
            POST: anybody
        /r/{token}/say
            POST: anybody
        /r/{token}/told
            POST: anybody
        /r/{token}/address
            POST: anybody
        /r/{token}/file
            POST: anybody
        /r/{token}/files/{file}
            GET: anybody
        /r/{token}/task/{task}
            POST: anybody
        /r/{token}/live
            GET: anybody
        /api/v1/reports
            POST: nobody without a token
        /api/v1/openapi.json
            GET: anybody
        /api/{*rest}
            GET: anybody
            POST: anybody
            PUT: anybody
            PATCH: anybody
            DELETE: anybody
        /inbox
            GET: responder coach lead admin
        /live/inbox
            GET: responder lead admin
        /live/cases/{id}
            GET: responder lead admin
        /cases/{id}
            GET: responder lead admin
        /cases/{id}/take
            POST: responder lead admin
        /cases/{id}/write
            POST: responder lead admin
        /cases/{id}/draft
            POST: responder lead admin
        /cases/{id}/note
            POST: responder lead admin
        /cases/{id}/ask
            POST: responder lead admin
        /cases/{id}/outcome
            POST: responder lead admin
        /cases/{id}/close
            POST: responder lead admin
        /cases/{id}/reopen
            POST: responder lead admin
        /cases/{id}/merge
            POST: responder lead admin
        /tasks/{id}
            POST: responder lead admin
        /promises/{id}/move
            POST: responder lead admin
        /reports/{id}/split
            POST: responder lead admin
        /reports/{id}/link
            POST: responder lead admin
        /reports/{id}/vouch
            POST: responder lead admin
        /reports/{id}/files/{file}
            GET: responder lead admin
        /reports/{id}/message
            GET: responder lead admin
        /reports/{id}/frame
            GET: responder lead admin
        /cases/{id}/signs
            GET: responder lead admin
            POST: responder lead admin
        /cases/{id}/signs/back
            POST: responder lead admin
        /outbox
            GET: responder lead admin
        /outbox/waiting
            POST: responder lead admin
        /outbox/{id}
            GET: responder lead admin
        /outbox/{id}/again
            POST: responder lead admin
        /live/outbox
            GET: responder lead admin
        /thanks/{token}
            GET: anybody
            POST: anybody
        /numbers
            GET: responder coach lead admin
        /estimates
            GET: lead admin
        /estimates/new
            GET: lead admin
            POST: lead admin
        /estimates/fields
            GET: lead admin
            POST: lead admin
        /estimates/compare
            GET: lead admin
        /estimates/{id}
            GET: lead admin
        /estimates/{id}/change
            GET: lead admin
            POST: lead admin
        /estimates/{id}/fields
            GET: lead admin
            POST: lead admin
        /check
            GET: anybody
            POST: anybody
        /check/rules
            GET: anybody
        /check/rules/{code}
            GET: anybody
        /check/marks
            POST: responder coach lead admin
    "#]]
    .assert_eq(&table);
    let addresses: BTreeSet<_> = super::table(&test.desk).into_iter().map(|(_, path)| path).collect();
    assert_eq!(addresses.len(), super::table(&test.desk).len(), "no address stands there twice");
}

fn form(path: &str, origin: Option<&str>, cookie: &str, body: String) -> Request<Body> {
    let mut request = Request::post(path)
        .header(header::HOST, "desk.example")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn a_browser_that_hides_where_a_form_stood_can_report_but_not_act_as_somebody() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let say = format!("/r/{}/say", receipt.token);
    for session in ["", cookie.as_str()] {
        let page = test.send(form(&say, Some("null"), session, "words=thanks".into())).await;
        assert!(page.status.is_redirection(), "{}", page.status);
    }
    let sign_in = "address=kim@example.org&password=x".to_owned();
    let page = test.send(form("/sign-in", Some("null"), "", sign_in.clone())).await;
    assert!(page.body.contains("do not go together"), "the form was read");
    let page = test.send(form("/sign-in", Some("https://other.example"), "", sign_in)).await;
    assert!(page.body.contains("came from another site"));
    let note = format!("/cases/{}/note", test.case_of(receipt.report).await);
    let words = format!("form_token={}&words=x", robin.form_token);
    assert_eq!(test.send(form(&note, Some("null"), &cookie, words.clone())).await.status, 422);
    assert!(
        test.send(form(&note, Some("https://desk.example"), &cookie, words)).await.status.is_redirection()
    );

    for (path, policy) in
        [(format!("/r/{}", receipt.token), "no-referrer"), ("/sign-in".into(), "same-origin")]
    {
        assert_eq!(test.get(&path, "").await.headers["referrer-policy"], policy, "{path}");
    }
}

#[tokio::test]
async fn an_upload_that_is_far_too_large_is_heard_to_its_end_and_gets_a_kind_page() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let test = TestDesk::new().await;
    let heard = Arc::new(AtomicUsize::new(0));
    let counter = heard.clone();
    let head = "--x\r\nContent-Disposition: form-data; name=\"message\"; filename=\"a.eml\"\r\n\r\n";
    let pieces = std::iter::once(axum::body::Bytes::from(head))
        .chain((0..60).map(|_| axum::body::Bytes::from(vec![b'a'; 1 << 20])))
        .map(move |piece| {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok::<_, std::io::Error>(piece)
        });
    let request = Request::post("/report/message")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from_stream(futures::stream::iter(pieces)))
        .unwrap();
    let page = test.send(request).await;
    assert_eq!(page.status, 413);
    assert!(page.body.contains("larger than we can take"));
    assert_eq!(heard.load(Ordering::SeqCst), 61, "nothing of it was left unread");
}

#[tokio::test]
async fn a_character_that_no_store_can_hold_is_left_out_wherever_somebody_types() {
    let test = TestDesk::new().await;
    let receipt = test.told("kim@example.org", &[], "hm", Some(LURE)).await;
    let (robin, cookie) = test.somebody(Role::Responder).await;
    let case = test.case_of(receipt.report).await;
    let own = |path: String, words: &str| {
        form(&path, None, &cookie, format!("form_token={}&{words}", robin.form_token))
    };
    let page = test.send(own(format!("/cases/{case}/note"), "words=one%00two")).await;
    assert!(page.status.is_redirection(), "{}", page.status);
    let keep = format!("report={}&body=half%00done&next_minutes=480&verb=keep", receipt.report);
    assert!(test.send(own(format!("/cases/{case}/write"), &keep)).await.status.is_redirection());
    let page = test.get(&format!("/cases/{case}"), &cookie).await;
    assert!(page.body.contains("onetwo") && page.body.contains("halfdone"));
    let page = test.send(form("/sign-in", None, "", "address=a%00@example.org&password=x".into())).await;
    assert_eq!(page.status, 422);

    let body = "--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nodd\r\n\
        --x\r\nContent-Disposition: form-data; name=\"address\"\r\n\r\nlee\0@example.org\r\n--x--\r\n";
    let request = Request::post("/report/message")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    assert!(test.send(request).await.status.is_redirection());

    let token = crate::reports::api::make_token(&test.desk, "button").await.unwrap();
    let request = Request::post("/api/v1/reports")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(r#"{"words": "odd", "reporter": "lee\u0000@example.org", "name": "L\u0000ee"}"#))
        .unwrap();
    assert_eq!(test.send(request).await.status, 201);
}

#[tokio::test]
async fn an_office_behind_one_address_is_heard_in_a_wave_and_a_stranger_is_slowed_down() {
    let mut settings = crate::test::settings();
    settings.trusted_networks = vec![("10.0.0.0".parse().unwrap(), 8)];
    let gates = Gates::new(Limits { reports: 3, trusted_reports: 30, ..Limits::default() });
    let taken = |from: &str| {
        let from = from.parse().unwrap();
        (0..40).filter(|_| gates.report(from, &settings).is_ok()).count()
    };
    assert_eq!((taken("192.0.2.9"), taken("10.1.2.3")), (3, 30));
}

#[tokio::test]
async fn one_address_leaves_room_for_the_uploads_of_others() {
    let test = crate::test::TestDesk::new().await;
    let (stranger, other) = ("203.0.113.7".parse().unwrap(), "203.0.113.8".parse().unwrap());
    let place = |from| test.desk.gates.place(from, &test.desk.settings);
    let mut held = Vec::new();
    for _ in 0..9 {
        let one = place(stranger);
        let fits = one.take(26 * 1024).await;
        held.push((one, fits));
    }
    assert_eq!(held.iter().filter(|(_, fits)| *fits).count(), 2, "a quarter of the room");
    assert!(place(other).take(26 * 1024).await);
    drop(held);
    assert!(place(stranger).take(100 * 1024).await, "it is given back, and one alone always fits");
    // A form without files says at once how large it may be, and holds no room.
    for path in ["/sign-in", "/r/abc/say"] {
        let request = axum::http::Request::post(path)
            .header("content-length", "99000000")
            .header("sec-fetch-site", "same-origin")
            .body(axum::body::Body::from("a"))
            .unwrap();
        assert_eq!(test.send(request).await.status, 413, "{path}");
    }
}
