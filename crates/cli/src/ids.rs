//! Ids as people type them: the whole id, or its first digits if they fit one thing only.

use std::{fmt::Display, str::FromStr};

/// The fewest digits that are looked up; fewer fit too much by luck.
pub const FEWEST: usize = 6;
const WHOLE: usize = 32;

/// Why a text names nothing, or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not hexadecimal, or too long.
    #[error("not an id")]
    NotAnId,
    /// Fewer than [`FEWEST`] digits.
    #[error("too few digits")]
    TooShort,
    /// Nothing begins with it.
    #[error("nothing has this id")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// The command that lists such things.
        list: &'static str,
    },
    /// Several begin with it.
    #[error("{count} begin with these digits")]
    Ambiguous {
        /// How many.
        count: usize,
    },
}

impl IdError {
    /// The two lines.
    pub fn lines(self) -> (String, String) {
        match self {
            Self::NotAnId => (
                "This is not an id: an id has 32 hexadecimal digits. Nothing was changed.".to_owned(),
                format!("Copy it from a list; its first {FEWEST} digits or more are enough."),
            ),
            Self::TooShort => (
                format!("An id needs at least {FEWEST} of its digits. Nothing was changed."),
                "Give more of it; the lists show eight.".to_owned(),
            ),
            Self::Unknown { kind, list } => {
                (format!("No {kind} has this id. Nothing was changed."), format!("`{list}` lists what there is."))
            }
            Self::Ambiguous { count } => (
                format!("{count} ids begin with these digits. Nothing was changed."),
                "Give more of the id; with --json the lists show all of it.".to_owned(),
            ),
        }
    }
}

/// Finds what `text` names among `known`. A whole id is taken as it is: the desk knows whether there is such a thing.
pub fn find<Id>(
    text: &str,
    known: impl IntoIterator<Item = Id>,
    kind: &'static str,
    list: &'static str,
) -> Result<Id, IdError>
where
    Id: Copy + Display + FromStr,
{
    let text = checked(text)?;
    if text.len() == WHOLE {
        return text.parse().map_err(|_| IdError::NotAnId);
    }
    let fitting: Vec<Id> = known.into_iter().filter(|id| id.to_string().starts_with(&text)).collect();
    match fitting.as_slice() {
        [] => Err(IdError::Unknown { kind, list }),
        [one] => Ok(*one),
        several => Err(IdError::Ambiguous { count: several.len() }),
    }
}

/// The digits in lower case, if there are enough and no others.
pub fn checked(text: &str) -> Result<String, IdError> {
    let text = text.trim().to_ascii_lowercase();
    if text.len() > WHOLE || text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(IdError::NotAnId);
    }
    if text.len() < FEWEST {
        return Err(IdError::TooShort);
    }
    Ok(text)
}

/// The first eight digits, as lists show them.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use custody_core::id::FileId;

    use super::*;

    fn known() -> [FileId; 3] {
        let mut twin = [0xab; 16];
        twin[15] = 0;
        [FileId::from_bytes([0xab; 16]), FileId::from_bytes(twin), FileId::from_bytes([0x12; 16])]
    }

    fn found(text: &str) -> Result<FileId, IdError> {
        find(text, known(), "file", "custody files")
    }

    #[test]
    fn a_beginning_of_six_digits_names_one_thing() {
        assert_eq!(found("121212"), Ok(known()[2]));
        assert_eq!(found(" 12121212ABCDEF"), Err(IdError::Unknown { kind: "file", list: "custody files" }));
        assert_eq!(found(&"AB".repeat(16)), Ok(known()[0]));
    }

    #[test]
    fn a_beginning_that_fits_two_names_neither() {
        assert_eq!(found("ababab"), Err(IdError::Ambiguous { count: 2 }));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        assert_eq!(found("12121"), Err(IdError::TooShort));
        for text in ["", "../../etc/passwd", "zzzzzzzz", "٣٣٣٣٣٣", &"a".repeat(33)] {
            assert_eq!(found(text), Err(IdError::NotAnId), "{text:?} is no id");
        }
    }

    #[test]
    fn a_whole_id_is_the_desk_s_to_judge() {
        let other = FileId::from_bytes([0x77; 16]);
        assert_eq!(found(&other.to_string()), Ok(other));
    }
}
