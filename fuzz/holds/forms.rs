//! Any bytes sent as any form of anybody: the answer is a page or a kind refusal, never a breakdown on our side.
//! The first byte chooses the door (`0` is the first of [`DOORS`]), the rest is sent to it.

use std::cell::RefCell;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use desk::blobs::Blobs;
use desk::db::Db;
use desk::who::{Gates, Limits};
use desk::{Clock, Desk, Hours, Keys, Locale, Settings, Time};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// After so many forms the desk is a fresh one, so that memory says something about one form and not about all.
const FORMS_PER_DESK: u32 = 200;

/// Where anybody may send something, and how it is encoded there.
const DOORS: [(&str, &str); 9] = [
    ("/report/message", "multipart/form-data; boundary=x"),
    ("/report/happened", "multipart/form-data; boundary=x"),
    ("/report/friction", "multipart/form-data; boundary=x"),
    ("/check", "application/x-www-form-urlencoded"),
    ("/language/de", "application/x-www-form-urlencoded"),
    ("/thanks/0000000000000000000000", "application/x-www-form-urlencoded"),
    ("/r/0000000000000000000000/say", "application/x-www-form-urlencoded"),
    ("/api/v1/reports", "application/json"),
    ("/api/v1/reports", "multipart/form-data; boundary=x"),
];

struct Running {
    runtime: Runtime,
    desk: Desk,
    forms: u32,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

fn start() -> Running {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let db = runtime.block_on(Db::open("sqlite::memory:")).expect("a store in memory opens");
    let settings = Settings {
        organisation: "Harbour Works".into(),
        base_url: "http://desk.example".into(),
        desk_address: "security@example.org".into(),
        phone: None,
        locale: Locale::En,
        hours: Hours::default(),
        zone_is_chosen: true,
        first_word_minutes: 240,
        help_minutes: 60,
        first_words_per_hour: 20,
        mail: mail::Setting::default(),
        listen_for_feelings: true,
        trusted_networks: vec![],
        proxies: vec![],
        most_bytes: 1 << 20,
    };
    let desk = Desk {
        db,
        blobs: Blobs::in_memory(),
        settings: Arc::new(settings),
        clock: Clock::new(|| Time(1_795_428_000_000_000)),
        keys: Keys::new([7; 32]),
        post: None,
        metrics: None,
        gates: Arc::new(Gates::new(Limits {
            reports: u32::MAX,
            trusted_reports: u32::MAX,
            sign_ins: u32::MAX,
            unknown_links: u32::MAX,
            words: u32::MAX,
            by_button: u32::MAX,
        })),
    };
    Running { runtime, desk, forms: 0 }
}

/// Holds for any input.
pub fn holds(input: &[u8]) {
    let Some((choice, bytes)) = input.split_first() else { return };
    let door = usize::from(choice.wrapping_sub(b'0')) % DOORS.len();
    let Some((path, kind)) = DOORS.get(door).copied() else { return };
    RUNNING.with_borrow_mut(|running| {
        let held = running.take().filter(|held| held.forms < FORMS_PER_DESK).unwrap_or_else(start);
        let request = Request::post(path)
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(bytes.to_vec()))
            .expect("a request");
        let answer = held
            .runtime
            .block_on(desk::routes::router(held.desk.clone()).oneshot(request))
            .expect("it answers");
        assert!(answer.status() < StatusCode::INTERNAL_SERVER_ERROR, "{} on {path}", answer.status());
        held.runtime.block_on(desk::jobs::run_due(&held.desk)).expect("the work after it is done");
        *running = Some(Running { forms: held.forms + 1, ..held });
    });
}
