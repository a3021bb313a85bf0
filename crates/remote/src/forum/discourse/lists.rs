//! Which threads changed: the lists of each source, read from the top to what is known.

use std::{collections::BTreeSet, sync::PoisonError};

use custody_core::{
    case::TopicId,
    ports::{ChangedThreads, ErrorKind, Fault, PortError, PortResult},
};
use jiff::SignedDuration;
use reqwest::Method;
use url::Url;

use super::{
    DiscourseForum, Source, api,
    mark::{Backlog, Mark, Seen},
};
use crate::http::{Failure, budget::Purpose};

/// Pages read of one source in one visit.
const MOST_PAGES: u32 = 20;

/// How often a page further down is looked at, for threads that came in without a bump.
const PATROL: SignedDuration = SignedDuration::from_mins(5);

const ROUTE: &str = "list.topics";

/// One visit to one source.
struct Visit {
    seen: Seen,
    changed: Vec<TopicId>,
    pages: u32,
}

/// What one page said.
struct Page {
    has_news: bool,
    /// The newest bump on it.
    newest: Option<i64>,
    is_last: bool,
}

impl Page {
    /// Whether the list is known from here on: nothing new, and nothing newer than `until`.
    fn is_quiet(&self, until: Option<i64>) -> bool {
        !self.has_news && until.is_some() && self.newest <= until
    }
}

impl DiscourseForum {
    pub(super) async fn changed(&self, mark: Option<&str>) -> PortResult<ChangedThreads> {
        let mut mark = Mark::read(mark);
        let mut topics = Vec::new();
        let mut problem = None;
        let mut keys = BTreeSet::new();
        for source in &self.settings.sources {
            if let Source::Topic(id) = source {
                topics.push(TopicId(*id));
                continue;
            }
            let key = key(source);
            let seen = mark.sources.get(&key).cloned().unwrap_or_default();
            keys.insert(key.clone());
            match self.visit(source, &key, seen).await {
                Ok(visit) => {
                    topics.extend(visit.changed);
                    mark.sources.insert(key, visit.seen);
                }
                // One inbox that is closed to us must not keep the others' threads from being read. Once those are, the
                // trouble is all there is to tell.
                Err(error) => problem = problem.or(Some(out_of_reach(error))),
            }
        }
        mark.sources.retain(|key, _| keys.contains(key));
        let is_explicit = |topic: &TopicId| self.settings.sources.contains(&Source::Topic(topic.0));
        if let Some(error) = problem
            && topics.iter().all(is_explicit)
        {
            return Err(error);
        }
        let mut named = BTreeSet::new();
        topics.retain(|topic| named.insert(*topic));
        let mark = mark.write().map_err(|error| Failure::of_json(ROUTE, &error))?;
        Ok(ChangedThreads { topics, mark })
    }

    async fn visit(&self, source: &Source, key: &str, seen: Seen) -> PortResult<Visit> {
        let mut visit = Visit { seen, changed: Vec::new(), pages: 0 };
        let was = visit.seen.newest;
        let mut page = 0;
        let mut reached_end = false;
        loop {
            let read = match self.page_of(source, page, &mut visit).await {
                Ok(read) => read,
                Err(error) if page > 0 && may_pass(&error) => {
                    visit.leave_off(page, was);
                    return Ok(visit);
                }
                Err(error) => return Err(error),
            };
            visit.seen.newest = visit.seen.newest.max(read.newest);
            page += 1;
            if read.is_last {
                // Nothing lies further down.
                reached_end = true;
                visit.seen.backlog = None;
                break;
            }
            if read.is_quiet(was) {
                break;
            }
            if visit.is_full(self.settings.threads_at_a_time) {
                visit.leave_off(page, was);
                return Ok(visit);
            }
        }
        if let Some(backlog) = visit.seen.backlog {
            self.catch_up(source, page, backlog, &mut visit).await?;
        } else if reached_end {
            visit.seen.patrol = 0;
        } else if self.is_time_to_patrol(key) {
            self.patrol(source, page, &mut visit).await?;
        }
        Ok(visit)
    }

