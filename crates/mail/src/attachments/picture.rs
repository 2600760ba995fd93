//! Pictures: QR codes in them. Small and huge pictures are passed over by rule, and most others by a quick look for
//! the three corner marks, so that ordinary logos cost little.

use super::bytes::head;
use super::sniff::Picture;
use super::{Budget, Look, rules};
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// A code has at least 21 modules a side and a quiet zone, so fewer pixels cannot hold one that a camera reads.
const SMALLEST: usize = 40;
/// Pictures with more pixels are not decoded: it is no size a mail needs.
const LARGEST: usize = 10_000_000;
/// Longer sides are halved before the search.
const SEARCHED: usize = 1_000;
/// Codes read of one picture.
const CODES: usize = 8;

/// A grey picture.
pub(super) struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    fn longest(&self) -> usize {
        self.width.max(self.height)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels.get(y * self.width + x).copied().unwrap_or(255)
    }
}

/// Looks for QR codes in a picture file.
pub(super) fn look(bytes: &[u8], kind: Picture, name: &str, budget: &mut Budget, seen: &mut Look) {
    let format = match kind {
        Picture::Png => ImageFormat::Png,
        Picture::Jpeg => ImageFormat::Jpeg,
        Picture::Gif => ImageFormat::Gif,
        Picture::Webp => ImageFormat::WebP,
        Picture::Bmp => ImageFormat::Bmp,
        Picture::Other(_) => return,
    };
    let bare;
    let bytes = if format == ImageFormat::Png {
        bare = bare_png(bytes);
        bare.as_slice()
    } else {
        bytes
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let Ok((width, height)) = reader.into_dimensions() else { return };
    let (Ok(width), Ok(height)) = (usize::try_from(width), usize::try_from(height)) else { return };
    let area = width.saturating_mul(height);
    if width < SMALLEST
        || height < SMALLEST
        || width > height.saturating_mul(12)
        || height > width.saturating_mul(12)
    {
        return;
    }
    if area > LARGEST {
        seen.note("image-too-large", name, &format!("{width} × {height} pixels"));
        return;
    }
    // Even one code of the smallest kind needs more bytes than this.
    if bytes.len() < 120 {
        return;
    }
    if area > budget.pixels {
        seen.note("attachment-not-read", name, "too many pixels in one message");
        return;
    }
    budget.pixels -= area;
    // A panic in a decoder costs this picture, not the process.
    let decoded = std::panic::catch_unwind(|| decode(bytes, format)).ok().flatten();
    if let Some(grey) = decoded {
        search(&grey, name, budget, seen);
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(96 << 20);
    limits
}

/// A PNG file with only what draws the picture. Words and colour profiles in it are packed and can be bombs: the decoder
/// unpacks them, up to its limit, before it knows how large the picture is.
pub(super) fn bare_png(bytes: &[u8]) -> Vec<u8> {
    const SIGNATURE: usize = 8;
    let mut bare = head(bytes, SIGNATURE).to_vec();
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    while let Some(length) = rest.first_chunk().map(|four| u32::from_be_bytes(*four)) {
        // Length, kind and check sum stand around the data; the last piece may be cut short.
        let whole = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(12).min(rest.len());
        let (piece, after) = rest.split_at(whole);
        if piece
            .get(4..8)
            .is_some_and(|kind| [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"].iter().any(|one| kind == *one))
        {
            bare.extend_from_slice(piece);
        }
        rest = after;
    }
    bare
}

fn decode(bytes: &[u8], format: ImageFormat) -> Option<Grey> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let picture = reader.decode().ok()?;
    let (width, height) = (usize::try_from(picture.width()).ok()?, usize::try_from(picture.height()).ok()?);
    Some(Grey { width, height, pixels: grey(picture) })
}

/// How bright each pixel is. The usual layouts are weighed here, which takes a fifth of the time of the library's conversion
/// between colour spaces; rare ones (16 bits, floats) go through it.
fn grey(picture: DynamicImage) -> Vec<u8> {
    match picture {
        DynamicImage::ImageLuma8(grey) => grey.into_raw(),
        DynamicImage::ImageRgb8(colours) => {
            colours.into_raw().as_chunks::<3>().0.iter().map(|[r, g, b]| bright(*r, *g, *b)).collect()
        }
        DynamicImage::ImageRgba8(colours) => {
            let pixels = colours.into_raw();
            pixels.as_chunks::<4>().0.iter().map(|[r, g, b, a]| on_white(bright(*r, *g, *b), *a)).collect()
        }
        other if other.color().has_alpha() => {
            let pixels = other.to_luma_alpha8().into_raw();
            pixels.as_chunks::<2>().0.iter().map(|[grey, alpha]| on_white(*grey, *alpha)).collect()
        }
        other => other.to_luma8().into_raw(),
    }
}

/// Brightness by the weights of ITU-R BT.709.
fn bright(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 2126 * u32::from(red) + 7152 * u32::from(green) + 722 * u32::from(blue);
    u8::try_from(sum / 10_000).unwrap_or(255)
}

/// A code drawn on nothing is seen on the white of the page.
fn on_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u16::from(grey), u16::from(alpha));
    u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}

/// Looks for QR codes in a grey picture, dark on light first, then light on dark. Each is tried at the size that is
/// quickest to search, then as it came (halving can blur a small code), then at half (which smooths a grainy one).
pub(super) fn search(grey: &Grey, name: &str, budget: &Budget, seen: &mut Look) {
    let mut quick = None;
    while let Some(larger) = Some(quick.as_ref().unwrap_or(grey)).filter(|grey| grey.longest() > SEARCHED) {
        quick = Some(halve(larger));
    }
    let smallest = quick.as_ref().unwrap_or(grey);
    let half = (smallest.longest() >= 2 * SMALLEST).then(|| halve(smallest));
    let original = quick.as_ref().map(|_| grey);
    let mut texts = Vec::new();
    for inverted in [false, true] {
        for grey in [Some(smallest), original, half.as_ref()].into_iter().flatten() {
            if texts.is_empty() && has_marks(grey, inverted) {
                // A panic in the reader costs this picture, not the process.
                texts = std::panic::catch_unwind(|| read(grey, inverted)).unwrap_or_default();
            }
        }
    }
    for text in texts {
        say(&text, name, budget, seen);
    }
}

/// The picture at half its size.
fn halve(grey: &Grey) -> Grey {
    let (width, height) = (grey.width / 2, grey.height / 2);
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let at = |dx: usize, dy: usize| u16::from(grey.at(2 * x + dx, 2 * y + dy));
            let mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
            pixels.push(u8::try_from(mean).unwrap_or(255));
        }
    }
    Grey { width, height, pixels }
}

