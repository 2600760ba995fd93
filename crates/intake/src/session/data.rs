//! The content of a message: undo dot-stuffing, find the end, refuse what could smuggle a second message.
//!
//! Our own reader rather than `smtp-proto`'s, because that one passes bare line ends through without telling. Only
//! CRLF `.` CRLF ends a message (RFC 5321 §4.1.1.4). A bare LF, a bare CR or a NUL anywhere makes the whole message
//! refused: servers that disagree about what a line end is can be made to see two messages where the sender wrote one.

/// Why a message's content is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    BareLineFeed,
    BareCarriageReturn,
    Nul,
    LineTooLong,
    TooBig,
    OutOfRoom,
}

/// What became of the content.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DataEvent {
    /// More input is needed.
    More,
    /// The end was reached and the content is whole.
    End(Vec<u8>),
    /// The end was reached; the content was refused.
    Refused(Problem),
    /// The sender means something else by "end" than we do, or will not stop: answer and close.
    Abandon(Problem),
}

/// Reads content piece by piece. Keeps at most `max_size` octets (and half as much again while growing).
#[derive(Debug)]
pub(super) struct DataReader {
    raw: Vec<u8>,
    max_size: usize,
    max_line: usize,
    line: usize,
    /// Octets read so far, kept or not.
    read: usize,
    problem: Option<Problem>,
    place: Place,
}

/// Where in the line the next octet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the start of a line, after CRLF or at the very beginning.
    Start,
    /// After a dot at the start of a line; the dot is not kept.
    Dot,
    /// After such a dot and a CR.
    DotCr,
    /// Within a line.
    Inside,
    /// After a CR within a line; the CR is not kept yet.
    Cr,
    /// After a bare LF: not a line start for us, but for a lenient server it is.
    AfterLf,
    /// After a bare LF and a dot.
    AfterLfDot,
    /// After a bare LF, a dot and a CR.
    AfterLfDotCr,
}

impl DataReader {
    pub(super) fn new(max_size: usize, max_line: usize) -> Self {
        Self { raw: Vec::new(), max_size, max_line, line: 0, read: 0, problem: None, place: Place::Start }
    }

    /// Gives the content up and frees its memory; the first reason stays.
    pub(super) fn give_up(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
        self.raw = Vec::new();
    }

    pub(super) fn held(&self) -> usize {
        self.raw.capacity()
    }

    pub(super) fn read(&mut self, input: &mut &[u8]) -> DataEvent {
        loop {
            let patience = self.patience();
            if patience == 0 {
                return DataEvent::Abandon(self.problem.unwrap_or(Problem::TooBig));
            }
            if self.place == Place::Inside && self.run_of_ordinary_octets(input, patience) {
                continue;
            }
            let Some((&byte, rest)) = input.split_first() else { return DataEvent::More };
            *input = rest;
            self.read += 1;
            if let Some(event) = self.octet(byte) {
                return event;
            }
        }
    }

    /// How many more octets are read before we stop listening. What is too large is read on for a while, so that an
    /// honest sender hears why; dot-stuffing and line ends may add to what counts as the message.
    fn patience(&self) -> usize {
        self.max_size.saturating_mul(3).saturating_add(1000).saturating_sub(self.read)
    }

    /// Takes everything up to the next CR, LF or NUL at once. `false` when there was nothing to take.
    fn run_of_ordinary_octets(&mut self, input: &mut &[u8], most: usize) -> bool {
        let end = memchr::memchr3(b'\r', b'\n', 0, input).unwrap_or(input.len()).min(most);
        let (run, rest) = input.split_at(end);
        *input = rest;
        self.read += run.len();
        self.keep(run);
        !run.is_empty()
    }

    fn octet(&mut self, byte: u8) -> Option<DataEvent> {
        if byte == 0 {
            self.give_up(Problem::Nul);
        }
        self.place = match (self.place, byte) {
            (Place::Start, b'.') => Place::Dot,
            (Place::Dot, b'\r') => Place::DotCr,
            (Place::DotCr, b'\n') => return Some(self.end()),
            // A line that holds only a dot but ends differently: the sender believes the message is over.
            (Place::Dot | Place::AfterLfDot | Place::AfterLfDotCr, b'\n') => {
                self.give_up(Problem::BareLineFeed);
                return Some(DataEvent::Abandon(self.problem.unwrap_or(Problem::BareLineFeed)));
            }
            (Place::Cr, b'\n') => {
                self.keep(b"\r\n");
                self.line = 0;
                Place::Start
            }
            (Place::DotCr | Place::Cr | Place::AfterLfDotCr, _) => {
                self.give_up(Problem::BareCarriageReturn);
                match byte {
                    b'\r' => Place::Cr,
                    b'\n' => Place::AfterLf,
                    _ => Place::Inside,
                }
            }
            (Place::AfterLf, b'.') => Place::AfterLfDot,
            (Place::AfterLfDot, b'\r') => Place::AfterLfDotCr,
            (Place::Start | Place::Inside | Place::AfterLf, b'\n') => {
                self.give_up(Problem::BareLineFeed);
                Place::AfterLf
            }
            (Place::Start | Place::Inside | Place::AfterLf, b'\r') => Place::Cr,
            (Place::Start | Place::Dot | Place::Inside | Place::AfterLf | Place::AfterLfDot, _) => {
                self.keep(&[byte]);
                Place::Inside
            }
        };
        None
    }

    fn end(&mut self) -> DataEvent {
        match self.problem {
            Some(problem) => DataEvent::Refused(problem),
            None => DataEvent::End(std::mem::take(&mut self.raw)),
        }
    }

    fn keep(&mut self, run: &[u8]) {
        self.line = self.line.saturating_add(run.len());
        if self.line > self.max_line.saturating_add(2) {
            self.give_up(Problem::LineTooLong);
        }
        if self.problem.is_none() && self.raw.len() + run.len() > self.max_size {
            self.give_up(Problem::TooBig);
        }
        if self.problem.is_some() {
            return;
        }
        // Vec would double; growing by half keeps the peak lower for large messages.
        let missing = (self.raw.len() + run.len()).saturating_sub(self.raw.capacity());
        if missing > 0 {
            self.raw.reserve_exact(missing.max(self.raw.len() / 2).max(2048));
        }
        self.raw.extend_from_slice(run);
    }
}
