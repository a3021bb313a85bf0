//! Held files, the wraps of their keys, and viewing copies.

use custody_core::{
    Private,
    held_file::{FileDetails, HeldFile, Source, SourceMark, State, StateName},
    ports::AttachmentRef,
    transition::Wrap,
    viewing_copy::{Stays, ViewingCopy},
};
use sqlx::any::AnyRow;

use crate::{Inconsistency, sql::Row};

pub(crate) fn file(row: &AnyRow) -> Result<HeldFile, Inconsistency> {
    let row = Row::of(row, "held_files", "id");
    let state: State = row.json("facts")?;
    // Queries go by the word, decisions by the facts: they must say the same.
    if row.word::<StateName>("state")? != state.name() {
        return Err(row.wrong("state"));
    }
    Ok(HeldFile::restore(
        row.id("id")?,
        row.id("case_id")?,
        SourceMark::from_bytes(row.digest("mark")?),
        row.time("arrived_at")?,
        state,
        row.int("version")?,
    ))
}

pub(crate) fn file_details(row: &AnyRow) -> Result<FileDetails, Inconsistency> {
    let row = Row::of(row, "file_details", "file_id");
    let source = match row.text("source")?.as_str() {
        "attachment" => Source::Attachment(AttachmentRef {
            post: row.int("post")?,
            upload: row.private("upload")?,
            url: row.private("url")?,
        }),
        "drop_folder" => Source::DropFolder,
        _ => return Err(row.wrong("source")),
    };
    Ok(FileDetails { name: row.private("name")?, source, salt: row.maybe_bytes32("salt")?.map(Private::new) })
}

pub(crate) fn wrap(row: &AnyRow) -> Result<Wrap, Inconsistency> {
    let row = Row::of(row, "wraps", "file_id");
    Ok(Wrap {
        file: row.id("file_id")?,
        recipient: row.text("recipient")?,
        epoch: row.int("epoch")?,
        sealed: row.bytes("sealed")?,
    })
}

pub(crate) fn viewing_copy(row: &AnyRow) -> Result<ViewingCopy, Inconsistency> {
    let row = Row::of(row, "viewing_copies", "id");
    let ended = match (row.maybe_time("ended_at")?, row.maybe_word("ended_why")?) {
        (Some(at), Some(why)) => Some((at, why)),
        (None, None) => None,
        _ => return Err(row.wrong("ended_why")),
    };
    let stays = match (row.maybe_word("stays_why")?, row.maybe_word("stays_fault")?) {
        (Some(why), Some(fault)) => Some(Stays { why, fault }),
        (None, None) => None,
        _ => return Err(row.wrong("stays_fault")),
    };
    Ok(ViewingCopy {
        id: row.id("id")?,
        file: row.id("file_id")?,
        by: row.id("person_id")?,
        made_at: row.time("made_at")?,
        until: row.time("lease_until")?,
        beside: u64::try_from(row.int("beside")?).map_err(|_| row.wrong("beside"))?,
        stays,
        ended,
        version: row.int("version")?,
    })
}

pub(crate) fn viewing_reason(row: &AnyRow) -> Result<Private<String>, Inconsistency> {
    Row::of(row, "viewing_reasons", "copy_id").private("reason")
}
