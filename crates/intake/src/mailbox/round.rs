//! What is done on an open connection: select the folder, take each waiting message, mark or move it, wait for more.

use std::collections::{BTreeMap, BTreeSet};

use super::connection::Connection;
use super::wire::{argument, folder_name};
use super::{After, Config, Error};
use crate::header::{self, Field};
use crate::vouching::{Trust, who_vouches};
use crate::{Delivery, Door, Refusal};

/// After this many messages in a row that could not be stored, the store is the problem and not the message.
const ENOUGH_FAILURES: usize = 3;

pub(super) struct Round<'a> {
    config: &'a Config,
    connection: Connection,
    uid_validity: u32,
    can_idle: bool,
    can_move: bool,
    can_expunge_one: bool,
}

impl<'a> Round<'a> {
    /// Connects, logs in and opens the folder.
    pub(super) async fn begin(config: &'a Config) -> Result<Self, Error> {
        let mut connection = Connection::open(config).await?;
        connection.log_in(&config.user, &config.secret).await?;
        let answers = connection.command("CAPABILITY", "CAPABILITY", vec![]).await?;
        let capabilities = answers
            .iter()
            .find_map(|answer| answer.untagged("CAPABILITY"))
            .unwrap_or_default()
            .to_ascii_uppercase();
        let can = |capability: &str| capabilities.split(' ').any(|word| word == capability);
        let folder = argument(&folder_name(&config.folder)).ok_or(Error::Unsendable("folder name"))?;
        let answers = connection.command("SELECT", "SELECT", vec![folder]).await?;
        let uid_validity = answers
            .iter()
            .find_map(|answer| answer.code("UIDVALIDITY"))
            .and_then(|value| value.parse().ok())
            .ok_or(Error::NotUnderstood("SELECT"))?;
        Ok(Self {
            config,
            connection,
            uid_validity,
            can_idle: can("IDLE"),
            can_move: can("MOVE"),
            can_expunge_one: can("UIDPLUS"),
        })
    }

