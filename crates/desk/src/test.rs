//! A desk for tests: a store in memory (or on PostgreSQL), a clock that stands still until told to move,
//! letters that are kept, and the real router.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use crate::blobs::Blobs;
use crate::db::{Db, Faults};
use crate::ids::{CaseId, ReportId, Time};
use crate::people::{self, NewPerson};
use crate::reports::{self, Door, Incoming, Kind, Receipt, Told, Upload, Vouch};
use crate::who::{Gates, Limits, Role, Who};
use crate::{Clock, Desk, Hours, Keys, Locale, Settings};

/// Monday 23 November 2026, 10:00 UTC: a working day with the desk open.
pub const MONDAY: Time = Time(1_795_428_000_000_000);

/// A desk with its hands in reach.
pub struct TestDesk {
    pub desk: Desk,
    clock: Arc<AtomicI64>,
    pub faults: Arc<Faults>,
}

/// What a page answered.
pub struct Page {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Page {
    /// What a page of a case carries back: whom it showed.
    pub fn shown(&self) -> String {
        let field = self.body.split("name=\"shown\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        field.expect("the page says whom it shows").to_owned()
    }
}

impl TestDesk {
    /// A fresh desk in memory, or in a fresh PostgreSQL database when `ALONGSIDE_TEST_POSTGRES` names a server.
    pub async fn new() -> TestDesk {
        let db = match std::env::var("ALONGSIDE_TEST_POSTGRES") {
            Ok(server) => {
                Db::open(&fresh_database(&server).await).await.expect("a fresh PostgreSQL database opens")
            }
            Err(_) => Db::open("sqlite::memory:").await.expect("a store in memory opens"),
        };
        TestDesk::over(db)
    }

    /// A desk over a store.
    pub fn over(db: Db) -> TestDesk {
        let faults = Arc::new(Faults::default());
        let clock = Arc::new(AtomicI64::new(MONDAY.0));
        let source = clock.clone();
        let desk = Desk {
            db: db.with_faults(faults.clone()),
            blobs: Blobs::in_memory().with_faults(faults.clone()),
            settings: Arc::new(settings()),
            clock: Clock::new(move || Time(source.load(Ordering::SeqCst))),
            keys: Keys::new([7; 32]),
            post: None,
            metrics: None,
            gates: Arc::new(Gates::new(Limits {
                reports: 100_000,
                trusted_reports: 100_000,
                sign_ins: 100_000,
                unknown_links: 100_000,
                words: 100_000,
                by_button: 100_000,
            })),
        };
        TestDesk { desk, clock, faults }
    }

    /// Lets time pass.
    pub fn later(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    /// Does all work that is due.
    pub async fn work(&self) {
        crate::jobs::run_due(&self.desk).await.expect("jobs run");
        assert!(
            crate::jobs::given_up(&self.desk).await.expect("jobs are read").is_empty(),
            "a job was given up"
        );
    }

    /// A report by somebody we may write to, understood and answered.
    pub async fn told(&self, address: &str, told: &[Told], words: &str, message: Option<&str>) -> Receipt {
        let receipt =
            reports::receive(&self.desk, incoming(address, told, words, message)).await.expect("taken in");
        self.work().await;
        receipt
    }

    /// The case of a report.
    pub async fn case_of(&self, report: ReportId) -> CaseId {
        reports::page_of(&self.desk, report)
            .await
            .expect("the page is there")
            .report
            .case_id
            .expect("it has a case")
    }

    /// Somebody who works here, signed in: who they are, and their cookie.
    pub async fn somebody(&self, role: Role) -> (Who, String) {
        let address = format!("{}-{}@example.org", role.as_str(), uuid::Uuid::new_v4().simple());
        let new = NewPerson {
            address,
            name: format!("The {}", role.as_str()),
            password: "correct horse battery".into(),
        };
        let id = people::add(&self.desk, new, role).await.expect("the account is made");
        let token = people::open_session(&self.desk, id).await.expect("the session opens");
        let who = people::session(&self.desk, &token)
            .await
            .expect("the session is read")
            .expect("the session is good");
        (who, format!("{}={token}", crate::who::COOKIE))
    }

    /// Opens a page.
    pub async fn get(&self, path: &str, cookie: &str) -> Page {
        let request =
            Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Page {
        let body = serde_html_form::to_string(form).expect("a form");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Page {
        let response =
            crate::routes::router(self.desk.clone()).oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 50_000_000).await.expect("the body ends");
        Page {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Every letter, newest first, as it would be read.
    pub async fn letters(&self) -> Vec<crate::letters::Letter> {
        crate::letters::newest(&self.desk).await.expect("letters are read")
    }
}

/// The organisation of the tests.
pub fn settings() -> Settings {
    Settings {
        organisation: "Harbour Works".into(),
        base_url: "http://desk.example".into(),
        desk_address: "security@example.org".into(),
        phone: Some("4444".into()),
        locale: Locale::En,
        hours: Hours::default(),
        zone_is_chosen: false,
        first_word_minutes: 240,
        help_minutes: 60,
        first_words_per_hour: 20,
        mail: mail::Setting { own_domains: vec!["example.org".into()], ..mail::Setting::default() },
        listen_for_feelings: true,
        trusted_networks: vec![],
        proxies: vec![("192.0.2.1".parse().expect("an address"), 32)],
        most_bytes: 25 * 1024 * 1024,
    }
}

/// A report by somebody we may write to.
pub fn incoming(address: &str, told: &[Told], words: &str, message: Option<&str>) -> Incoming {
    Incoming {
        door: Door::Web,
        kind: if told.iter().any(|one| one.is_exposure()) { Kind::Happened } else { Kind::Message },
        told: told.iter().copied().collect::<BTreeSet<_>>(),
        words: words.into(),
        message: message.map(|text| Upload {
            name: "message.eml".into(),
            media_type: "message/rfc822".into(),
            bytes: text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        }),
        files: vec![],
        reporter: Some((address.into(), "Kim".into())),
        vouch: Vouch::Vouched,
        answerable: true,
        locale: Locale::En,
        dedupe_key: None,
        written: false,
        automatic: false,
    }
}

/// A lure as people get them.
pub const LURE: &str = "From: \"IT Support\" <it@examp1e-desk.example>\nReply-To: help@other.example\nTo: kim@example.org\n\
    Subject: Your mailbox will be closed today\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n\
    <p>Dear user, your account will be suspended within 24 hours unless you confirm your password now.</p>\
    <p><a href=\"http://192.0.2.7/login\">https://mail.example.org/settings</a></p>";

/// An empty database on a PostgreSQL server.
pub async fn fresh_database(server: &str) -> String {
    use sqlx::{AssertSqlSafe, Connection, Executor};
    let name = format!("alongside_{}", uuid::Uuid::new_v4().simple());
    let mut connection = sqlx::PgConnection::connect(&format!("{server}/postgres"))
        .await
        .expect("the PostgreSQL server answers");
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("a database is made");
    format!("{server}/{name}")
}
