//! What a member of staff does at the desk.

use std::time::Duration;

use custody_core::{
    Private, Timestamp,
    event::EventKind,
    flow::{FreshId as _, tickets, viewing},
    hold::{Hold, HoldScope},
    id::{CaseId, FileId, HoldId, ReceiptId, RequestId, ViewingCopyId},
    period::Period,
    ports::{ByteSource, Fault, Ledger as _, PortError},
    request::{Asker, Channel, Request, RequestStanding},
    ticket::TicketRef,
    viewing_copy::Ended,
};
use custody_vault::OsChance;
use tracing::info;

use super::Desk;
use crate::{DeskError, Passphrase, Result, show::viewing_copy_view, views::ViewingCopyView};

/// After a wrong passphrase the next one is not looked at for so long.
const AFTER_WRONG_PASSPHRASE: Duration = Duration::from_millis(500);

impl Desk {
    /// Whether files can be opened.
    pub fn is_unlocked(&self) -> bool {
        self.0.vault.is_unlocked()
    }

    /// Unlocks the desk. A wrong passphrase is recorded.
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<()> {
        // One at a time, so that guesses cannot be tried side by side.
        let _turn = self.0.turns.unlock.lock().await;
        match self.0.vault.unlock(passphrase).await {
            Ok(()) => {
                self.touch();
                self.note(EventKind::Unlocked).await
            }
            Err(error) if error.fault == Fault::WrongPassphrase => {
                self.note(EventKind::UnlockFailed).await?;
                tokio::time::sleep(AFTER_WRONG_PASSPHRASE).await;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Locks the desk: the identity is wiped first, then every viewing copy is erased.
    pub async fn lock(&self) -> Result<()> {
        let was_unlocked = self.is_unlocked();
        self.0.vault.lock();
        let ended = viewing::end_all(&self.wired().ports, Ended::Locked).await?;
        info!(copies = ended, "desk.lock");
        if was_unlocked { self.note(EventKind::Locked).await } else { Ok(()) }
    }

    /// Seals the desk identity with another passphrase. The change is recorded, and so is a wrong old one.
    pub async fn change_passphrase(&self, old: Passphrase, new: Passphrase) -> Result<()> {
        let _turn = self.0.turns.unlock.lock().await;
        match self.0.vault.change_passphrase(old, new).await {
            Ok(()) => self.note(EventKind::PassphraseChanged).await,
            Err(error) if error.fault == Fault::WrongPassphrase => {
                self.note(EventKind::UnlockFailed).await?;
                tokio::time::sleep(AFTER_WRONG_PASSPHRASE).await;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a held file as a stream, and records who did. Needs the desk unlocked.
    ///
    /// What comes before an error is not to be trusted: damage shows where it is reached.
    pub async fn open_file(&self, file: FileId) -> Result<Box<dyn ByteSource>> {
        let person = self.person().await?;
        Ok(viewing::open(&self.wired().ports, file, person).await?)
    }

    /// Opens a held file as [`Desk::open_file`] does, for a copy that leaves custody; that is recorded too.
    pub async fn export_file(&self, file: FileId) -> Result<Box<dyn ByteSource>> {
        let person = self.person().await?;
        Ok(viewing::export(&self.wired().ports, file, person).await?)
    }

    /// Makes a viewing copy and gives the path to show. Needs the desk unlocked.
    pub async fn make_viewing_copy(&self, file: FileId, lease: Period) -> Result<(ViewingCopyView, Private<String>)> {
        let person = self.person().await?;
        let wired = self.wired();
        let (id, path) = viewing::make_copy(&wired.ports, file, person, lease).await?;
        let copies = wired.ports.ledger.viewing_copies(file).await?;
        // Locked or over in between: then it is gone already.
        let copy = copies.iter().find(|copy| copy.id == id && copy.ended.is_none());
        let copy = copy.ok_or_else(|| PortError::try_again(Fault::Locked))?;
        Ok((viewing_copy_view(&wired.ports, copy).await?, path))
    }

    /// Ends a viewing copy now.
    pub async fn end_viewing_copy(&self, copy: ViewingCopyId) -> Result<()> {
        Ok(viewing::end(&self.wired().ports, copy, Ended::Done).await?)
    }

    /// Makes the drop folder of a case, if it is not there, and gives the path to show. What is saved into it is taken into
    /// the case.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for a case that is unknown or forgotten; faults of the disk.
    pub async fn make_drop_folder(&self, case: CaseId) -> Result<Private<String>> {
        let known = self.0.ledger.case(case).await?.is_some_and(|case| case.forgotten_at.is_none());
        if !known {
            return Err(not_found());
        }
        Ok(self.wired().ports.drop_folders.make(case).await?)
    }

    /// Places a hold. What it covers is not erased, whatever else speaks for it.
    pub async fn place_hold(&self, scope: HoldScope, reason: Private<String>, review_at: Timestamp) -> Result<HoldId> {
        let known = match scope {
            HoldScope::File(file) => self.0.ledger.file(file).await?.is_some_and(|file| file.is_in_strongroom()),
            HoldScope::Case(case) => self.0.ledger.case(case).await?.is_some(),
            HoldScope::Customer(customer) => self.0.ledger.customer(customer).await?.is_some(),
        };
        if !known {
            return Err(not_found());
        }
        let id = HoldId::fresh(&OsChance)?;
        let person = self.person().await?;
        self.commit(Hold::place(id, scope, person, reason, review_at, self.now())).await?;
        self.wake();
        Ok(id)
    }

    /// Lifts a hold. What waited behind it goes on by itself.
    pub async fn lift_hold(&self, id: HoldId) -> Result<()> {
        let holds = self.0.ledger.holds(true).await?;
        let hold = holds.into_iter().find(|hold| hold.id == id).ok_or_else(not_found)?;
        let person = self.person().await?;
        self.commit(hold.lift(person, self.now()).map_err(custody_core::flow::FlowError::from)?).await?;
        self.wake();
        Ok(())
    }

    /// Asks, as a member of staff, that a case's files be erased, or one of them.
    pub async fn ask_erasure(&self, case: CaseId, file: Option<FileId>, reason: Private<String>) -> Result<()> {
        let files = self.0.ledger.files_of_case(case).await?;
        let meant = files.iter().filter(|held| file.is_none_or(|only| only == held.id()));
        if !meant.into_iter().any(custody_core::held_file::HeldFile::is_in_strongroom) {
            return Err(not_found());
        }
        let id = RequestId::fresh(&OsChance)?;
        let now = self.now();
        let request = Request {
            id,
            case,
            file,
            by: Asker::Person(self.person().await?),
            channel: Channel::Desk,
            source: id.to_string(),
            received_at: now,
            standing: RequestStanding::Accepted,
            version: 0,
        };
        self.commit(request.ask(reason, now)).await?;
        self.wake();
        Ok(())
    }

    /// Says what an unclear request means: a request that counts, or none.
    pub async fn resolve_request(&self, id: RequestId, accept: bool) -> Result<()> {
        let unclear = self.0.ledger.unclear_requests().await?;
        let request = unclear.into_iter().find(|request| request.id == id).ok_or_else(not_found)?;
        let person = self.person().await?;
        self.commit(request.resolve(accept, person, self.now())).await?;
        self.wake();
        Ok(())
    }

    /// Links a case to the ticket that decides when its files are due. An offer of it is settled with that.
    pub async fn link_ticket(&self, case: CaseId, ticket: TicketRef) -> Result<()> {
        let wired = self.wired();
        let case = self.0.ledger.case(case).await?.ok_or_else(not_found)?;
        if !wired.trackers.contains(&ticket.tracker) {
            return Err(PortError::needs_person(Fault::NotConnected).into());
        }
        let person = self.person().await?;
        tickets::link(&wired.ports, case, ticket, person).await?;
        self.wake();
        Ok(())
    }

    /// Says that a ticket which the thread names is not the case's.
    pub async fn set_ticket_aside(&self, case: CaseId, ticket: &TicketRef) -> Result<()> {
        let case = self.0.ledger.case(case).await?.ok_or_else(not_found)?;
        let person = self.person().await?;
        Ok(tickets::set_aside(&self.wired().ports, &case, ticket, person).await?)
    }

    /// Puts a receipt into the outbox again: by mail where there is an address, otherwise in the thread.
    pub async fn resend_receipt(&self, id: ReceiptId) -> Result<()> {
        let receipt = self.0.ledger.receipt(id).await?.ok_or_else(not_found)?;
        let case = self.0.ledger.case(receipt.case).await?.ok_or_else(not_found)?;
        let customer = self.0.ledger.customer(case.customer).await?.ok_or_else(not_found)?;
        let by_mail = customer.email.is_some() && self.wired().ports.postbox.is_some();
        let channel = if by_mail { Channel::Mail } else { Channel::Thread };
        let person = self.person().await?;
        self.commit(receipt.resend(channel, person, self.now())).await?;
        self.wake();
        Ok(())
    }
}

pub(super) fn not_found() -> DeskError {
    PortError::not_possible(Fault::NotFound).into()
}
