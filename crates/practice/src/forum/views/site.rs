//! What the site says about itself.

use serde_json::{Value, json};

use crate::forum::model::{Category, State, User};
use crate::forum::options::{Era, Storage};

use super::basic_user;

pub(crate) fn basic_info(state: &State) -> Value {
    let logo = format!("{}{}", state.origin, state.rooted("/images/logo.png"));
    json!({
        "logo_url": logo,
        "logo_small_url": logo,
        "mobile_logo_url": logo,
        "apple_touch_icon_url": logo,
        "favicon_url": logo,
        "title": state.options.title,
        "description": "A forum for practice",
        "header_primary_color": "333333",
        "header_background_color": "ffffff",
        "login_required": state.options.login_required,
        "locale": "en",
        "include_in_discourse_discover": false,
    })
}

pub(crate) fn about(state: &State) -> Value {
    let version = match state.options.era {
        Era::Year2023 => "3.1.0.beta2",
        Era::Year2026 => "2026.8.0",
    };
    let people = |pick: fn(&User) -> bool| -> Vec<Value> {
        state.users.values().filter(|user| user.id.0 > 0 && !user.removed && pick(user)).map(basic_user).collect()
    };
    json!({"about": {
        "title": state.options.title,
        "description": "A forum for practice",
        "version": version,
        "https": false,
        "locale": "en",
        "stats": {
            "topics_count": state.topics.len(),
            "posts_count": state.posts.len(),
            "users_count": state.users.len() - 1,
        },
        "admins": people(|user| user.admin),
        "moderators": people(|user| user.moderator),
    }})
}

/// The settings a client may read.
pub(crate) fn settings(state: &State) -> Value {
    let options = &state.options;
    json!({
        "title": options.title,
        "login_required": options.login_required,
        "max_attachment_size_kb": options.max_attachment_size_kb,
        "max_image_size_kb": options.max_attachment_size_kb,
        "authorized_extensions": options.authorized_extensions,
        "secure_uploads": options.storage.is_secure(),
        "enable_direct_s3_uploads": false,
        "enable_s3_uploads": options.storage != Storage::Local,
        "prevent_anons_from_downloading_files": options.prevent_anons_from_downloading_files,
        "can_permanently_delete": options.can_permanently_delete,
        "edit_history_visible_to_public": options.edit_history_visible_to_public,
        "tagging_enabled": true,
        "solved_enabled": options.solved,
        "min_personal_message_post_length": 10,
        "default_locale": "en",
    })
}

pub(crate) fn categories(state: &State, seen: impl Fn(&Category) -> bool) -> Value {
    let list: Vec<Value> = state
        .categories
        .values()
        .filter(|category| seen(category))
        .map(|category| self::category(state, category))
        .collect();
    json!({"category_list": {"can_create_category": false, "can_create_topic": true, "categories": list}})
}

pub(crate) fn category(state: &State, category: &Category) -> Value {
    json!({
        "id": category.id,
        "name": category.name,
        "slug": category.slug,
        "read_restricted": !category.groups.is_empty(),
        "topic_count": state.topics.values().filter(|topic| topic.category == Some(category.id)).count(),
    })
}
