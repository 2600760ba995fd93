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

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_has_one_desk_at_a_time() {
    let node = Node::new(Path::new(env!("CARGO_BIN_EXE_alongside")), None).await.expect("a place for a desk");
    let running = node.start().await.expect("it starts");
    let place = tempfile::tempdir().expect("a folder");
    let copy = place.path().join("copy").display().to_string();
    node.admin(&["backup", &copy]).expect("a copy is made while it runs");
    let data = node.data();
    std::fs::rename(&data, place.path().join("moved")).expect("somebody moves the folder away below it");
    let said = node.admin(&["restore", &copy]).expect_err("the desk still runs").to_string();
    assert!(said.contains("a desk is running on 127.0.0.1:"), "{said}");
    drop(running);
    node.admin(&["restore", &copy]).expect("now it is stopped");

    let held = node.start().await.expect("it starts again");
    let second = node.beside().expect("settings for another desk on the same folder");
    let said = second.start().await.err().map(|_| second.log()).unwrap_or_default();
    assert!(said.contains("a desk is running on the folder"), "{said}");
    drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_were_turned_to_an_empty_database_start_no_empty_desk() {
    let node = Node::new(Path::new(env!("CARGO_BIN_EXE_alongside")), None).await.expect("a place for a desk");
    drop(node.start().await.expect("it starts"));
    let other = tempfile::tempdir().expect("a folder");
    let turned = node
        .turned_to(format!("sqlite:{}", other.path().join("other.db").display()))
        .expect("other settings");
    assert!(turned.start().await.is_err());
    assert!(
        turned.log().contains("holds a desk, and the database that `store.database` names is empty"),
        "{}",
        turned.log()
    );
    let doctor = turned.admin(&["doctor"]).expect_err("it is not well").to_string();
    assert!(doctor.contains("is empty"), "{doctor}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_or_a_file_that_the_settings_name_in_vain_ends_with_78() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("alongside.toml");
    for (text, named) in [
        ("[store]\nfolder = \"/proc/x\"\n", "/proc/x"),
        ("[store]\nfolder = \"data\"\n[reading]\nknown_senders = \"nosuch\"\n", "reading.known_senders"),
    ] {
        let doors = "[web]\nlisten = \"127.0.0.1:0\"\n[smtp]\nenabled = false\n";
        std::fs::write(&file, format!("{doors}{text}")).expect("settings");
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_alongside"))
            .args(["serve", "--config"])
            .arg(&file)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(78), "{said}");
        assert!(said.contains(named), "{said}");
    }
}
