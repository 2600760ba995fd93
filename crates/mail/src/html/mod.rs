//! The visible text, the links and the hidden corners of an HTML body. Linear in its size, bounded, nothing is run or fetched.

mod entities;
mod style;
mod tokens;

pub(crate) use entities::decode;
pub(crate) use tokens::{Token, attributes, tokens};

use std::borrow::Cow;

use finding::Span;

use crate::bounds::{LONGEST_HTML, LONGEST_TEXT, MOST_LINKS};
use crate::message::{HiddenHow, HiddenText, Link, PageFacts};
use style::{Background, Look, Sheet};

/// An HTML body as a person sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub text: String,
    pub links: Vec<Link>,
    pub facts: PageFacts,
    /// Whether a bound cut something off.
    pub cut: bool,
}

const MOST_HIDDEN: usize = 40;
const LONGEST_HIDDEN: usize = 400;
const DEEPEST: usize = 400;
const LONGEST_SCRIPT: usize = 64 << 10;

/// Reads the page. `html` beyond [`LONGEST_HTML`] is left out.
pub(crate) fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    let shown = crate::parse::head(html, LONGEST_HTML);
    reader.page.cut = shown.len() < html.len();
    for token in tokens(shown) {
        match token {
            Token::Text { text, start } => reader.text(text, start),
            Token::Open { name, attributes } => reader.open(name, attributes),
            Token::Close { name } => reader.close(name),
            Token::Raw { element, text } => reader.raw(element, text),
        }
        if reader.page.text.len() > LONGEST_TEXT || reader.page.links.len() >= MOST_LINKS {
            reader.page.cut = true;
            break;
        }
    }
    reader.close_link();
    let trimmed = reader.page.text.trim_end().len();
    reader.page.text.truncate(trimmed);
    for link in &mut reader.page.links {
        link.span = link.span.filter(|span| span.end <= trimmed);
    }
    reader.page
}

#[derive(Default)]
struct Reader {
    page: Page,
    stack: Vec<Element>,
    sheet: Sheet,
    /// The target of the open link and where its shown words start.
    link: Option<(String, usize)>,
    base: Option<String>,
}

struct Element {
    name: String,
    hidden: Option<HiddenHow>,
    colour: Option<[u8; 3]>,
    background: Option<Background>,
}

