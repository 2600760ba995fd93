//! Whether the desk can take a report right now: its store takes a write, and its folder a file. Looks at most once a second,
//! whoever asks; those who ask meanwhile get the last answer.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use crate::Desk;

const LOOK_EVERY: i64 = 1_000_000;
const PATIENCE: Duration = Duration::from_secs(5);

/// The last look.
#[derive(Debug)]
pub struct Health {
    looked_at: AtomicI64,
    well: AtomicBool,
}

impl Default for Health {
    fn default() -> Health {
        Health { looked_at: AtomicI64::new(i64::MIN), well: AtomicBool::new(true) }
    }
}

/// Whether a report that came now could be stored.
pub async fn can_take_a_report(desk: &Desk) -> bool {
    let (now, health) = (desk.now().0, &desk.gates.health);
    let last = health.looked_at.load(Ordering::SeqCst);
    let due = !(0..LOOK_EVERY).contains(&now.saturating_sub(last));
    let mine =
        due && health.looked_at.compare_exchange(last, now, Ordering::SeqCst, Ordering::SeqCst).is_ok();
    if mine {
        let well = tokio::time::timeout(PATIENCE, look(desk)).await.unwrap_or(false);
        health.well.store(well, Ordering::SeqCst);
    }
    health.well.load(Ordering::SeqCst)
}

async fn look(desk: &Desk) -> bool {
    if let Err(problem) = desk.db.ping().await {
        tracing::error!(%problem, "the store takes no write");
        return false;
    }
    if let Err(problem) = desk.blobs.probe().await {
        tracing::error!(problem = crate::error::for_the_log(&problem), "the folder of files takes nothing");
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::blobs::Blobs;
    use crate::ids::Time;
    use crate::test::TestDesk;

    #[tokio::test]
    async fn a_folder_that_takes_nothing_is_seen_by_the_load_balancer_and_the_doctor() {
        let place = tempfile::tempdir().unwrap();
        let files = place.path().join("files");
        let mut test = TestDesk::new().await;
        test.desk.blobs = Blobs::in_folder(files.clone()).unwrap();
        assert_eq!(test.get("/ready", "").await.status, 200);
        assert_eq!(std::fs::read_dir(&files).unwrap().count(), 0, "nothing is left behind");

        std::fs::remove_dir(&files).unwrap();
        std::fs::write(&files, "not a folder").unwrap();
        assert_eq!(test.get("/ready", "").await.status, 200, "it looks once a second");
        test.later(Time::MINUTE / 60);
        assert_eq!(test.get("/ready", "").await.status, 503);
        let doctor = crate::erasure::doctor(&test.desk).await.unwrap();
        assert!(doctor.iter().any(|line| line.starts_with("problem: the folder of files")), "{doctor:?}");
    }
}
