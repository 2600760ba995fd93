//! `alongside lsp`: the checker in an editor, over standard input and output. Marks while typing, explains on hover, offers
//! replacements. The only place that counts in UTF-16.

mod leaving;
mod messages;
mod settings;
mod utf16;

use crate::check::{House, Houses};
use crate::say::talk;
use clap::Args;
use finding::{Applicability, Finding, Severity};
use lint::{Draft, Format, Kind, Report};
use settings::Settings;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::*;
use tower_lsp_server::{Client, LanguageServer, LspService, Server};
use utf16::Utf16;

/// Check texts in an editor; the editor starts this by itself (language server over standard input and output)
#[derive(Args, Clone, Debug, Default)]
pub struct LspArgs {
    /// Changes nothing; accepted because editors pass it
    #[arg(long)]
    pub stdio: bool,
}

/// Runs the language server until the editor closes it.
pub fn run(_: LspArgs) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            talk!("alongside: the language server could not start: {error}");
            return ExitCode::from(2);
        }
    };
    runtime.block_on(async {
        let (service, socket) = LspService::new(Desk::new);
        let input = leaving::until_closed(tokio::io::stdin());
        Server::new(input, tokio::io::stdout(), socket).serve(leaving::UntilExit(service)).await;
    });
    // A check that nobody waits for any more keeps no process alive.
    runtime.shutdown_background();
    ExitCode::from(leaving::code())
}

struct Desk {
    client: Client,
    state: Mutex<State>,
}

/// Texts up to this many bytes are checked at once; a longer one waits until the keys rest, since it takes longer than a keystroke.
const AT_ONCE: usize = 64 * 1024;
/// How long keys must rest before a long text is checked.
const REST: Duration = Duration::from_millis(150);
/// Nobody writes a letter of this many bytes; above it the editor is told so, once, and nothing is checked.
const LONGEST: usize = 8 * 1024 * 1024;

#[derive(Default)]
struct State {
    documents: BTreeMap<String, Open>,
    /// The house that the settings name; otherwise each text has that of its folder.
    house: Option<Arc<House>>,
    /// The houses of the folders that texts are kept in; read anew when a text is opened.
    houses: Arc<Mutex<Houses>>,
    kind: Option<Kind>,
    /// The folders that the editor works in: names of folders above say nothing about a text.
    roots: Vec<PathBuf>,
    /// Whether the editor can tell when a profile changes on disk.
    watches: bool,
    /// What was wrong with the first settings, until there is somebody to tell.
    problem: Option<String>,
    /// Counts up with every text that came and every change of settings, so that an older check knows that it is no longer wanted.
    turn: u64,
}

/// A text the editor has open, with what was last found in it.
struct Open {
    text: Arc<str>,
    format: Format,
    version: Option<i32>,
    turn: u64,
    /// Of this very text; none while it is being checked, and where it is too long.
    report: Option<Report>,
}

impl Desk {
    fn new(client: Client) -> Desk {
        Desk { client, state: Mutex::new(State::default()) }
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        work(&mut state)
    }

    /// Remembers a text and looks at it, unless it is older than the one that is here.
    async fn changed(&self, uri: Uri, text: String, format: Format, version: Option<i32>) {
        let too_long = text.len() > LONGEST;
        let news = self.with(|state| {
            let before = state.documents.get(uri.as_str());
            if before.is_some_and(|open| open.version > version) {
                return None;
            }
            let told = before.is_some_and(|open| open.text.len() > LONGEST);
            let turn = state.next_turn();
            let open = Open { text: text.into(), format, version, turn, report: None };
            state.documents.insert(uri.as_str().to_owned(), open);
            Some((turn, told))
        });
        let Some((turn, told)) = news else { return };
        if too_long && !told {
            let problem = "This text is longer than 8 MB, so it is not checked.".to_owned();
            self.client.show_message(MessageType::INFO, problem).await;
        }
        self.look(uri, turn).await;
    }

