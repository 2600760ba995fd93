//! The SMTP conversation as a state machine: bytes in, replies and questions out (RFC 5321 and its extensions SIZE,
//! PIPELINING, 8BITMIME, SMTPUTF8, STARTTLS, ENHANCEDSTATUSCODES).
//!
//! It does no I/O and has no clock. The sockets around it feed it octets with [`Session::step`], write out the replies, and
//! answer the three questions it can ask: may this sender send now, is this message taken, is the line encrypted.
//! However the same octets are cut into pieces, the replies are the same.

mod command;
mod data;
mod reply;

pub use reply::Farewell;

use std::sync::Arc;

use crate::address::Addresses;
use command::Command;
use data::{DataEvent, DataReader, Problem};

/// What a session accepts. Every limit has its own reply; none is silent.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The name the server gives itself.
    pub hostname: String,
    /// The recipients it accepts; everybody else gets 550. It is never a relay.
    pub addresses: Addresses,
    /// Largest message in octets (552).
    pub max_size: usize,
    /// Longest line of a message in octets, without its line end (500). RFC 5321 says 998, real mail reaches 180,000.
    pub max_line: usize,
    /// Most recipients of one message (452).
    pub max_recipients: usize,
    /// Most commands without an accepted message among them (421).
    pub max_commands: usize,
    /// Most commands that were refused, over the whole session (421).
    pub max_errors: usize,
    /// Most messages in one session (421); a sender with more opens another.
    pub max_messages: usize,
    /// Whether STARTTLS is offered.
    pub offer_tls: bool,
}

/// A message that has arrived completely and waits to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The sender, `None` for `<>`.
    pub from: Option<String>,
    /// The accepted recipients as written, without repeats.
    pub recipients: Vec<String>,
    /// The message with dot-stuffing undone.
    pub raw: Vec<u8>,
}

/// What the session needs next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// All input is used up: send the replies and bring more.
    More,
    /// May this sender (`None` for `<>`) begin a message now? Answer with [`Session::admit`].
    Admit(Option<String>),
    /// Take this message and answer with [`Session::taken`].
    Take(Envelope),
    /// Send the replies, throw away all input that has already arrived, negotiate TLS, then call
    /// [`Session::encrypted`].
    StartTls,
    /// Send the replies and close.
    Close,
}

/// The answer to [`Step::Admit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Go ahead.
    Welcome,
    /// This sender has sent enough for this minute (450).
    NotThisMinute,
}

/// One conversation, from the greeting to the close.
#[derive(Debug)]
pub struct Session {
    rules: Arc<Rules>,
    state: State,
    /// The beginning of a command whose end has not arrived.
    line: Vec<u8>,
    line_too_long: bool,
    greeted: bool,
    encrypted: bool,
    from: Option<Sender>,
    recipients: Vec<String>,
    commands: usize,
    errors: usize,
    messages: usize,
}

#[derive(Debug)]
enum State {
    Commands,
    Data(Box<DataReader>),
    /// A question is out; nothing is read until it is answered.
    Asked(Asked),
    Closed,
}

#[derive(Debug)]
enum Asked {
    Admit(Sender),
    Take,
    Tls,
}

/// An envelope sender; `None` is `<>`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sender(Option<String>);

impl Session {
    /// A new conversation. The greeting is the first reply.
    pub fn new(rules: Arc<Rules>, replies: &mut Vec<u8>) -> Self {
        reply::greeting(&rules.hostname, replies);
        Self {
            rules,
            state: State::Commands,
            line: Vec::new(),
            line_too_long: false,
            greeted: false,
            encrypted: false,
            from: None,
            recipients: Vec::new(),
            commands: 0,
            errors: 0,
            messages: 0,
        }
    }

