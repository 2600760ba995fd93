//! The page with three questions. Opening it changes nothing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::{Answers, Invitation};
use crate::Desk;
use crate::error::{Error, Result};
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
    given: Given,
    problem: Option<String>,
}

impl Ask {
    fn given(&self, name: &str) -> i64 {
        match name {
            "respected" => self.given.respected,
            "know_what_to_do" => self.given.know_what_to_do,
            _ => self.given.would_report_again,
        }
    }

    fn chosen(&self, name: &str, value: &i64) -> bool {
        self.given(name) == *value
    }

    /// Whether a question came back without an answer.
    fn is_open(&self, name: &str) -> bool {
        !(1..=5).contains(&self.given(name))
    }
}

#[derive(Template)]
#[template(path = "surveys/done.html")]
struct Done {
    frame: Frame,
    words: String,
}

async fn ask(State(desk): State<Desk>, public: Public, Path(token): Path<String>) -> Result<Response> {
    page(&desk, public, token, Given::default(), None).await
}

/// The questions with what was given so far, or why they are not asked any more.
async fn page(
    desk: &Desk,
    public: Public,
    token: String,
    given: Given,
    problem: Option<&'static str>,
) -> Result<Response> {
    let frame = Frame::open(desk, public.locale, public.path);
    let mark = match super::show(desk, &token).await? {
        Invitation::Open(mark) => mark,
        Invitation::Answered => return show(&Done { words: frame.t("survey-answered"), frame }),
        Invitation::Expired => return show(&Done { words: frame.t("survey-expired"), frame }),
    };
    let questions = [
        ("respected", "survey-respected"),
        ("know_what_to_do", "survey-know"),
        ("would_report_again", "survey-again"),
    ];
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let problem = problem.map(|key| frame.t(key));
    Ok((status, show(&Ask { frame, token, mark, questions, given, problem })?).into_response())
}

#[derive(Default, Deserialize)]
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
        words: given.words.clone(),
    };
    match super::answer(&desk, &token, &given.mark, &answers).await {
        Ok(()) => {
            let frame = Frame::open(&desk, public.locale, public.path);
            show(&Done { words: frame.t("survey-done"), frame })
        }
        Err(Error::Unclear(problem) | Error::Later(problem)) => {
            page(&desk, public, token, given, Some(problem)).await
        }
        Err(problem) => Err(problem),
    }
}
