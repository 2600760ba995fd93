//! Who is asking, as far as an address, a cookie and a limit can say it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};

use super::{DEVICE, Gates, Limits, Role, client};
use crate::people;
use crate::test::{TestDesk, settings};

#[tokio::test]
async fn a_stranger_behind_a_proxy_of_ours_is_never_taken_for_the_proxy() {
    let mut test = TestDesk::new().await;
    let network = |text: &str, prefix| (text.parse::<IpAddr>().unwrap(), prefix);
    test.desk.settings = Arc::new(crate::Settings {
        proxies: vec![network("127.0.0.1", 32), network("10.9.0.0", 16)],
        trusted_networks: vec![network("127.0.0.0", 8), network("10.0.0.0", 8), network("0.0.0.0", 0)],
        ..settings()
    });
    let asks = |peer: &str, noted: Option<&str>| {
        let mut request = Request::get("/");
        if let Some(noted) = noted {
            request = request.header("x-forwarded-for", noted);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        client(&parts, &test.desk).to_string()
    };
    assert_eq!(
        asks("203.0.113.5", Some("10.1.1.1")),
        "203.0.113.5",
        "whoever comes directly is believed nothing"
    );
    for (noted, seen) in [
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("\"[2001:db8::1]:4711\"", "2001:db8::1"),
        ("10.1.1.1, 203.0.113.5", "203.0.113.5"),
        ("203.0.113.5, 10.9.0.7", "203.0.113.5"),
        ("unknown", "0.0.0.0"),
        ("", "0.0.0.0"),
        ("203.0.113.5, unknown", "0.0.0.0"),
    ] {
        assert_eq!(asks("127.0.0.1", Some(noted)), seen, "{noted}");
    }
    assert_eq!(asks("127.0.0.1", None), "0.0.0.0");
    assert!(!test.desk.settings.trusts("0.0.0.0".parse().unwrap()), "nobody's address is trusted by nothing");
}

#[test]
fn a_home_with_many_addresses_is_one_home() {
    let gates = Gates::new(Limits { sign_ins: 3, ..Limits::default() });
    let tries = |from: &str| gates.sign_in(from.parse().unwrap(), crate::Time(0)).is_ok();
    let taken = (0..40).filter(|number| tries(&format!("2001:db8:1:2::{number:x}"))).count();
    assert_eq!(taken, 3);
    assert!(tries("2001:db8:1:3::1"), "the neighbours are others");
    assert!(tries("192.0.2.9") && tries("::ffff:192.0.2.9"));
    gates.tidy();
    assert!(!tries("2001:db8:1:2::ffff"), "tidying forgets nobody too soon");
}

#[tokio::test]
async fn a_whole_office_signs_in_at_nine_and_who_guesses_there_is_stopped() {
    let mut test = TestDesk::new().await;
    test.desk.gates = Arc::new(Gates::new(Limits { sign_ins: 3, ..Limits::default() }));
    let new = |number: usize| people::NewPerson {
        address: format!("p{number}@example.org"),
        name: "Kim".into(),
        password: "correct horse battery".into(),
    };
    for number in 0..6 {
        people::add(&test.desk, new(number), Role::Responder).await.unwrap();
    }
    let sign_in = async |number: usize, password: &str| {
        let address = format!("p{number}@example.org");
        test.post("/sign-in", "", &[("address", &address), ("password", password)]).await.status.as_u16()
    };
    for number in 0..6 {
        assert_eq!(sign_in(number, "correct horse battery").await, 303, "{number}");
    }
    for number in 0..3 {
        assert_eq!(sign_in(number, "a wrong one, again").await, 422);
    }
    assert_eq!(sign_in(4, "correct horse battery").await, 429, "whoever guesses waits");
    test.later(crate::Time::MINUTE);
    assert_eq!(sign_in(4, "correct horse battery").await, 303);
}

#[tokio::test]
async fn guessing_an_account_from_many_places_is_slowed_down_and_keeps_its_owner_in() {
    let test = TestDesk::new().await;
    let (robin, _) = test.somebody(Role::Responder).await;
    let mut tx = test.desk.db.read().await.unwrap();
    let address = people::find(&mut tx, robin.person).await.unwrap().unwrap().address.unwrap();
    drop(tx);
    let sign_in = async |password: &str, cookie: &str| {
        test.post("/sign-in", cookie, &[("address", &address), ("password", password)]).await
    };
    let device = sign_in("correct horse battery", "").await;
    let device = device.headers.get_all(header::SET_COOKIE).iter().find_map(|cookie| {
        cookie.to_str().unwrap().split(';').next().filter(|pair| pair.starts_with("alongside_device="))
    });
    let device = device.expect("this browser is known from now on").to_owned();
    let mut slowed = false;
    for _ in 0..25 {
        slowed |= sign_in("a wrong one, again", "").await.status == 429;
    }
    assert!(slowed);
    assert_eq!(sign_in("correct horse battery", "").await.status, 429, "elsewhere it waits half a minute");
    assert!(sign_in("correct horse battery", &device).await.status.is_redirection());
    let other = device.replace('=', "=0");
    assert_eq!(sign_in("correct horse battery", &other).await.status, 429);
}

#[tokio::test]
async fn a_desk_with_a_protected_address_says_so_to_browsers() {
    let mut test = TestDesk::new().await;
    let page = test.get("/sign-in", "").await;
    assert!(!page.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    test.desk.settings = Arc::new(crate::Settings { base_url: "https://desk.example".into(), ..settings() });
    let page = test.get("/sign-in", "").await;
    assert_eq!(page.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
    let (robin, _) = test.somebody(Role::Responder).await;
    let token = people::open_session(&test.desk, robin.person).await.unwrap();
    let plain = format!("alongside_session={token}");
    assert_eq!(
        test.get("/inbox", &plain).await.headers[header::LOCATION],
        "/sign-in",
        "a neighbour may have set it"
    );
    assert_eq!(test.get("/inbox", &format!("__Host-{plain}")).await.status, 200);
    let set = DEVICE.set(&test.desk.settings, "1", 60);
    assert!(set.starts_with("__Host-alongside_device=1; Path=/;") && set.ends_with("; Secure"), "{set}");
}

#[tokio::test]
async fn uploads_wait_for_room_and_are_sent_back_kindly_when_there_is_none() {
    let test = TestDesk::new().await;
    let token = crate::reports::api::make_token(&test.desk, "button").await.unwrap();
    let room = &test.desk.gates.room.free;
    let sent = |path: &str, kind: &str, body: String| {
        Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::CONTENT_LENGTH, "2000000")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap()
    };
    let field =
        |head: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let typed = field("name=\"words\"", "I typed my password, I am sorry");
    let file = field("name=\"file\"; filename=\"a.png\"", &"a".repeat(200_000));
    let form =
        || sent("/report/message", "multipart/form-data; boundary=x", format!("{typed}{file}--x--\r\n"));
    let json =
        || sent("/api/v1/reports", "application/json", format!(r#"{{"words": "{}"}}"#, "a".repeat(200_000)));

    let everything = room.clone().try_acquire_many_owned(crate::room::ROOM as u32).unwrap();
    let small = test.send(sent("/api/v1/reports", "application/json", "{}".into()));
    let (small, page, api) = futures::join!(small, test.send(form()), test.send(json()));
    assert_eq!((page.status.as_u16(), api.status.as_u16()), (503, 503));
    assert!(page.body.contains("at this moment") && api.body.contains("at this moment"), "{}", api.body);
    assert!(page.headers.contains_key(header::RETRY_AFTER) && api.headers.contains_key(header::RETRY_AFTER));
    assert!(page.body.contains("I typed my password, I am sorry"), "what was typed comes back");
    assert_ne!(small.status, 503, "what is small needs no room, whatever it announces");
    drop(everything);
    assert_ne!(test.send(json()).await.status, 503);
    assert!(test.send(form()).await.status.is_redirection());
    assert_eq!(room.available_permits(), crate::room::ROOM, "all of it is given back");
}

#[tokio::test]
async fn those_who_announce_much_and_send_nothing_hold_no_room() {
    let test = TestDesk::new().await;
    let waiting: Vec<_> = (0..40)
        .map(|_| {
            let request = Request::post("/report/message")
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
                .header(header::CONTENT_LENGTH, "20000000")
                .header("sec-fetch-site", "same-origin")
                .body(Body::from_stream(
                    futures::stream::pending::<Result<axum::body::Bytes, std::io::Error>>(),
                ))
                .unwrap();
            let router = crate::routes::router(test.desk.clone());
            tokio::spawn(tower::ServiceExt::oneshot(router, request))
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(test.desk.gates.room.free.available_permits(), crate::room::ROOM);
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_role_that_reads_reports_says_so_wherever_it_is_given() {
    let test = TestDesk::new().await;
    test.told("kim@example.org", &[], "I clicked", None).await;
    let (_, admin) = test.somebody(Role::Admin).await;
    let team = test.get("/admin/people", &admin).await.body;
    for role in Role::ALL {
        let (_, cookie) = test.somebody(role).await;
        let reads = test.get("/inbox", &cookie).await.status == 200;
        let link = people::setup_link(&test.desk, None, role).await.unwrap();
        let path = link.trim_start_matches("http://desk.example");
        let places = [
            (team.clone(), crate::Locale::En, "reads and answers all reports"),
            (test.get(path, "").await.body, crate::Locale::En, "reads and answers all reports"),
            (test.get(path, "lang=de").await.body, crate::Locale::De, "liest und beantwortet alle Meldungen"),
        ];
        for (page, locale, words) in places {
            let label = role.says(locale);
            assert_eq!(label.contains(words), reads, "{label}");
            assert!(page.contains(&label), "{label} in {page}");
        }
    }
}
