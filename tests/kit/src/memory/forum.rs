//! A forum in memory, whose threads the story changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private, Timestamp,
    case::{ForumUserId, Labels, TopicId},
    ports::{
        Attachment, AttachmentRef, ByteSource, ChangedThreads, ChangedTickets, Download, Fault, Forum, ForumAccount,
        ForumCopy, ForumUser, PortError, PortResult, Post, Stripped, Thread, Tracker,
    },
    ticket::{Closing, TicketReading, TicketRef},
};

use super::{Power, lock};

/// A forum in memory.
#[derive(Debug)]
pub struct MemoryForum {
    power: Arc<Power>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    threads: BTreeMap<i64, MemoryThread>,
    next_post: i64,
    trouble: Option<Fault>,
}

/// A thread that the story changes.
#[derive(Clone, Debug)]
pub struct MemoryThread {
    /// Whether it is closed.
    pub closed: bool,
    /// Whether only customer and staff can read it.
    pub private: bool,
    /// Whether it can be read at all.
    pub gone: bool,
    /// Its posts.
    pub posts: Vec<MemoryPost>,
}

/// A post in a [`MemoryThread`].
#[derive(Clone, Debug)]
pub struct MemoryPost {
    id: i64,
    by_us: bool,
    text: String,
    file: Option<Vec<u8>>,
    file_gone: bool,
    at: Timestamp,
}

impl MemoryForum {
    /// A forum without threads.
    pub fn new(power: Arc<Power>) -> Self {
        Self { power, state: Mutex::new(State::default()) }
    }

    /// The customer writes, with or without a file.
    pub fn customer_posts(&self, topic: i64, text: &str, file: Option<Vec<u8>>, at: Timestamp) {
        let mut state = lock(&self.state);
        state.next_post += 1;
        let id = state.next_post;
        let empty = MemoryThread { closed: false, private: true, gone: false, posts: Vec::new() };
        let thread = state.threads.entry(topic).or_insert(empty);
        thread.posts.push(MemoryPost { id, by_us: false, text: text.to_owned(), file, file_gone: false, at });
    }

    /// Changes a thread.
    pub fn change(&self, topic: i64, change: impl FnOnce(&mut MemoryThread)) {
        if let Some(thread) = lock(&self.state).threads.get_mut(&topic) {
            change(thread);
        }
    }

    /// The forum's own clean-up takes every file of a thread.
    pub fn clean_up(&self, topic: i64) {
        self.change(topic, |thread| thread.posts.iter_mut().for_each(|post| post.file_gone = true));
    }

    /// Answers everything with a fault, or no longer.
    pub fn set_trouble(&self, trouble: Option<Fault>) {
        lock(&self.state).trouble = trouble;
    }

    /// How many of our posts hold this text.
    pub fn posts_with(&self, text: &str) -> usize {
        let state = lock(&self.state);
        let posts = state.threads.values().flat_map(|thread| &thread.posts);
        posts.filter(|post| post.by_us && post.text.contains(text)).count()
    }

    fn reach(&self) -> PortResult<()> {
        self.power.on()?;
        match lock(&self.state).trouble {
            Some(fault) => Err(PortError::try_again(fault)),
            None => Ok(()),
        }
    }
}

fn reference(post: i64) -> AttachmentRef {
    let upload = Private::new(format!("upload-{post}"));
    AttachmentRef { post, url: Private::new(format!("/uploads/short-url/{post}.log")), upload }
}

struct Pieces(Vec<Bytes>);

#[async_trait]
impl ByteSource for Pieces {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        Ok(self.0.pop())
    }
}

#[async_trait]
impl Forum for MemoryForum {
    fn name(&self) -> &str {
        "memory"
    }

    async fn account(&self) -> PortResult<ForumAccount> {
        self.reach()?;
        Ok(ForumAccount { user: ForumUserId(1), username: "bob".into(), staff: true, inboxes: vec![] })
    }

