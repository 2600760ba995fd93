//! Prints every figure of this crate, with intervals, on the data folder given (or `ALONGSIDE_DATA`, or `../shared/data`).
//!
//! ```text
//! cargo run --release -p lure --example evaluate -- ../shared/data [dev|test] [cases]
//! ```
//!
//! `cases` also lists every message where the hand mark and the guess differ, by file name.
//! `show=sample-1.eml,sample-2.eml` instead prints what a person sees of these, for marking by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use lure::{LeverKind, Lure};
use mail::{Link, Mailbox, Message, PageFacts};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments
        .iter()
        .find(|argument| Path::new(argument).is_dir())
        .cloned()
        .or_else(|| std::env::var("ALONGSIDE_DATA").ok())
        .unwrap_or_else(|| "../shared/data".to_owned());
    let data = PathBuf::from(data);
    let show_cases = arguments.iter().any(|argument| argument == "cases");
    if !data.is_dir() {
        println!("skipped: no data folder at {}", data.display());
        return;
    }
    if let Some(files) = arguments.iter().find_map(|argument| argument.strip_prefix("show=")) {
        files.split(',').for_each(|file| show(&data, file));
        return;
    }
    let splits: Vec<&str> = ["dev", "test"]
        .into_iter()
        .filter(|split| {
            !arguments.iter().any(|a| a == "dev" || a == "test") || arguments.iter().any(|a| a == split)
        })
        .collect();
    let mut marked = Vec::new();
    for split in splits {
        marked = attack_types(&data, split, show_cases);
    }
    for split in ["dev", "test"] {
        let written = own_letters(split, show_cases && split == "dev");
        if split == "test" {
            marked.extend(written);
        }
    }
    println!("\nMails and own letters of the test halves together ({}):", marked.len());
    report("macro-F1 over all kinds", &marked, |pairs: &[(String, String)]| macro_f1(pairs, 1));
    cues(&data, "first", show_cases);
    cues(&data, "later", show_cases);
    cues(&data, "last", false);
    minimal_pairs(&data, show_cases);
    genuine_mail(&data);
    languages_and_speed(&data);
}

fn read_phish(data: &Path, file: &str) -> Option<(mail::Reading, Lure)> {
    let raw = std::fs::read(data.join("phish").join(file)).ok()?;
    let setting = mail::Setting::default();
    let reading = mail::read(&raw, &setting);
    let lure = lure::read(reading.subject_message(), &reading.evidence, &setting);
    Some((reading, lure))
}

/// What a person sees of a mail, for marking by hand: no guess of ours is shown.
fn show(data: &Path, file: &str) {
    let Some((reading, _)) = read_phish(data, file) else { return };
    let message = reading.subject_message();
    let from = message.from.clone().unwrap_or_default();
    println!(
        "## {file} | {} <{}> | reply to {:?}",
        from.name.unwrap_or_default(),
        from.address,
        message.reply_to.first().map(|to| &to.address)
    );
    println!(
        "S: {} | pictures {} | files {:?}",
        message.subject,
        message.page.images,
        message.attachments.iter().map(|file| &file.name).collect::<Vec<_>>()
    );
    for link in message.links.iter().take(8) {
        println!(
            "L: {} > {}",
            link.shown.chars().take(40).collect::<String>(),
            link.target.chars().take(60).collect::<String>()
        );
    }
    println!(
        "{}",
        message.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(1_100).collect::<String>()
    );
}

fn labels(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/lures").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

fn attack_types(data: &Path, split: &str, show_cases: bool) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut told = Vec::new();
    let mut last = Vec::new();
    for row in labels("attack-types.tsv") {
        let [file, truth, side, drawn] = row.as_slice() else { continue };
        if side != split || truth == "unclear" {
            continue;
        }
        let Some((_, lure)) = read_phish(data, file) else { continue };
        let guess = lure.attack.kind.map_or("cannot-tell", |kind| kind.code());
        if show_cases && guess != truth {
            println!(
                "  {file} ({drawn}) marked {truth}, guessed {guess} {:.2} {:?}",
                lure.attack.certainty, lure.language
            );
        }
        if lure.is_read() {
            told.push((truth.clone(), guess.to_owned()));
        }
        if drawn == "random-later" {
            last.push((truth.clone(), guess.to_owned()));
        }
        pairs.push((truth.clone(), guess.to_owned()));
    }
    println!("\nAttack type, {split} half ({} messages):", pairs.len());
    for (truth, (precision, recall, f1, support)) in scores(&pairs) {
        println!("  {truth:<20} precision {precision:.2}  recall {recall:.2}  F1 {f1:.2}  ({support})");
    }
    let supported = |least: usize| move |pairs: &[(String, String)]| macro_f1(pairs, least);
    report("macro-F1, kinds with at least 5 messages", &pairs, supported(5));
    report("macro-F1, every kind marked", &pairs, supported(1));
    report("right", &pairs, accuracy);
    report("right, where the language is one we read", &told, accuracy);
    if !last.is_empty() {
        report("right, of those drawn last and marked before they were run", &last, accuracy);
    }
    pairs
}

