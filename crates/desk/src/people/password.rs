//! Passwords: argon2id, off the async threads, at most two at a time. Nothing here is stored or printed.

use std::collections::BTreeSet;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Hashing is heavy on purpose; more at once would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// How many more may wait for their turn: who comes then is asked to come back.
static PLACES: Semaphore = Semaphore::const_new(64);
/// Bytes of the longest password; a longer one is nobody's.
const LONGEST: usize = 1024;

/// Letters that so many people choose that they are tried first.
const COMMON: [&str; 26] = [
    "password",
    "passwort",
    "kennwort",
    "qwertyuiop",
    "qwertzuiop",
    "qwerty",
    "qwertz",
    "asdfghjkl",
    "asdfgh",
    "letmein",
    "welcome",
    "willkommen",
    "iloveyou",
    "ichliebedich",
    "administrator",
    "admin",
    "changeme",
    "geheim",
    "secret",
    "hallo",
    "hello",
    "sunshine",
    "football",
    "princess",
    "schatz",
    "alongside",
];

/// Hashes a new password, if it is long enough and not easily guessed. `own` is what everybody knows of the account: its address, its
/// name, the organisation.
pub async fn hash(password: String, own: &[&str]) -> Result<String> {
    if password.trim().chars().count() < 12 {
        return Err(Error::Unclear("password-short"));
    }
    if is_easy(&password, own) {
        return Err(Error::Unclear("password-easy"));
    }
    if password.len() > LONGEST {
        return Err(Error::Unclear("password-long"));
    }
    off_thread(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|problem| Error::Broken(problem.to_string()))
    })
    .await?
}

/// Whether a password fits a stored hash. Without a stored one, does the same work and says no.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    let stored = stored.filter(|_| password.len() <= LONGEST);
    off_thread(move || {
        let password = password.as_bytes().get(..LONGEST).unwrap_or(password.as_bytes());
        let Some(stored) = stored else {
            let _ = Argon2::default().hash_password(password);
            return false;
        };
        PasswordHash::new(&stored)
            .is_ok_and(|parsed| Argon2::default().verify_password(password, &parsed).is_ok())
    })
    .await
}

/// Whether it is a few letters again and again, a row of neighbours, or little beside words that anybody would try.
fn is_easy(password: &str, own: &[&str]) -> bool {
    let small: Vec<char> = password.to_lowercase().chars().filter(|one| !one.is_whitespace()).collect();
    if small.iter().collect::<BTreeSet<_>>().len() < 5 {
        return true;
    }
    let neighbours = |pair: &[char]| match pair {
        [one, two] => u32::from(*one).abs_diff(u32::from(*two)) <= 1 || (*one, *two) == ('9', '0'),
        _ => false,
    };
    if small.windows(2).all(neighbours) {
        return true;
    }
    let letters: String = small.iter().filter(|one| one.is_alphabetic()).collect();
    let own = own.iter().flat_map(|text| text.split(|one: char| !one.is_alphabetic()));
    let own = own.filter(|word| word.chars().count() > 2).map(str::to_lowercase);
    let mut words: Vec<String> = COMMON.iter().map(|word| (*word).to_owned()).chain(own).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.iter().fold(letters.clone(), |rest, word| rest.replace(word.as_str(), ""));
    let marks = small.iter().filter(|one| !one.is_alphabetic()).count();
    rest != letters && rest.chars().count() < 4 && marks < 10
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _place = PLACES.try_acquire().map_err(|_| Error::Busy(20))?;
    let _turn = AT_ONCE.acquire().await.map_err(|problem| Error::Broken(problem.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|problem| Error::Broken(problem.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_without_end_is_nobodys() {
        let stored = hash("four words in a row".into(), &[]).await.unwrap();
        assert!(verify("four words in a row".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("x".repeat(1 << 20), Some(stored)).await.unwrap());
        assert!(matches!(hash("ab cde".repeat(1 << 18), &[]).await, Err(Error::Unclear("password-long"))));
    }

    #[test]
    fn what_anybody_would_try_is_easy_and_words_in_a_row_are_not() {
        let own = ["kofi@harbour.example", "Kofi Mensah", "Harbour Works"];
        for easy in [
            "aaaaaaaaaaaa",
            "abababababab",
            "123456789012",
            "abcdefghijkl",
            "password1234",
            "Passwort2026!",
            "kofi@harbour.example",
            "Kofi Mensah 12",
            "HarbourWorks2026",
        ] {
            assert!(is_easy(easy, &own), "{easy}");
        }
        for good in [
            "correct horse battery",
            "Kofi likes old boats",
            "739105826417",
            "x7!93$2#4k9%q",
            "vier Wörter am Hafen",
        ] {
            assert!(!is_easy(good, &own), "{good}");
        }
    }
}
