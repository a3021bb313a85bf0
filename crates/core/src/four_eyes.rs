//! Four eyes: what one named person proposes and another approves, each with a key of their own.
//!
//! A typed name is nobody's proof. Each of both signs with a key that only their own passphrase opens, and a proposal does not
//! change its state without a signature that fits.

use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Private,
    event::{Actor, Event, EventKind},
    hold::HoldScope,
    id::{CaseId, DeskId, FileId, HoldId, PersonId, ProposalId},
    ports::Fault,
    transition::{Transition, Write},
};

/// What needs a second person, where the settings say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum Act {
    /// Lifting a hold.
    LiftHold {
        /// The hold.
        hold: HoldId,
    },
    /// An erasure that staff want before the rule's end.
    EraseEarly {
        /// The case.
        case: CaseId,
        /// One file of it, or all.
        file: Option<FileId>,
    },
    /// Something leaves the desk: once, and through the hands of whoever proposed it.
    Export {
        /// What.
        what: ExportOf,
    },
}

/// What leaves the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum ExportOf {
    /// A retention report.
    Report,
    /// The rows of the ledger.
    Ledger,
    /// The plaintext of a held file.
    File {
        /// The file.
        file: FileId,
    },
}

/// A member of staff with a key of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// Who.
    pub person: PersonId,
    /// The Ed25519 public key.
    pub public_key: [u8; 32],
    /// The desk that keeps the secret half, sealed with their passphrase.
    pub desk: DeskId,
    /// When the key was made.
    pub added_at: Timestamp,
    /// Who was at the desk then.
    pub added_by: PersonId,
    /// When and by whom it was taken out of use.
    pub removed: Option<(Timestamp, PersonId)>,
    /// Counts writes.
    pub version: i64,
}

/// An act that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Which proposal.
    pub id: ProposalId,
    /// What is to be done.
    pub act: Act,
    /// Whose data it is about, if anybody's: its reasons are erased with that.
    pub about: Option<HoldScope>,
    /// Who proposes it.
    pub by: PersonId,
    /// When.
    pub made_at: Timestamp,
    /// When it is over without an answer, or without use.
    pub expires_at: Timestamp,
    /// How it stands.
    pub standing: ProposalStanding,
    /// Counts writes.
    pub version: i64,
}

/// How a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum ProposalStanding {
    /// It waits for a second person.
    Waiting,
    /// A second person approved it. Lifting and erasing are done with that; an export may be made once.
    Approved {
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// Somebody declined it, or whoever proposed it took it back.
    Declined {
        /// Who.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// The approved export was made.
    Used {
        /// When.
        at: Timestamp,
    },
    /// Its time was over.
    Expired {
        /// When that was noticed.
        at: Timestamp,
    },
}

/// Why a proposal does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    /// Whoever proposed it cannot be the second person.
    #[error("proposal {0} would be approved by the person who made it")]
    SamePerson(ProposalId),
    /// The person has no key here, or not any more.
    #[error("the person has no key of their own")]
    NotAnApprover,
    /// The signature is not by the person's key over exactly this proposal.
    #[error("the signature does not fit proposal {0}")]
    WrongSignature(ProposalId),
    /// Its time is over.
    #[error("the time of proposal {0} is over")]
    Over(ProposalId),
    /// It was answered or used before.
    #[error("proposal {0} is settled already")]
    Settled(ProposalId),
    /// The settings ask for a second person, and nobody approved this.
    #[error("this needs a second person")]
    NeedsSecondPerson,
    /// Who may approve is changed only while nothing needs a second person.
    #[error("the approvers are fixed while something needs a second person")]
    ApproversFixed,
    /// The person has a key already.
    #[error("the person has a key already")]
    ApproverAlready,
}

impl ApprovalError {
    /// What a person is told.
    pub const fn fault(self) -> Fault {
        match self {
            Self::SamePerson(_) => Fault::SamePerson,
            Self::NotAnApprover | Self::WrongSignature(_) => Fault::NotAnApprover,
            Self::Over(_) => Fault::ProposalOver,
            Self::Settled(_) | Self::ApproverAlready => Fault::Conflict,
            Self::NeedsSecondPerson => Fault::NeedsSecondPerson,
            Self::ApproversFixed => Fault::ApproversFixed,
        }
    }
}

/// What a signature says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    /// "I propose this."
    Propose,
    /// "I approve this."
    Approve,
}

impl Approver {
    /// A person whose key was just made.
    pub fn add(person: PersonId, public_key: [u8; 32], desk: DeskId, by: PersonId, now: Timestamp) -> Transition {
        let approver = Self { person, public_key, desk, added_at: now, added_by: by, removed: None, version: 0 };
        let kind = EventKind::ApproverAdded { person, public_key: hex::encode(public_key) };
        Transition::new(Write::Approver(approver), Event { at: now, actor: Actor::Person(by), kind })
    }

    /// The key is taken out of use.
    pub fn remove(self, by: PersonId, now: Timestamp) -> Result<Transition, ApprovalError> {
        if self.removed.is_some() {
            return Err(ApprovalError::NotAnApprover);
        }
        let kind = EventKind::ApproverRemoved { person: self.person, public_key: hex::encode(self.public_key) };
        let approver = Self { removed: Some((now, by)), version: self.version + 1, ..self };
        Ok(Transition::new(Write::Approver(approver), Event { at: now, actor: Actor::Person(by), kind }))
    }

