//! A throw-away PostgreSQL for the story tests: its own folder, loopback only, gone when dropped.
//! Durability is off: what it keeps lives as long as one run. Whether the desk survives a crash is tested elsewhere.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Problem;
use crate::run::{self, Scratch};

/// A running server.
pub struct Server {
    port: u16,
    running: Child,
    programs: PathBuf,
    folder: Scratch,
}

impl Server {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// Says what is missing or did not start.
    pub fn start() -> Result<Server, Problem> {
        let programs =
            folder_of_programs().ok_or("PostgreSQL is not installed (Debian package `postgresql`)")?;
        let folder = Scratch::new("postgres")?;
        if run::is_root() {
            // The server refuses to run as root; the distribution's own user may enter the folder instead.
            run::to_the_end(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let mut make = as_server(&programs, "initdb");
        make.arg("--pgdata").arg(&data).args([
            "--auth=trust",
            "--no-sync",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
        ]);
        run::to_the_end(make.stdout(Stdio::null()))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut serve = as_server(&programs, "postgres");
        serve.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1"]);
        for setting in [
            "unix_socket_directories=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=400",
        ] {
            serve.args(["-c", setting]);
        }
        let log = std::fs::File::create(folder.path().join("log"))?;
        let running = serve.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).spawn()?;
        let mut server = Server { port, running, programs, folder };
        server.wait()?;
        Ok(server)
    }

    /// Where tests reach it, without a database's name.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    fn wait(&mut self) -> Result<(), Problem> {
        let begun = Instant::now();
        let port = self.port.to_string();
        while begun.elapsed() < Duration::from_secs(60) {
            let mut ask = Command::new(self.programs.join("pg_isready"));
            if ask.args(["--quiet", "--host=127.0.0.1", "--port", &port]).status()?.success() {
                return Ok(());
            }
            if self.running.try_wait()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start: {}", log.lines().last().unwrap_or("it said nothing")).into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = as_server(&self.programs, "pg_ctl");
        stop.arg("--pgdata").arg(self.folder.path().join("data")).args([
            "stop",
            "--mode=immediate",
            "--silent",
        ]);
        if run::to_the_end(stop.stdout(Stdio::null())).is_err() {
            // Already gone, or about to go with us.
            let _ = self.running.kill();
        }
        let _ = self.running.wait();
    }
}

/// Where the newest installed server has its programs.
pub fn folder_of_programs() -> Option<PathBuf> {
    let version = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    debian
        .filter(|folder| folder.join("initdb").is_file())
        .max_by_key(version)
        .or_else(|| run::find("initdb").and_then(|program| Some(program.parent()?.to_owned())))
}

/// A server program, run by the user `postgres` if we are root.
fn as_server(programs: &std::path::Path, program: &str) -> Command {
    let program = programs.join(program);
    let mut command = if run::is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}
