//! What answers look like: the JSON of posts, topics, lists, users and the site.

pub(crate) mod list;
pub(crate) mod post;
pub(crate) mod site;
pub(crate) mod topic;
pub(crate) mod user;

use serde_json::{Value, json};

use super::model::{State, User};
use super::options::TagShape;

/// The short form of a user, as lists and details carry it.
pub(crate) fn basic_user(user: &User) -> Value {
    json!({
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": user.avatar(),
    })
}

/// Tags: names on older sites, objects on newer ones.
pub(crate) fn tags(state: &State, names: &[String]) -> Value {
    names
        .iter()
        .map(|name| match state.options.tags {
            TagShape::Strings => json!(name),
            TagShape::Objects => {
                let id = state.tag_ids.iter().position(|known| known == name).unwrap_or_default() + 1;
                json!({"id": id, "name": name, "slug": name})
            }
        })
        .collect()
}

/// Adds `more`'s fields to `object`.
pub(crate) fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(fields), Value::Object(more)) = (object, more) {
        fields.extend(more);
    }
}

/// Takes fields away.
pub(crate) fn without(object: &mut Value, names: &[&str]) {
    if let Value::Object(fields) = object {
        for name in names {
            fields.remove(*name);
        }
    }
}
