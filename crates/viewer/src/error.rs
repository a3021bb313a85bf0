//! Why something is not shown.

use std::io;

use custody_core::ports::PortError;

/// What looking at a file came to.
pub type ViewResult<T> = Result<T, ViewError>;

/// Why something is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The file itself could not be read.
    #[error(transparent)]
    Port(#[from] PortError),
    /// What was read is not shown, on purpose.
    #[error("it is not shown: {0:?}")]
    Refused(Refusal),
}

/// Why something that could be read is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It is not what it begins as, or is damaged.
    Broken,
    /// It is encrypted with a key of somebody else.
    Encrypted,
    /// It is packed by a method that is not unpacked here.
    Method,
    /// It has nothing in it: a folder, a link, a device.
    NotAFile,
    /// So little becomes so much that it was made to fill a memory.
    Bomb,
    /// There is no memory left beside what is open already.
    NoRoom,
    /// It lies deeper in archives within archives than is followed.
    TooDeep,
    /// There is no such entry.
    NotThere,
}

impl From<Refusal> for ViewError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl ViewError {
    /// What a reader met: the file's own trouble if that was it, or else what is in the file.
    pub(crate) fn met(error: io::Error) -> Self {
        match error.downcast::<PortError>() {
            Ok(port) => Self::Port(port),
            Err(_) => Self::Refused(Refusal::Broken),
        }
    }
}
