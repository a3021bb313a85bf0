//! One thread: its posts, its customer, and whether it is closed.

#[cfg(any(test, feature = "fuzzing"))]
mod any_answer;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use custody_core::{
    Private,
    case::{ForumUserId, Labels, TopicId},
    ports::{Fault, ForumUser, PortError, PortResult, Post, Thread},
    ticket::{Closing, TicketReading},
};
use reqwest::Method;

#[cfg(feature = "fuzzing")]
pub use self::any_answer::read_any_answer;
use super::{Closings, DiscourseForum, api};
use crate::{
    forum::attachments,
    http::{Failure, budget::Purpose},
};

/// Posts asked for at a time: the address stays far below what servers take.
pub(super) const POSTS_AT_A_TIME: usize = 50;

/// Topics of this many posts come without a list of their posts. No support thread is that long.
const MOST_POSTS: usize = 10_000;

const REGULAR: i64 = 1;
const SMALL_ACTION: i64 = 3;
const WHISPER: i64 = 4;

const ROUTE: &str = "topic.show";

impl DiscourseForum {
    pub(super) async fn read_thread(&self, id: TopicId) -> PortResult<Thread> {
        let account = self.known_account().await?;
        let members = self.support_members().await?;
        let url = self.page(&["t", &id.0.to_string()]);
        let mut topic: api::Topic = self.ask_json(Purpose::Reading, ROUTE, Method::GET, url, None).await?;
        if topic.id != id.0 {
            return Err(PortError::not_possible(Fault::AnswerNotUnderstood)
                .because(Failure::Unexpected { route: ROUTE, what: "another topic than asked for" }));
        }
        let sides = Sides { us: account.user, groups: &self.settings.staff_groups, members: &members };
        let mut posts = Posts::new(self, sides);
        posts.add(std::mem::take(&mut topic.post_stream.posts))?;
        let missing = posts.missing(topic.post_stream.stream.take())?;
        for chunk in missing.chunks(POSTS_AT_A_TIME) {
            posts.add(self.more_posts(id, chunk).await?)?;
        }
        let private = match (topic.archetype.as_deref(), topic.category_id) {
            (Some("private_message"), _) => true,
            (_, Some(category)) => self.is_restricted(category).await?,
            (_, None) => false,
        };
        let reading = reading(&topic, self.settings.closings);
        let customer = posts.customer(&topic);
        Ok(Thread {
            topic: id,
            title: Private::new(topic.title.unwrap_or_default()),
            private,
            labels: Labels {
                tags: topic.tags.unwrap_or_default().into_iter().map(api::Tag::into_name).collect(),
                category: topic.category_id,
            },
            reading,
            customer,
            posts: posts.read.into_values().collect(),
        })
    }

    pub(super) async fn topic_of_post(&self, post: i64) -> PortResult<Option<TopicId>> {
        let url = self.page(&["posts", &post.to_string()]);
        match self.ask_json::<api::SinglePost>(Purpose::Reading, "post.show", Method::GET, url, None).await {
            Ok(post) => Ok((post.topic_id > 0).then_some(TopicId(post.topic_id))),
            Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn more_posts(&self, topic: TopicId, ids: &[i64]) -> PortResult<Vec<api::Post>> {
        let mut url = self.page(&["t", &topic.0.to_string(), "posts"]);
        for id in ids {
            url.query_pairs_mut().append_pair("post_ids[]", &id.to_string());
        }
        let more: api::MorePosts = self.ask_json(Purpose::Reading, "topic.posts", Method::GET, url, None).await?;
        Ok(more.post_stream.posts)
    }
}

/// What closes a thread. A thread that was removed is missing: nobody said that the matter is settled.
fn reading(topic: &api::Topic, closings: Closings) -> TicketReading {
    let closed = |how| TicketReading::Closed { how };
    if topic.deleted_at.is_some() {
        TicketReading::Missing
    } else if closings.closed && topic.closed == Some(true) {
        closed(Closing::Closed)
    } else if closings.archived && topic.archived == Some(true) {
        closed(Closing::Archived)
    } else if closings.solved && topic.is_solved() {
        closed(Closing::Solved)
    } else {
        TicketReading::Open
    }
}

/// Who is on which side.
#[derive(Clone, Copy)]
struct Sides<'a> {
    us: ForumUserId,
    groups: &'a [String],
    members: &'a HashSet<i64>,
}

impl Sides<'_> {
    /// Whether a user without a flag of the forum speaks for support.
    fn is_support(&self, user: Option<i64>, primary_group: Option<&str>) -> bool {
        // Numbers below one are the forum itself.
        user.is_some_and(|id| id < 1 || self.us == ForumUserId(id) || self.members.contains(&id))
            || primary_group.is_some_and(|group| self.groups.iter().any(|ours| ours.eq_ignore_ascii_case(group)))
    }
}

/// Somebody seen in the thread.
struct Person {
    username: String,
    name: Option<String>,
    is_support: bool,
}

/// The posts read so far, by their number in the thread.
struct Posts<'a> {
    forum: &'a DiscourseForum,
    sides: Sides<'a>,
    read: BTreeMap<i64, Post>,
    ids: HashSet<i64>,
    people: BTreeMap<i64, Person>,
    /// In the order of their first post.
    authors: Vec<(i64, i64)>,
}