    /// Goes on where an earlier visit left off.
    async fn catch_up(&self, source: &Source, read: u32, backlog: Backlog, visit: &mut Visit) -> PortResult<()> {
        // What left the list above moved the rest up: one page is read again.
        let mut page = backlog.page.saturating_sub(1).max(read);
        loop {
            if visit.is_full(self.settings.threads_at_a_time) {
                visit.seen.backlog = Some(Backlog { page, ..backlog });
                return Ok(());
            }
            match self.page_of(source, page, visit).await {
                Ok(read) if read.is_last || read.is_quiet(backlog.until) => {
                    visit.seen.backlog = None;
                    return Ok(());
                }
                Ok(_) => page += 1,
                Err(error) if may_pass(&error) => {
                    visit.seen.backlog = Some(Backlog { page, ..backlog });
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Looks at one page further down.
    async fn patrol(&self, source: &Source, read: u32, visit: &mut Visit) -> PortResult<()> {
        let page = visit.seen.patrol.max(read);
        match self.page_of(source, page, visit).await {
            Ok(page_read) => visit.seen.patrol = if page_read.is_last { 0 } else { page + 1 },
            // What the visit found so far is worth more than this page.
            Err(error) if may_pass(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn is_time_to_patrol(&self, key: &str) -> bool {
        let now = self.clock.now();
        let mut patrols = self.patrols.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = patrols.get(key).is_none_or(|at| *at > now || now.duration_since(*at) >= PATROL);
        if is_time {
            patrols.insert(key.to_owned(), now);
        }
        is_time
    }

    async fn page_of(&self, source: &Source, page: u32, visit: &mut Visit) -> PortResult<Page> {
        let url = self.list_address(source, page).await?;
        let list: api::TopicListPage = self.ask_json(Purpose::Reading, ROUTE, Method::GET, url, None).await?;
        let list = list.topic_list;
        visit.pages += 1;
        let mut has_news = false;
        let mut newest = None;
        for topic in &list.topics {
            newest = newest.max(topic.bumped_at.map(|at| at.as_millisecond()));
            if topic.id > 0 && visit.seen.known.note(topic) {
                has_news = true;
                visit.changed.push(TopicId(topic.id));
            }
        }
        Ok(Page { has_news, newest, is_last: list.topics.is_empty() || list.more_topics_url.is_none() })
    }

    async fn list_address(&self, source: &Source, page: u32) -> PortResult<Url> {
        let mut url = match source {
            Source::PrivateCategory { slug, id } => self.page(&["c", slug, &id.to_string(), "l", "latest"]),
            Source::PersonalInbox | Source::GroupInbox(_) | Source::PrivateTag(_) => {
                let account = self.known_account().await?;
                let us = account.username.reveal().as_str();
                match source {
                    Source::GroupInbox(group) => self.page(&["topics", "private-messages-group", us, group]),
                    Source::PrivateTag(tag) => self.page(&["topics", "private-messages-tags", us, tag]),
                    _ => self.page(&["topics", "private-messages", us]),
                }
            }
            Source::Topic(_) => {
                return Err(PortError::not_possible(Fault::NotFound)
                    .because(Failure::Unexpected { route: ROUTE, what: "a single thread has no list" }));
            }
        };
        if page > 0 {
            url.set_query(Some(&format!("page={page}")));
        }
        Ok(url)
    }
}

impl Visit {
    fn is_full(&self, threads: usize) -> bool {
        self.changed.len() >= threads.max(1) || self.pages >= MOST_PAGES
    }

    /// Leaves the pages from here on to the next visit.
    fn leave_off(&mut self, page: u32, was: Option<i64>) {
        let until = self.seen.backlog.map_or(was, |backlog| backlog.until.min(was));
        self.seen.backlog = Some(Backlog { page, until });
    }
}

/// What was read before such an error is kept, and the rest is left to the next visit.
fn may_pass(error: &PortError) -> bool {
    matches!(error.kind, ErrorKind::TryAgain { .. })
}

/// The settings name an inbox that this account does not see: somebody has to change the one or the other.
fn out_of_reach(error: PortError) -> PortError {
    match error.fault {
        Fault::NotFound | Fault::NotAllowed => PortError { kind: ErrorKind::NeedsPerson, ..error },
        _ => error,
    }
}

fn key(source: &Source) -> String {
    match source {
        Source::PersonalInbox => "inbox".to_owned(),
        Source::GroupInbox(group) => format!("group {}", group.to_lowercase()),
        Source::PrivateCategory { id, .. } => format!("category {id}"),
        Source::PrivateTag(tag) => format!("tag {tag}"),
        Source::Topic(id) => format!("topic {id}"),
    }
}
