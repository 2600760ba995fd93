//! The little of CSS that decides whether a person sees a piece of text: inline styles and simple class, id and tag rules.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::message::HiddenHow;

/// What a declaration block says about being seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub hidden: Option<HiddenHow>,
    /// A font size that ends an inherited zero.
    pub font_shown: bool,
    pub colour: Option<[u8; 3]>,
    pub background: Option<Background>,
}

/// What lies behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Background {
    Colour([u8; 3]),
    /// An image or something we do not compute.
    Unknown,
}

/// Rules of the page's `style` elements with one simple selector each.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rules: HashMap<String, Look>,
}

const MOST_RULES: usize = 400;

impl Sheet {
    /// Adds the rules of one `style` element. Rules inside `@media` and the like are conditional and left out.
    pub(crate) fn add(&mut self, css: &str) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            if self.rules.len() >= MOST_RULES {
                return;
            }
            let selector = rest.get(..open).unwrap_or_default();
            let body = rest.get(open + 1..).unwrap_or_default();
            let conditional = selector.contains('@');
            let end = if conditional { block_end(body) } else { body.find('}').unwrap_or(body.len()) };
            if !conditional {
                let look = declarations(body.get(..end).unwrap_or_default());
                if look != Look::default() {
                    let selector = selector.rsplit("*/").next().unwrap_or_default();
                    for one in selector.split(',').map(str::trim).filter(|one| is_simple(one)) {
                        merge(self.rules.entry(one.to_ascii_lowercase()).or_default(), look);
                    }
                }
            }
            rest = body.get(end + 1..).unwrap_or_default();
        }
    }

    /// What the rules and the element's own style say together.
    pub(crate) fn look(&self, element: &str, class: &str, id: &str, style: &str) -> Look {
        let mut look = Look::default();
        if !self.rules.is_empty() {
            let mut rule = |key: String| {
                if let Some(found) = self.rules.get(&key) {
                    merge(&mut look, *found);
                }
            };
            rule(element.to_ascii_lowercase());
            for class in class.split_ascii_whitespace().take(8) {
                rule(format!(".{}", class.to_ascii_lowercase()));
            }
            if !id.is_empty() {
                rule(format!("#{}", id.to_ascii_lowercase()));
            }
        }
        if !style.is_empty() {
            let own = declarations(style);
            merge(&mut look, own);
        }
        look
    }
}

/// Reads a declaration block.
pub(crate) fn declarations(block: &str) -> Look {
    let mut look = Look::default();
    let mut overflow_hidden = false;
    let mut no_size = false;
    let mut absolute = false;
    let mut far_away = false;
    for declaration in block.split(';').take(60) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = small(name.trim());
        let mut value = value.trim();
        while let Some(before) = value.strip_suffix("!important") {
            value = before;
        }
        let value = small(value.trim());
        match name.as_ref() {
            "display" if value == "none" => look.hidden = Some(HiddenHow::NotShown),
            "visibility" if value == "hidden" || value == "collapse" => {
                look.hidden = Some(HiddenHow::NotShown)
            }
            "font-size" => match pixels(&value) {
                Some(size) if size <= 1.0 => look.hidden = look.hidden.or(Some(HiddenHow::ZeroFont)),
                Some(_) => look.font_shown = true,
                None => {}
            },
            "opacity" if value.parse::<f32>().is_ok_and(|opacity| opacity <= 0.05) => {
                look.hidden = look.hidden.or(Some(HiddenHow::NoRoom));
            }
            "overflow" if value == "hidden" => overflow_hidden = true,
            "height" | "max-height" | "width" | "max-width"
                if pixels(&value).is_some_and(|size| size <= 1.0) =>
            {
                no_size = true;
            }
            "position" => absolute = value == "absolute" || value == "fixed",
            "left" | "top" | "right" | "bottom" => far_away |= pixels(&value).is_some_and(|at| at <= -500.0),
            "text-indent" if pixels(&value).is_some_and(|at| at <= -500.0) => {
                look.hidden = look.hidden.or(Some(HiddenHow::NoRoom));
            }
            "color" if value == "transparent" => look.hidden = look.hidden.or(Some(HiddenHow::SameColour)),
            "color" => look.colour = colour(&value),
            "background-color" => look.background = colour(&value).map(Background::Colour),
            "background" | "background-image" => {
                let first = value.split_ascii_whitespace().next().unwrap_or_default();
                let simple = value.split_ascii_whitespace().count() == 1;
                look.background = match colour(first) {
                    Some(rgb) if simple => Some(Background::Colour(rgb)),
                    _ if value == "none" || value == "transparent" => None,
                    _ => Some(Background::Unknown),
                };
            }
            _ => {}
        }
    }
    if (overflow_hidden && no_size) || (absolute && far_away) {
        look.hidden = look.hidden.or(Some(HiddenHow::NoRoom));
    }
    look
}