    fn check(&self, proposal: &Proposal, say: Say, signature: &[u8; 64]) -> Result<(), ApprovalError> {
        if self.removed.is_some() {
            return Err(ApprovalError::NotAnApprover);
        }
        let wrong = ApprovalError::WrongSignature(proposal.id);
        let key = VerifyingKey::from_bytes(&self.public_key).map_err(|_| wrong)?;
        let text = proposal.text(say, self.person).map_err(|_| wrong)?;
        key.verify(&text, &Signature::from_bytes(signature)).map_err(|_| wrong)
    }
}

impl Proposal {
    /// A proposal that is not made yet: what whoever proposes has to sign.
    pub const fn draft(
        id: ProposalId,
        act: Act,
        about: Option<HoldScope>,
        by: PersonId,
        made_at: Timestamp,
        expires_at: Timestamp,
    ) -> Self {
        Self { id, act, about, by, made_at, expires_at, standing: ProposalStanding::Waiting, version: 0 }
    }

    /// What is signed: which proposal, what it would do, until when, and who says what of it.
    pub fn text(&self, say: Say, signer: PersonId) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        struct Text<'a> {
            custody: &'static str,
            say: Say,
            signer: PersonId,
            proposal: ProposalId,
            act: &'a Act,
            proposed_by: PersonId,
            made_at: Timestamp,
            expires_at: Timestamp,
        }
        serde_json_canonicalizer::to_vec(&Text {
            custody: "four eyes v1",
            say,
            signer,
            proposal: self.id,
            act: &self.act,
            proposed_by: self.by,
            made_at: self.made_at,
            expires_at: self.expires_at,
        })
    }

    /// Proposes a drafted act.
    pub fn propose(
        self,
        approver: &Approver,
        signature: &[u8; 64],
        reason: Private<String>,
    ) -> Result<Transition, ApprovalError> {
        if approver.person != self.by {
            return Err(ApprovalError::NotAnApprover);
        }
        approver.check(&self, Say::Propose, signature)?;
        let kind = EventKind::ProposalMade {
            proposal: self.id,
            act: self.act,
            about: self.about,
            expires_at: self.expires_at,
            signature: hex::encode(signature),
        };
        let event = Event { at: self.made_at, actor: Actor::Person(self.by), kind };
        Ok(Transition::new(Write::Proposal { proposal: self, reason: Some(reason) }, event))
    }

    /// A second person approves it. What is approved is done in the same transaction, but an export, which is made later.
    pub fn approve(
        self,
        approver: &Approver,
        signature: &[u8; 64],
        now: Timestamp,
    ) -> Result<Transition, ApprovalError> {
        self.is_open(now)?;
        if approver.person == self.by {
            return Err(ApprovalError::SamePerson(self.id));
        }
        approver.check(&self, Say::Approve, signature)?;
        let kind =
            EventKind::ProposalApproved { proposal: self.id, about: self.about, signature: hex::encode(signature) };
        let standing = ProposalStanding::Approved { by: approver.person, at: now };
        Ok(self.next(standing, None, kind, Actor::Person(approver.person), now))
    }

    /// Somebody says no, or whoever proposed it takes it back.
    pub fn decline(self, by: PersonId, reason: Private<String>, now: Timestamp) -> Result<Transition, ApprovalError> {
        self.is_open(now)?;
        let kind = EventKind::ProposalDeclined { proposal: self.id, about: self.about };
        let standing = ProposalStanding::Declined { by, at: now };
        Ok(self.next(standing, Some(reason), kind, Actor::Person(by), now))
    }

    /// The approved export is made, by whoever proposed it.
    pub fn use_up(self, by: PersonId, now: Timestamp) -> Result<Transition, ApprovalError> {
        if !self.is_good_for(&self.act, by, now) {
            return Err(ApprovalError::NeedsSecondPerson);
        }
        let kind = EventKind::ProposalUsed { proposal: self.id, about: self.about };
        Ok(self.next(ProposalStanding::Used { at: now }, None, kind, Actor::Person(by), now))
    }

    /// Its time is over. `None` while it is not, or once nothing more can come of it.
    pub fn expire(self, now: Timestamp) -> Option<Transition> {
        if now < self.expires_at || !self.is_unsettled() {
            return None;
        }
        let kind = EventKind::ProposalExpired { proposal: self.id, about: self.about };
        Some(self.next(ProposalStanding::Expired { at: now }, None, kind, Actor::Desk, now))
    }

    /// Whether something can still come of it: an answer, or an export.
    pub const fn is_unsettled(&self) -> bool {
        match self.standing {
            ProposalStanding::Waiting => true,
            ProposalStanding::Approved { .. } => matches!(self.act, Act::Export { .. }),
            ProposalStanding::Declined { .. } | ProposalStanding::Used { .. } | ProposalStanding::Expired { .. } => {
                false
            }
        }
    }

    /// Whether it is an approval by which this person may make this export now.
    pub fn is_good_for(&self, act: &Act, by: PersonId, now: Timestamp) -> bool {
        self.act == *act
            && self.by == by
            && now < self.expires_at
            && matches!(self.act, Act::Export { .. })
            && matches!(self.standing, ProposalStanding::Approved { .. })
    }

    fn is_open(&self, now: Timestamp) -> Result<(), ApprovalError> {
        match self.standing {
            ProposalStanding::Waiting if now < self.expires_at => Ok(()),
            ProposalStanding::Waiting | ProposalStanding::Expired { .. } => Err(ApprovalError::Over(self.id)),
            _ => Err(ApprovalError::Settled(self.id)),
        }
    }

    fn next(
        self,
        standing: ProposalStanding,
        reason: Option<Private<String>>,
        kind: EventKind,
        actor: Actor,
        at: Timestamp,
    ) -> Transition {
        let proposal = Self { standing, version: self.version + 1, ..self };
        Transition::new(Write::Proposal { proposal, reason }, Event { at, actor, kind })
    }
}