impl<'a> Posts<'a> {
    fn new(forum: &'a DiscourseForum, sides: Sides<'a>) -> Self {
        Self { forum, sides, read: BTreeMap::new(), ids: HashSet::new(), people: BTreeMap::new(), authors: Vec::new() }
    }

    fn add(&mut self, posts: Vec<api::Post>) -> PortResult<()> {
        for post in posts {
            self.ids.insert(post.id);
            self.meet(&post);
            let number = post.post_number;
            if let Some(post) = self.convert(post)? {
                self.read.insert(number, post);
            }
        }
        Ok(())
    }

    /// The posts of the stream that have not come yet.
    fn missing(&self, stream: Option<Vec<i64>>) -> PortResult<Vec<i64>> {
        let stream = stream.filter(|stream| stream.len() < MOST_POSTS).ok_or_else(|| {
            PortError::not_possible(Fault::TooLarge)
                .because(Failure::Unexpected { route: ROUTE, what: "a topic of ten thousand posts or more" })
        })?;
        let mut named = BTreeSet::new();
        Ok(stream.into_iter().filter(|id| !self.ids.contains(id) && named.insert(*id)).collect())
    }

    fn meet(&mut self, post: &api::Post) {
        let (Some(id), Some(username)) = (post.user_id, &post.username) else { return };
        let is_support = self.is_by_support(post);
        let person = self.people.entry(id).or_insert_with(|| Person {
            username: username.clone(),
            name: post.name.clone(),
            is_support: false,
        });
        person.is_support |= is_support;
        if post.post_type != Some(SMALL_ACTION) {
            self.authors.push((post.post_number, id));
        }
    }

    fn is_by_support(&self, post: &api::Post) -> bool {
        [post.staff, post.admin, post.moderator, post.group_moderator].contains(&Some(true))
            || post.yours == Some(true)
            || self.sides.is_support(post.user_id, post.primary_group_name.as_deref())
    }

    /// A post as the rules see it; `None` for one that nobody wrote, such as "closed by bob".
    fn convert(&self, post: api::Post) -> PortResult<Option<Post>> {
        if post.post_type == Some(SMALL_ACTION) {
            return Ok(None);
        }
        let is = |flag: Option<bool>| flag == Some(true);
        let is_erased = post.deleted_at.is_some() || is(post.user_deleted);
        let is_hidden = is(post.hidden) || is(post.cooked_hidden);
        let is_whisper = post.post_type.unwrap_or(REGULAR) == WHISPER;
        let by_us = is(post.yours) || post.user_id == Some(self.sides.us.0);
        // What the author took back is not ours to take in.
        let html = if is_erased { "" } else { post.cooked.as_deref().unwrap_or_default() };
        let read = attachments::read(&self.forum.settings.base_url, post.id, html)
            .map_err(|error| PortError::not_possible(Fault::TooLarge).because(error))?;
        Ok(Some(Post {
            id: post.id,
            author: post.user_id.map(ForumUserId),
            by_staff: self.is_by_support(&post) || self.is_known_support(post.user_id),
            by_us,
            created_at: post.created_at,
            visible_to_customer: !(is_erased || is_hidden || is_whisper),
            own_text: read.own_text,
            attachments: read.attachments,
            links: read.links,
        }))
    }

    fn is_known_support(&self, user: Option<i64>) -> bool {
        user.and_then(|id| self.people.get(&id)).is_some_and(|person| person.is_support)
    }

    /// Who opened the thread, unless that is support; then who wrote first of those who are not.
    fn customer(&mut self, topic: &api::Topic) -> Option<ForumUser> {
        for user in topic.details.iter().flat_map(|details| details.participants.iter().flatten()) {
            let is_support = [user.admin, user.moderator].contains(&Some(true))
                || self.sides.is_support(Some(user.id), user.primary_group_name.as_deref());
            self.meet_user(user, is_support);
        }
        let created_by = topic.details.as_ref().and_then(|details| details.created_by.as_ref());
        if let Some(user) = created_by {
            let is_support = self.sides.is_support(Some(user.id), user.primary_group_name.as_deref());
            self.meet_user(user, is_support);
        }
        // Without its opener, as when the account was removed, nobody knows whose thread it is.
        let opener = topic.user_id.or(created_by.map(|user| user.id))?;
        if !self.is_known_support(Some(opener)) && opener > 0 {
            return self.user(opener);
        }
        self.authors.sort_unstable();
        self.authors.iter().find(|(_, id)| !self.is_known_support(Some(*id))).and_then(|(_, id)| self.user(*id))
    }

    fn meet_user(&mut self, user: &api::User, is_support: bool) {
        let person = self.people.entry(user.id).or_insert_with(|| Person {
            username: user.username.clone(),
            name: user.name.clone(),
            is_support: false,
        });
        person.is_support |= is_support;
    }

    fn user(&self, id: i64) -> Option<ForumUser> {
        let person = self.people.get(&id)?;
        Some(ForumUser {
            id: ForumUserId(id),
            username: Private::new(person.username.clone()),
            name: person.name.clone().filter(|name| !name.is_empty()).map(Private::new),
        })
    }
}