/// In small letters; nearly all of it is written so.
fn small(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// A colour as written in CSS or in a `color`/`bgcolor` attribute.
pub(crate) fn colour(value: &str) -> Option<[u8; 3]> {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        let nibble = |at: usize| digits.get(at..at + 1).and_then(|one| u8::from_str_radix(one, 16).ok());
        let byte = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
        return match digits.len() {
            3 | 4 => Some([nibble(0)? * 17, nibble(1)? * 17, nibble(2)? * 17]),
            6 | 8 => Some([byte(0)?, byte(2)?, byte(4)?]),
            _ => None,
        };
    }
    if let Some(inside) = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba(")) {
        let mut numbers =
            inside.trim_end_matches(')').split(',').map(|number| number.trim().parse::<u8>().ok());
        return Some([numbers.next()??, numbers.next()??, numbers.next()??]);
    }
    match value {
        "white" => Some([255, 255, 255]),
        "black" => Some([0, 0, 0]),
        _ => None,
    }
}

/// Whether an eye cannot tell the two apart.
pub(crate) fn alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.abs_diff(b) <= 6)
}

fn merge(into: &mut Look, from: Look) {
    into.hidden = from.hidden.or(into.hidden);
    into.font_shown |= from.font_shown;
    into.colour = from.colour.or(into.colour);
    into.background = from.background.or(into.background);
}

fn is_simple(selector: &str) -> bool {
    let name = selector.strip_prefix(['.', '#']).unwrap_or(selector);
    !name.is_empty()
        && name.len() <= 80
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Where the block that `body` starts in ends, minding inner blocks.
fn block_end(body: &str) -> usize {
    let mut depth = 1usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    body.len()
}

/// A length in (about) pixels; percentages, `auto` and the like give nothing.
fn pixels(value: &str) -> Option<f32> {
    let end = value
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-' || c == '+'))
        .unwrap_or(value.len());
    let number: f32 = value.get(..end)?.parse().ok()?;
    match value.get(end..)?.trim() {
        "px" | "pt" | "" => Some(number),
        "em" | "rem" => Some(number * 16.0),
        "%" if number == 0.0 => Some(0.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide_are_told_from_those_that_do_not() {
        let hidden = |css: &str| declarations(css).hidden;
        assert_eq!(hidden("display: none !important"), Some(HiddenHow::NotShown));
        assert_eq!(hidden("font-size:0"), Some(HiddenHow::ZeroFont));
        assert_eq!(hidden("max-height:0px;overflow:hidden"), Some(HiddenHow::NoRoom));
        assert_eq!(hidden("max-height:0px"), None);
        assert_eq!(hidden("font-size:14px;display:block"), None);
    }

    #[test]
    fn class_rules_count_but_conditional_ones_do_not() {
        let mut sheet = Sheet::default();
        sheet.add("@media (max-width:6px){.a{display:none}} /* x */ .b, p.c { display:none }");
        assert_eq!(sheet.look("div", "a", "", "").hidden, None);
        assert_eq!(sheet.look("div", "x b", "", "").hidden, Some(HiddenHow::NotShown));
    }

    #[test]
    fn colours_are_compared_as_an_eye_would() {
        assert_eq!(colour("#fff"), Some([255, 255, 255]));
        assert!(alike([255, 255, 255], [252, 252, 254]));
        assert!(!alike([255, 255, 255], [230, 230, 230]));
    }
}
