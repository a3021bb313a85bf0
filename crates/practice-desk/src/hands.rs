//! What customers, engineers and time do by themselves, done by hand. The desk hears of it as it would of a real world: from
//! the forum, the mailbox and its clock.

use custody_core::{
    id::{CaseId, ReceiptId},
    request::Channel,
};
use custody_practice::{
    forum::{PracticeFile, TopicId},
    mailbox::Letter,
    scenario::{CUSTOMERS, Person, REMOVAL_REQUEST},
};
use jiff::SignedDuration;

use crate::{PracticeDesk, PracticeError};

const CONFIRMATION: &str = "I confirm.";
const DISPUTE: &str = "I do not confirm this. The file is still there.";
const MORE: &str = "Here is the trace from this morning, with the option you named.";
const MORE_LOG: &str = "2026-03-02T08:14:07Z warn pool: connection 17 waits for a slot\n";

impl PracticeDesk {
    /// The customer asks in the thread that their files be removed.
    ///
    /// # Errors
    /// When the case or its customer is not there.
    pub async fn customer_asks(&self, case: CaseId) -> Result<(), PracticeError> {
        let (topic, customer) = self.thread_of(case).await?;
        self.world.forum.reply(customer.username, topic, REMOVAL_REQUEST, Vec::new()).await?;
        self.desk.wake();
        Ok(())
    }

    /// An engineer closes the thread on the forum: the ticket is done.
    ///
    /// # Errors
    /// When the case is not there.
    pub async fn close_ticket(&self, case: CaseId) -> Result<(), PracticeError> {
        let topic = TopicId(self.desk.case(case).await?.topic);
        self.world.forum.close(topic)?;
        self.desk.wake();
        Ok(())
    }

    /// The customer confirms a receipt as they got it: by answering the letter, or in the thread.
    ///
    /// # Errors
    /// [`PracticeError::NoLetter`] if it has not arrived yet.
    pub async fn customer_confirms(&self, receipt: ReceiptId) -> Result<(), PracticeError> {
        self.customer_answers(receipt, CONFIRMATION).await
    }

    /// The customer disputes a receipt, in the same way.
    ///
    /// # Errors
    /// [`PracticeError::NoLetter`] if it has not arrived yet.
    pub async fn customer_disputes(&self, receipt: ReceiptId) -> Result<(), PracticeError> {
        self.customer_answers(receipt, DISPUTE).await
    }

    /// The customer posts one more file in the thread.
    ///
    /// # Errors
    /// When the case or its customer is not there.
    pub async fn customer_posts(&self, case: CaseId) -> Result<(), PracticeError> {
        let (topic, customer) = self.thread_of(case).await?;
        let number = self.world.forum.posts(topic).len() + 1;
        let file = PracticeFile::bytes(format!("trace-{number}.log"), MORE_LOG.repeat(200 * number));
        self.world.forum.reply(customer.username, topic, MORE, vec![file]).await?;
        self.desk.wake();
        Ok(())
    }

    async fn customer_answers(&self, receipt: ReceiptId, answer: &str) -> Result<(), PracticeError> {
        let row = self.desk.receipt(receipt).await?.row;
        let case = row.case.parse().map_err(|_| PracticeError::NoCustomer)?;
        let (topic, customer) = self.thread_of(case).await?;
        if row.channel == Some(Channel::Thread) {
            let text = format!("{answer}\n\n{}", row.token);
            self.world.forum.reply(customer.username, topic, &text, Vec::new()).await?;
        } else {
            let letter = self.letter_of(customer, receipt).ok_or(PracticeError::NoLetter)?;
            self.world.mail.reply(customer.email, &letter, answer);
        }
        self.desk.wake();
        Ok(())
    }

    /// The letter of a receipt as it lies in the customer's mailbox.
    pub fn letter_of(&self, customer: Person, receipt: ReceiptId) -> Option<Letter> {
        let id = format!("receipt.{receipt}@");
        self.world.mail.letters(customer.email).into_iter().find(|letter| letter.message_id.starts_with(&id))
    }

    /// An engineer takes every attachment out of the thread's posts. The forum's own clean-up ends them two days later.
    ///
    /// # Errors
    /// When the case is not there.
    pub async fn engineer_strips(&self, case: CaseId) -> Result<(), PracticeError> {
        let topic = TopicId(self.desk.case(case).await?.topic);
        for post in self.world.forum.posts(topic) {
            for upload in post.attachments {
                self.world.forum.strip_attachment("bob", post.id, upload.id)?;
            }
        }
        Ok(())
    }

    /// Moves the clock of desk and world ahead. The forum's daily clean-up runs, as it would have meanwhile.
    pub fn move_clock(&self, step: SignedDuration) {
        self.world.clock.advance(step);
        self.world.forum.run_clean_up();
        self.desk.wake();
    }

    /// The thread of a case and the customer who started it.
    ///
    /// # Errors
    /// When the case is not there, or nobody of this world wrote in its thread.
    pub async fn thread_of(&self, case: CaseId) -> Result<(TopicId, Person), PracticeError> {
        let topic = TopicId(self.desk.case(case).await?.topic);
        let posts = self.world.forum.posts(topic);
        let author = posts.first().map(|post| post.username.as_str());
        let customer = CUSTOMERS.into_iter().find(|person| Some(person.username) == author);
        Ok((topic, customer.ok_or(PracticeError::NoCustomer)?))
    }
}
