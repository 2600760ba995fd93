//! Every address of the desk with who may use it, in one table that a test compares with what really happens.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use crate::error::Error;
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

async fn guard(State((desk, access)): State<(Desk, Access)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match <Who as axum::extract::FromRequestParts<Desk>>::from_request_parts(&mut parts, &desk).await {
        Ok(who) if access.admits(who.role) => next.run(Request::from_parts(parts, body)).await,
        Ok(_) => Error::NotAllowed.into_response(),
        Err(Error::SignInNeeded) if parts.method == axum::http::Method::POST => {
            page::unsent(&desk, Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
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
        .fallback(|| async { Error::NotFound })
        .layer(DefaultBodyLimit::max(most))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_| {
            Error::Broken("a handler stopped".into()).into_response()
        }))
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
