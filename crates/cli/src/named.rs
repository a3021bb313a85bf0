//! What people name on the command line, looked up at the desk.

use custody_core::id::{CaseId, FileId, HoldId, ProposalId, ReceiptId, RequestId, ViewingCopyId};
use custody_desk::Desk;

use crate::{
    failure::Failure,
    ids::{self, IdError},
};

type Result<T> = std::result::Result<T, Failure>;

/// A case, or one file of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOrFile {
    /// The whole case.
    Case(CaseId),
    /// One file.
    File(FileId),
}

/// A case.
pub async fn case(desk: &Desk, text: &str) -> Result<CaseId> {
    let known = desk.cases().await?;
    Ok(ids::find(text, parsed(known.iter().map(|row| &row.id)), "case", "custody cases")?)
}

/// A file that is in custody.
pub async fn file(desk: &Desk, text: &str) -> Result<FileId> {
    let known = desk.files().await?;
    Ok(ids::find(text, parsed(known.iter().map(|file| &file.id)), "file in custody", "custody files")?)
}

/// A case or a file, whichever it is that has the id.
pub async fn case_or_file(desk: &Desk, text: &str) -> Result<CaseOrFile> {
    let digits = ids::checked(text)?;
    let (cases, files) = (desk.cases().await?, desk.files().await?);
    let cases = parsed::<CaseId>(cases.iter().map(|row| &row.id).filter(|id| id.starts_with(&digits)));
    let files = parsed::<FileId>(files.iter().map(|file| &file.id).filter(|id| id.starts_with(&digits)));
    let fitting: Vec<_> = cases.map(CaseOrFile::Case).chain(files.map(CaseOrFile::File)).collect();
    match fitting.as_slice() {
        [] => Err(IdError::Unknown { kind: "case and no file in custody", list: "custody cases" }.into()),
        [one] => Ok(*one),
        several => Err(IdError::Ambiguous { count: several.len() }.into()),
    }
}

/// A hold that is placed.
pub async fn hold(desk: &Desk, text: &str) -> Result<HoldId> {
    let known = desk.holds().await?;
    Ok(ids::find(text, parsed(known.iter().map(|hold| &hold.id)), "hold", "custody holds")?)
}

/// A request that waits for a person.
pub async fn request(desk: &Desk, text: &str) -> Result<RequestId> {
    let known = desk.attention().await?;
    let known = known.iter().filter_map(|waits| waits.request.as_ref());
    Ok(ids::find(text, parsed(known), "request that waits for a person", "custody status")?)
}

/// A proposal that is not settled.
pub async fn proposal(desk: &Desk, text: &str) -> Result<ProposalId> {
    let known = desk.proposals().await?;
    Ok(ids::find(text, parsed(known.iter().map(|proposal| &proposal.id)), "proposal", "custody approvals")?)
}

/// A receipt, by its id or by the number in its letter.
pub async fn receipt(desk: &Desk, text: &str) -> Result<ReceiptId> {
    let known = desk.receipts().await?;
    let number = text.trim();
    if let Some(row) = known.iter().find(|row| row.token.eq_ignore_ascii_case(number)) {
        return row.id.parse().map_err(|_| IdError::NotAnId.into());
    }
    Ok(ids::find(number, parsed(known.iter().map(|row| &row.id)), "receipt", "custody receipts")?)
}

/// A viewing copy that exists.
pub async fn viewing_copy(desk: &Desk, text: &str) -> Result<ViewingCopyId> {
    let known = viewing_copies(desk).await?;
    Ok(ids::find(text, known, "viewing copy", "custody files")?)
}

/// Every viewing copy that exists.
pub async fn viewing_copies(desk: &Desk) -> Result<Vec<ViewingCopyId>> {
    let files = desk.files().await?;
    Ok(parsed(files.iter().flat_map(|file| &file.viewing_copies).map(|copy| &copy.id)).collect())
}

fn parsed<'a, Id: std::str::FromStr>(ids: impl Iterator<Item = &'a String>) -> impl Iterator<Item = Id> {
    ids.filter_map(|id| id.parse().ok())
}
