//! Every file in `tests/wrong` is refused with exactly the words in the `.txt` beside it. `UPDATE_EXPECT=1` rewrites
//! them: read what changed.

use expect_test::expect_file;

#[test]
fn wrong_files_are_answered_with_line_value_and_a_way_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wrong");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 60, "{} files", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let problems = risk::read(&text).expect_err(&format!("{} was accepted", file.display()));
        assert!(!problems.is_empty());
        for problem in &problems {
            assert!(problem.line >= 1 && problem.line <= text.lines().count().max(1), "{problem:?}");
            assert!(!problem.fix.is_empty(), "{problem:?}");
        }
        let said: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        expect_file![file.with_extension("txt")].assert_eq(&said);
    }
}
