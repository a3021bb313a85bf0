//! Any bytes as an answer of the forum: for fuzzing, and for tests that stand in for it.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use custody_core::{case::ForumUserId, ports::Clock};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::Url;

use super::{Closings, Posts, Sides, api, reading};
use crate::{
    forum::{DiscourseForum, DiscourseSettings, ForumKey, Source},
    http::{Http, HttpSettings},
};

/// Reads any bytes as each of the answers that the forum gives about threads, and makes of them what the rules would see.
///
/// There is nothing to return: it holds if it returns at all.
pub fn read_any_answer(bytes: &[u8]) {
    fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
        serde_json::from_slice(bytes).ok()
    }
    let members = HashSet::from([5]);
    let groups = ["support".to_owned()];
    let Some(forum) = forum() else { return };
    let posts = || Posts::new(forum, Sides { us: ForumUserId(2), groups: &groups, members: &members });
    if let Some(mut topic) = parsed::<api::Topic>(bytes) {
        let mut posts = posts();
        // A post that cannot be read is an answer as well: the thread is put before a person.
        drop(posts.add(std::mem::take(&mut topic.post_stream.posts)));
        drop(posts.missing(topic.post_stream.stream.take()));
        reading(&topic, Closings::default());
        posts.customer(&topic);
    }
    if let Some(more) = parsed::<api::MorePosts>(bytes) {
        drop(posts().add(more.post_stream.posts));
    }
    parsed::<api::TopicListPage>(bytes);
    parsed::<api::SinglePost>(bytes);
    parsed::<api::Session>(bytes);
    parsed::<api::SiteSettings>(bytes);
    parsed::<api::Categories>(bytes);
    parsed::<api::GroupMembers>(bytes);
    parsed::<api::Refused>(bytes);
}

/// A forum that is asked nothing.
fn forum() -> Option<&'static DiscourseForum> {
    static FORUM: OnceLock<Option<DiscourseForum>> = OnceLock::new();
    let made = FORUM.get_or_init(|| {
        let key = ForumKey::User { key: "0123456789abcdef".to_owned().into(), client_id: None };
        let address = Url::parse("https://forum.example").ok()?;
        let settings = DiscourseSettings::new("forum".to_owned(), address, key, vec![Source::PersonalInbox]);
        DiscourseForum::new(settings, Http::new(&HttpSettings::default()).ok()?, Arc::new(Standing)).ok()
    });
    made.as_ref()
}

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{forum, read_any_answer};

    fn thread() -> Value {
        let post = |id: i64, user: i64, html: &str| {
            json!({
                "id": id, "post_number": id, "user_id": user, "username": "carol", "name": "Carol", "cooked": html,
                "post_type": 1, "created_at": "2027-03-01T12:00:00.000Z", "staff": false, "yours": false, "hidden": false,
            })
        };
        let html =
            "<p>Here:</p><a class=\"attachment\" href=\"/uploads/short-url/abcdefghijklmnopqrstuvwxyza.log\">a.log</a>";
        json!({
            "id": 7, "title": "Crash", "archetype": "private_message", "closed": false, "archived": false, "tags": ["x"],
            "user_id": 5, "posts_count": 2,
            "post_stream": {"posts": [post(1, 5, html), post(2, 9, "<p>Thanks</p>")], "stream": [1, 2, 3]},
            "details": {
                "created_by": {"id": 5, "username": "carol"},
                "participants": [{"id": 9, "username": "anna", "admin": true}],
            },
        })
    }

    /// Any JSON, a little deep.
    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
            Just(json!("2027-03-01T12:00:00Z")),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let names =
                prop::sample::select(vec!["id", "post_stream", "posts", "stream", "details", "user_id", "cooked"]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(names.prop_map(str::to_owned), inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    /// The places in a JSON value.
    fn pointers(value: &Value) -> Vec<String> {
        let inner: Vec<(String, &Value)> = match value {
            Value::Array(items) => items.iter().enumerate().map(|(n, item)| (n.to_string(), item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
            _ => Vec::new(),
        };
        let below = inner
            .into_iter()
            .flat_map(|(name, value)| pointers(value).into_iter().map(move |rest| format!("/{name}{rest}")));
        std::iter::once(String::new()).chain(below).collect()
    }

    #[test]
    fn a_usual_answer_is_read() {
        assert!(forum().is_some());
        let usual = thread();
        assert!(serde_json::from_value::<super::api::Topic>(usual.clone()).is_ok());
        read_any_answer(usual.to_string().as_bytes());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_stop_the_reader_of_answers(bytes in prop::collection::vec(any::<u8>(), 0..1_000)) {
            read_any_answer(&bytes);
        }

        #[test]
        fn no_answer_with_something_else_in_one_place_stops_the_reader(
            at in any::<prop::sample::Index>(),
            other in any_json(),
        ) {
            let mut answer = thread();
            let places = pointers(&answer);
            if let Some(place) = answer.pointer_mut(&places[at.index(places.len())]) {
                *place = other;
            }
            read_any_answer(answer.to_string().as_bytes());
        }

        #[test]
        fn no_answer_with_broken_bytes_stops_the_reader(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            length in any::<prop::sample::Index>(),
        ) {
            let mut bytes = thread().to_string().into_bytes();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(length.index(bytes.len()) + 1);
            read_any_answer(&bytes);
        }
    }
}
