//! The committed description of the interface for report buttons is the one the handlers give.
//! `cargo xtask docs` writes it anew.

use std::path::Path;

#[test]
fn the_openapi_document_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    let made = serde_json::to_string_pretty(&desk::reports::api::document()).unwrap() + "\n";
    if std::env::var_os("ALONGSIDE_WRITE_DOCS").is_some() {
        std::fs::write(&file, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == made, "docs/reference/openapi.json is stale; run `cargo xtask docs`");
    let paths: Vec<String> = serde_json::from_str::<serde_json::Value>(&made).unwrap()["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(paths, ["/api/v1/reports"], "every address of the interface is described");
}
