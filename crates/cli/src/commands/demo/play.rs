//! The steps of the demo, in order, each with what is looked at.

use std::path::Path;

use custody_core::{
    SignedDuration,
    held_file::StateName,
    id::{CaseId, ReceiptId},
    ports::ChainVerdict,
    receipt::{Answer, Envelope, Grade, public_key_from_pem, verify},
};
use custody_desk::{
    Tables,
    views::{LocationFound, RoundView},
    words,
};
use custody_practice::scenario::{CAROLA, OWEN, Person, canaries, canary};
use custody_practice_desk::PracticeDesk;
use sha2::{Digest as _, Sha256};

use super::{
    papers,
    promises::Promise,
    search::{found_in, search},
};
use crate::{failure::Failure, out::Out, progress::Bars, table::size};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A demo that is being played.
pub struct Play<'a> {
    practice: &'a PracticeDesk,
    folder: &'a Path,
    out: &'a mut Out,
    step: u32,
    /// What was promised and looked at so far.
    pub promises: Vec<Promise>,
}

type Done<T = ()> = Result<T, Failure>;

impl<'a> Play<'a> {
    /// A demo on this desk that leaves its papers in `folder`.
    pub fn new(practice: &'a PracticeDesk, folder: &'a Path, out: &'a mut Out) -> Self {
        Self { practice, folder, out, step: 0, promises: Vec::new() }
    }

    /// Plays everything.
    pub async fn whole(&mut self) -> Done {
        self.step("Two customers attach files to private threads")?;
        for case in &self.practice.world.cases {
            self.say(&format!("{} opens “{}” with {} files.", case.customer.name, case.title, case.files.len()))?;
        }
        self.take_in().await?;
        let (carola, owen) = (self.case_of(CAROLA).await?, self.case_of(OWEN).await?);
        self.open_all().await?;
        self.close_ticket(carola).await?;
        self.ask_in_thread(owen).await?;
        let first = [(CAROLA, carola), (OWEN, owen)];
        self.answer(&first).await?;
        self.follow_up(&first).await?;
        self.report().await?;
        self.forget(owen).await
    }

    async fn take_in(&mut self) -> Done {
        self.step("Custody takes the files in and seals each under a key of its own")?;
        self.round().await?;
        for file in self.practice.desk.files().await? {
            self.say(&format!("{:>10}  {}  {}", size(file.size.unwrap_or_default()), file.name, file.state.as_str()))?;
        }
        let files = self.practice.desk.files().await?;
        let all: usize = self.practice.world.cases.iter().map(|case| case.files.len()).sum();
        let held = files.iter().filter(|file| file.state == StateName::Held).count();
        self.promise("Every attachment of a private thread is held", held == all, format!("{held} of {all} are held"));
        self.look_for_plaintext("While files are held, nothing readable of a customer lies in the desk's folder")
    }

    /// Reads every sealed file through the desk and compares it with what the customer sent.
    async fn open_all(&mut self) -> Done {
        self.step("An engineer opens them: each is byte for byte what the customer sent")?;
        let (mut same, mut opened) = (0, 0);
        for case in &self.practice.world.cases {
            let view = self.practice.desk.case(self.case_of(case.customer).await?).await?;
            for (held, sent) in view.files.iter().zip(&case.files) {
                opened += 1;
                same += usize::from(self.digest_of(&held.id).await? == sent.sha256());
            }
        }
        self.say(&format!("{opened} opened, {same} the same; each opening is in the record."))?;
        self.promise(
            "A held file opens byte for byte",
            same == opened && opened > 0,
            format!("{same} of {opened} by SHA-256"),
        );
        self.practice.desk.lock().await?;
        self.say("The desk is locked from here on: intake and erasure go on, opening does not.")?;
        let refused = match self.practice.desk.files().await?.first() {
            Some(file) => self.practice.desk.open_file(id(&file.id)?).await.is_err(),
            None => false,
        };
        self.promise("A locked desk opens nothing", refused, "an opening was tried".to_owned());
        Ok(())
    }

