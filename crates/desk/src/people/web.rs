//! Pages for signing in and out, setting up an account, the team, and who looked at what.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{Invitation, Looked, NewPerson, Person, Setup};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::jobs::GivenUp;
use crate::page::{Form, Frame, Nothing, OpenForm, Said, go, own_path, show, speaks};
use crate::routes::Routes;
use crate::who::{Access, DEVICE, Public, Role, SESSION, Who, household};
use crate::{Desk, health, jobs, keys};

pub fn routes(routes: Routes) -> Routes {
    routes
        .at(Access::Public, "/", get(home))
        .at(Access::Public, "/language/{tag}", post(language))
        .at(Access::Public, "/sign-in", get(sign_in_page).post(sign_in))
        .at(Access::SignedIn, "/sign-out", post(sign_out))
        .at(Access::Public, "/setup/{token}", get(setup_page).post(setup))
        .at(Access::SignedIn, "/account", get(account_page).post(account))
        .at(Access::Admin, "/admin/people", get(team))
        .at(Access::Admin, "/admin/people/invite", post(invite))
        .at(Access::Admin, "/admin/people/invitations/{id}/back", post(take_back))
        .at(Access::Admin, "/admin/people/{id}/role", post(set_role))
        .at(Access::Admin, "/admin/people/{id}/password", post(password_link))
        .at(Access::Admin, "/admin/looked", get(looked))
        .at(Access::Admin, "/admin/jobs", get(given_up))
        .at(Access::Admin, "/admin/jobs/again", post(all_again))
        .at(Access::Admin, "/admin/jobs/{id}/again", post(again))
        .at(Access::Public, "/health", get(|| async { "ok\n" }))
        .at(Access::Public, "/ready", get(ready))
        .at(Access::Public, "/metrics", get(metrics))
}

#[derive(Template)]
#[template(path = "people/home.html")]
struct Home {
    frame: Frame,
    desk_address: String,
}