    /// Checks the text of this turn and tells the editor what was found, unless a newer text came meanwhile.
    async fn look(&self, uri: Uri, turn: u64) {
        let Some((text, format, version)) = self.with(|state| {
            let open = state.current(&uri, turn)?;
            Some((Arc::clone(&open.text), open.format, open.version))
        }) else {
            return;
        };
        if text.len() > LONGEST {
            self.client.publish_diagnostics(uri, Vec::new(), version).await;
            return;
        }
        if text.len() > AT_ONCE {
            tokio::time::sleep(REST).await;
        }
        let Some((house, houses, kind, roots)) = self.with(|state| {
            state.current(&uri, turn)?;
            Some((state.house.clone(), Arc::clone(&state.houses), state.kind, state.roots.clone()))
        }) else {
            return;
        };
        let path = uri.to_file_path().map(std::borrow::Cow::into_owned);
        let checked = tokio::task::spawn_blocking(move || {
            let house = house.map_or_else(|| house_of(&houses, path.as_deref()), Ok);
            let problem = house.as_ref().err().cloned();
            let house = house.unwrap_or_default();
            let by_name = path.as_deref().and_then(|path| kind_of(path, &roots, &text));
            let by_git =
                path.as_deref().filter(|path| crate::check::is_git_message(path)).map(|_| Kind::Commit);
            let kind = kind.or(by_git).or(house.profile.kind).or(by_name);
            let shown =
                if by_git.is_some() { crate::check::without_gits_lines(&text) } else { (&*text).into() };
            let draft = Draft { text: &shown, format, kind, language: None, profile: &house.profile };
            let report = house.check(&draft);
            (diagnostics(&text, &report), report, problem)
        });
        let Ok((diagnostics, report, problem)) = checked.await else { return };
        if let Some(problem) = problem {
            self.tell_once(problem).await;
        }
        let kept = self.with(|state| state.current(&uri, turn).map(|open| open.report = Some(report)));
        if kept.is_some() {
            self.client.publish_diagnostics(uri, diagnostics, version).await;
        }
    }

    /// Says what is wrong with a profile, and does not say it again with each keystroke.
    async fn tell_once(&self, problem: String) {
        let news = self.with(|state| state.problem.replace(problem.clone()).as_ref() != Some(&problem));
        if news {
            self.client.show_message(MessageType::WARNING, problem).await;
        }
    }

    async fn configure(&self, settings: Settings) {
        let problem = self.with(|state| state.configure(&settings).err()).or(settings.problem);
        if let Some(problem) = problem {
            self.client.show_message(MessageType::WARNING, problem).await;
        }
        self.look_at_all().await;
    }

    /// Looks at every open text again, by what the profiles say now.
    async fn read_profiles_anew(&self) {
        self.with(|state| {
            state.houses = Arc::default();
            state.problem = None;
        });
        self.look_at_all().await;
    }

    async fn look_at_all(&self) {
        for (uri, turn) in self.with(State::again) {
            if let Ok(uri) = uri.parse::<Uri>() {
                self.look(uri, turn).await;
            }
        }
    }
}

impl State {
    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    /// The text of this turn, if it is still open and the newest.
    fn current(&mut self, uri: &Uri, turn: u64) -> Option<&mut Open> {
        self.documents.get_mut(uri.as_str()).filter(|open| open.turn == turn)
    }

    /// Gives every open text a new turn: settings have changed.
    fn again(&mut self) -> Vec<(String, u64)> {
        let State { documents, turn, .. } = self;
        let open = documents.iter_mut().map(|(uri, open)| {
            *turn += 1;
            open.turn = *turn;
            open.report = None;
            (uri.clone(), *turn)
        });
        open.collect()
    }

