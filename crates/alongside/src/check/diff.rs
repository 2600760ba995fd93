//! A unified diff of a text before and after its fixes.

/// The diff, with three lines around each change. Empty when nothing differs.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut out = format!("--- {name}\n+++ {name}\n");
    for (from, to, new_from, new_to) in changes(&old, &new) {
        let start = from.saturating_sub(3);
        let end = (to + 3).min(old.len());
        let new_start = new_from - (from - start);
        let new_end = (new_to + (end - to)).min(new.len());
        out.push_str(&format!(
            "@@ -{},{} +{},{} @@\n",
            start + 1,
            end - start,
            new_start + 1,
            new_end - new_start
        ));
        lines(&mut out, ' ', old.get(start..from));
        stretch(&mut out, old.get(from..to).unwrap_or(&[]), new.get(new_from..new_to).unwrap_or(&[]));
        lines(&mut out, ' ', old.get(to..end));
    }
    out
}

/// What changed. Lines of a stretch that stay the same are its neighbours.
fn stretch(out: &mut String, old: &[&str], new: &[&str]) {
    if old.len() != new.len() {
        lines(out, '-', Some(old));
        lines(out, '+', Some(new));
        return;
    }
    let differ = |at: usize| old.get(at) != new.get(at);
    let mut at = 0;
    while at < old.len() {
        let is_change = differ(at);
        let end = (at..old.len()).find(|next| differ(*next) != is_change).unwrap_or(old.len());
        if is_change {
            lines(out, '-', old.get(at..end));
            lines(out, '+', new.get(at..end));
        } else {
            lines(out, ' ', old.get(at..end));
        }
        at = end;
    }
}

fn lines(out: &mut String, sign: char, lines: Option<&[&str]>) {
    for line in lines.unwrap_or(&[]) {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// Changed stretches as `(from, to)` of the old and the new lines; stretches nearer than seven lines are one.
fn changes(old: &[&str], new: &[&str]) -> Vec<(usize, usize, usize, usize)> {
    if old.len() != new.len() {
        let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old.len().min(new.len()) - head;
        let tail =
            old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
        return vec![(head, old.len() - tail, head, new.len() - tail)];
    }
    let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (at, _) in old.iter().zip(new).enumerate().filter(|(_, (old, new))| old != new) {
        match found.last_mut() {
            Some(last) if at < last.1 + 7 => {
                last.1 = at + 1;
                last.3 = at + 1;
            }
            _ => found.push((at, at + 1, at, at + 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_shown_with_its_neighbours() {
        assert_eq!(unified("a", "1\n2\n3\n", "1\nx\n3\n"), "--- a\n+++ a\n@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n");
    }

    #[test]
    fn a_line_between_two_changes_stays() {
        let wanted = "--- a\n+++ a\n@@ -1,3 +1,3 @@\n-1\n+x\n 2\n-3\n+y\n";
        assert_eq!(unified("a", "1\n2\n3\n", "x\n2\ny\n"), wanted);
    }

    #[test]
    fn a_last_line_without_an_end_says_so() {
        let wanted = "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+x\n\\ No newline at end of file\n";
        assert_eq!(unified("a", "1\n2", "1\nx"), wanted);
    }

    #[test]
    fn a_removed_line_is_one_stretch() {
        assert_eq!(unified("a", "1\n2\n", "1\n"), "--- a\n+++ a\n@@ -1,2 +1,1 @@\n 1\n-2\n");
    }
}