/// Letters written for this purpose, for the kinds of attack of which the phishing mails have none or nearly none.
fn own_letters(split: &str, show_cases: bool) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/lures/own-letters.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut pairs = Vec::new();
    for row in text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
        let field = |name: &str| text_field(&row, name);
        if field("split") != split {
            continue;
        }
        let mut message = Message {
            from: Some(Mailbox { name: None, address: field("sender") }),
            subject: field("subject"),
            text: field("text"),
            ..Message::default()
        };
        if !field("link").is_empty() {
            message.links.push(Link { target: field("link"), shown: field("link"), ..Link::default() });
        }
        if !field("file").is_empty() {
            message.attachments.push(mail::Attachment {
                name: field("file"),
                size: 40_000,
                ..mail::Attachment::default()
            });
        }
        let lure = lure::read(&message, &[], &mail::Setting::default());
        let guess = lure.attack.kind.map_or("cannot-tell", |kind| kind.code()).to_owned();
        if show_cases && guess != field("type") {
            println!(
                "  {} ({}) marked {}, guessed {guess} {:.2} {:?}",
                field("id"),
                field("language"),
                field("type"),
                lure.attack.certainty,
                lure.language
            );
        }
        pairs.push((field("type"), guess));
    }
    println!("\nAttack type, own letters, {split} half ({}):", pairs.len());
    for (truth, (precision, recall, f1, support)) in scores(&pairs) {
        println!("  {truth:<20} precision {precision:.2}  recall {recall:.2}  F1 {f1:.2}  ({support})");
    }
    report("macro-F1", &pairs, |pairs: &[(String, String)]| macro_f1(pairs, 1));
    pairs
}

fn text_field(row: &serde_json::Value, name: &str) -> String {
    row.get(name).and_then(serde_json::Value::as_str).unwrap_or("").to_owned()
}

type Pairs = [(String, String)];

fn report(what: &str, pairs: &Pairs, figure: impl Fn(&Pairs) -> f64) {
    let (low, high) = bootstrap(pairs, &figure);
    println!("  {what}: {:.3} ({low:.3} to {high:.3}, 95 %, 1,000 resamples)", figure(pairs));
}

fn scores(pairs: &Pairs) -> BTreeMap<String, (f64, f64, f64, usize)> {
    let mut by_truth = BTreeMap::new();
    for (truth, _) in pairs {
        by_truth.entry(truth.clone()).or_insert_with(|| {
            let both = pairs.iter().filter(|(t, g)| t == truth && g == truth).count() as f64;
            let guessed = pairs.iter().filter(|(_, g)| g == truth).count() as f64;
            let marked = pairs.iter().filter(|(t, _)| t == truth).count();
            let precision = if guessed > 0.0 { both / guessed } else { 0.0 };
            let recall = both / marked as f64;
            let f1 = if both > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
            (precision, recall, f1, marked)
        });
    }
    by_truth
}