    /// Reads from `input`, moving it forward past what was used, and appends to `replies`.
    ///
    /// While a question is open nothing is read and the step is [`Step::More`]: answer it first.
    pub fn step(&mut self, input: &mut &[u8], replies: &mut Vec<u8>) -> Step {
        loop {
            let step = match &mut self.state {
                State::Closed => return Step::Close,
                State::Asked(_) => return Step::More,
                State::Data(reader) => match reader.read(input) {
                    DataEvent::More => return Step::More,
                    event => self.end_of_data(event, replies),
                },
                State::Commands => match self.next_command(input) {
                    None => return Step::More,
                    Some(command) => self.obey(command, replies),
                },
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    /// Answers [`Step::Admit`].
    pub fn admit(&mut self, admission: Admission, replies: &mut Vec<u8>) {
        if let State::Asked(Asked::Admit(sender)) = &mut self.state {
            let sender = Sender(sender.0.take());
            self.state = State::Commands;
            match admission {
                Admission::Welcome => {
                    self.from = Some(sender);
                    reply::SENDER_OK.write(replies);
                }
                Admission::NotThisMinute => reply::NOT_THIS_MINUTE.write(replies),
            }
        }
    }

    /// Answers [`Step::Take`]: 250 when it was taken, 451 or 554 when it was not.
    pub fn taken(&mut self, result: Result<(), crate::Refusal>, replies: &mut Vec<u8>) {
        if matches!(self.state, State::Asked(Asked::Take)) {
            self.state = State::Commands;
            match result {
                Ok(()) => {
                    self.commands = 0;
                    reply::TAKEN.write(replies);
                }
                Err(crate::Refusal::TryLater(why)) => reply::spoken(451, "4.3.0", &why, replies),
                Err(crate::Refusal::Refused(why)) => reply::spoken(554, "5.7.1", &why, replies),
            }
        }
    }

    /// Answers [`Step::StartTls`]: the line is encrypted, and everything said before is forgotten (RFC 3207 §4.2).
    pub fn encrypted(&mut self) {
        if matches!(self.state, State::Asked(Asked::Tls)) {
            self.state = State::Commands;
            self.encrypted = true;
            self.greeted = false;
            self.line = Vec::new();
            self.forget_message();
        }
    }

    /// There is no memory left for this message: read it to its end, keep nothing, and answer 452.
    pub fn out_of_room(&mut self) {
        if let State::Data(reader) = &mut self.state {
            reader.give_up(Problem::OutOfRoom);
        }
    }

    /// Says goodbye for a reason that lies outside the conversation, and closes.
    pub fn part(&mut self, why: Farewell, replies: &mut Vec<u8>) {
        if !matches!(self.state, State::Closed) {
            why.reply().write(replies);
            self.state = State::Closed;
        }
    }

    /// Whether a message's content is arriving just now, so that its own time limit applies.
    pub fn in_data(&self) -> bool {
        matches!(self.state, State::Data(_))
    }

    /// How much memory the arriving message takes, in octets.
    pub fn held(&self) -> usize {
        match &self.state {
            State::Data(reader) => reader.held(),
            State::Commands | State::Asked(_) | State::Closed => 0,
        }
    }

    fn forget_message(&mut self) {
        self.from = None;
        self.recipients = Vec::new();
    }

    fn next_command(&mut self, input: &mut &[u8]) -> Option<Command> {
        let end = memchr::memchr(b'\n', input);
        let (piece, rest) = input.split_at(end.map_or(input.len(), |end| end + 1));
        *input = rest;
        if self.line.len() + piece.len() <= command::LONGEST_LINE {
            self.line.extend_from_slice(piece);
        } else {
            self.line_too_long = true;
            self.line = Vec::new();
        }
        end?;
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.line_too_long) {
            Some(Command::TooLong)
        } else {
            Some(command::parse(&line))
        }
    }

    fn obey(&mut self, command: Command, replies: &mut Vec<u8>) -> Option<Step> {
        self.commands += 1;
        if self.commands > self.rules.max_commands {
            return self.close(reply::TOO_MANY_COMMANDS, replies);
        }
        let refused = match command {
            Command::Hello(hello) => {
                self.greeted = true;
                self.forget_message();
                reply::hello(hello, &self.rules, self.encrypted, replies);
                return None;
            }
            Command::Mail(mail) => match self.mail(mail) {
                Ok(sender) => {
                    self.messages += 1;
                    self.state = State::Asked(Asked::Admit(Sender(sender.clone())));
                    return Some(Step::Admit(sender));
                }
                Err(refused) if refused == reply::TOO_MANY_MESSAGES => return self.close(refused, replies),
                Err(refused) => refused,
            },
            Command::Recipient(recipient) => match self.recipient(recipient) {
                Ok(()) => {
                    reply::RECIPIENT_OK.write(replies);
                    return None;
                }
                Err(refused) => refused,
            },
            Command::Data if self.recipients.is_empty() => {
                if self.from.is_some() {
                    reply::NO_RECIPIENT
                } else {
                    reply::OUT_OF_ORDER
                }
            }
            Command::Data => {
                reply::GO_AHEAD.write(replies);
                self.state = State::Data(Box::new(DataReader::new(self.rules.max_size, self.rules.max_line)));
                return None;
            }
            Command::Reset => {
                self.forget_message();
                reply::DONE.write(replies);
                return None;
            }
            Command::Noop => {
                reply::DONE.write(replies);
                return None;
            }
            Command::Verify => {
                reply::CANNOT_VERIFY.write(replies);
                return None;
            }
            Command::Help => {
                reply::HELP.write(replies);
                return None;
            }
            Command::StartTls if self.encrypted => reply::ALREADY_ENCRYPTED,
            Command::StartTls if !self.rules.offer_tls => reply::NOT_OFFERED,
            Command::StartTls => {
                reply::READY_FOR_TLS.write(replies);
                self.state = State::Asked(Asked::Tls);
                return Some(Step::StartTls);
            }
            Command::Quit => return self.close(reply::GOODBYE, replies),
            Command::Browser => return self.close(reply::NOT_A_BROWSER, replies),
            Command::TooLong => reply::LINE_TOO_LONG,
            Command::Refused(refused) => refused,
        };
        self.refuse(refused, replies)
    }

    fn mail(&self, mail: command::Mail) -> Result<Option<String>, reply::Reply> {
        if !self.greeted {
            return Err(reply::HELLO_FIRST);
        }
        if self.from.is_some() {
            return Err(reply::OUT_OF_ORDER);
        }
        if self.messages >= self.rules.max_messages {
            return Err(reply::TOO_MANY_MESSAGES);
        }
        if mail.size > self.rules.max_size {
            return Err(reply::TOO_BIG);
        }
        Ok(mail.from)
    }

    fn recipient(&mut self, recipient: String) -> Result<(), reply::Reply> {
        if self.from.is_none() {
            return Err(reply::OUT_OF_ORDER);
        }
        if !self.rules.addresses.accepts(&recipient) {
            return Err(reply::NOT_OUR_ADDRESS);
        }
        if self.recipients.contains(&recipient) {
            return Ok(());
        }
        if self.recipients.len() >= self.rules.max_recipients {
            return Err(reply::TOO_MANY_RECIPIENTS);
        }
        self.recipients.push(recipient);
        Ok(())
    }

    fn end_of_data(&mut self, event: DataEvent, replies: &mut Vec<u8>) -> Option<Step> {
        self.state = State::Commands;
        let from = self.from.take();
        let recipients = std::mem::take(&mut self.recipients);
        match event {
            DataEvent::More => None,
            DataEvent::End(raw) => {
                self.state = State::Asked(Asked::Take);
                Some(Step::Take(Envelope { from: from.and_then(|sender| sender.0), recipients, raw }))
            }
            DataEvent::Refused(problem) => self.refuse(reply::for_problem(problem), replies),
            DataEvent::Abandon(problem) => self.close(reply::for_problem(problem), replies),
        }
    }

    fn refuse(&mut self, refused: reply::Reply, replies: &mut Vec<u8>) -> Option<Step> {
        refused.write(replies);
        self.errors += 1;
        if self.errors > self.rules.max_errors {
            return self.close(reply::TOO_MANY_ERRORS, replies);
        }
        None
    }

    fn close(&mut self, last: reply::Reply, replies: &mut Vec<u8>) -> Option<Step> {
        last.write(replies);
        self.state = State::Closed;
        Some(Step::Close)
    }
}

#[cfg(test)]
mod tests;
