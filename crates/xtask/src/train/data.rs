//! The public corpora as they lie in the data folder, read into texts with labels. Nothing is invented or repaired:
//! a row that cannot be read is an error with its number.

use std::path::{Path, PathBuf};

use super::Problem;

/// A text and which labels it has, one bit a label.
#[derive(Clone, Debug)]
pub struct Example {
    pub text: String,
    pub labels: u64,
}

/// The data folder: `ALONGSIDE_DATA`, or `../shared/data` beside the workspace.
pub fn folder() -> PathBuf {
    std::env::var_os("ALONGSIDE_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from)
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The 28 names of GoEmotions, in their order.
pub fn goemotions_labels() -> Result<Vec<String>, Problem> {
    Ok(read(&folder().join("goemotions/labels.txt"))?.lines().map(str::to_owned).collect())
}

/// One split of GoEmotions (`train` or `dev`).
pub fn goemotions(split: &str) -> Result<Vec<Example>, Problem> {
    let path = folder().join("goemotions").join(format!("{split}.tsv"));
    read(&path)?
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let mut fields = line.split('\t');
            let (Some(text), Some(ids)) = (fields.next(), fields.next()) else {
                return Err(format!("{}: line {} has no labels", path.display(), number + 1).into());
            };
            Ok(Example { text: text.to_owned(), labels: bits(ids, 0)? })
        })
        .collect()
}

/// English XED: bits 0 to 7 are anger, anticipation, disgust, fear, joy, sadness, surprise, trust; none for neutral.
pub fn xed() -> Result<Vec<Example>, Problem> {
    let mut all = Vec::new();
    for line in read(&folder().join("xed/en-annotated.tsv"))?.lines() {
        if let Some((text, ids)) = line.split_once('\t') {
            all.push(Example { text: text.to_owned(), labels: bits(ids, 1)? });
        }
    }
    for line in read(&folder().join("xed/neu_en.txt"))?.lines() {
        if let Some((_, text)) = line.split_once('\t') {
            all.push(Example { text: text.to_owned(), labels: 0 });
        }
    }
    Ok(all)
}

/// One split of BRIGHTER English: bits anger, fear, joy, sadness, surprise.
pub fn brighter(split: &str) -> Result<Vec<Example>, Problem> {
    let rows = csv(&read(&folder().join("brighter-eng").join(format!("{split}.csv")))?);
    Ok(rows
        .into_iter()
        .skip(1)
        .filter(|row| row.len() >= 7)
        .map(|row| Example {
            labels: (0..5).filter(|place| row[2 + place] == "1").map(|place| 1 << place).sum(),
            text: row[1].clone(),
        })
        .collect())
}

/// Politeness requests of one domain (`wikipedia`, `stack-exchange`) with their normalized score. The few rows of the
/// published files whose quotes do not close are left out.
pub fn politeness(domain: &str) -> Result<Vec<(String, f64)>, Problem> {
    let rows = csv(&read(&folder().join("politeness").join(format!("{domain}.csv")))?);
    rows.into_iter()
        .skip(1)
        .filter(|row| row.len() == 14)
        .filter_map(|row| row[13].parse::<f64>().ok().map(|score| Ok((row[2].clone(), score))))
        .collect()
}

/// Essays on the troubles of others with distress from 1 to 7.
pub fn empathic() -> Result<Vec<(String, f64)>, Problem> {
    let rows = csv(&read(&folder().join("empathic-reactions/messages.csv"))?);
    rows.into_iter()
        .skip(1)
        .filter(|row| row.len() >= 8)
        .map(|row| Ok((row[7].clone(), row[4].parse::<f64>()?)))
        .collect()
}

/// Mail texts with the five persuasion principles: bits authority, distraction, liking, social proof, commitment.
/// The text is the subject, a line break, and the body. Each with its number in the published set.
pub fn principles() -> Result<Vec<(String, Example)>, Problem> {
    let rows = csv(&read(&folder().join("persuasion-principles/texts.csv"))?);
    Ok(rows
        .into_iter()
        .skip(1)
        .filter(|row| row.len() >= 9)
        .map(|row| {
            let labels = (0..5)
                .filter(|place| matches!(row[3 + place].as_str(), "1" | "1.0"))
                .map(|place| 1 << place)
                .sum();
            (row[0].clone(), Example { labels, text: format!("{}\n{}", row[1], row[2]) })
        })
        .collect())
}

/// Reads a whole text file.
pub fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn bits(ids: &str, first: u32) -> Result<u64, Problem> {
    let mut labels = 0;
    for id in ids.split(',') {
        labels |= 1 << (id.trim().parse::<u32>()? - first);
    }
    Ok(labels)
}

/// Comma-separated values after RFC 4180: quotes, doubled quotes, line breaks inside quotes.
pub fn csv(source: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                field.push('"');
                letters.next();
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            letter => field.push(letter),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_keeps_quotes_commas_and_breaks() {
        assert_eq!(csv("a,\"b, \"\"c\"\"\nd\"\r\n1 \"x,2"), [["a", "b, \"c\"\nd"], ["1 \"x", "2"]]);
    }
}
