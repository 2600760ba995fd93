//! Passwords: argon2id, off the async threads, at most two at a time. Nothing here is stored or printed.

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

/// Hashes a new password, if it is long enough.
pub async fn hash(password: String) -> Result<String> {
    if password.chars().count() < 12 {
        return Err(Error::Unclear("password-short"));
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
        let stored = hash("four words in a row".into()).await.unwrap();
        assert!(verify("four words in a row".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("x".repeat(1 << 20), Some(stored)).await.unwrap());
        assert!(matches!(hash("x".repeat(1 << 20)).await, Err(Error::Unclear("password-long"))));
    }
}
