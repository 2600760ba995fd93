//! A real desk in a process of its own, to be loaded, killed and looked into: used by the crash and node tests and by
//! the examples that do the same at full size. Talks to the desk only as the world does, and looks at its store.

pub mod crash;
pub mod fill;
pub mod load;
pub mod lures;
pub mod smtp;
pub mod store;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

pub use store::Store;

/// Where reports go.
pub const DESK: &str = "security@desk.example";

/// One node: its folder, its ports, its store. Nothing runs yet.
pub struct Node {
    binary: PathBuf,
    folder: tempfile::TempDir,
    pub database: String,
    pub smtp: u16,
    pub web: u16,
}

/// A running node; killed when dropped.
pub struct Running(Child);

impl Node {
    /// A node with a store of its own: SQLite in its folder, or a fresh database on a PostgreSQL server.
    pub async fn new(binary: &Path, server: Option<&str>) -> anyhow::Result<Node> {
        let folder = tempfile::tempdir()?;
        let database = match server {
            Some(server) => store::fresh_database(server).await?,
            None => format!("sqlite:{}", folder.path().join("data/alongside.db").display()),
        };
        Node::over(binary, database, folder)
    }

    /// One more node over the same store and the same files.
    pub fn beside(&self) -> anyhow::Result<Node> {
        self.turned_to(self.database.clone())
    }

    /// One more node over the same files and another database.
    pub fn turned_to(&self, database: String) -> anyhow::Result<Node> {
        let mut node = Node::over(&self.binary, database, tempfile::tempdir()?)?;
        node.write_config(&self.data())?;
        Ok(node)
    }

    /// Where its files are.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn over(binary: &Path, database: String, folder: tempfile::TempDir) -> anyhow::Result<Node> {
        let mut node =
            Node { binary: binary.to_owned(), folder, database, smtp: free_port()?, web: free_port()? };
        let data = node.folder.path().join("data");
        std::fs::create_dir_all(&data)?;
        node.write_config(&data)?;
        Ok(node)
    }

    fn write_config(&mut self, data: &Path) -> anyhow::Result<()> {
        let text = format!(
            "[organisation]\nname = \"Harbour Works\"\ndesk_address = \"{DESK}\"\ndomains = [\"harbour.example\"]\n\n\
             [web]\nlisten = \"127.0.0.1:{}\"\n\n\
             [smtp]\nlisten = \"127.0.0.1:{}\"\nper_sender_per_minute = 1000000\nper_stranger_per_minute = 1000000\n\n\
             [store]\nfolder = {:?}\ndatabase = {:?}\n",
            self.web, self.smtp, data, self.database
        );
        std::fs::write(self.config(), text)?;
        Ok(())
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("alongside.toml")
    }

    /// What the desk wrote to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Starts the desk, and returns once its SMTP door answers.
    pub async fn start(&self) -> anyhow::Result<Running> {
        let running = self.spawn()?;
        self.ready(running).await
    }

    /// Starts the desk without waiting for it.
    pub fn spawn(&self) -> anyhow::Result<Running> {
        let log =
            std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("log"))?;
        let child = Command::new(&self.binary)
            .arg("--config")
            .arg(self.config())
            .arg("serve")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.binary.display()))?;
        Ok(Running(child))
    }

    /// Waits until the SMTP door answers.
    pub async fn ready(&self, mut running: Running) -> anyhow::Result<Running> {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            if smtp::Client::connect(self.smtp).await.is_ok() {
                return Ok(running);
            }
            if let Some(status) = running.0.try_wait()? {
                bail!("the desk ended with {status}:\n{}", self.log());
            }
            if Instant::now() > until {
                bail!("the desk does not answer:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// A one-line answer of `alongside` itself, run over this node's store.
    pub fn admin(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = Command::new(&self.binary)
            .arg("--config")
            .arg(self.config())
            .arg("admin")
            .args(arguments)
            .output()?;
        if !output.status.success() {
            bail!("admin {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// What `alongside` says beside its result, where that goes somewhere else.
    pub fn admin_into(&self, arguments: &[&str], result: Stdio) -> anyhow::Result<String> {
        let mut command = Command::new(&self.binary);
        command.arg("--config").arg(self.config()).arg("admin").args(arguments).stdout(result);
        Ok(String::from_utf8(command.output()?.stderr)?)
    }
}

impl Running {
    /// SIGKILL: nothing is finished, nothing is said.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// The binary next to this example, built first so that what is measured is what is there.
pub fn built_binary() -> anyhow::Result<PathBuf> {
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Like the build of this example itself: with the example (the features of dependencies are then the same) and
    // without what `cargo run` says about the package (build scripts that look at it would run again). Otherwise
    // each of the two builds would undo the other.
    let here = std::env::current_exe()?;
    let name = here.file_stem().context("an example has a name")?;
    build.args(["build", "--package", "alongside", "--bin", "alongside", "--example"]).arg(name);
    for (name, _) in std::env::vars_os() {
        let said = name.to_string_lossy();
        if said.starts_with("CARGO_PKG_") || said.starts_with("CARGO_MANIFEST_") {
            build.env_remove(&name);
        }
    }
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    if !build.status()?.success() {
        bail!("the desk could not be built");
    }
    let folder =
        here.parent().and_then(Path::parent).context("an example lies in a folder of the target folder")?;
    Ok(folder.join(format!("alongside{}", std::env::consts::EXE_SUFFIX)))
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
