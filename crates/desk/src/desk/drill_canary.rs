//! The forum and tracker of a drill: one private thread with one file, which can be closed.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private, Timestamp,
    case::{ForumUserId, Labels, TopicId},
    ports::{
        Attachment, AttachmentRef, ByteSource, Chance, ChangedThreads, ChangedTickets, Download, Fault, Forum,
        ForumAccount, ForumCopy, ForumUser, PortError, PortResult, Post, Stripped, Thread, Tracker,
    },
    ticket::{Closing, TicketReading, TicketRef},
};

const TOPIC: TopicId = TopicId(1);
const CUSTOMER: ForumUserId = ForumUserId(2);

/// A file that nobody misses.
#[derive(Debug)]
pub(super) struct Canary {
    content: Bytes,
    is_closed: AtomicBool,
}

impl Canary {
    /// Its size: several chunks of an age file.
    pub(super) const BYTES: u64 = 256 << 10;

    /// A new one, different from every other.
    pub(super) fn hatch(chance: &dyn Chance) -> PortResult<Self> {
        let mark = chance.id_bytes()?;
        let content: Vec<u8> = mark.iter().copied().cycle().take(Self::BYTES as usize).collect();
        Ok(Self { content: content.into(), is_closed: AtomicBool::new(false) })
    }

    /// Closes its thread.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
    }

    /// Whether this is what was taken in.
    pub(super) fn is(&self, content: &[u8]) -> bool {
        self.content == content
    }

    fn reference() -> AttachmentRef {
        AttachmentRef { post: 1, upload: Private::from("canary"), url: Private::from("/canary") }
    }
}

fn nobody() -> PortError {
    PortError::not_possible(Fault::NotFound)
}

struct Once(Option<Bytes>);

#[async_trait]
impl ByteSource for Once {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        Ok(self.0.take())
    }
}

#[async_trait]
impl Forum for Canary {
    fn name(&self) -> &str {
        "drill"
    }

    async fn account(&self) -> PortResult<ForumAccount> {
        Err(nobody())
    }

    async fn changed_threads(&self, _mark: Option<&str>) -> PortResult<ChangedThreads> {
        Ok(ChangedThreads { topics: vec![TOPIC], mark: "1".to_owned() })
    }

    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        Ok(None)
    }

    async fn thread(&self, topic: TopicId) -> PortResult<Thread> {
        let is_closed = self.is_closed.load(Ordering::SeqCst);
        let post = Post {
            id: 1,
            author: Some(CUSTOMER),
            by_staff: false,
            by_us: false,
            created_at: Timestamp::UNIX_EPOCH,
            visible_to_customer: true,
            own_text: Private::from("A canary."),
            attachments: vec![Attachment { reference: Self::reference(), name: Private::from("canary.bin") }],
            links: Vec::new(),
        };
        let customer = ForumUser { id: CUSTOMER, username: Private::from("canary"), name: None };
        Ok(Thread {
            topic,
            title: Private::from("Drill"),
            private: true,
            labels: Labels::default(),
            reading: if is_closed { TicketReading::Closed { how: Closing::Closed } } else { TicketReading::Open },
            customer: Some(customer),
            posts: vec![post],
        })
    }

    async fn thread_of_post(&self, _post: i64) -> PortResult<Option<TopicId>> {
        Ok(Some(TOPIC))
    }

    async fn download(&self, _attachment: &AttachmentRef) -> PortResult<Download> {
        Ok(Download { length: Some(Self::BYTES), sha1: None, body: Box::new(Once(Some(self.content.clone()))) })
    }

    async fn reply(&self, _topic: TopicId, _text: &Private<String>) -> PortResult<i64> {
        Err(nobody())
    }

    async fn look(&self, _attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        Ok(if self.is_closed.load(Ordering::SeqCst) { ForumCopy::Gone } else { ForumCopy::Served })
    }

    async fn is_open_to_anyone(&self, _attachment: &AttachmentRef) -> PortResult<bool> {
        Ok(false)
    }

    async fn strip(&self, _topic: TopicId, _attachment: &AttachmentRef) -> PortResult<Stripped> {
        Ok(Stripped::NotAllowed)
    }

    async fn wait_for_news(&self, _limit: Duration) -> PortResult<bool> {
        Ok(false)
    }

    async fn email_of(&self, _username: &Private<String>) -> PortResult<Option<Private<String>>> {
        Ok(None)
    }
}

#[async_trait]
impl Tracker for Canary {
    async fn read(&self, _ticket: &TicketRef) -> PortResult<TicketReading> {
        Ok(self.thread(TOPIC).await?.reading)
    }

    async fn changed(&self, known: &[TicketRef], _mark: Option<&str>) -> PortResult<ChangedTickets> {
        Ok(ChangedTickets { tickets: known.to_vec(), mark: String::new() })
    }
}
