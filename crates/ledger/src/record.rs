//! Writing: all of a commit in one transaction, or nothing.

mod about;
mod cases;
mod desk;
mod four_eyes;
mod held_files;
mod receipts;
mod rules;

use custody_core::{event::Event, ports::Head, transition::Write};
use sqlx::{AnyConnection, Connection as _};

use self::about::About;
use crate::{SqlLedger, chain::Growth, sql::Result};

impl SqlLedger {
    /// Writes these changes and their events in one transaction and gives the chain's new end.
    pub(crate) async fn write(&self, changes: Vec<(Write, Event)>) -> Result<Head> {
        if changes.is_empty() {
            return self.read_head().await;
        }
        let mut writer = self.writer().await?;
        // Dropped before its commit, by an error or because nobody waits any more, it is rolled back.
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        let mut growth = Growth::begin(&mut transaction).await?;
        let mut about = About::default();
        for (write, event) in changes {
            let entry = growth.add(&event)?;
            about.learn(&write);
            apply(&mut transaction, write, entry).await?;
            about.note(&mut transaction, &event.kind, entry).await?;
        }
        let head = growth.write(&mut transaction).await?;
        about.write(&mut transaction).await?;
        transaction.commit().await?;
        Ok(head)
    }
}

/// Writes the rows of one change. `entry` is the index of its event.
async fn apply(on: &mut AnyConnection, write: Write, entry: i64) -> Result<()> {
    match write {
        Write::NewCase { case, details, customer } => {
            if let Some(customer) = &customer {
                cases::customer(on, customer).await?;
            }
            cases::new_case(on, &case, &details, entry).await
        }
        Write::Case(case) => cases::case(on, &case).await,
        Write::Forget(case) => cases::forget(on, &case).await,
        Write::NewFile { file, details } => held_files::new_file(on, &file, &details, entry).await,
        Write::File(file) => held_files::file(on, &file).await,
        Write::SealedFile { file, wraps, salt } => held_files::sealed_file(on, &file, wraps, &salt).await,
        Write::DropWraps(file) => held_files::drop_wraps(on, file).await,
        Write::Rewrap { epoch, wraps } => held_files::rewrap(on, epoch, wraps).await,
        Write::Recipients { epoch, wraps } => held_files::recipients(on, epoch, wraps).await,
        Write::ViewingCopy { copy, reason } => held_files::viewing_copy(on, &copy, reason.as_ref(), entry).await,
        Write::Hold { hold, reason } => desk::hold(on, &hold, reason.as_ref(), entry).await,
        Write::OwnDate { own_date, reason } => rules::own_date(on, &own_date, reason.as_ref(), entry).await,
        Write::Rules { replace, adopted } => rules::adopted(on, replace, &adopted, entry).await,
        Write::Request { request, reason } => desk::request(on, request, reason.as_ref(), entry).await,
        Write::Reply(reply) => desk::reply(on, &reply, entry).await,
        Write::Approver(approver) => four_eyes::approver(on, &approver, entry).await,
        Write::Proposal { proposal, reason } => four_eyes::proposal(on, &proposal, reason.as_ref(), entry).await,
        Write::Link(link) => cases::link(on, &link, entry).await,
        Write::TicketOffer(offer) => cases::ticket_offer(on, &offer, entry).await,
        Write::Receipt { files, receipt } => {
            for file in &files {
                held_files::file(on, file).await?;
            }
            receipts::issued(on, &receipt, entry).await
        }
        Write::Delivery { receipt, delivery } => {
            receipts::row(on, &receipt).await?;
            receipts::delivery(on, receipt.id, &delivery).await
        }
        Write::Confirmation { receipt, confirmation } => {
            receipts::row(on, &receipt).await?;
            receipts::confirmation(on, confirmation, entry).await
        }
        Write::Nothing => Ok(()),
    }
}
