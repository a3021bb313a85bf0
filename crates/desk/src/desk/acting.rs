//! What a member of staff does at the desk.

use std::time::Duration;

use custody_core::{
    Private, Timestamp,
    event::EventKind,
    flow::{FlowError, FreshId as _, four_eyes, tickets, viewing},
    hold::{Hold, HoldScope},
    id::{CaseId, FileId, HoldId, PersonId, ReceiptId, RequestId},
    ports::{ByteSource, Fault, Ledger as _, PortError},
    request::Channel,
    ticket::TicketRef,
    viewing_copy::Ended,
};
use custody_vault::OsChance;
use tracing::info;

use super::Desk;
use crate::{DeskError, Passphrase, Result};

/// After a wrong passphrase the next one is not looked at for so long.
pub(super) const AFTER_WRONG_PASSPHRASE: Duration = Duration::from_millis(500);

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
                self.note(EventKind::Unlocked).await?;
                // A crash between making a recovery kit and sealing for it left that to be done.
                if self.0.vault.recovery_recipient().is_some() {
                    self.seal_for_all_recipients().await?;
                }
                Ok(())
            }
            Err(error) if error.fault == Fault::WrongPassphrase => {
                self.note(EventKind::UnlockFailed).await?;
                tokio::time::sleep(AFTER_WRONG_PASSPHRASE).await;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Locks the desk: the identity is wiped first, with it every viewer ends, then every viewing copy is erased.
    ///
    /// # Errors
    /// [`Fault::CopyInUse`] and faults of the disk if one could not be erased; then the desk is locked nevertheless, and the
    /// copy is tried again.
    pub async fn lock(&self) -> Result<()> {
        let was_unlocked = self.is_unlocked();
        self.0.vault.lock();
        self.0.viewers.end_those_over();
        self.0.shown_kit.clear();
        let ended = viewing::end_all(&self.wired().ports, Ended::Locked).await;
        // Locked it is, whatever keeps a viewing copy.
        if was_unlocked {
            self.note(EventKind::Locked).await?;
        }
        let ended = ended?;
        info!(copies = ended.done, stay = ended.again, "desk.lock");
        ended.fault.map_or(Ok(()), |fault| Err(PortError::try_again(fault).into()))
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

    /// Lifts a hold, with the reason for that. What waited behind it goes on by itself.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so: then it is proposed.
    pub async fn lift_hold(&self, id: HoldId, reason: Private<String>) -> Result<()> {
        self.alone(|needs| needs.lift_hold)?;
        let (hold, person) = (self.hold(id).await?, self.person().await?);
        self.commit(hold.lift(person, reason, self.now()).map_err(FlowError::from)?).await?;
        self.wake();
        Ok(())
    }

    /// Says when a hold is to be looked at again.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for an unknown hold, [`Fault::Conflict`] for one that is lifted already.
    pub async fn review_hold(&self, id: HoldId, review_at: Timestamp) -> Result<()> {
        let (hold, person) = (self.hold(id).await?, self.person().await?);
        self.commit(hold.review(review_at, person, self.now()).map_err(FlowError::from)?).await
    }

    /// Makes another member of staff answer for a hold, by the name under which they act.
    ///
    /// # Errors
    /// As [`Desk::review_hold`].
    pub async fn hand_hold_on(&self, id: HoldId, to: &Private<String>) -> Result<()> {
        let (hold, person) = (self.hold(id).await?, self.person().await?);
        let owner = self.0.ledger.person(to, PersonId::fresh(&OsChance)?).await?;
        self.commit(hold.hand_on(owner, person, self.now()).map_err(FlowError::from)?).await
    }

    async fn hold(&self, id: HoldId) -> Result<Hold> {
        let holds = self.0.ledger.holds(true).await?;
        holds.into_iter().find(|hold| hold.id == id).ok_or_else(not_found)
    }

    /// Asks, as a member of staff, that a case's files be erased, or one of them.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`] where the settings say so: then it is proposed.
    pub async fn ask_erasure(&self, case: CaseId, file: Option<FileId>, reason: Private<String>) -> Result<()> {
        self.alone(|needs| needs.early_erasure)?;
        let files = self.0.ledger.files_of_case(case).await?;
        let meant = files.iter().filter(|held| file.is_none_or(|only| only == held.id()));
        if !meant.into_iter().any(custody_core::held_file::HeldFile::is_in_strongroom) {
            return Err(not_found());
        }
        let (id, now) = (RequestId::fresh(&OsChance)?, self.now());
        let request = four_eyes::ask(id, (case, file), self.person().await?, now);
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

    /// Tells a customer in the thread that a hold keeps the files, after the letter that said so came back.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if no letter about this request came back.
    pub async fn tell_in_thread(&self, id: RequestId) -> Result<()> {
        let bounced = self.0.ledger.bounced_replies().await?;
        let reply = bounced.into_iter().find(|reply| reply.request == id).ok_or_else(not_found)?;
        let person = self.person().await?;
        self.commit(reply.tell_in_thread(person, self.now())).await?;
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
