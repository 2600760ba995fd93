//! `alongside admin` where something around it goes wrong.

#[expect(dead_code, reason = "shared with the examples and the crash test")]
mod rig;

use std::path::Path;

use rig::Node;

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_stays_where_its_last_sentence_could_not_be_said() {
    let node = Node::new(Path::new(env!("CARGO_BIN_EXE_alongside")), None).await.expect("a place for a desk");
    drop(node.start().await.expect("it starts"));
    let place = tempfile::tempdir().expect("a folder");
    let copy = place.path().join("copy");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let said = node.admin_into(&["backup", &copy.display().to_string()], full.into()).expect("it runs");
    assert!(said.contains("could not be written"), "{said}");
    assert!(copy.join("alongside.db").exists() && copy.join("secret").exists());
}
