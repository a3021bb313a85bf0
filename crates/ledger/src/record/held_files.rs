//! Held files, the wraps of their keys, and viewing copies.

use std::collections::BTreeSet;

use custody_core::{
    Private,
    held_file::{FileDetails, HeldFile, Source},
    id::FileId,
    ports::AttachmentRef,
    transition::Wrap,
    viewing_copy::ViewingCopy,
};
use sqlx::AnyConnection;

use crate::{
    LedgerError,
    sql::{self, Result, Row, json, maybe_word, values},
};

/// A file seen for the first time.
pub(super) async fn new_file(on: &mut AnyConnection, file: &HeldFile, details: &FileDetails, entry: i64) -> Result<()> {
    if file.version() != 0 {
        return Err(LedgerError::Conflict { table: "held_files" });
    }
    // The case may have been forgotten since it was read; it is opened again first, with the customer it then has.
    let forgotten = "SELECT id FROM cases WHERE id = $1 AND forgotten_at IS NOT NULL";
    if sql::one(on, forgotten, values![file.case()], |_| Ok(())).await?.is_some() {
        return Err(LedgerError::Conflict { table: "cases" });
    }
    // A row with the same mark is the same attachment, seen by another desk or in another run.
    let insert = "INSERT INTO held_files (id, case_id, mark, arrived_at, state, facts, entry, version) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let values = values![
        file.id(),
        file.case(),
        hex::encode(file.mark().as_bytes()),
        file.arrived_at(),
        file.state().name().as_str(),
        json(file.state())?,
        entry,
        file.version(),
    ];
    sql::run_one(on, "held_files", insert, values).await?;
    let insert = "INSERT INTO file_details (file_id, name, source, post, upload, url, salt) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let salt = details.salt.as_ref().map(|salt| salt.reveal().as_slice());
    let empty = AttachmentRef { post: 0, upload: String::new().into(), url: String::new().into() };
    let (source, attachment) = match &details.source {
        Source::Attachment(attachment) => ("attachment", attachment),
        Source::DropFolder => ("drop_folder", &empty),
    };
    let AttachmentRef { post, upload, url } = attachment;
    let values = values![file.id(), &details.name, source, *post, upload, url, salt];
    sql::run(on, insert, values).await?;
    Ok(())
}

/// A file in its next state.
pub(super) async fn file(on: &mut AnyConnection, file: &HeldFile) -> Result<()> {
    let update = "UPDATE held_files SET state = $2, facts = $3, version = $4 WHERE id = $1 AND version = $4 - 1";
    let values = values![file.id(), file.state().name().as_str(), json(file.state())?, file.version()];
    sql::run_one(on, "held_files", update, values).await
}

/// A sealed file with its wraps and its salt.
///
/// The wraps must be of the current epoch: one that was sealed under a key that is about to be destroyed, or is destroyed
/// already, would make the file unreadable. The file then has to be sealed again.
pub(super) async fn sealed_file(
    on: &mut AnyConnection,
    row: &HeldFile,
    wraps: Vec<Wrap>,
    salt: &Private<[u8; 32]>,
) -> Result<()> {
    file(on, row).await?;
    let epoch = epoch(on).await?;
    if wraps.iter().any(|wrap| wrap.epoch != epoch || wrap.file != row.id()) {
        return Err(LedgerError::Conflict { table: "wraps" });
    }
    insert_wraps(on, wraps).await?;
    let keep = "UPDATE file_details SET salt = $2 WHERE file_id = $1";
    sql::run_one(on, "file_details", keep, values![row.id(), salt.reveal().as_slice()]).await
}

/// Every wrap of a file goes, and the key above them is to be replaced.
pub(super) async fn drop_wraps(on: &mut AnyConnection, file: FileId) -> Result<()> {
    sql::run(on, "DELETE FROM wraps WHERE file_id = $1", values![file]).await?;
    sql::run_one(on, "epochs", "UPDATE epochs SET rotation_owed = 1 WHERE one = 1", Vec::new()).await
}

/// The same wraps under a later epoch.
///
/// One that is missing would be lost with the old key; one too many would bring back what was erased meanwhile.
pub(super) async fn rewrap(on: &mut AnyConnection, epoch: i64, wraps: Vec<Wrap>) -> Result<()> {
    let conflict = || LedgerError::Conflict { table: "wraps" };
    begin_epoch(on, epoch).await?;
    let stored = stored_wraps(on).await?;
    let stored: BTreeSet<_> = stored.iter().map(|(file, recipient)| (*file, recipient.as_str())).collect();
    let given: BTreeSet<_> = wraps.iter().map(|wrap| (wrap.file, wrap.recipient.as_str())).collect();
    if stored != given || given.len() != wraps.len() || wraps.iter().any(|wrap| wrap.epoch != epoch) {
        return Err(conflict());
    }
    sql::run(on, "DELETE FROM wraps", Vec::new()).await?;
    insert_wraps(on, wraps).await
}

