//! The one way an age file is opened here: sealed files, wraps and the desk identity alike.

use std::io::{self, BufRead, BufReader, Read};

use age::{
    DecryptError, Decryptor, Identity,
    armor::{ArmoredReadError, ArmoredReader},
    stream::StreamReader,
};
use custody_core::ports::{Fault, PortError};
use zeroize::Zeroize;

use super::header;
use crate::disk::disk_trouble;

/// How an age file is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is: sealed files and wraps.
    Binary,
    /// As text between `BEGIN` and `END` lines: the desk identity.
    Armored,
}

/// Why an age file does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The text around an armored file is not what it should be.
    #[error("the armor is not valid")]
    Armor,
    /// The header is not valid, is of another version, or asks for too much work.
    #[error("the header is not valid")]
    Header,
    /// None of the identities opens it.
    #[error("none of the keys fits")]
    NoMatch,
    /// The header was changed.
    #[error("the header was changed")]
    Mac,
    /// The content was changed, cut off or prolonged.
    #[error("the content was changed or cut off")]
    Content,
    /// It could not be read.
    #[error("the file could not be read")]
    Disk(#[source] io::Error),
}

impl From<OpenError> for PortError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Disk(cause) => disk_trouble(cause),
            damage => Self::needs_person(Fault::Damaged).because(damage),
        }
    }
}

/// Reads the header of an age file and finds its key. Nothing of the content is read yet.
pub fn open_age<'a>(
    input: impl Read + Send + 'a,
    form: Form,
    identities: &[&dyn Identity],
) -> Result<Opened<'a>, OpenError> {
    let input: Box<dyn BufRead + Send + 'a> = match form {
        Form::Binary => Box::new(BufReader::new(input)),
        Form::Armored => Box::new(BufReader::new(ArmoredReader::new(header::begin_of_armor(BufReader::new(input))?))),
    };
    let input = header::checked(input)?;
    let decryptor = Decryptor::new_buffered(input).map_err(header_error)?;
    let stream = decryptor.decrypt(identities.iter().copied()).map_err(header_error)?;
    Ok(Opened { stream, ended: None })
}

/// The content of an age file whose header has been opened.
pub struct Opened<'a> {
    stream: StreamReader<Box<dyn BufRead + Send + 'a>>,
    /// What the next call says, once the content has ended one way or the other.
    ended: Option<Result<(), OpenError>>,
}

impl std::fmt::Debug for Opened<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").finish_non_exhaustive()
    }
}

impl Opened<'_> {
    /// The next piece, at most `size` bytes, every one of them authenticated; `None` at the authenticated end.
    ///
    /// What was read before an error is given first and the error with the next call. After an error there is nothing.
    pub fn piece(&mut self, size: usize) -> Result<Option<Vec<u8>>, OpenError> {
        let mut piece = vec![0; if self.ended.is_none() { size } else { 0 }];
        let mut filled = 0;
        while self.ended.is_none() && filled < size {
            match self.stream.read(&mut piece[filled..]) {
                Ok(0) => self.ended = Some(Ok(())),
                Ok(count) => filled += count,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => (),
                Err(cause) => self.ended = Some(Err(content_error(cause))),
            }
        }
        if filled > 0 {
            piece.truncate(filled);
            return Ok(Some(piece));
        }
        match self.ended.replace(Ok(())) {
            Some(Err(error)) => Err(error),
            _ => Ok(None),
        }
    }

    /// The whole content of a small file. More than `limit` bytes are none of ours.
    pub(crate) fn all(mut self, limit: usize) -> Result<Vec<u8>, OpenError> {
        let mut content = self.piece(limit)?.unwrap_or_default();
        match self.piece(1) {
            Ok(None) => Ok(content),
            other => {
                content.zeroize();
                other.and(Err(OpenError::Content))
            }
        }
    }
}

pub(super) fn header_error(error: DecryptError) -> OpenError {
    match error {
        // A passphrase that does not fit fails at the file key.
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            OpenError::NoMatch
        }
        DecryptError::InvalidMac => OpenError::Mac,
        DecryptError::Io(cause) => read_error(cause, OpenError::Header),
        _ => OpenError::Header,
    }
}

pub(super) fn content_error(cause: io::Error) -> OpenError {
    read_error(cause, OpenError::Content)
}

/// Tells damage from a disk that does not answer: the age crate reports both as an I/O error.
pub(super) fn read_error(cause: io::Error, damage: OpenError) -> OpenError {
    if cause.get_ref().is_some_and(|inner| inner.is::<ArmoredReadError>()) {
        return OpenError::Armor;
    }
    match cause.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => damage,
        _ => OpenError::Disk(cause),
    }
}