    async fn digest_of(&self, file: &str) -> Done<String> {
        let mut body = self.practice.desk.open_file(id(file)?).await?;
        let mut digest = Sha256::new();
        while let Some(piece) = body.next().await? {
            digest.update(&piece);
        }
        Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    async fn close_ticket(&mut self, case: CaseId) -> Done {
        self.step("Carola's ticket is closed; her files are due, and grace begins")?;
        self.practice.close_ticket(case).await?;
        self.round().await?;
        self.say(&words::rules(&self.practice.desk.case(case).await?.rules))?;
        self.practice.move_clock(DAY * 2);
        self.round().await?;
        let waiting = self.states(case).await?.iter().all(|state| *state == StateName::Due);
        self.say("Two days later: still there, as grace is three days.")?;
        self.promise("Nothing is erased during grace", waiting, "looked at after two of three days".to_owned());

        self.step("A day later grace is over: keys, files and copies are destroyed, then looked at again")?;
        self.practice.move_clock(DAY);
        self.round().await?;
        self.show_receipts(case).await?;
        let gone = self.states(case).await?.iter().all(|state| *state == StateName::Erased);
        self.promise("A closed ticket erases its files after grace", gone, "3 files, by their states".to_owned());
        self.check_receipt(CAROLA, case).await
    }

    async fn ask_in_thread(&mut self, case: CaseId) -> Done {
        self.step("Owen writes in his thread: “Please delete my files.”")?;
        self.practice.customer_asks(case).await?;
        self.round().await?;
        self.show_receipts(case).await?;
        let gone = self.states(case).await?.iter().all(|state| *state == StateName::Erased);
        self.promise("A customer's request erases at once", gone, "2 files, in the same round".to_owned());
        self.check_receipt(OWEN, case).await
    }

    /// The customer has one letter, and the receipt in it verifies with nothing but the public key.
    async fn check_receipt(&mut self, customer: Person, case: CaseId) -> Done {
        let receipt = self.last_receipt(case).await?;
        let letters = self.practice.world.mail.letters(customer.email);
        self.promise(
            format!("{} gets one receipt", customer.name),
            letters.len() == 1,
            format!(
                "{} in the mailbox",
                if letters.len() == 1 { "one letter".to_owned() } else { format!("{} letters", letters.len()) }
            ),
        );
        let text = self.practice.desk.receipt_file(receipt).await?;
        let pem = self.practice.desk.public_key_pem()?;
        let envelope: Option<Envelope> = serde_json::from_str(text.reveal()).ok();
        let statement = public_key_from_pem(&pem)
            .ok()
            .zip(envelope.as_ref())
            .and_then(|(key, envelope)| verify(envelope, &key).ok());
        self.promise(
            format!("{}'s receipt verifies with nothing but the public key", customer.name),
            statement.is_some(),
            "Ed25519 over the DSSE envelope of the exported file".to_owned(),
        );
        let open = self.practice.desk.receipt(receipt).await?.locations;
        let ours = open.iter().filter(|place| !place.closed).all(|place| place.found == LocationFound::NotOurs);
        self.promise(
            format!("{}'s receipt claims only what was seen", customer.name),
            ours,
            "what is open is the forum's own copy, and is named".to_owned(),
        );
        let name = customer.username;
        papers::write(self.folder, &format!("receipt-{name}.json"), text.reveal().as_bytes())?;
        if let Some(letter) = self.practice.letter_of(customer, receipt) {
            papers::letter(self.folder, &format!("letter-{name}"), &letter)?;
        }
        Ok(())
    }

    async fn answer(&mut self, cases: &[(Person, CaseId)]) -> Done {
        self.step("Both customers confirm: they answer the letter with “I confirm.”")?;
        for (_, case) in cases {
            self.practice.customer_confirms(self.last_receipt(*case).await?).await?;
        }
        self.round().await?;
        for (customer, case) in cases {
            let answers = self.practice.desk.receipt(self.last_receipt(*case).await?).await?.answers;
            let good = answers.len() == 1
                && answers.iter().all(|it| it.answer == Answer::Confirmed && it.grade == Grade::RepliedWithDkim);
            self.promise(
                format!("{}'s confirmation is on record", customer.name),
                good,
                "one answer, by mail with a valid DKIM signature".to_owned(),
            );
        }
        Ok(())
    }

    /// The forum's own copies go; the receipts that named them are followed by complete ones.
    async fn follow_up(&mut self, cases: &[(Person, CaseId)]) -> Done {
        self.step("An engineer takes the attachments out of the posts; the forum's clean-up ends its copies")?;
        for (_, case) in cases {
            self.practice.engineer_strips(*case).await?;
        }
        self.practice.move_clock(DAY * 3);
        self.round().await?;
        for (customer, case) in cases {
            let receipts = self.practice.desk.case(*case).await?.receipts;
            self.show_receipts(*case).await?;
            let follows =
                receipts.len() == 2 && receipts.last().is_some_and(|last| last.complete && last.follows.is_some());
            self.promise(
                format!("{}'s receipt is followed by a complete one", customer.name),
                follows,
                "the forum answers 404 for every copy, asked with an account in order".to_owned(),
            );
            let receipt = self.last_receipt(*case).await?;
            if let Some(letter) = self.practice.letter_of(*customer, receipt) {
                papers::letter(self.folder, &format!("letter-{}-complete", customer.username), &letter)?;
            }
        }
        Ok(())
    }

    async fn report(&mut self) -> Done {
        self.step("The manager's report, and the record itself")?;
        let desk = &self.practice.desk;
        let now = desk.now();
        let from = now.checked_sub(DAY * 7).unwrap_or(now);
        let report = desk.report(from, now).await?;
        let text = crate::commands::report::written::text(&report);
        papers::write(self.folder, "report.txt", text.as_bytes())?;
        let json = serde_json::to_vec_pretty(&report).map_err(|error| Failure::Terminal(error.into()))?;
        papers::write(self.folder, "report.json", &json)?;
        papers::write(self.folder, "desk.pub", desk.public_key_pem()?.as_bytes())?;
        papers::chain(self.folder, desk).await?;
        self.say(&format!(
            "{} files erased ({} because a ticket closed, {} because a customer asked), {} receipts confirmed, {} bytes held.",
            report.erased.files,
            report.erased.ticket_closed,
            report.erased.customer_asked,
            report.receipts.confirmed_with_dkim,
            report.physical_bytes
        ))?;
        let right = report.erased.files == 5 && report.counted_bytes == 0 && report.physical_bytes == 0;
        self.promise(
            "The report counts what happened",
            right,
            "5 erased, nothing left, by ledger and by disk".to_owned(),
        );
        let whole = desk.verify_chain().await?;
        let seen = match whole {
            ChainVerdict::Whole(head) => format!("{} events, each tied to all before it", head.index),
            ChainVerdict::Broken { at } => format!("event {at} does not fit"),
        };
        self.promise("The audit chain is whole", matches!(whole, ChainVerdict::Whole(_)), seen);
        Ok(())
    }

    /// When nothing more is expected, names and titles go too.
    async fn forget(&mut self, owen: CaseId) -> Done {
        self.step("Owen's ticket is closed too; after the time for answers, what is personal leaves the record")?;
        self.practice.close_ticket(owen).await?;
        self.practice.move_clock(DAY * 31);
        self.round().await?;
        let marks = marks();
        let mut found = Vec::new();
        let mut lines = 0;
        let mut look = |line: &str| {
            lines += 1;
            found.extend(found_in(line, &marks));
        };
        self.practice.desk.dump(Tables::All, &mut look).await?;
        self.promise(
            "The record remembers no name, address, title or file name",
            found.is_empty(),
            format!("{lines} rows of every table, {} marks looked for, {} found", marks.len(), found.len()),
        );
        self.look_for_plaintext("At the end, nothing of a customer is in any file or log of the desk")
    }

    /// Looks through every byte of the desk's folder, logs included.
    fn look_for_plaintext(&mut self, promise: &str) -> Done {
        let marks = marks();
        let searched = search(&self.folder.join("desk"), &marks).map_err(Failure::CannotRead)?;
        let seen = format!(
            "{} files, {} looked through for {} marks, {} found",
            searched.files,
            size(searched.bytes),
            marks.len(),
            searched.hits.len()
        );
        self.promise(promise, searched.hits.is_empty() && searched.files > 0, seen);
        Ok(())
    }

    async fn round(&mut self) -> Done<RoundView> {
        let bars = Bars::new();
        let round = self.practice.desk.round(&bars).await;
        bars.clear();
        match round.problems.first() {
            Some(met) => Err(met.problem.clone().into()),
            None => Ok(round),
        }
    }

    async fn case_of(&self, customer: Person) -> Done<CaseId> {
        let cases = self.practice.desk.cases().await?;
        let row = cases.iter().find(|row| row.customer == customer.name);
        row.map_or(Err(Failure::Id(crate::ids::IdError::NotAnId)), |row| id(&row.id))
    }

    async fn last_receipt(&self, case: CaseId) -> Done<ReceiptId> {
        let receipts = self.practice.desk.case(case).await?.receipts;
        receipts.last().map_or(Err(Failure::Id(crate::ids::IdError::NotAnId)), |row| id(&row.id))
    }

    async fn states(&self, case: CaseId) -> Done<Vec<StateName>> {
        Ok(self.practice.desk.case(case).await?.files.iter().map(|file| file.state).collect())
    }

    async fn show_receipts(&mut self, case: CaseId) -> Done {
        let Some(row) = self.practice.desk.case(case).await?.receipts.pop() else { return Ok(()) };
        let kind = if row.complete { "complete" } else { "partial: the forum still has its own copy" };
        self.say(&format!("Receipt {} for {} of {}'s files ({kind}).", row.token, row.files, row.customer))?;
        for place in self.practice.desk.receipt(id(&row.id)?).await?.locations {
            self.say(&format!("  {}: {place}", place.name))?;
        }
        Ok(())
    }

    fn step(&mut self, title: &str) -> Done {
        self.step += 1;
        let line = format!("\n{:>2}. {title}", self.step);
        self.tell(&line)
    }

    fn say(&mut self, line: &str) -> Done {
        self.tell(&format!("    {line}"))
    }

    /// Told as it happens: somebody is watching.
    fn tell(&mut self, line: &str) -> Done {
        if self.out.is_json() {
            return Ok(());
        }
        self.out.line(line)?;
        self.out.finish()
    }

    fn promise(&mut self, promise: impl Into<String>, kept: bool, seen: String) {
        self.promises.push(Promise { promise: promise.into(), seen, kept });
    }
}

/// Every mark: names, addresses, titles, posts, contents, tokens and file names.
fn marks() -> Vec<String> {
    let mut marks = canaries();
    marks.push(canary::FILE_NAME.to_owned());
    marks
}

fn id<T: std::str::FromStr>(text: &str) -> Done<T> {
    text.parse().map_err(|_| Failure::Id(crate::ids::IdError::NotAnId))
}