/// Whether the picture has at least two things like a corner mark: dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1
/// (ISO/IEC 18004 §6.3.3), at one place of several lines. A quick sieve before the real search.
fn has_marks(grey: &Grey, inverted: bool) -> bool {
    let mut marks = 0;
    let mut above: Vec<Crossing> = Vec::new();
    let mut here: Vec<Crossing> = Vec::new();
    for y in (0..grey.height).step_by(if grey.height > 400 { 2 } else { 1 }) {
        let Some(row) = grey.pixels.get(y * grey.width..(y + 1) * grey.width) else { break };
        let (low, high) =
            row.iter().fold((255_u8, 0_u8), |(low, high), pixel| (low.min(*pixel), high.max(*pixel)));
        here.clear();
        if high.saturating_sub(low) >= 50 {
            crossings(row, low / 2 + high / 2, inverted, &mut here);
        }
        for crossing in &mut here {
            let same = |over: &&Crossing| {
                over.middle.abs_diff(crossing.middle) * 4 <= crossing.width
                    && over.width.abs_diff(crossing.width) * 3 <= crossing.width
            };
            crossing.lines = above.iter().find(same).map_or(0, |over| over.lines) + 1;
            marks += usize::from(crossing.lines == 3);
        }
        if marks >= 2 {
            return true;
        }
        std::mem::swap(&mut above, &mut here);
    }
    false
}

/// Where a line crosses something like a corner mark, and how many lines above it did so too.
struct Crossing {
    middle: usize,
    width: usize,
    lines: usize,
}

fn crossings(row: &[u8], middle: u8, inverted: bool, found: &mut Vec<Crossing>) {
    let mut runs = [0_usize; 5];
    let mut dark = false;
    let mut start = 0;
    let edge = row.len();
    let pixels = row.iter().map(|pixel| (*pixel < middle) != inverted);
    // Past the edge is the other colour, which ends a mark that touches it.
    let last = row.last().is_some_and(|pixel| (*pixel < middle) != inverted);
    for (x, pixel) in pixels.chain([!last]).enumerate() {
        if pixel == dark {
            continue;
        }
        let [_, second, third, fourth, fifth] = runs;
        runs = [second, third, fourth, fifth, x - start];
        if dark && is_mark(runs) && found.len() < 64 {
            let width: usize = runs.iter().sum();
            found.push(Crossing { middle: x.min(edge) - width / 2, width, lines: 0 });
        }
        dark = pixel;
        start = x;
    }
}

fn is_mark([first, second, third, fourth, fifth]: [usize; 5]) -> bool {
    let sum = first + second + third + fourth + fifth;
    let near = |length: usize, modules: usize| {
        let (length, expected) = (length * 14, sum * modules * 2);
        length + sum >= expected && length <= expected + sum
    };
    first > 0
        && sum >= 7
        && near(first, 1)
        && near(second, 1)
        && near(third, 3)
        && near(fourth, 1)
        && near(fifth, 1)
}

/// The texts of the codes in a picture.
fn read(grey: &Grey, inverted: bool) -> Vec<String> {
    let pixel = |x: usize, y: usize| if inverted { 255 - grey.at(x, y) } else { grey.at(x, y) };
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(grey.width, grey.height, pixel);
    let grids = prepared.detect_grids();
    let read = grids.iter().take(CODES).filter_map(|grid| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
    read.collect()
}

/// Says what a code holds.
pub(super) fn say(text: &str, name: &str, budget: &Budget, seen: &mut Look) {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let starts = |marks: &[&str]| marks.iter().any(|mark| lower.starts_with(mark));
    let host = |target: &str| -> String {
        let rest = target.split_once("://").map_or(target, |(_, rest)| rest);
        let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
        rest.rsplit('@').next().unwrap_or_default().chars().take(100).collect()
    };
    let bare = lower.split('/').next().is_some_and(|host| host.contains('.') && !host.ends_with('.'))
        && !lower.contains(char::is_whitespace)
        && !lower.contains('@')
        && lower.contains(|c: char| c.is_ascii_alphabetic());
    if starts(&["http://", "https://", "www."]) || bare {
        let target = if lower.contains("://") { text.to_owned() } else { format!("http://{text}") };
        seen.link(&target, text, "qr", budget);
        seen.note("link-in-qr", name, &host(&target));
    } else if starts(&["bcd\n", "bcd\r\n", "upi:", "bitcoin:", "ethereum:", "spc\n", "spc\r\n"]) {
        seen.note("qr-payment", name, text.lines().next().unwrap_or_default());
    } else {
        seen.note("qr-other", name, &rules::shown(text));
        seen.say(text, budget);
    }
}