    fn configure(&mut self, settings: &Settings) -> std::result::Result<(), String> {
        self.house = None;
        self.kind = None;
        if let Some(name) = &settings.kind {
            let kinds = Kind::ALL.map(Kind::as_str).join(", ");
            let kind = Kind::from_name(name);
            self.kind = Some(kind.ok_or_else(|| format!("`{name}` is no kind of text; one of {kinds}."))?);
        }
        if let Some(path) = &settings.profile {
            self.house = Some(Arc::new(House::read(Path::new(path))?));
        }
        Ok(())
    }
}

/// The house of a text in the folder it is kept in.
fn house_of(houses: &Mutex<Houses>, path: Option<&Path>) -> std::result::Result<Arc<House>, String> {
    match path {
        Some(path) => houses.lock().unwrap_or_else(std::sync::PoisonError::into_inner).of(path, &[]),
        None => Ok(Arc::default()),
    }
}

impl LanguageServer for Desk {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let folders = params.workspace_folders.unwrap_or_default();
        let roots =
            folders.iter().filter_map(|folder| folder.uri.to_file_path()).map(std::borrow::Cow::into_owned);
        let files = params.capabilities.workspace.and_then(|workspace| workspace.did_change_watched_files);
        let watches = files.and_then(|files| files.dynamic_registration).unwrap_or(false);
        let settings = params.initialization_options.map(Settings::of).unwrap_or_default();
        self.with(|state| {
            state.roots = roots.collect();
            state.problem = state.configure(&settings).err().or(settings.problem);
            state.watches = watches;
        });
        Ok(InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(PositionEncodingKind::UTF16),
                text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::FULL),
                    save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                    ..TextDocumentSyncOptions::default()
                })),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]),
                    ..CodeActionOptions::default()
                })),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "alongside".to_string(),
                version: Some(env!("CARGO_PKG_VERSION").to_string()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if let Some(problem) = self.with(|state| state.problem.clone()) {
            self.client.show_message(MessageType::WARNING, problem).await;
        }
        if self.with(|state| state.watches) {
            let watched = serde_json::json!({ "watchers": [{ "globPattern": "**/.alongside.toml" }] });
            let wish = Registration {
                id: "profiles".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: Some(watched),
            };
            // An editor that will not watch still tells when a text is saved.
            let _ = self.client.register_capability(vec![wish]).await;
        }
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.read_profiles_anew().await;
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.read_profiles_anew().await;
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let format = format_of(&document.language_id, document.uri.as_str());
        self.with(|state| state.houses = Arc::default());
        self.changed(document.uri, document.text, format, Some(document.version)).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let Some(change) = params.content_changes.into_iter().next_back() else { return };
        let uri = params.text_document.uri;
        let format =
            self.with(|state| state.documents.get(uri.as_str()).map(|open| open.format)).unwrap_or_default();
        self.changed(uri, change.text, format, Some(params.text_document.version)).await;
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.with(|state| state.documents.remove(uri.as_str()));
        self.client.publish_diagnostics(uri, Vec::new(), None).await;
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.configure(Settings::of(params.settings)).await;
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        Ok(self.with(|state| {
            let open = state.documents.get(place.text_document.uri.as_str())?;
            let report = open.report.as_ref()?;
            let lines = Utf16::of(&open.text);
            let at = lines.byte(place.position);
            let mut here: Vec<&Finding> = report
                .findings
                .iter()
                .filter(|finding| finding.span.start <= at && at <= finding.span.end)
                .collect();
            // What is meant by a word comes before what is said of its whole sentence or letter.
            here.sort_by_key(|finding| finding.span.len());
            let value: Vec<String> = here.iter().map(|finding| explained(finding, report.language)).collect();
            Some(Hover {
                contents: HoverContents::Markup(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value: value.join("\n\n---\n\n"),
                }),
                range: Some(lines.range(here.first()?.span)),
            })
        }))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri;
        Ok(self.with(|state| {
            let open = state.documents.get(uri.as_str())?;
            let report = open.report.as_ref()?;
            let lines = Utf16::of(&open.text);
            let asked = finding::Span::new(lines.byte(params.range.start), lines.byte(params.range.end));
            let touched =
                |finding: &&Finding| finding.span.start <= asked.end && asked.start <= finding.span.end;
            let mut actions: Vec<CodeActionOrCommand> = Vec::new();
            for finding in report.findings.iter().filter(touched) {
                let Some(fix) = &finding.fix else { continue };
                let edit = lint::fix::edit(&open.text, fix);
                let edit = TextEdit { range: lines.range(edit.span), new_text: edit.replacement };
                let title = if fix.replacement.is_empty() {
                    "Leave it out".to_string()
                } else {
                    format!("Say \"{}\"", fix.replacement)
                };
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title,
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![diagnostic(&lines, finding)]),
                    edit: Some(WorkspaceEdit::new(HashMap::from([(uri.clone(), vec![edit])]))),
                    is_preferred: Some(fix.applicability == Applicability::Safe),
                    ..CodeAction::default()
                }));
            }
            // Word by word, so that cursor and folds stay where they are.
            let all = lint::fix::edits(&open.text, &report.findings, Applicability::Safe);
            let edits: Vec<TextEdit> = all
                .into_iter()
                .map(|edit| TextEdit { range: lines.range(edit.span), new_text: edit.replacement })
                .collect();
            if !edits.is_empty() {
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title: format!("Apply all {} safe replacements", edits.len()),
                    kind: Some(CodeActionKind::SOURCE_FIX_ALL),
                    edit: Some(WorkspaceEdit::new(HashMap::from([(uri.clone(), edits)]))),
                    ..CodeAction::default()
                }));
            }
            Some(actions)
        }))
    }
}