impl Reader {
    fn text(&mut self, raw: &str, start: usize) {
        if raw.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.space();
            return;
        }
        if let Some(how) = self.hidden_now() {
            self.hide(raw, start, how);
            return;
        }
        let decoded;
        let text = if raw.contains('&') {
            decoded = decode(raw);
            decoded.as_str()
        } else {
            raw
        };
        for character in text.chars() {
            if character.is_whitespace() {
                self.space();
            } else if !character.is_control() {
                self.page.text.push(character);
            }
        }
    }

    fn hidden_now(&self) -> Option<HiddenHow> {
        let element = self.stack.last()?;
        element.hidden.or_else(|| match (element.colour, element.background) {
            (Some(colour), None) if style::alike(colour, [255, 255, 255]) => Some(HiddenHow::SameColour),
            (Some(colour), Some(Background::Colour(background))) if style::alike(colour, background) => {
                Some(HiddenHow::SameColour)
            }
            _ => None,
        })
    }

    fn hide(&mut self, raw: &str, start: usize, how: HiddenHow) {
        let text = decode(raw);
        let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        if words == 0 {
            return;
        }
        self.page.facts.hidden_words += words;
        if self.page.facts.hidden.len() < MOST_HIDDEN {
            let text = crate::parse::head(text.trim(), LONGEST_HIDDEN).to_owned();
            let span = Span::new(start, start + raw.len());
            self.page.facts.hidden.push(HiddenText { text, how, span });
        }
    }

    /// White space, collapsed as a browser does.
    fn space(&mut self) {
        if !self.page.text.is_empty() && !self.page.text.ends_with([' ', '\n']) {
            self.page.text.push(' ');
        }
    }

    fn line(&mut self) {
        if self.page.text.ends_with(' ') {
            self.page.text.pop();
        }
        if !self.page.text.is_empty() && !self.page.text.ends_with("\n\n") {
            self.page.text.push('\n');
        }
    }

    fn open(&mut self, name: &str, inside: &str) {
        let name = name.to_ascii_lowercase();
        let mut class = "";
        let mut id = "";
        let mut style = "";
        let mut hidden_attribute = false;
        let mut colour = None;
        let mut background = None;
        let mut value_of = [("href", ""), ("src", ""), ("action", ""), ("type", ""), ("content", "")];
        for (key, value) in attributes(inside) {
            if let Some(slot) = value_of.iter_mut().find(|(wanted, _)| key.eq_ignore_ascii_case(wanted)) {
                slot.1 = value;
            } else if key.eq_ignore_ascii_case("class") {
                class = value;
            } else if key.eq_ignore_ascii_case("style") {
                style = value;
            } else if key.eq_ignore_ascii_case("id") {
                id = value;
            } else if key.eq_ignore_ascii_case("hidden") {
                hidden_attribute = true;
            } else if key.eq_ignore_ascii_case("color") {
                colour = style::colour(&value.to_ascii_lowercase());
            } else if key.eq_ignore_ascii_case("bgcolor") {
                background = Some(
                    style::colour(&value.to_ascii_lowercase())
                        .map_or(Background::Unknown, Background::Colour),
                );
            } else if key.eq_ignore_ascii_case("background") {
                background = Some(Background::Unknown);
            }
        }
        let [href, src, action, kind, content] = value_of.map(|(_, value)| value);

        if is_block(&name) {
            self.line();
            while self.stack.last().is_some_and(|top| top.name == "p") {
                self.stack.pop();
            }
        } else if name == "td" || name == "th" {
            self.space();
        }
        match name.as_str() {
            "a" | "area" => {
                self.close_link();
                if !href.is_empty() {
                    self.open_link(href);
                }
            }
            "base" => self.base = Some(crate::links::clean(&decode(href))),
            "br" | "hr" => self.line(),
            "img" | "v:imagedata" | "v:fill" => self.image(src),
            "form" => self.page.facts.forms.push(crate::links::clean(&decode(action))),
            "input" if kind.eq_ignore_ascii_case("password") => self.page.facts.password_fields += 1,
            "script" => self.page.facts.scripts += 1,
            "meta" if content.to_ascii_lowercase().contains("url=") => self.refresh(content),
            _ => {}
        }
        self.page.facts.forms.truncate(100);
        if is_void(&name) || name == "a" && href.is_empty() || inside.ends_with('/') && name.starts_with("v:")
        {
            return;
        }
        let style = if style.contains('&') { Cow::Owned(decode(style)) } else { Cow::Borrowed(style) };
        let mut look = self.sheet.look(&name, class, id, &style);
        look.colour = look.colour.or(colour);
        look.background = look.background.or(background);
        if hidden_attribute {
            look.hidden = Some(HiddenHow::NotShown);
        }
        self.push(name, look);
    }

    fn push(&mut self, name: String, look: Look) {
        if self.stack.len() >= DEEPEST {
            self.page.cut = true;
            return;
        }
        if matches!(name.as_str(), "li" | "td" | "th" | "tr" | "option" | "p")
            && self.stack.last().is_some_and(|top| top.name == name)
        {
            self.stack.pop();
        }
        let above = self.stack.last();
        let hidden = match above.and_then(|above| above.hidden) {
            Some(HiddenHow::ZeroFont) if look.font_shown => look.hidden,
            inherited => inherited.or(look.hidden),
        };
        let colour = look.colour.or_else(|| above.and_then(|above| above.colour));
        let background = look.background.or_else(|| above.and_then(|above| above.background));
        self.stack.push(Element { name, hidden, colour, background });
    }

    fn close(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        if name == "a" {
            self.close_link();
        }
        let recent = self.stack.len().saturating_sub(60);
        if let Some(at) = self.stack.iter().skip(recent).rposition(|element| element.name == name) {
            self.stack.truncate(recent + at);
        }
        if is_block(&name) {
            self.line();
        }
    }

    fn raw(&mut self, element: &str, text: &str) {
        match element {
            "style" => self.sheet.add(text),
            "title" => {
                self.page.facts.title =
                    Some(crate::parse::line(&decode(text), 300)).filter(|title| !title.is_empty())
            }
            "script" => {
                let room = LONGEST_SCRIPT.saturating_sub(self.page.facts.script_text.len());
                self.page.facts.script_text.push_str(crate::parse::head(text, room));
            }
            _ => {}
        }
    }

    fn open_link(&mut self, href: &str) {
        let mut target = crate::links::clean(&decode(href));
        if target.is_empty() || target.starts_with('#') {
            return;
        }
        if target.get(..11).is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:")) {
            self.page.facts.scripts += 1;
        }
        if let Some(base) = &self.base
            && !target.contains(':')
            && base.starts_with("http")
        {
            target = format!("{}/{}", base.trim_end_matches('/'), target.trim_start_matches('/'));
        }
        self.link = Some((target, self.page.text.len()));
    }

    fn close_link(&mut self) {
        let Some((target, start)) = self.link.take() else { return };
        let inside = self.page.text.get(start..).unwrap_or_default();
        let begin = start + (inside.len() - inside.trim_start().len());
        let end = begin + inside.trim().len();
        let shown = inside.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = (end > begin).then(|| Span::new(begin, end));
        let shown = crate::parse::head(&shown, 500).to_owned();
        self.page.links.push(Link { target, wrapped: None, shown, span, found_in: "html" });
    }

    fn image(&mut self, src: &str) {
        let facts = &mut self.page.facts;
        facts.images += 1;
        if src.trim_start().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) {
            facts.remote_images += 1;
        }
        if self.link.is_some() {
            facts.linked_images += 1;
        }
    }

    fn refresh(&mut self, content: &str) {
        let lower = content.to_ascii_lowercase();
        if let Some(target) = lower.find("url=").and_then(|at| content.get(at + 4..)) {
            let target = crate::links::clean(&decode(target.trim_matches(['\'', '"', ' '])));
            if self.page.facts.refreshes.len() < 20 {
                self.page.facts.refreshes.push(target);
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "table"
            | "tr"
            | "ul"
            | "ol"
            | "li"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "center"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "pre"
            | "form"
            | "fieldset"
            | "dl"
            | "dt"
            | "dd"
            | "body"
            | "address"
            | "main"
            | "nav"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "script"
            | "style"
            | "title"
    )
}
