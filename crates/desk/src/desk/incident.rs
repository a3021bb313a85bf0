//! A machine that was lost: what was readable there, whose, and letters for a person to look at and send.

use std::collections::BTreeMap;

use custody_core::{
    Private, Timestamp,
    event::EventKind,
    four_eyes::ExportOf,
    held_file::Source,
    id::CustomerId,
    incident::{Form, Incident, Reading},
    letter::{IncidentLetter, incident_letter, shown},
    ports::Ledger,
    report::Span,
};
use custody_ledger::SqlLedger;

use super::Desk;
use crate::{
    Result,
    show::{name_of, time},
    views::{DraftedLetter, IncidentCopyView, IncidentCustomerView, IncidentFileView, IncidentView},
    words,
};

/// How many events are read at a time.
const AT_A_TIME: u32 = 1000;

impl Desk {
    /// What was readable on the machine of this desk's ledger in that time, from what it recorded, with a letter for each
    /// customer. Nothing is sent. With `ledger`, the record of another desk is read instead, at its PostgreSQL address.
    ///
    /// # Errors
    /// [`Fault::NeedsSecondPerson`](custody_core::ports::Fault::NeedsSecondPerson) where the settings say so, and nobody
    /// approved it: it names customers and files. Faults of the ledger.
    pub async fn prepare_incident(&self, span: Span, ledger: Option<Private<String>>) -> Result<IncidentView> {
        if let Some(used) = self.permission(ExportOf::Ledger).await? {
            self.commit(used).await?;
        }
        let view = match ledger {
            None => self.incident_in(&self.0.ledger, span).await?,
            Some(address) => {
                let other = SqlLedger::open_postgres(&address).await?;
                let view = self.incident_in(&other, span).await;
                other.close().await;
                view?
            }
        };
        let count = |number: usize| number as u64;
        self.note(EventKind::IncidentPrepared {
            from: span.from,
            to: span.to,
            files: count(view.customers.iter().map(|customer| customer.files.len()).sum()),
            customers: count(view.customers.len()),
            copies: count(view.copies.len()),
        })
        .await?;
        Ok(view)
    }

    async fn incident_in(&self, ledger: &dyn Ledger, span: Span) -> Result<IncidentView> {
        let incident = read(ledger, span).await?;
        let mut customers: BTreeMap<Option<CustomerId>, Vec<IncidentFileView>> = BTreeMap::new();
        for there in &incident.files {
            let details = ledger.file_details(there.file).await?;
            let case = ledger.case_details(there.case).await?;
            customers.entry(there.customer).or_default().push(IncidentFileView {
                file: there.file.to_string(),
                name: details.as_ref().map(|details| shown(details.name.reveal())).unwrap_or_default(),
                case: there.case.to_string(),
                title: case.map(|case| shown(case.title.reveal())).unwrap_or_default(),
                size: there.size,
                sealed_at: there.sealed_at.map(time),
                form: there.form,
                from_drop_folder: details.is_some_and(|details| matches!(details.source, Source::DropFolder)),
                erased_at: there.erased_at.map(time),
            });
        }
        let mut views = Vec::new();
        for (id, files) in customers {
            views.push(self.of_customer(ledger, &incident, id, files).await?);
        }
        let mut copies = Vec::new();
        for copy in &incident.copies {
            let person = match copy.person {
                Some(person) => ledger.person_name(person).await?.map(|name| shown(name.reveal())),
                None => None,
            };
            copies.push(IncidentCopyView {
                copy: copy.copy.to_string(),
                file: copy.file.to_string(),
                person: person.unwrap_or_default(),
                made_at: time(copy.made_at),
                until: time(copy.until),
            });
        }
        Ok(IncidentView {
            from: time(span.from),
            to: time(span.to),
            unlocked: incident.unlocked,
            unlocked_since: incident.unlocked_since.map(time),
            wrong_passphrases: incident.wrong_passphrases,
            customers: views,
            copies,
            last_event: incident.last_event.map(|(index, _)| index),
            last_event_at: incident.last_event.map(|(_, at)| time(at)),
        })
    }

    async fn of_customer(
        &self,
        ledger: &dyn Ledger,
        incident: &Incident,
        id: Option<CustomerId>,
        files: Vec<IncidentFileView>,
    ) -> Result<IncidentCustomerView> {
        let customer = match id {
            Some(id) => ledger.customer(id).await?,
            None => None,
        };
        let name = customer.as_ref().map(name_of);
        let policy = self.wired().policy.clone();
        let letter = name.as_ref().map(|name| {
            let listed: Vec<_> =
                files.iter().map(|file| (file.name.clone(), file.size, file.form >= Form::ViewingCopy)).collect();
            let (subject, text) = incident_letter(
                &policy.language,
                &IncidentLetter {
                    name,
                    from: minute(incident.span.from),
                    to: minute(incident.span.to),
                    files: &listed,
                    unlocked: incident.unlocked,
                    issuer: &policy.issuer,
                    contact: &policy.contact,
                },
            );
            DraftedLetter { subject, text }
        });
        Ok(IncidentCustomerView {
            customer: id.map(|id| id.to_string()),
            name: name.unwrap_or_default(),
            email: customer.and_then(|customer| customer.email).map(|email| shown(email.reveal())),
            files,
            letter,
        })
    }
}

async fn read(ledger: &dyn Ledger, span: Span) -> Result<Incident> {
    let mut reading = Reading::default();
    let mut after = 0;
    loop {
        let events = ledger.events(after, AT_A_TIME).await?;
        let Some((last, _)) = events.last() else { return Ok(reading.tell(span)) };
        after = *last;
        events.iter().for_each(|(index, event)| reading.event(*index, event));
    }
}

/// A moment as letters have it.
fn minute(moment: Timestamp) -> String {
    format!("{} UTC", words::at(moment).replace('T', " ").get(..16).unwrap_or_default())
}