    async fn changed_threads(&self, _mark: Option<&str>) -> PortResult<ChangedThreads> {
        self.reach()?;
        let state = lock(&self.state);
        let topics =
            state.threads.iter().filter(|(_, thread)| !thread.gone).map(|(topic, _)| TopicId(*topic)).collect();
        Ok(ChangedThreads { topics, mark: String::new() })
    }

    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        self.reach()?;
        Ok(None)
    }

    async fn thread(&self, topic: TopicId) -> PortResult<Thread> {
        self.reach()?;
        let state = lock(&self.state);
        let thread = state.threads.get(&topic.0).filter(|thread| !thread.gone);
        let thread = thread.ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
        let customer = ForumUserId(1000 + topic.0);
        let posts = thread.posts.iter().map(|post| Post {
            id: post.id,
            author: Some(if post.by_us { ForumUserId(1) } else { customer }),
            by_staff: post.by_us,
            by_us: post.by_us,
            created_at: post.at,
            visible_to_customer: true,
            own_text: Private::new(post.text.clone()),
            attachments: post
                .file
                .iter()
                .filter(|_| !post.file_gone)
                .map(|_| Attachment { reference: reference(post.id), name: "crash.log".into() })
                .collect(),
            links: Vec::new(),
        });
        Ok(Thread {
            topic,
            title: Private::new(format!("Thread {}", topic.0)),
            private: thread.private,
            labels: Labels::default(),
            reading: if thread.closed { TicketReading::Closed { how: Closing::Closed } } else { TicketReading::Open },
            customer: Some(ForumUser {
                id: customer,
                username: Private::new(format!("customer{}", topic.0)),
                name: None,
            }),
            posts: posts.collect(),
        })
    }

    async fn thread_of_post(&self, post: i64) -> PortResult<Option<TopicId>> {
        self.reach()?;
        let state = lock(&self.state);
        let holds = |thread: &MemoryThread| !thread.gone && thread.posts.iter().any(|one| one.id == post);
        Ok(state.threads.iter().find(|(_, thread)| holds(thread)).map(|(topic, _)| TopicId(*topic)))
    }

    async fn download(&self, attachment: &AttachmentRef) -> PortResult<Download> {
        self.reach()?;
        let state = lock(&self.state);
        let post = state.threads.values().flat_map(|thread| &thread.posts).find(|post| post.id == attachment.post);
        let post = post.filter(|post| !post.file_gone);
        let bytes = post.and_then(|post| post.file.clone()).ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
        let mut pieces: Vec<_> = bytes.chunks(7).map(Bytes::copy_from_slice).collect();
        pieces.reverse();
        Ok(Download { length: Some(bytes.len() as u64), sha1: None, body: Box::new(Pieces(pieces)) })
    }

    async fn reply(&self, topic: TopicId, text: &Private<String>) -> PortResult<i64> {
        self.reach()?;
        self.power.write(|| {
            let mut state = lock(&self.state);
            state.next_post += 1;
            let id = state.next_post;
            let text = text.reveal().clone();
            let thread = state.threads.get_mut(&topic.0).ok_or_else(|| PortError::not_possible(Fault::NotFound))?;
            let at = Timestamp::UNIX_EPOCH;
            thread.posts.push(MemoryPost { id, by_us: true, text, file: None, file_gone: false, at });
            Ok(id)
        })
    }

    async fn look(&self, attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        self.reach()?;
        let state = lock(&self.state);
        let there = state
            .threads
            .values()
            .flat_map(|thread| &thread.posts)
            .any(|post| post.id == attachment.post && post.file.is_some() && !post.file_gone);
        Ok(if there { ForumCopy::Served } else { ForumCopy::Gone })
    }

    async fn is_open_to_anyone(&self, _attachment: &AttachmentRef) -> PortResult<bool> {
        self.reach()?;
        Ok(false)
    }

    async fn strip(&self, _topic: TopicId, _attachment: &AttachmentRef) -> PortResult<Stripped> {
        self.reach()?;
        Ok(Stripped::NotAllowed)
    }

    async fn wait_for_news(&self, _limit: std::time::Duration) -> PortResult<bool> {
        Ok(false)
    }

    async fn email_of(&self, username: &Private<String>) -> PortResult<Option<Private<String>>> {
        self.reach()?;
        Ok(Some(Private::new(format!("{}@customer.example", username.reveal()))))
    }
}

#[async_trait]
impl Tracker for MemoryForum {
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading> {
        let topic = ticket.key.parse().map(TopicId).map_err(|_| PortError::not_possible(Fault::NotFound))?;
        match self.thread(topic).await {
            Ok(thread) => Ok(thread.reading),
            Err(error) if error.fault == Fault::NotFound => Ok(TicketReading::Missing),
            Err(error) => Err(error),
        }
    }

    async fn changed(&self, known: &[TicketRef], _mark: Option<&str>) -> PortResult<ChangedTickets> {
        Ok(ChangedTickets { tickets: known.to_vec(), mark: String::new() })
    }
}
