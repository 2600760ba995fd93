//! A private Dovecot: its own configuration, ports, user and Maildir, all in a folder that is thrown away afterwards.

use std::fs;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use intake::mailbox::{Config, Secret, Security};
use intake::tls::{self, Identity};
use tempfile::TempDir;

use crate::support::PATIENCE;

pub const USER: &str = "abuse@corp.example";
pub const PASSWORD: &str = "correct \"horse\" battery";

/// Nobody: Dovecot hands no mail to root.
const MAIL_USER: u32 = 65534;

/// A running mail server.
pub struct Dovecot {
    folder: TempDir,
    plain_port: u16,
    tls_port: u16,
    identity: Identity,
    running: Option<Child>,
    deposited: usize,
}

impl Dovecot {
    /// Starts one with an empty mailbox.
    ///
    /// # Panics
    /// If Dovecot is not installed: a test that cannot run says so and fails.
    pub fn start() -> Self {
        assert!(
            binary().exists(),
            "missing: dovecot (Debian package dovecot-imapd); install it to run this test"
        );
        let folder = tempfile::Builder::new().prefix("dovecot").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let identity = tls::self_signed("localhost").unwrap();
        fs::write(folder.path().join("cert.pem"), &identity.certificate_pem).unwrap();
        fs::write(folder.path().join("key.pem"), identity.key_pem()).unwrap();
        fs::write(folder.path().join("users"), format!("{USER}:{{PLAIN}}{PASSWORD}::::::\n")).unwrap();
        let mut dovecot = Self { folder, plain_port: 0, tls_port: 0, identity, running: None, deposited: 0 };
        for part in ["home", "home/Maildir", "home/Maildir/cur", "home/Maildir/new", "home/Maildir/tmp"] {
            let path = dovecot.folder.path().join(part);
            fs::create_dir(&path).unwrap();
            let given = chown(&path, Some(MAIL_USER), Some(MAIL_USER));
            given.expect("Dovecot changes users, so these tests run as root, as in a container");
        }
        // A free port can be taken by somebody else before Dovecot binds it.
        let runs = (0..5).any(|_attempt| {
            (dovecot.plain_port, dovecot.tls_port) = (free_port(), free_port());
            dovecot.run()
        });
        let log = fs::read_to_string(dovecot.folder.path().join("log")).unwrap_or_default();
        assert!(runs, "dovecot did not start: {log}");
        dovecot
    }

    /// Ends the server and its helpers at once, as a power cut does; the mailbox stays.
    pub fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            let group = format!("-{}", running.id());
            let _told = Command::new("kill").args(["-KILL", "--", &group]).status();
            let _ended = running.wait();
        }
    }

    /// Starts it again on the same ports. `false` if it ended instead of listening.
    pub fn run(&mut self) -> bool {
        let configuration = self.folder.path().join("dovecot.conf");
        fs::write(&configuration, self.configuration()).unwrap();
        let mut child = Command::new(binary())
            .args(["-F", "-c"])
            .arg(&configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Ok(Some(_ended)) = child.try_wait() {
                return false;
            }
            let listening =
                |port| std::net::TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port))).is_ok();
            if listening(self.plain_port) && listening(self.tls_port) {
                self.running = Some(child);
                return true;
            }
            // Another process gives no other sign that it listens; this only spaces the questions.
            std::thread::sleep(Duration::from_millis(5));
        }
        self.running = Some(child);
        self.stop();
        false
    }

    /// Settings to read this mailbox without TLS.
    pub fn plain(&self) -> Config {
        let mut config = self.encrypted();
        config.security = Security::PlainOnLoopback;
        config.port = self.plain_port;
        config
    }

    /// Settings to read this mailbox over TLS.
    pub fn encrypted(&self) -> Config {
        let tls = tls::client(&self.identity.certificate_pem).unwrap();
        let mut config = Config::new("localhost", tls, USER, Secret::Password(PASSWORD.into()), USER);
        config.port = self.tls_port;
        config.first_pause = Duration::from_millis(10);
        config.longest_pause = Duration::from_millis(50);
        config
    }

    /// Settings over TLS that do not know the server's certificate.
    pub fn encrypted_by_a_stranger(&self) -> Config {
        Config { security: Security::Tls(Arc::clone(&tls::client("").unwrap())), ..self.encrypted() }
    }

    /// Puts a message into the mailbox as a delivering mail server does.
    pub fn deposit(&mut self, message: &str) {
        self.deposited += 1;
        let name = format!("{}.M{}P1.test", 1_700_000_000 + self.deposited, self.deposited);
        let maildir = self.maildir();
        let (arriving, arrived) = (maildir.join("tmp").join(&name), maildir.join("new").join(&name));
        fs::write(&arriving, message).unwrap();
        chown(&arriving, Some(MAIL_USER), Some(MAIL_USER)).unwrap();
        fs::rename(arriving, arrived).unwrap();
    }

    /// The flags of the messages in a folder as their file names tell (`S` seen, `F` flagged, letters for keywords), in the order
    /// of arrival. The inbox is the empty name.
    pub fn flags(&self, folder: &str) -> Vec<String> {
        let folder =
            if folder.is_empty() { self.maildir() } else { self.maildir().join(format!(".{folder}")) };
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            match fs::read_dir(folder.join(part)) {
                Ok(entries) => {
                    names.extend(entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()))
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::NotFound),
            }
        }
        names.sort();
        names
            .iter()
            .map(|name| name.split_once(":2,").map_or(String::new(), |(_, flags)| flags.to_owned()))
            .collect()
    }

    fn maildir(&self) -> PathBuf {
        self.folder.path().join("home/Maildir")
    }

    fn configuration(&self) -> String {
        let folder = self.folder.path().display();
        let (plain_port, tls_port) = (self.plain_port, self.tls_port);
        format!(
            "base_dir = {folder}/run\nlog_path = {folder}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
             disable_plaintext_auth = no\nauth_failure_delay = 0\n\
             service anvil {{\n unix_listener anvil-auth-penalty {{\n mode = 0\n }}\n}}\n\
             auth_mechanisms = plain login\n\
             mail_location = maildir:~/Maildir\nmaildir_stat_dirs = yes\n\
             first_valid_uid = {MAIL_USER}\nfirst_valid_gid = {MAIL_USER}\n\
             passdb {{\n driver = passwd-file\n args = scheme=PLAIN username_format=%u {folder}/users\n}}\n\
             userdb {{\n driver = static\n args = uid={MAIL_USER} gid={MAIL_USER} home={folder}/home\n}}\n\
             namespace inbox {{\n inbox = yes\n}}\n\
             service imap-login {{\n inet_listener imap {{\n port = {plain_port}\n }}\n inet_listener imaps {{\n port = {tls_port}\n ssl = yes\n }}\n}}\n\
             service stats {{\n unix_listener stats-writer {{\n mode = 0666\n }}\n}}\n"
        )
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.stop();
    }
}

fn binary() -> &'static Path {
    Path::new("/usr/sbin/dovecot")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
