//! Every address of the desk with who may use it, in one table that a test compares with what really happens.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use crate::error::{Error, Result};
use crate::room::Full;
use crate::who::{Access, Who};
use crate::{Desk, page};

/// Collects routes with their access.
pub struct Routes {
    desk: Desk,
    router: Router<Desk>,
    table: Vec<(Access, &'static str)>,
}

impl Routes {
    fn new(desk: Desk) -> Routes {
        Routes { desk, router: Router::new(), table: Vec::new() }
    }

    /// The most bytes of a report; a body may have some more around it.
    pub fn most_bytes(&self) -> usize {
        self.desk.settings.most_bytes
    }

    /// Adds an address for those whom `access` admits; everybody else is turned away before the handler.
    pub fn at(mut self, access: Access, path: &'static str, methods: MethodRouter<Desk>) -> Routes {
        let guarded = match access {
            Access::Public | Access::Link | Access::Token => methods,
            Access::SignedIn | Access::Desk | Access::Lead | Access::Admin => {
                methods.layer(middleware::from_fn_with_state((self.desk.clone(), access), guard))
            }
        };
        self.router = self.router.route(path, guarded);
        self.table.push((access, path));
        self
    }
}

/// The most time a form or an upload may take.
const LONGEST: Duration = Duration::from_secs(180);

/// The largest body of a form without files.
const LARGEST_FORM: usize = 1024 * 1024;

/// Whether files are sent to an address.
fn takes_files(path: &str) -> bool {
    ["/report/", "/api/"].iter().any(|head| path.starts_with(head))
        || path.starts_with("/r/") && path.ends_with("/file")
}

/// Takes an upload in as long as there is room for what has arrived of it.
async fn roomy(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let most = desk.settings.most_bytes.saturating_add(1024 * 1024);
    let named: Option<usize> =
        request.headers().get(header::CONTENT_LENGTH).and_then(|size| size.to_str().ok()?.parse().ok());
    let for_a_program = request.uri().path().starts_with("/api/");
    if !takes_files(request.uri().path()) && named.is_some_and(|size| size > LARGEST_FORM) {
        return Error::TooLarge.into_response();
    }
    let (mut parts, body) = request.into_parts();
    let place = desk.gates.place(crate::who::client(&parts, &desk), &desk.settings);
    parts.extensions.insert(place.clone());
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let in_parts = kind.trim_start().to_ascii_lowercase().starts_with("multipart/");
    let full = if in_parts { Full::Ends } else { Full::Breaks };
    let request = Request::from_parts(parts, place.around(body, most, full));
    let problem = match tokio::time::timeout(LONGEST, next.run(request)).await {
        // Who could give the words back with it has said so already.
        Ok(response) if !place.is_refused() || response.status() == StatusCode::SERVICE_UNAVAILABLE => {
            return response;
        }
        Ok(_) => Error::Busy(20),
        Err(_) => Error::Unclear("problem-form"),
    };
    if for_a_program { crate::reports::api::refuse(&problem) } else { problem.into_response() }
}

async fn guard(State((desk, access)): State<(Desk, Access)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match <Who as axum::extract::FromRequestParts<Desk>>::from_request_parts(&mut parts, &desk).await {
        Ok(who) if access.admits(who.role) => of(who, next.run(Request::from_parts(parts, body)).await),
        Ok(who) => of(who, Error::NotAllowed.into_response()),
        Err(Error::SignInNeeded) if parts.method == axum::http::Method::POST => {
            page::unsent(&desk, Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// An answer to a signed-in person: what it says if something did not work stands on a page of theirs.
fn of(who: Who, mut answer: Response) -> Response {
    answer.extensions_mut().insert(who);
    answer
}

async fn nothing_here(who: Result<Who>) -> Response {
    let answer = Error::NotFound.into_response();
    match who {
        Ok(who) => of(who, answer),
        Err(_) => answer,
    }
}

fn collect(desk: &Desk) -> Routes {
    let routes = Routes::new(desk.clone());
    let routes = crate::people::web::routes(routes);
    let routes = crate::reports::web::routes(routes);
    let routes = crate::casework::web::routes(routes);
    let routes = crate::spotting::web::routes(routes);
    let routes = crate::letters::web::routes(routes);
    let routes = crate::surveys::web::routes(routes);
    let routes = crate::numbers::web::routes(routes);
    let routes = crate::estimates::web::routes(routes);
    crate::checking::routes(routes)
}

/// The whole desk as one service.
pub fn router(desk: Desk) -> Router {
    let most = desk.settings.most_bytes.saturating_add(1024 * 1024);
    collect(&desk)
        .router
        .route("/assets/{name}", axum::routing::get(page::asset))
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(most))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_| {
            Error::Broken("a handler stopped".into()).into_response()
        }))
        .layer(middleware::from_fn_with_state(desk.clone(), roomy))
        .layer(middleware::from_fn_with_state(desk.clone(), page::careful))
        .layer(middleware::from_fn(page::patient))
        .with_state(desk)
}

/// Every address and who may use it.
pub fn table(desk: &Desk) -> Vec<(Access, &'static str)> {
    collect(desk).table
}

#[cfg(test)]
mod tests;
