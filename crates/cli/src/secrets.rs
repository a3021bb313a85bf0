//! Passphrases, keys and passwords: typed without echo, or read from a file that was named. Never from an argument, and
//! never from a variable of the environment, where other programs could read them.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read},
    path::Path,
};

use custody_core::Private;
use custody_desk::Passphrase;

use crate::failure::Failure;

/// The most bytes of a secret.
const LIMIT: u64 = 64 << 10;

type Result<T> = std::result::Result<T, Failure>;

/// The desk's passphrase, from the file if one was named, otherwise asked for.
pub fn passphrase(file: Option<&Path>) -> Result<Passphrase> {
    secret(file, "the passphrase", "Passphrase: ").map(Into::into)
}

/// The passphrase of one's own key, by which one proposes or approves.
pub fn own_passphrase(file: Option<&Path>) -> Result<Passphrase> {
    secret(file, "the passphrase of your own key", "Passphrase of your own key: ").map(Into::into)
}

/// A new passphrase; typed twice, as nobody sees a slip.
pub fn new_passphrase(file: Option<&Path>) -> Result<Passphrase> {
    let first = secret(file, "the new passphrase", "New passphrase: ")?;
    if file.is_none() && secret(None, "the new passphrase", "The same again: ")? != first {
        return Err(Failure::PassphrasesDiffer);
    }
    Ok(first.into())
}

/// A key or password.
pub fn token(file: Option<&Path>, name: &'static str, prompt: &str) -> Result<Private<String>> {
    secret(file, name, prompt).map(|text| Private::new(text.trim().to_owned()))
}

/// A text of several lines that was copied from a page: all of the file, or lines until it is whole.
pub fn pasted(file: Option<&Path>, name: &'static str, prompt: &str) -> Result<Private<String>> {
    let text = match file {
        Some(path) if path == Path::new("-") => read(io::stdin().lock())?,
        Some(path) => read(File::open(path).map_err(Failure::CannotRead)?)?,
        None => {
            let mut text = secret(None, name, prompt)?;
            // The text that a forum shows is this long without its line breaks; an address is one line.
            while !text.contains("://") && text.split_whitespace().map(str::len).sum::<usize>() < PASTED {
                text.push('\n');
                text.push_str(&secret(None, name, "")?);
            }
            text
        }
    };
    if text.trim().is_empty() { Err(Failure::NotASecret(name)) } else { Ok(Private::new(text)) }
}

/// A block of 2048 bits in base64.
const PASTED: usize = 344;

/// A recovery kit: all of the file, or words until there are 24.
pub fn kit(file: Option<&Path>) -> Result<Passphrase> {
    const WORDS: usize = 24;
    let text = match file {
        Some(path) if path == Path::new("-") => read(io::stdin().lock())?,
        Some(path) => read(File::open(path).map_err(Failure::CannotRead)?)?,
        None => {
            let mut text = secret(None, "the recovery kit", "Recovery kit, 24 words: ")?;
            let words = |text: &str| text.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()).count();
            while words(&text) < WORDS && !text.contains("AGE-SECRET-KEY") {
                text.push(' ');
                text.push_str(&secret(None, "the recovery kit", "more: ")?);
            }
            text
        }
    };
    Ok(text.into())
}

/// Whether there is somebody who can type.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn secret(file: Option<&Path>, name: &'static str, prompt: &str) -> Result<String> {
    let text = match file {
        Some(path) if path == Path::new("-") => read(io::stdin().lock())?,
        Some(path) => read(File::open(path).map_err(Failure::CannotRead)?)?,
        None if can_ask() => rpassword::prompt_password(prompt).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => Failure::Stopped,
            io::ErrorKind::UnexpectedEof => Failure::NobodyToAsk(name),
            _ => Failure::Terminal(error),
        })?,
        None => return Err(Failure::NobodyToAsk(name)),
    };
    let text = one_line(&text);
    if text.is_empty() || text.len() as u64 > LIMIT || text.contains(['\n', '\0']) {
        return Err(Failure::NotASecret(name));
    }
    Ok(text.to_owned())
}

/// Reads to the end, but no more than a secret may have.
fn read(source: impl Read) -> Result<String> {
    let mut text = String::new();
    source.take(LIMIT + 3).read_to_string(&mut text).map_err(Failure::CannotRead)?;
    Ok(text)
}

/// Editors end a file with a line break; it is no part of the secret.
fn one_line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(content: impl AsRef<[u8]>) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, content).unwrap();
        secret(Some(&path), "the passphrase", "")
    }

    #[test]
    fn the_line_break_at_the_end_is_no_part_of_a_secret() {
        for content in ["correct horse", "correct horse\n", "correct horse\r\n"] {
            assert_eq!(from_file(content).unwrap(), "correct horse");
        }
        assert_eq!(from_file(" spaces stay \n").unwrap(), " spaces stay ");
    }

    #[test]
    fn what_cannot_be_a_secret_is_refused() {
        let long = "a".repeat(LIMIT as usize + 1);
        for content in ["", "\n", "two\nlines", long.as_str()] {
            assert!(matches!(from_file(content), Err(Failure::NotASecret(_))));
        }
        assert!(matches!(from_file([0xff, 0xfe]), Err(Failure::CannotRead(_))));
    }

    #[test]
    fn a_missing_file_is_said_to_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none");
        assert!(matches!(secret(Some(&missing), "the passphrase", ""), Err(Failure::CannotRead(_))));
    }
}
