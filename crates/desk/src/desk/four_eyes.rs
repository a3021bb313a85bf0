//! Four eyes at a desk: who has a key of their own, what is proposed, and the second person's answer.

use custody_core::{
    Private,
    event::EventKind,
    flow::{FlowError, FreshId as _, four_eyes, viewing},
    four_eyes::{Act, ApprovalError, Approver, ExportOf, Proposal, Say},
    id::{FileId, PersonId, ProposalId},
    ports::{ByteSource, Fault, Ledger as _, PortError},
    transition::Transition,
};
use custody_vault::OsChance;

use super::{Desk, acting::AFTER_WRONG_PASSPHRASE};
use crate::{
    DeskError, Passphrase, Result,
    settings::FourEyes,
    show,
    views::{ApproverView, ProposalView},
};

impl Desk {
    /// Makes a key for a member of staff, which only their own passphrase opens. They type it here themselves.
    ///
    /// # Errors
    /// [`Fault::ApproversFixed`] while something needs a second person: one person could make two keys then.
    pub async fn add_approver(&self, name: &Private<String>, passphrase: Passphrase) -> Result<()> {
        let (person, by) = (self.person_of(name).await?, self.person().await?);
        self.may_change_approvers()?;
        let known = self.0.ledger.approvers().await?;
        if known.iter().any(|approver| approver.person == person && approver.removed.is_none()) {
            return Err(FlowError::from(ApprovalError::ApproverAlready).into());
        }
        let public_key = self.0.vault.make_approver(person, passphrase).await?;
        self.commit(Approver::add(person, public_key, self.0.vault.desk(), by, self.now())).await
    }

    /// Takes the key of a member of staff out of use, and destroys it if it is kept here.
    ///
    /// # Errors
    /// [`Fault::ApproversFixed`] while something needs a second person, [`Fault::NotAnApprover`] if they have none.
    pub async fn remove_approver(&self, name: &Private<String>) -> Result<()> {
        let (person, by) = (self.person_of(name).await?, self.person().await?);
        self.may_change_approvers()?;
        let approver = four_eyes::approver(&self.wired().ports, person).await?;
        let here = approver.desk == self.0.vault.desk();
        self.commit(approver.remove(by, self.now()).map_err(FlowError::from)?).await?;
        if here {
            self.0.vault.destroy_approver(person).await?;
        }
        Ok(())
    }

    /// Who has a key in use.
    pub async fn approvers(&self) -> Result<Vec<ApproverView>> {
        let mut views = Vec::new();
        for approver in self.0.ledger.approvers().await?.iter().filter(|approver| approver.removed.is_none()) {
            let here = approver.desk == self.0.vault.desk();
            views.push(show::approver_view(&self.wired().ports, approver, here).await?);
        }
        Ok(views)
    }

    /// Proposes an act to a second person, with the passphrase of one's own key. Until it is approved, nothing happens.
    ///
    /// # Errors
    /// [`Fault::NotAnApprover`] without a key at this desk, [`Fault::WrongPassphrase`], [`Fault::NotFound`] if there is
    /// nothing of that kind to be done.
    pub async fn propose(&self, act: Act, reason: Private<String>, passphrase: Passphrase) -> Result<ProposalId> {
        let wired = self.wired();
        let by = self.person().await?;
        let about = four_eyes::about(&wired.ports, &act).await?;
        let approver = four_eyes::approver(&wired.ports, by).await?;
        let (id, now) = (ProposalId::fresh(&OsChance)?, self.now());
        let expires_at = wired.settings.four_eyes.proposal_time.after(now);
        let draft = Proposal::draft(id, act, about, by, now, expires_at);
        let signature = self.sign(&draft, Say::Propose, by, passphrase).await?;
        self.commit(draft.propose(&approver, &signature, reason).map_err(FlowError::from)?).await?;
        Ok(id)
    }

    /// What waits for a second person, and approved exports that were not made yet; oldest first.
    pub async fn proposals(&self) -> Result<Vec<ProposalView>> {
        let wired = self.wired();
        let mut views = Vec::new();
        for proposal in self.0.ledger.proposals(false).await? {
            views.push(show::proposal_view(&wired.ports, &proposal).await?);
        }
        Ok(views)
    }

