//! The one way anything in the ledger changes.

use crate::{
    case::{Case, CaseDetails, CaseLink, Customer},
    event::Event,
    four_eyes::{Approver, Proposal},
    held_file::{FileDetails, HeldFile},
    hold::{Hold, HoldReason},
    id::FileId,
    own_date::OwnDate,
    private::Private,
    receipt::{Confirmation, Delivery, IssuedReceipt, ReceiptRow},
    reply::Reply,
    request::Request,
    retention::AdoptedRules,
    ticket::TicketOffer,
    viewing_copy::ViewingCopy,
};

/// A change and the event that says why and who.
///
/// Only this crate makes one, and the ledger writes both in one transaction: nothing changes without its row in the chain.
#[derive(Clone, Debug)]
pub struct Transition {
    write: Write,
    event: Event,
}

/// The rows a [`Transition`] writes. Rows with a `version` are refused when the ledger holds another version.
#[derive(Clone, Debug)]
pub enum Write {
    /// A new case, with its customer if that one is new or has changed.
    NewCase {
        /// The case.
        case: Case,
        /// Its personal side.
        details: CaseDetails,
        /// Written over an older row of the same customer.
        customer: Option<Customer>,
    },
    /// A case that changed.
    Case(Case),
    /// A file seen for the first time.
    NewFile {
        /// The file.
        file: HeldFile,
        /// Its personal side.
        details: FileDetails,
    },
    /// A file in its next state.
    File(HeldFile),
    /// A file that was sealed: its next state and the wraps of its key, in one transaction.
    SealedFile {
        /// The file, now held.
        file: HeldFile,
        /// The wraps of its key.
        wraps: Vec<Wrap>,
        /// The salt of its digest; personal, since it links the digest to known content.
        salt: Private<[u8; 32]>,
    },
    /// Every wrap of a file's key goes.
    DropWraps(FileId),
    /// Every remaining wrap under a new epoch key; the set must be exactly the set the ledger holds.
    Rewrap {
        /// The new epoch.
        epoch: i64,
        /// The same wraps, sealed anew.
        wraps: Vec<Wrap>,
    },
    /// The wraps of all keys for other recipients, under a new epoch key; every file that had one must have one.
    Recipients {
        /// The new epoch.
        epoch: i64,
        /// What takes the place of all wraps.
        wraps: Vec<Wrap>,
    },
    /// A hold placed, changed or lifted; what was typed is personal and written once.
    Hold {
        /// The hold.
        hold: Hold,
        /// The words of the person who placed or lifted it.
        reason: Option<HoldReason>,
    },
    /// An own date given or withdrawn; its reason is personal, and written over that of an earlier one.
    OwnDate {
        /// The own date.
        own_date: OwnDate,
        /// The words of the person who gave it.
        reason: Option<Private<String>>,
    },
    /// The rules in force from now on. Whom they name is what a manager typed, and personal.
    Rules {
        /// The fingerprint of those they replace; none for the first.
        replace: Option<String>,
        /// The rules.
        adopted: AdoptedRules,
    },
    /// A request received, resolved or set aside; the reason a member of staff typed is personal and written once.
    Request {
        /// The request.
        request: Request,
        /// The words of the person who asked at the desk.
        reason: Option<Private<String>>,
    },
    /// A link to a large-file service, seen for the first time.
    Link(CaseLink),
    /// A ticket that a thread names, noted or resolved.
    TicketOffer(TicketOffer),
    /// A viewing copy made, changed or ended; the reason is personal and written once.
    ViewingCopy {
        /// The copy.
        copy: ViewingCopy,
        /// The words of the person who opened the file.
        reason: Option<Private<String>>,
    },
    /// Files erased and the receipt that says so, with its place in the outbox.
    Receipt {
        /// The files that are proven erased; empty for a follow-up receipt.
        files: Vec<HeldFile>,
        /// The receipt with its signed text.
        receipt: Box<IssuedReceipt>,
    },
    /// What became of sending a receipt.
    Delivery {
        /// The receipt.
        receipt: ReceiptRow,
        /// Its place in the outbox.
        delivery: Delivery,
    },
    /// The customer's answer to a receipt.
    Confirmation {
        /// The receipt.
        receipt: ReceiptRow,
        /// The answer.
        confirmation: Confirmation,
    },
    /// What the customer is told of a request that a hold keeps waiting, and what became of sending it.
    Reply(Reply),
    /// A key of a member of staff, put into use or taken out of it.
    Approver(Approver),
    /// A proposal, and what became of it; what was typed is personal and written once.
    Proposal {
        /// The proposal.
        proposal: Proposal,
        /// The words of the person who proposed or declined it.
        reason: Option<Private<String>>,
    },
    /// The personal side of a case goes.
    Forget(Case),
    /// Nothing but the event.
    Nothing,
}

/// A file's identity sealed for one recipient and then under the epoch key. A row, and a location on the receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// Whose key it wraps.
    pub file: FileId,
    /// The age recipient that can open it.
    pub recipient: String,
    /// The epoch key it is sealed under.
    pub epoch: i64,
    /// The sealed identity.
    pub sealed: Vec<u8>,
}

impl Transition {
    pub(crate) const fn new(write: Write, event: Event) -> Self {
        Self { write, event }
    }

    /// An event about something that changes no row of ours.
    pub const fn event_only(event: Event) -> Self {
        Self { write: Write::Nothing, event }
    }

    /// What is written.
    pub const fn write(&self) -> &Write {
        &self.write
    }

    /// Why and who.
    pub const fn event(&self) -> &Event {
        &self.event
    }

    /// Both, for the ledger.
    pub fn into_parts(self) -> (Write, Event) {
        (self.write, self.event)
    }
}