async fn home(State(desk): State<Desk>, public: Public, headers: HeaderMap) -> Result<Response> {
    let mut frame = Frame::open(&desk, public.locale, public.path);
    if let Some(token) = SESSION.of(&headers, &desk.settings)
        && let Some(who) = super::session(&desk, &token).await?
    {
        frame.name = Some(who.name);
        frame.role = Some(who.role);
        frame.form_token = who.form_token;
        // The team's pages are in English, and a frame speaks one language.
        frame.locale = crate::Locale::En;
    }
    show(&Home { frame, desk_address: desk.settings.desk_address.clone() })
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

/// Another language, on the same page: the form says which, since our pages tell nobody where a reader comes from.
async fn language(Path(tag): Path<String>, OpenForm(form): OpenForm<Back>) -> Response {
    (speaks(crate::Locale::from_tag(&tag)), Redirect::to(own_path(&form.back))).into_response()
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignIn {
    frame: Frame,
    address: String,
    problem: Option<String>,
}

async fn sign_in_page(State(desk): State<Desk>, public: Public) -> Result<Response> {
    show(&SignIn {
        frame: Frame::open(&desk, public.locale, public.path),
        address: String::new(),
        problem: None,
    })
}

#[derive(Deserialize)]
struct Credentials {
    address: String,
    password: String,
}

async fn sign_in(
    State(desk): State<Desk>,
    public: Public,
    headers: HeaderMap,
    OpenForm(given): OpenForm<Credentials>,
) -> Result<Response> {
    let refused = |problem: Error| {
        tracing::warn!(network = %household(public.address), "sign-in: too many tries, refused");
        problem
    };
    desk.gates.sign_in(public.address, desk.now()).map_err(refused)?;
    // Somebody who signed in here before is not kept out by others who guess elsewhere.
    let device = desk.keys.mark(&format!("device/{}", super::normal(&given.address)));
    if !DEVICE.of(&headers, &desk.settings).is_some_and(|mark| keys::same(&mark, &device)) {
        desk.gates.sign_in_as(&super::normal(&given.address)).map_err(refused)?;
    }
    match super::sign_in(&desk, &given.address, given.password).await {
        Ok(token) => {
            desk.gates.signed_in(public.address);
            let known = (header::SET_COOKIE, DEVICE.set(&desk.settings, &device, A_YEAR));
            let cookies = AppendHeaders([session_cookie(&desk, &token), known]);
            Ok((cookies, Redirect::to("/inbox")).into_response())
        }
        Err(Error::Unclear(key)) => {
            note_wrong(&desk, &given.address, public.address);
            let page = SignIn {
                frame: Frame::open(&desk, public.locale, public.path),
                address: given.address,
                problem: Some(public.locale.t(key)),
            };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// Writes down a try that did not go well, after the answer: how long that takes would tell whether somebody has an account.
fn note_wrong(desk: &Desk, address: &str, from: std::net::IpAddr) {
    let network = household(from).to_string();
    tracing::warn!(network, "sign-in: name and password do not fit");
    let (desk, address) = (desk.clone(), address.to_owned());
    tokio::spawn(async move {
        if let Err(problem) = super::note_wrong_password(&desk, &address, &network).await {
            tracing::error!(%problem, "sign-in: a wrong password could not be written down");
        }
    });
}

const A_YEAR: u32 = 31_536_000;

fn session_cookie(desk: &Desk, token: &str) -> (header::HeaderName, String) {
    (header::SET_COOKIE, SESSION.set(&desk.settings, token, 43_200))
}

async fn sign_out(
    State(desk): State<Desk>,
    who: Who,
    headers: HeaderMap,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    if let Some(token) = SESSION.of(&headers, &desk.settings) {
        super::sign_out(&desk, &who, &token).await?;
    }
    let gone = SESSION.set(&desk.settings, "", 0);
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/")).into_response())
}

#[derive(Template)]
#[template(path = "people/setup.html")]
struct SetupPage {
    frame: Frame,
    token: String,
    setup: Setup,
    address: String,
    name: String,
    problem: Option<String>,
}

async fn setup_page(State(desk): State<Desk>, public: Public, Path(token): Path<String>) -> Result<Response> {
    let setup = super::open_setup(&desk, &token).await?;
    show(&SetupPage {
        frame: Frame::open(&desk, public.locale, public.path),
        token,
        setup,
        address: String::new(),
        name: String::new(),
        problem: None,
    })
}

#[derive(Deserialize)]
struct SetupForm {
    #[serde(default)]
    address: String,
    #[serde(default)]
    name: String,
    password: String,
}

async fn setup(
    State(desk): State<Desk>,
    public: Public,
    Path(token): Path<String>,
    OpenForm(form): OpenForm<SetupForm>,
) -> Result<Response> {
    desk.gates.sign_in(public.address, desk.now())?;
    let setup = super::open_setup(&desk, &token).await?;
    let outcome = if setup.is_new_password() {
        super::new_password(&desk, &token, form.password).await
    } else {
        let new =
            NewPerson { address: form.address.clone(), name: form.name.clone(), password: form.password };
        super::set_up(&desk, &token, new).await
    };
    match outcome {
        Ok(id) => {
            desk.gates.signed_in(public.address);
            let session = super::open_session(&desk, id).await?;
            Ok(([session_cookie(&desk, &session)], Redirect::to("/inbox")).into_response())
        }
        Err(Error::Unclear(key) | Error::Later(key)) => {
            let page = SetupPage {
                frame: Frame::open(&desk, public.locale, public.path),
                token,
                setup,
                address: form.address,
                name: form.name,
                problem: Some(public.locale.t(key)),
            };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

#[derive(Template)]
#[template(path = "people/team.html")]
struct Team {
    frame: Frame,
    people: Vec<Person>,
    me: PersonId,
    link: Option<String>,
    /// Why somebody could not be invited, and what was typed.
    problem: Option<String>,
    address: String,
    chosen: String,
    /// Links nobody has used yet, with when they were made and when they end.
    open: Vec<(Invitation, String, String)>,
}

impl Team {
    fn roles(&self) -> [Role; 4] {
        Role::ALL
    }
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct Account {
    frame: Frame,
    problem: Option<String>,
}

async fn account_page(State(desk): State<Desk>, who: Who, said: Said) -> Result<Response> {
    show(&Account { frame: Frame::of(&desk, &who, "account").said(said), problem: None })
}

#[derive(Deserialize)]
struct Passwords {
    password: String,
    fresh: String,
}

async fn account(
    State(desk): State<Desk>,
    public: Public,
    who: Who,
    headers: HeaderMap,
    Form(given): Form<Passwords>,
) -> Result<Response> {
    desk.gates.sign_in(public.address, desk.now())?;
    let session = SESSION.of(&headers, &desk.settings).ok_or(Error::SignInNeeded)?;
    match super::change_password(&desk, &who, &session, given.password, given.fresh).await {
        Ok(()) => {
            desk.gates.signed_in(public.address);
            Ok(go("/account", "password"))
        }
        Err(Error::Unclear(key)) => {
            let frame = Frame::of(&desk, &who, "account");
            let page = Account { problem: Some(frame.t(key)), frame };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, show(&page)?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn team(State(desk): State<Desk>, who: Who, said: Said) -> Result<Response> {
    let page = team_page(&desk, &who, None).await?;
    show(&Team { frame: page.frame.said(said), ..page })
}

async fn team_page(desk: &Desk, who: &Who, link: Option<String>) -> Result<Team> {
    let say = |at| desk.settings.hours.say(at, crate::Locale::En);
    let open = super::invitations(desk).await?.into_iter();
    let open = open.map(|one| (one.clone(), say(one.made_at), say(one.expires_at))).collect();
    Ok(Team {
        frame: Frame::of(desk, who, "people"),
        people: super::team(desk).await?,
        me: who.person,
        link,
        problem: None,
        address: String::new(),
        chosen: String::new(),
        open,
    })
}

#[derive(Deserialize)]
struct Invited {
    role: String,
    #[serde(default)]
    address: String,
}

#[derive(Deserialize)]
struct RoleForm {
    role: String,
}

async fn invite(State(desk): State<Desk>, who: Who, Form(form): Form<Invited>) -> Result<Response> {
    match super::invite(&desk, Some(&who), role_of(&form.role)?, &form.address).await {
        Ok(link) => show(&team_page(&desk, &who, Some(link)).await?),
        Err(refused @ (Error::Unclear(key) | Error::Later(key))) => {
            let page = team_page(&desk, &who, None).await?;
            let problem = Some(page.frame.t(key));
            let page = Team { problem, address: form.address, chosen: form.role, ..page };
            Ok((refused.status(), show(&page)?).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn password_link(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<PersonId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    let link = super::password_link(&desk, Some(&who), id).await?;
    show(&team_page(&desk, &who, Some(link)).await?)
}

async fn take_back(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<String>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    super::take_back(&desk, &who, &id).await?;
    Ok(go("/admin/people", "saved"))
}

fn role_of(word: &str) -> Result<Role> {
    Role::parse(word).ok_or_else(|| Error::Invalid("Please choose a role from the list.".into()))
}

async fn set_role(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<PersonId>,
    Form(form): Form<RoleForm>,
) -> Result<Response> {
    let role = match form.role.as_str() {
        "none" => None,
        word => Some(role_of(word)?),
    };
    super::set_role(&desk, &who, id, role).await?;
    Ok(go("/admin/people", "saved"))
}

#[derive(Template)]
#[template(path = "people/looked.html")]
struct LookedPage {
    frame: Frame,
    lines: Vec<(String, Looked)>,
    address: String,
    page: i64,
    more: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    address: String,
    page: Option<i64>,
}

async fn looked(State(desk): State<Desk>, who: Who, Query(asked): Query<Asked>) -> Result<Response> {
    let page = asked.page.unwrap_or(1).max(1);
    let (lines, more) = super::record(&desk, Some(&asked.address), page).await?;
    let lines =
        lines.into_iter().map(|line| (desk.settings.hours.say_in_full(line.at, crate::Locale::En), line));
    let frame = Frame::of(&desk, &who, "looked");
    show(&LookedPage { frame, lines: lines.collect(), address: asked.address, page, more })
}

#[derive(Template)]
#[template(path = "people/jobs.html")]
struct JobsPage {
    frame: Frame,
    waiting: i64,
    /// What fails again and again and is still tried.
    late: Vec<GivenUp>,
    jobs: Vec<GivenUp>,
}

async fn given_up(State(desk): State<Desk>, who: Who, said: Said) -> Result<Response> {
    show(&JobsPage {
        frame: Frame::of(&desk, &who, "jobs").said(said),
        waiting: jobs::waiting(&desk).await?,
        late: jobs::in_the_way(&desk).await?,
        jobs: jobs::given_up(&desk).await?,
    })
}

async fn again(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<crate::ids::JobId>,
    Form(_): Form<Nothing>,
) -> Result<Response> {
    jobs::revive(&desk, id).await?;
    super::note_done(&desk, &who, "tried given-up work again", "one piece").await?;
    Ok(go("/admin/jobs", "saved"))
}

async fn all_again(State(desk): State<Desk>, who: Who, Form(_): Form<Nothing>) -> Result<Response> {
    let pieces = jobs::revive_all(&desk).await?;
    super::note_done(&desk, &who, "tried given-up work again", &format!("all {pieces}")).await?;
    Ok(go("/admin/jobs", "saved"))
}

async fn ready(State(desk): State<Desk>) -> Response {
    match health::can_take_a_report(&desk).await {
        true => "ready\n".into_response(),
        false => {
            let sentence = "the store or the folder of files does not take what is written\n";
            (axum::http::StatusCode::SERVICE_UNAVAILABLE, sentence).into_response()
        }
    }
}

async fn metrics(State(desk): State<Desk>) -> Response {
    match &desk.metrics {
        Some(handle) => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response()
        }
        None => Error::NotFound.into_response(),
    }
}