    /// The second person approves, with the passphrase of their own key. Lifting and erasing are done with that.
    ///
    /// # Errors
    /// [`Fault::SamePerson`] for whoever proposed it, [`Fault::NotAnApprover`], [`Fault::WrongPassphrase`],
    /// [`Fault::ProposalOver`], [`Fault::Conflict`] if it was answered before.
    pub async fn approve(&self, id: ProposalId, name: &Private<String>, passphrase: Passphrase) -> Result<()> {
        let wired = self.wired();
        let person = self.person_of(name).await?;
        let proposal = four_eyes::unsettled(&wired.ports, id).await?;
        if proposal.by == person {
            // Told before a passphrase is tried for nothing.
            return Err(FlowError::from(ApprovalError::SamePerson(id)).into());
        }
        let approver = four_eyes::approver(&wired.ports, person).await?;
        let signature = self.sign(&proposal, Say::Approve, person, passphrase).await?;
        four_eyes::approve(&wired.ports, proposal, &approver, &signature).await?;
        self.wake();
        Ok(())
    }

    /// Somebody says no to a proposal, or whoever made it takes it back.
    pub async fn decline(&self, id: ProposalId, reason: Private<String>) -> Result<()> {
        let proposal = four_eyes::unsettled(&self.wired().ports, id).await?;
        let person = self.person().await?;
        self.commit(proposal.decline(person, reason, self.now()).map_err(FlowError::from)?).await
    }

    /// Opens a held file whose plaintext leaves the desk, and records who did. Needs the desk unlocked, and a second person
    /// where the settings say so.
    pub async fn export_file(&self, file: FileId) -> Result<Box<dyn ByteSource>> {
        // First, so that an approval is not used up by a desk that is locked.
        if !self.is_unlocked() {
            return Err(PortError::needs_person(Fault::Locked).into());
        }
        let used = self.permission(ExportOf::File { file }).await?;
        let person = self.person().await?;
        Ok(viewing::export(&self.wired().ports, file, person, used).await?)
    }

    /// The transition that uses an approval of this export up; `None` where none is needed.
    pub(super) async fn permission(&self, what: ExportOf) -> Result<Option<Transition>> {
        let wired = self.wired();
        if !wired.settings.four_eyes.export {
            return Ok(None);
        }
        Ok(Some(four_eyes::permission(&wired.ports, what, self.person().await?).await?))
    }

    /// Refuses what needs a second person.
    pub(super) fn alone(&self, needs_two: impl FnOnce(&FourEyes) -> bool) -> Result<()> {
        match needs_two(&self.wired().settings.four_eyes) {
            true => Err(FlowError::from(ApprovalError::NeedsSecondPerson).into()),
            false => Ok(()),
        }
    }

    /// Records what needs a second person here, if that is not what was recorded last.
    pub(super) async fn note_four_eyes(&self) -> Result<()> {
        let FourEyes { lift_hold, early_erasure, export, .. } = self.wired().settings.four_eyes;
        let desk = self.0.vault.desk();
        let (mark, text) = (format!("four eyes {desk}"), format!("{lift_hold} {early_erasure} {export}"));
        let noted = self.0.ledger.mark(&mark).await?;
        if noted.as_deref().unwrap_or("false false false") != text {
            self.note(EventKind::FourEyesChanged { desk, lift_hold, early_erasure, export }).await?;
            self.0.ledger.put_mark(&mark, &text).await?;
        }
        Ok(())
    }

    fn may_change_approvers(&self) -> Result<()> {
        match self.wired().settings.four_eyes.is_on() {
            true => Err(FlowError::from(ApprovalError::ApproversFixed).into()),
            false => Ok(()),
        }
    }

    async fn person_of(&self, name: &Private<String>) -> Result<PersonId> {
        Ok(self.0.ledger.person(name, PersonId::fresh(&OsChance)?).await?)
    }

    async fn sign(&self, proposal: &Proposal, say: Say, person: PersonId, passphrase: Passphrase) -> Result<[u8; 64]> {
        // One at a time, so that guesses cannot be tried side by side.
        let _turn = self.0.turns.unlock.lock().await;
        let text =
            proposal.text(say, person).map_err(|cause| PortError::needs_person(Fault::LedgerDamaged).because(cause))?;
        match self.0.vault.sign_as_approver(person, passphrase, text).await {
            Err(error) if error.fault == Fault::WrongPassphrase => {
                self.note(EventKind::ApproverFailed { person }).await?;
                tokio::time::sleep(AFTER_WRONG_PASSPHRASE).await;
                Err(error.into())
            }
            other => Ok(other.map_err(DeskError::from)?),
        }
    }
}