/// Wraps for other recipients under a later epoch. A file whose wraps would all be gone could never be opened again.
pub(super) async fn recipients(on: &mut AnyConnection, epoch: i64, wraps: Vec<Wrap>) -> Result<()> {
    begin_epoch(on, epoch).await?;
    let stored: BTreeSet<_> = stored_wraps(on).await?.into_iter().map(|(file, _)| file).collect();
    let given: BTreeSet<_> = wraps.iter().map(|wrap| wrap.file).collect();
    let each: BTreeSet<_> = wraps.iter().map(|wrap| (wrap.file, wrap.recipient.as_str())).collect();
    if stored != given || each.len() != wraps.len() || wraps.iter().any(|wrap| wrap.epoch != epoch) {
        return Err(LedgerError::Conflict { table: "wraps" });
    }
    sql::run(on, "DELETE FROM wraps", Vec::new()).await?;
    insert_wraps(on, wraps).await
}

async fn begin_epoch(on: &mut AnyConnection, epoch: i64) -> Result<()> {
    let later = "UPDATE epochs SET epoch = $1, rotation_owed = 0 WHERE one = 1 AND epoch < $1";
    sql::run_one(on, "epochs", later, values![epoch]).await
}

async fn stored_wraps(on: &mut AnyConnection) -> Result<Vec<(FileId, String)>> {
    sql::all(on, "SELECT file_id, recipient FROM wraps", Vec::new(), |row| {
        let row = Row::of(row, "wraps", "file_id");
        Ok((row.id::<FileId>("file_id")?, row.text("recipient")?))
    })
    .await
}

async fn epoch(on: &mut AnyConnection) -> Result<i64> {
    let read = |row: &_| Row::of(row, "epochs", "one").int("epoch");
    sql::single(on, "SELECT epoch FROM epochs WHERE one = 1", read, "epochs").await
}

async fn insert_wraps(on: &mut AnyConnection, wraps: Vec<Wrap>) -> Result<()> {
    let rows =
        wraps.into_iter().map(|wrap| values![wrap.file, wrap.recipient, wrap.epoch, wrap.sealed.as_slice()]).collect();
    sql::insert_many(on, "INSERT INTO wraps (file_id, recipient, epoch, sealed)", 4, rows).await
}

/// A viewing copy made, changed or ended. The words of its person are written once.
pub(super) async fn viewing_copy(
    on: &mut AnyConnection,
    copy: &ViewingCopy,
    reason: Option<&Private<String>>,
    entry: i64,
) -> Result<()> {
    let (ended_at, ended_why) = copy.ended.unzip();
    let ended_why = maybe_word(ended_why.as_ref())?;
    let (stays_why, stays_fault) = copy.stays.map(|stays| (stays.why, stays.fault)).unzip();
    let (stays_why, stays_fault) = (maybe_word(stays_why.as_ref())?, maybe_word(stays_fault.as_ref())?);
    let beside = i64::try_from(copy.beside).unwrap_or(i64::MAX);
    if copy.version == 0 {
        let insert = "INSERT INTO viewing_copies (id, file_id, person_id, made_at, lease_until, beside, stays_why, \
                      stays_fault, ended_at, ended_why, version, entry) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
        let values = values![
            copy.id,
            copy.file,
            copy.by,
            copy.made_at,
            copy.until,
            beside,
            stays_why,
            stays_fault,
            ended_at,
            ended_why,
            copy.version,
            entry,
        ];
        sql::run_one(on, "viewing_copies", insert, values).await?;
    } else {
        let update = "UPDATE viewing_copies SET lease_until = $2, beside = $3, stays_why = $4, stays_fault = $5, \
                      ended_at = $6, ended_why = $7, version = $8 WHERE id = $1 AND version = $8 - 1";
        let values = values![copy.id, copy.until, beside, stays_why, stays_fault, ended_at, ended_why, copy.version];
        sql::run_one(on, "viewing_copies", update, values).await?;
    }
    if let Some(reason) = reason {
        let insert = "INSERT INTO viewing_reasons (copy_id, reason) VALUES ($1, $2) ON CONFLICT (copy_id) DO NOTHING";
        sql::run(on, insert, values![copy.id, reason]).await?;
    }
    Ok(())
}
