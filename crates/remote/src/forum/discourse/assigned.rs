//! Which threads are assigned to us: a list of the plugin discourse-assign.

use std::collections::BTreeSet;

use custody_core::{
    case::TopicId,
    ports::{Fault, PortResult},
};
use reqwest::Method;

use super::{DiscourseForum, api};
use crate::http::budget::Purpose;

/// Pages that are read at most: whoever has more assigned than these hold sees the newest as theirs.
const MOST_PAGES: u32 = 10;

const ROUTE: &str = "list.assigned";

impl DiscourseForum {
    /// The list has what is assigned to our groups as well; that is everybody's, and so left out.
    pub(super) async fn assigned_to_us(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        let account = self.known_account().await?;
        let us = account.username.reveal();
        let mut topics = BTreeSet::new();
        for page in 0..MOST_PAGES {
            let mut url = self.page(&["topics", "private-messages-assigned", us]);
            if page > 0 {
                url.set_query(Some(&format!("page={page}")));
            }
            let list = match self.ask_json(Purpose::Reading, ROUTE, Method::GET, url, None).await {
                Ok(list) => list,
                // The plugin is not there, or this account may not assign.
                Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => return Ok(None),
                Err(error) => return Err(error),
            };
            let api::TopicListPage { topic_list: list } = list;
            let is_ours = |topic: &&api::ListedTopic| {
                let to = topic.assigned_to_user.as_ref();
                to.is_some_and(|user| user.username.eq_ignore_ascii_case(us))
            };
            topics.extend(list.topics.iter().filter(is_ours).map(|topic| TopicId(topic.id)));
            if list.topics.is_empty() || list.more_topics_url.is_none() {
                break;
            }
        }
        Ok(Some(topics))
    }
}