/// What a finding means, as Markdown.
fn explained(finding: &Finding, language: lint::Language) -> String {
    match crate::check::rule_of(finding, language) {
        Some(rule) => format!(
            "**{}: {}**\n\n{}\n\n{}\n\n*Say instead:* {}\n\n*Source:* {}",
            rule.code, rule.title, finding.message, rule.hurts, rule.instead, rule.source
        ),
        None => format!("**{}**\n\n{}\n\n{}", finding.rule, finding.message, finding.why),
    }
}

fn diagnostics(text: &str, report: &Report) -> Vec<Diagnostic> {
    let lines = Utf16::of(text);
    let mut shown: Vec<Diagnostic> =
        report.findings.iter().take(MOST_MARKS).map(|finding| diagnostic(&lines, finding)).collect();
    if let (Some(next), more) =
        (report.findings.get(MOST_MARKS), report.findings.len().saturating_sub(MOST_MARKS))
    {
        let message =
            format!("There are {more} more marks from here on; they are shown once there are fewer.");
        shown.push(Diagnostic { message, ..diagnostic(&lines, next) });
    }
    shown
}

/// More marks than this help nobody, and slow an editor down.
const MOST_MARKS: usize = 1000;

fn diagnostic(lines: &Utf16<'_>, finding: &Finding) -> Diagnostic {
    Diagnostic {
        range: lines.range(finding.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Suggestion => DiagnosticSeverity::INFORMATION,
            Severity::Note => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        source: Some("alongside".to_string()),
        message: finding.message.clone(),
        ..Diagnostic::default()
    }
}

fn format_of(language: &str, uri: &str) -> Format {
    match language {
        "markdown" | "git-commit" | "gitcommit" => Format::Markdown,
        "html" | "jinja" | "jinja-html" => Format::Html,
        "mail" | "email" | "eml" => Format::Mail,
        _ => crate::check::format_of(Path::new(uri)),
    }
}

/// The kind that a file's name says; folders above the one that the editor works in say nothing.
fn kind_of(path: &Path, roots: &[PathBuf], text: &str) -> Option<Kind> {
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok());
    crate::check::kind_of(below.unwrap_or_else(|| path.file_name().map_or(path, Path::new)), text)
}
