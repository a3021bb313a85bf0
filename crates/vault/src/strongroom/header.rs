//! What the age crate lets pass and the age specification does not.

use std::io::{BufRead, Cursor, Read};

use super::age_stream::{OpenError, read_error};

/// A header of ours has 200 bytes; this leaves room for hundreds of recipients and bounds what is read of a hostile one.
const HEADER_LIMIT: u64 = 1 << 20;
const FULL_LINE: usize = 64;
const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// Refuses stanzas whose body has no short last line. The age crate takes them, for files of its own first versions.
pub(super) fn checked<'a>(mut input: Box<dyn BufRead + Send + 'a>) -> Result<Box<dyn BufRead + Send + 'a>, OpenError> {
    let mut header = Vec::new();
    let mut bounded = input.by_ref().take(HEADER_LIMIT);
    let mut body_ended = true;
    loop {
        let begin = header.len();
        bounded.read_until(b'\n', &mut header).map_err(|cause| read_error(cause, OpenError::Header))?;
        let line = match header[begin..].split_last() {
            Some((b'\n', line)) => line,
            // The end of the input, or of our patience.
            _ => return Err(OpenError::Header),
        };
        let ends = line.starts_with(b"---");
        if (ends || line.starts_with(b"-> ")) && !body_ended {
            return Err(OpenError::Header);
        }
        if ends {
            break;
        }
        body_ended = begin == 0 || (!line.starts_with(b"-> ") && line.len() < FULL_LINE);
    }
    Ok(Box::new(Cursor::new(header).chain(input)))
}

/// Skips white space before the armor, which is allowed, and refuses everything else.
pub(super) fn begin_of_armor<R: BufRead>(mut input: R) -> Result<impl BufRead, OpenError> {
    let trouble = |cause| read_error(cause, OpenError::Armor);
    loop {
        let seen = input.fill_buf().map_err(trouble)?;
        let blank = seen.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let all_blank = blank == seen.len();
        let at_end = seen.is_empty();
        input.consume(blank);
        if at_end || !all_blank {
            break;
        }
    }
    let mut begin = Vec::with_capacity(BEGIN.len());
    input.by_ref().take(BEGIN.len() as u64).read_to_end(&mut begin).map_err(trouble)?;
    if begin == BEGIN { Ok(Cursor::new(begin).chain(input)) } else { Err(OpenError::Armor) }
}
