//! The page with three questions. Opening it changes nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::Answers;
use crate::Desk;
use crate::error::Result;
use crate::page::{Frame, OpenForm, show};
use crate::routes::Routes;
use crate::who::{Access, Public};

pub fn routes(routes: Routes) -> Routes {
    routes.at(Access::Public, "/thanks/{token}", get(ask).post(answer))
}

#[derive(Template)]
#[template(path = "surveys/ask.html")]
struct Ask {
    frame: Frame,
    token: String,
    mark: String,
    questions: [(&'static str, &'static str); 3],
}

#[derive(Template)]
#[template(path = "surveys/done.html")]
struct Done {
    frame: Frame,
}

async fn ask(State(desk): State<Desk>, public: Public, Path(token): Path<String>) -> Result<Response> {
    let mark = super::show(&desk, &token).await?;
    let questions = [
        ("respected", "survey-respected"),
        ("know_what_to_do", "survey-know"),
        ("would_report_again", "survey-again"),
    ];
    show(&Ask { frame: Frame::open(&desk, public.locale, public.path), token, mark, questions })
}

#[derive(Deserialize)]
struct Given {
    mark: String,
    #[serde(default)]
    respected: i64,
    #[serde(default)]
    know_what_to_do: i64,
    #[serde(default)]
    would_report_again: i64,
    #[serde(default)]
    words: String,
}

async fn answer(
    State(desk): State<Desk>,
    public: Public,
    Path(token): Path<String>,
    OpenForm(given): OpenForm<Given>,
) -> Result<Response> {
    let answers = Answers {
        respected: given.respected,
        know_what_to_do: given.know_what_to_do,
        would_report_again: given.would_report_again,
        words: given.words,
    };
    super::answer(&desk, &token, &given.mark, &answers).await?;
    show(&Done { frame: Frame::open(&desk, public.locale, public.path) })
}