    /// Takes every waiting message, oldest first, and says how many. Those in `refused` are left alone, and those the
    /// receiver refuses are added to it.
    pub(super) async fn take_all<D, F>(
        &mut self,
        deliver: &D,
        refused: &mut BTreeSet<String>,
    ) -> Result<usize, Error>
    where
        D: Fn(Delivery) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        self.connection.news = false;
        let mut taken = 0;
        let mut failures = 0;
        let mut last_failure = None;
        for uid in self.waiting().await? {
            let key = self.key(uid);
            if refused.contains(&key) {
                continue;
            }
            let Some(raw) = self.fetch(uid).await? else { continue };
            let delivery = self.delivery(raw, key.clone());
            let taking = tokio::spawn(deliver(delivery)).await.unwrap_or_else(|error| {
                tracing::error!(%error, "storing a message ended unexpectedly");
                Err(Refusal::TryLater("it ended unexpectedly".into()))
            });
            match taking {
                Ok(()) => {
                    self.mark(uid).await?;
                    taken += 1;
                    failures = 0;
                }
                Err(Refusal::Refused(_)) => {
                    refused.insert(key);
                    self.set_aside(uid).await?;
                    tracing::warn!(
                        uid,
                        "a message in the mailbox was refused; it stays there, flagged for a person"
                    );
                }
                Err(Refusal::TryLater(why)) => {
                    failures += 1;
                    last_failure = Some(why);
                    if failures == ENOUGH_FAILURES {
                        break;
                    }
                }
            }
        }
        match last_failure {
            Some(why) => Err(Error::NotTaken(why)),
            None => Ok(taken),
        }
    }

    /// Waits until there may be more. Something that arrived while the last messages were taken counts.
    pub(super) async fn wait_for_more(&mut self) -> Result<(), Error> {
        if self.connection.news {
            return Ok(());
        }
        let look_every = self.config.look_every;
        if self.can_idle && !look_every.with_idle.is_zero() {
            self.connection.idle(look_every.with_idle).await
        } else {
            tokio::time::sleep(look_every.without_idle).await;
            self.connection.command("NOOP", "NOOP", vec![]).await.map(drop)
        }
    }

    /// Says goodbye; whether the server still hears it does not matter.
    pub(super) async fn leave(mut self) {
        let _gone = self.connection.command("LOGOUT", "LOGOUT", vec![]).await;
    }

    async fn waiting(&mut self) -> Result<BTreeSet<u32>, Error> {
        let search = match &self.config.after {
            After::MarkSeen => "UID SEARCH UNSEEN UNDELETED".to_owned(),
            After::Keyword(keyword) => format!("UID SEARCH UNKEYWORD {} UNDELETED", atom(keyword)?),
            After::MoveTo(_) => "UID SEARCH UNDELETED".to_owned(),
        };
        let answers = self.connection.command("SEARCH", &search, vec![]).await?;
        let found: Vec<_> = answers.iter().filter_map(|answer| answer.found()).collect();
        Ok(found.into_iter().flatten().collect())
    }

    /// A message's content, `None` if somebody else removed it meanwhile.
    async fn fetch(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Error> {
        let line = format!("UID FETCH {uid} (UID RFC822.SIZE BODY.PEEK[]<0.{}>)", self.config.max_size);
        let answers = self.connection.command("FETCH", &line, vec![]).await?;
        for fetched in answers.into_iter().filter_map(|answer| answer.fetched()) {
            if fetched.uid == Some(uid)
                && let Some(body) = fetched.body
            {
                if fetched.size.is_some_and(|size| size > self.config.max_size as u64) {
                    tracing::warn!(
                        uid,
                        "a message in the mailbox is larger than allowed; its beginning is taken"
                    );
                }
                return Ok(Some(body));
            }
        }
        Ok(None)
    }

    async fn mark(&mut self, uid: u32) -> Result<(), Error> {
        match &self.config.after {
            After::MarkSeen => self.add_flags(uid, "\\Seen").await,
            After::Keyword(keyword) => self.add_flags(uid, atom(keyword)?).await,
            After::MoveTo(folder) => self.move_to(uid, folder).await,
        }
    }

    /// Marks a refused message for a person. What would hide it from the next search is added too, except moving it.
    async fn set_aside(&mut self, uid: u32) -> Result<(), Error> {
        match &self.config.after {
            After::MarkSeen => self.add_flags(uid, "\\Seen \\Flagged").await,
            After::Keyword(keyword) => self.add_flags(uid, &format!("{} \\Flagged", atom(keyword)?)).await,
            After::MoveTo(_) => self.add_flags(uid, "\\Flagged").await,
        }
    }

    async fn add_flags(&mut self, uid: u32, flags: &str) -> Result<(), Error> {
        self.connection
            .command("STORE", &format!("UID STORE {uid} +FLAGS.SILENT ({flags})"), vec![])
            .await
            .map(drop)
    }

    async fn move_to(&mut self, uid: u32, folder: &str) -> Result<(), Error> {
        match self.try_move_to(uid, folder).await {
            Err(Error::Refused { words, .. }) if words.to_ascii_uppercase().contains("[TRYCREATE]") => {
                self.connection.command("CREATE", "CREATE", vec![name(folder)?]).await?;
                self.try_move_to(uid, folder).await
            }
            result => result,
        }
    }

    async fn try_move_to(&mut self, uid: u32, folder: &str) -> Result<(), Error> {
        if self.can_move {
            return self
                .connection
                .command("MOVE", &format!("UID MOVE {uid}"), vec![name(folder)?])
                .await
                .map(drop);
        }
        self.connection.command("COPY", &format!("UID COPY {uid}"), vec![name(folder)?]).await?;
        self.add_flags(uid, "\\Deleted").await?;
        // Without UIDPLUS only a general EXPUNGE exists, which would also remove what people marked.
        if self.can_expunge_one {
            self.connection.command("EXPUNGE", &format!("UID EXPUNGE {uid}"), vec![]).await?;
        }
        Ok(())
    }

    /// The message's address in the form of RFC 5092 §2, which stays the same until the server renumbers the folder.
    fn key(&self, uid: u32) -> String {
        let Config { user, host, port, folder, .. } = self.config;
        let (user, folder) = (percent_encoded(user), percent_encoded(folder));
        format!("imap://{user}@{host}:{port}/{folder};UIDVALIDITY={}/;UID={uid}", self.uid_validity)
    }

    fn delivery(&self, raw: Vec<u8>, key: String) -> Delivery {
        let fields = header::fields(&raw);
        let from = sender(&fields);
        let trust = Trust { authserv_ids: self.config.authserv_ids.clone(), ..Trust::default() };
        let vouched = who_vouches(&raw, from.as_deref(), None, &trust);
        let recipients = self.recipients(&fields);
        Delivery { from, recipients, raw, peer: None, vouched, door: Door::Mailbox, key }
    }

    fn recipients(&self, fields: &[Field]) -> Vec<String> {
        let named: BTreeMap<String, String> = fields
            .iter()
            .filter(|field| {
                ["Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"].iter().any(|name| field.is(name))
            })
            .flat_map(|field| header::addresses(&field.value))
            .filter(|address| self.config.addresses.accepts(address))
            .map(|address| (address.to_lowercase(), address))
            .collect();
        if named.is_empty() { vec![self.config.address.clone()] } else { named.into_values().collect() }
    }
}

/// Whom the message came from: what the delivering server recorded, or else its single author.
fn sender(fields: &[Field]) -> Option<String> {
    match header::first(fields, "Return-Path") {
        Some(path) => header::single_address(path),
        None => header::first(fields, "From").and_then(header::single_address),
    }
}

fn name(folder: &str) -> Result<super::wire::Argument, Error> {
    argument(&folder_name(folder)).ok_or(Error::Unsendable("folder name"))
}

fn atom(keyword: &str) -> Result<&str, Error> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"$_-.".contains(&byte);
    if !keyword.is_empty() && keyword.bytes().all(good) {
        Ok(keyword)
    } else {
        Err(Error::Unsendable("keyword"))
    }
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
