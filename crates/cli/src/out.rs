//! Everything that goes to standard output, and remarks on standard error.

use std::{
    fmt::Display,
    io::{self, BufWriter, IsTerminal as _, Stdout, Write as _},
};

use serde::Serialize;

use crate::failure::Failure;

/// Standard output, buffered; [`Out::finish`] sends what is left.
#[derive(Debug)]
pub struct Out {
    json: bool,
    styled: bool,
    terminal: bool,
    stdout: BufWriter<Stdout>,
}

type Result<T> = std::result::Result<T, Failure>;

impl Out {
    /// For people, or as JSON.
    pub fn new(json: bool) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self { json, styled: terminal && !plain && !json, terminal, stdout: BufWriter::with_capacity(64 << 10, stdout) }
    }

    /// Whether programs read this.
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// Whether heads of tables may be set apart.
    pub const fn is_styled(&self) -> bool {
        self.styled
    }

    /// Whether a terminal shows this.
    pub const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Shows a value: as one JSON document, or as the text made of it.
    pub fn show<T: Serialize + ?Sized>(&mut self, value: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
        if self.json { self.document(value) } else { self.text(&text(value)) }
    }

    /// A JSON document, over several lines.
    pub fn document<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        serde_json::to_writer_pretty(&mut self.stdout, value).map_err(|error| Failure::Terminal(error.into()))?;
        self.bytes(b"\n")
    }

    /// A JSON document on one line, sent at once: somebody may be waiting for it.
    pub fn json_line<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        serde_json::to_writer(&mut self.stdout, value).map_err(|error| Failure::Terminal(error.into()))?;
        self.bytes(b"\n")?;
        self.finish()
    }

    /// Text, ended by a line break if it has none.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())?;
        if text.ends_with('\n') || text.is_empty() { Ok(()) } else { self.bytes(b"\n") }
    }

    /// One line.
    pub fn line(&mut self, line: impl Display) -> Result<()> {
        writeln!(self.stdout, "{line}").map_err(Failure::Terminal)
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.stdout.write_all(bytes).map_err(Failure::Terminal)
    }

    /// Sends what is buffered.
    pub fn finish(&mut self) -> Result<()> {
        self.stdout.flush().map_err(Failure::Terminal)
    }

    /// A remark for a person, on standard error; programs that read JSON are spared it.
    pub fn remark(&self, text: impl Display) {
        if !self.json {
            tell(format_args!("{text}\n"));
        }
    }
}

/// Writes to standard error. If that is closed too, there is nobody left to tell.
pub fn tell(text: impl Display) {
    let mut stderr = io::stderr().lock();
    drop(write!(stderr, "{text}"));
    drop(stderr.flush());
}

/// Whether the other end of a pipe was closed, as `head` does once it has enough.
pub fn is_reader_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