fn macro_f1(pairs: &Pairs, least: usize) -> f64 {
    let scores: Vec<f64> =
        scores(pairs).values().filter(|(.., support)| *support >= least).map(|(_, _, f1, _)| *f1).collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

fn accuracy(pairs: &Pairs) -> f64 {
    pairs.iter().filter(|(truth, guess)| truth == guess).count() as f64 / pairs.len().max(1) as f64
}

fn cues(data: &Path, set: &str, show_cases: bool) {
    let mut marked: BTreeMap<String, BTreeMap<u8, u32>> = BTreeMap::new();
    for row in labels("phish-scale-cues.tsv") {
        if let [file, cue, count, of] = row.as_slice()
            && let (true, Ok(cue), Ok(count)) = (of == set, cue.parse(), count.parse())
        {
            marked.entry(file.clone()).or_default().insert(cue, count);
        }
    }
    let mut table: BTreeMap<u8, (usize, usize, usize)> = BTreeMap::new();
    let mut same_category = 0;
    let mut off = 0u32;
    for (file, truth) in &marked {
        let Some((_, lure)) = read_phish(data, file) else { continue };
        let found: BTreeMap<u8, u32> =
            lure.phish_scale.cues.iter().map(|cue| (cue.number, cue.count)).collect();
        for cue in 1..=23u8 {
            let cell = table.entry(cue).or_default();
            match (truth.contains_key(&cue), found.contains_key(&cue)) {
                (true, true) => cell.0 += 1,
                (false, true) => cell.1 += 1,
                (true, false) => cell.2 += 1,
                (false, false) => {}
            }
            if show_cases && truth.contains_key(&cue) != found.contains_key(&cue) {
                println!("  {file} cue {cue}: marked {:?}, found {:?}", truth.get(&cue), found.get(&cue));
            }
        }
        let by_hand = truth.values().sum::<u32>();
        off += by_hand.abs_diff(lure.phish_scale.cue_count);
        same_category +=
            usize::from(lure::phish_scale::CueCategory::of(by_hand) == lure.phish_scale.category);
    }
    println!(
        "\nPhish Scale cues, set `{set}`, {} messages (found and marked / found only / marked only):",
        marked.len()
    );
    for (cue, (both, found_only, marked_only)) in &table {
        println!("  cue {cue:<2} {both:>3} {found_only:>3} {marked_only:>3}");
    }
    let total = table.values().fold((0, 0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1, sum.2 + cell.2));
    let interval = |hits: usize, all: usize| {
        let (low, high) = wilson(hits as f64, all as f64);
        format!("{:.3} ({low:.3} to {high:.3}, Wilson 95 %)", hits as f64 / all.max(1) as f64)
    };
    println!("  precision {}", interval(total.0, total.0 + total.1));
    println!("  recall    {}", interval(total.0, total.0 + total.2));
    println!(
        "  same category {same_category} of {}; counts differ by {:.1} on average",
        marked.len(),
        f64::from(off) / marked.len().max(1) as f64
    );
}

fn minimal_pairs(data: &Path, show_cases: bool) {
    let folder = data.join("workplace-minimal-pairs");
    let Some(file) = std::fs::read_dir(&folder).ok().and_then(|mut files| files.next()).and_then(Result::ok)
    else {
        println!("\nskipped: no workplace pairs");
        return;
    };
    let text = std::fs::read_to_string(file.path()).unwrap_or_default();
    let Ok(serde_json::Value::Array(rows)) = serde_json::from_str(&text) else { return };
    let mut urgency = Vec::new();
    let mut framing = Vec::new();
    let mut fear = Vec::new();
    for row in &rows {
        let field = |name: &str| text_field(row, name);
        let message = workplace_message(
            &field("sender_name"),
            &field("sender_email"),
            &field("subject"),
            &field("body"),
        );
        let lure = lure::read(&message, &[], &mail::Setting::default());
        let of = |kind: LeverKind| f64::from(lure.leaning(kind));
        let high = field("urgency_level") == "high";
        let threat = field("framing_type") == "threat";
        let pressed = of(LeverKind::Urgency);
        let framed = of(LeverKind::Fear) - of(LeverKind::Reward);
        if show_cases {
            println!(
                "  {:<58} urgent {high} {pressed:.2}; threat {threat} {framed:.2}",
                field("subject").chars().take(56).collect::<String>()
            );
        }
        urgency.push((high, pressed));
        framing.push((threat, framed));
        fear.push((threat, of(LeverKind::Fear)));
    }
    println!("\nWorkplace pairs ({} mails):", rows.len());
    for (what, scored) in [
        ("urgency high or low", &urgency),
        ("framing threat or reward", &framing),
        ("the same by fear alone", &fear),
    ] {
        let (low, high) = bootstrap(scored, &|sample: &[(bool, f64)]| area(sample));
        println!("  {what}: AUC {:.3} ({low:.3} to {high:.3}, 95 %, 1,000 resamples)", area(scored));
    }
}

/// What we say of genuine mail: levers are pulled there too, but not by every third word.
fn genuine_mail(data: &Path) {
    let files = mails(data, &["ham"]);
    let setting = mail::Setting::default();
    let mut said: BTreeMap<LeverKind, (usize, usize)> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for path in &files {
        let Ok(raw) = std::fs::read(path) else { continue };
        let reading = mail::read(&raw, &setting);
        let lure = lure::read(reading.subject_message(), &reading.evidence, &setting);
        for lever in &lure.levers {
            let (sure, maybe) = said.entry(lever.kind).or_default();
            *if lever.is_sure() { sure } else { maybe } += 1;
        }
        if let Some(kind) = lure.attack.kind.filter(|_| lure.attack.certainty >= 0.5) {
            *kinds.entry(kind.code()).or_default() += 1;
        }
    }
    println!("\nGenuine mail ({}), levers said without and with `maybe`:", files.len());
    for (kind, (sure, maybe)) in said {
        println!("  {:<14} {sure:>3} {maybe:>3}", kind.code());
    }
    println!("  kinds of attack it would be, from certainty .5: {kinds:?}");
}

/// A message as the workplace pairs give it: a sender, a subject and a piece of HTML, read as a mail would be.
fn workplace_message(name: &str, address: &str, subject: &str, html: &str) -> Message {
    let raw = format!(
        "From: \"{name}\" <{address}>\r\nTo: someone@example.org\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n"
    );
    let reading = mail::read(raw.as_bytes(), &mail::Setting::default());
    let mut message = reading.subject_message().clone();
    message.subject = subject.to_owned();
    if message.text.is_empty() {
        message.from = Some(Mailbox { name: Some(name.to_owned()), address: address.to_owned() });
        message.text = html
            .split('<')
            .filter_map(|piece| piece.split_once('>'))
            .map(|(_, text)| text)
            .collect::<Vec<_>>()
            .join(" ");
        message.links = vec![Link { target: "https://example.org".to_owned(), ..Link::default() }];
        message.page = PageFacts::default();
    }
    message
}

fn area(scored: &[(bool, f64)]) -> f64 {
    let (mut wins, mut all) = (0.0, 0.0);
    for (_, yes) in scored.iter().filter(|(truth, _)| *truth) {
        for (_, no) in scored.iter().filter(|(truth, _)| !*truth) {
            all += 1.0;
            wins += if yes > no {
                1.0
            } else if yes == no {
                0.5
            } else {
                0.0
            };
        }
    }
    if all > 0.0 { wins / all } else { 0.5 }
}

/// The mails in these folders, in the order of their paths.
fn mails(data: &Path, folders: &[&str]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(data.join(folder)).ok())
        .flatten()
        .filter_map(|file| file.ok().map(|file| file.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    files.sort();
    files
}

fn languages_and_speed(data: &Path) {
    let files = mails(data, &["phish", "ham"]);
    let setting = mail::Setting::default();
    let readings: Vec<mail::Reading> = files
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .map(|raw| mail::read(&raw, &setting))
        .collect();
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    let before = on_processor();
    let started = Instant::now();
    let lures: Vec<Lure> = readings
        .iter()
        .map(|reading| lure::read(reading.subject_message(), &reading.evidence, &setting))
        .collect();
    let took = started.elapsed();
    let spent = on_processor() - before;
    let mut hard: Vec<f32> = Vec::new();
    for (lure, reading) in lures.iter().zip(&readings) {
        *languages.entry(format!("{:?}", lure.language)).or_default() += 1;
        hard.push(lure::difficulty_estimate(lure, reading.subject_message()));
    }
    println!("\nLanguages: {languages:?}");
    hard.sort_by(f32::total_cmp);
    let quantile =
        |share: f64| hard.get(((hard.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(0.0);
    println!(
        "Difficulty estimate: p5 {:.2}, median {:.2}, p95 {:.2}",
        quantile(0.05),
        quantile(0.5),
        quantile(0.95)
    );
    println!(
        "Speed of lure::read alone over {} messages: {:.3} ms of processor, {:.3} ms by the clock, a message",
        lures.len(),
        spent * 1_000.0 / lures.len().max(1) as f64,
        took.as_secs_f64() * 1_000.0 / lures.len().max(1) as f64
    );
}

/// Seconds this thread has spent on the processor, where the system tells (Linux).
fn on_processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn bootstrap<T: Clone>(items: &[T], figure: &impl Fn(&[T]) -> f64) -> (f64, f64) {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut figures: Vec<f64> = (0..1_000)
        .map(|_| {
            let sample: Vec<T> = (0..items.len())
                .filter_map(|_| items.get((next() % items.len().max(1) as u64) as usize).cloned())
                .collect();
            figure(&sample)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures.get(25).copied().unwrap_or(0.0), figures.get(974).copied().unwrap_or(0.0))
}

fn wilson(hits: f64, all: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    if all == 0.0 {
        return (0.0, 1.0);
    }
    let share = hits / all;
    let middle = share + Z * Z / (2.0 * all);
    let reach = Z * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
    let scale = 1.0 + Z * Z / all;
    ((middle - reach) / scale, (middle + reach) / scale)
}
