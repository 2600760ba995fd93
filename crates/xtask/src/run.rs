//! Starting other programs: in the workspace's folder, with their output passed on and, where asked, read along.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Problem, root};

/// The cargo that runs us, in the workspace's folder.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a program to its end.
///
/// # Errors
/// Says which program could not start or did not end well.
pub fn to_the_end(command: &mut Command) -> Result<(), Problem> {
    let status = command.status().map_err(|problem| cannot_start(command, &problem))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", line(command)).into()) }
}

/// Runs a program and hands each line of its output to `read`; says whether it ended well.
///
/// # Errors
/// Says that it could not start.
pub fn reading(command: &mut Command, mut read: impl FnMut(&str)) -> Result<bool, Problem> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|problem| cannot_start(command, &problem))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            read(&String::from_utf8_lossy(&line?));
        }
    }
    Ok(child.wait()?.success())
}

/// Where a program lies on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .chain(["/usr/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Whether we run as the system's administrator.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// A folder for one run, removed when this is dropped.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// # Errors
    /// When it cannot be made.
    pub fn new(name: &str) -> Result<Scratch, Problem> {
        let folder = std::env::temp_dir().join(format!("alongside-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Scratch(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's temporary folder and is cleared with it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn cannot_start(command: &Command, problem: &std::io::Error) -> Problem {
    format!("`{}` cannot start: {problem}", line(command)).into()
}

fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
